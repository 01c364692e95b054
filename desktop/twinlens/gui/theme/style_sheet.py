"""The few things that the Fusion style draws heavier than a window full of photos can bear: scroll bars and headers."""

from importlib.resources import files
from pathlib import Path

from PySide6.QtGui import QPalette

from twinlens.gui.theme.palettes import Greys

SCROLL_BAR_PX = 12
TARGET_PX = 24  # what a hand can hit, and WCAG 2.2 asks for
EDGES_PX = 4  # what every control adds at the least
_SHEET = """
QScrollBar:vertical {{ background: transparent; border: none; width: {bar}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; border: none; height: {bar}px; margin: 0; }}
QAbstractItemView QScrollBar {{ background: {base}; }}
QScrollBar::handle {{ background: {handle}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {disabled}; }}
LongListView QScrollBar {{ background: {ground}; }}
LongListView QScrollBar::handle {{ background: {on_ground}; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; background: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QPushButton, QToolButton, QComboBox, QAbstractSpinBox, QCheckBox, QRadioButton {{ min-height: {inner}px; }}
QLineEdit {{ min-height: {target}px; padding: 0 4px; }}
QAbstractSpinBox > QLineEdit, QComboBox > QLineEdit {{ min-height: 0; padding: 0; }}
QToolButton {{ min-width: {inner}px; }}
QSlider:horizontal {{ min-height: {target}px; }}
QHeaderView {{ background: {window}; border: none; }}
QHeaderView::section {{ background: {window}; color: {quiet}; border: none; border-bottom: 1px solid {mid};
  padding: 6px 5px; }}
QHeaderView::section:first {{ padding-left: 8px; }}
"""
# Fusion derives the edges of controls from the window's colour: on black and on white nothing would be left of them.
_EDGES = """
QPushButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractSpinBox, QToolButton, QKeySequenceEdit {{
  border: 1px solid {text}; border-radius: 4px; background: {button}; color: {text}; }}
QPushButton {{ padding: 5px 14px; }}
QComboBox, QLineEdit, QAbstractSpinBox {{ padding: 3px 6px; }}
QToolButton {{ padding: 3px; }}
QPushButton:disabled, QComboBox:disabled, QLineEdit:disabled, QToolButton:disabled {{
  border-color: {disabled}; color: {disabled}; }}
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked {{ border: 2px solid {highlight}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button, QComboBox::drop-down {{
  width: 18px; border-left: 1px solid {text}; background: {button}; }}
QAbstractSpinBox::up-arrow {{ image: url("{controls}/up-{ink}.svg"); width: 12px; height: 12px; }}
QAbstractSpinBox::down-arrow, QComboBox::down-arrow {{
  image: url("{controls}/down-{ink}.svg"); width: 12px; height: 12px; }}
QCheckBox, QRadioButton {{ min-height: {target}px; }}
QCheckBox::indicator, QRadioButton::indicator {{
  width: 16px; height: 16px; border: 1px solid {text}; background: {base}; }}
QRadioButton::indicator {{ border-radius: 8px; }}
QCheckBox::indicator:checked, QRadioButton::indicator:checked {{ image: url("{controls}/check-{ink}.svg"); }}
QMenu {{ border: 1px solid {text}; background: {window}; }}
QMenu::item:selected, QMenuBar::item:selected {{ background: {highlight}; color: {highlighted_text}; }}
QSplitter::handle {{ background: transparent; }}
QSplitter::handle:horizontal {{ border-left: 1px solid {text}; }}
QSplitter::handle:vertical {{ border-top: 1px solid {text}; }}
QSlider::groove:horizontal {{ height: 2px; background: {text}; }}
QSlider::handle:horizontal {{
  width: 12px; margin: -8px 0; border: 1px solid {text}; border-radius: 4px; background: {highlight}; }}
QMenu::separator {{ height: 1px; background: {mid}; margin: 4px 8px; }}
QToolTip {{ border: 1px solid {text}; background: {tooltip}; color: {text}; }}
"""


def style_sheet(greys: Greys, photos: QPalette, *, dark: bool) -> str:
    """The style sheet of a theme, with the ``photos``' own ground."""
    sheet = _SHEET + (_EDGES if greys.high_contrast else "")
    ground = photos.color(QPalette.ColorRole.Base)
    return sheet.format(
        text=greys.text,
        ink="white" if dark else "black",
        controls=_controls(),
        button=greys.button,
        highlight=greys.highlight,
        highlighted_text=greys.highlighted_text,
        tooltip=greys.tooltip,
        ground=ground.name(),
        on_ground=photos.color(QPalette.ColorRole.Mid).name(),
        bar=SCROLL_BAR_PX,
        target=TARGET_PX,
        inner=TARGET_PX - EDGES_PX,
        handle=greys.light if dark or greys.high_contrast else greys.mid,
        window=greys.window,
        base=greys.base,
        quiet=greys.quiet,
        mid=greys.mid,
        disabled=greys.disabled,
    )


def _controls() -> str:
    """The folder with the arrows and the check, which a style sheet takes only as files."""
    return Path(str(files("twinlens.resources").joinpath("controls"))).as_posix()
