"""The things that the Fusion style draws heavier than a window full of photos can bear: scroll bars, headers and controls."""

from importlib.resources import files
from pathlib import Path

from PySide6.QtGui import QPalette

from twinlens.gui.theme.motion import STILL_SHEET
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
QHeaderView {{ background: {window}; border: none; }}
QHeaderView::section {{ background: {window}; color: {quiet}; border: none; border-bottom: 1px solid {mid};
  padding: 6px 5px; }}
QHeaderView::section:first {{ padding-left: 8px; }}
DeedTree QHeaderView::section:first {{ padding-left: 27px; }}
"""
# One family of controls, flat: Fusion's gradients and bevels draw the eye away from the photos. On black and on white, where
# Fusion would leave nothing of an edge, the edge is the text's colour.
_CONTROLS = """
QPushButton, QToolButton, QComboBox, QAbstractSpinBox {{ min-height: {inner}px; }}
QPushButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractSpinBox, QToolButton, QKeySequenceEdit {{
  border: 1px solid {edge}; border-radius: 4px; background: {button}; color: {text}; }}
QLineEdit, QPlainTextEdit, QAbstractSpinBox, QKeySequenceEdit, QComboBox:editable {{ background: {field}; }}
QLineEdit, QPlainTextEdit, QAbstractSpinBox {{ placeholder-text-color: {quiet};
  selection-background-color: {highlight}; selection-color: {highlighted_text}; }}
QPushButton {{ padding: 3px 14px; }}
QPushButton:default {{ border-color: {accent}; }}
QComboBox {{ padding: 3px 6px; }}
QLineEdit {{ min-height: {inner}px; padding: 3px 6px; }}
QAbstractSpinBox {{ padding: 2px 0; }}
QAbstractSpinBox > QLineEdit, QComboBox > QLineEdit {{
  min-height: 0; padding: 0; border: none; background: transparent; }}
QToolButton {{ min-width: {inner}px; padding: 2px 3px; }}
QToolButton[autoRaise="true"] {{ border-color: {flat_edge}; background: {flat}; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QPushButton:hover, QToolButton:hover, QComboBox:hover {{ background: {hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {mid}; }}
QPushButton:checked, QToolButton:checked {{ background: {hover}; border-color: {accent}; }}
QPushButton:disabled, QComboBox:disabled, QLineEdit:disabled, QToolButton:disabled, QAbstractSpinBox:disabled {{
  border-color: {off}; color: {disabled}; background: {flat}; }}
QComboBox::drop-down, QDateTimeEdit::drop-down {{ width: 20px; border: none; background: transparent; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 18px; border: none; background: transparent; }}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; margin: 2px 2px 0 0; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; margin: 0 2px 2px 0; }}
QAbstractSpinBox::up-arrow {{ image: url("{controls}/up-{ink}.svg"); width: 10px; height: 10px; }}
QAbstractSpinBox::down-arrow {{ image: url("{controls}/down-{ink}.svg"); width: 10px; height: 10px; }}
QComboBox::down-arrow {{ image: url("{controls}/down-{ink}.svg"); width: 12px; height: 12px; }}
QCheckBox, QRadioButton {{ min-height: {target}px; spacing: 8px; }}
QCheckBox::indicator, QRadioButton::indicator {{
  width: 14px; height: 14px; border: 1px solid {mark_edge}; border-radius: 3px; background: {field}; }}
QRadioButton::indicator {{ border-radius: 7px; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {off}; }}
QCheckBox::indicator:checked, QRadioButton::indicator:checked {{ image: url("{controls}/check-{ink}.svg"); }}
QSlider:horizontal {{ min-height: {target}px; }}
QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {groove}; }}
QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {highlight}; }}
QSlider::handle:horizontal {{
  width: 12px; margin: -5px 0; border: 1px solid {knob_edge}; border-radius: 6px; background: {knob}; }}
QSlider::handle:horizontal:hover {{ background: {text}; }}
QSlider::handle:horizontal:disabled, QSlider::sub-page:horizontal:disabled {{ background: {disabled}; }}
QProgressBar {{ border: none; background: {mid}; }}
QProgressBar::chunk {{ background: {accent}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {mid}; }}
QTabBar {{ qproperty-drawBase: 0; }}
QTabBar::tab {{ padding: 8px 16px; border: none; border-bottom: 2px solid transparent; background: transparent; }}
QTabBar::tab:selected {{ border-bottom-color: {accent}; }}
QTabBar::tab:disabled {{ color: {disabled}; }}
"""
_EDGES = """
QMenu {{ border: 1px solid {text}; background: {window}; }}
QMenu::icon:checked {{ border: 1px solid {text}; border-radius: 3px; background: {mid}; }}
QMenu::indicator {{ width: 12px; height: 12px; margin-left: 4px; }}
QMenu::indicator:checked {{ image: url("{controls}/check-{ink}.svg"); }}
QMenu::item:selected, QMenuBar::item:selected {{ background: {highlight}; color: {highlighted_text}; }}
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked {{ border: 2px solid {highlight}; }}
QSplitter::handle {{ background: transparent; }}
QSplitter::handle:horizontal {{ border-left: 1px solid {text}; }}
QSplitter::handle:vertical {{ border-top: 1px solid {text}; }}
QMenu::separator {{ height: 1px; background: {mid}; margin: 4px 8px; }}
QToolTip {{ border: 1px solid {text}; background: {tooltip}; color: {text}; }}
"""


def style_sheet(greys: Greys, photos: QPalette, *, dark: bool, still: bool = False) -> str:
    """The style sheet of a theme, with the ``photos``' own ground; ``still``: nothing moves by itself."""
    sheet = _SHEET + _CONTROLS + (_EDGES if greys.high_contrast else "") + (STILL_SHEET if still else "")
    ground = photos.color(QPalette.ColorRole.Base)
    return sheet.format(
        **_colours(greys, dark=dark),
        ink="white" if dark else "black",
        controls=_controls(),
        ground=ground.name(),
        on_ground=photos.color(QPalette.ColorRole.Mid).name(),
        bar=SCROLL_BAR_PX,
        target=TARGET_PX,
        inner=TARGET_PX - EDGES_PX,
    )


def _colours(greys: Greys, *, dark: bool) -> dict[str, str]:
    """Those of the theme, and those that the parts of controls have."""
    strong = greys.high_contrast
    return {
        **{field: getattr(greys, field) for field in greys.__struct_fields__},
        "handle": greys.light if dark or strong else greys.mid,
        "edge": greys.text if strong else greys.light if dark else greys.dark,
        "off": greys.disabled if strong else greys.mid,
        "mark_edge": greys.text if strong else greys.disabled,
        "field": greys.button if strong else greys.base,
        "flat": greys.window if strong else "transparent",
        "flat_edge": greys.text if strong else "transparent",
        "hover": greys.mid if strong else greys.light,
        "groove": greys.text if strong else greys.light if dark else greys.mid,
        "knob": greys.highlight if strong else greys.quiet if dark else greys.light,
        "knob_edge": greys.text if strong else greys.window if dark else greys.shadow,
        "accent": greys.highlight if strong else greys.link,
    }


def _controls() -> str:
    """The folder with the arrows and the check, which a style sheet takes only as files."""
    return Path(str(files("twinlens.resources").joinpath("controls"))).as_posix()
