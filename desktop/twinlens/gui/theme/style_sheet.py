"""The few things that the Fusion style draws heavier than a window full of photos can bear: scroll bars and headers."""

from twinlens.gui.theme.palettes import Greys

SCROLL_BAR_PX = 12
_SHEET = """
QScrollBar:vertical {{ background: transparent; border: none; width: {bar}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; border: none; height: {bar}px; margin: 0; }}
QAbstractItemView QScrollBar {{ background: {base}; }}
QScrollBar::handle {{ background: {handle}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {disabled}; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; background: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QHeaderView {{ background: {window}; border: none; }}
QHeaderView::section {{ background: {window}; color: {quiet}; border: none; border-bottom: 1px solid {mid};
  padding: 6px 5px; }}
QHeaderView::section:first {{ padding-left: 8px; }}
"""


def style_sheet(greys: Greys, *, dark: bool) -> str:
    """The style sheet of a theme."""
    return _SHEET.format(
        bar=SCROLL_BAR_PX,
        handle=greys.light if dark else greys.mid,
        window=greys.window,
        base=greys.base,
        quiet=greys.quiet,
        mid=greys.mid,
        disabled=greys.disabled,
    )
