"""Where Tab leads: through the window as one reads it.

Qt's own way jumps over what lies before the heart of a panel: a panel hands its focus to its list, and forward from there
the tabs, the sliders and the filters above the list are never reached.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def focus_next(window: QWidget, surface: QWidget, parts: Sequence[QWidget], *, forward: bool) -> bool:
    """Move the focus by one stop; False when there is none.

    Args:
        window: the window whose focus is moved.
        surface: what views that cover the window lie on.
        parts: the parts of the window in reading order; what is in none of them comes last.
        forward: whether to go on, or back.
    """
    stops = tab_stops(window, surface, parts)
    if not stops:
        return False
    now = window.focusWidget()
    at = stops.index(now) if now in stops else (-1 if forward else 0)
    stop = stops[(at + (1 if forward else -1)) % len(stops)]
    stop.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def tab_stops(window: QWidget, surface: QWidget, parts: Sequence[QWidget]) -> list[QWidget]:
    """Everything that Tab leads to at the moment, in order."""
    cover = _cover(surface)

    def place(widget: QWidget) -> int:
        return next((at for at, part in enumerate(parts) if part.isAncestorOf(widget)), len(parts))

    stops = [widget for widget in _chain(window) if _takes_focus(widget, window)]
    if cover is not None:
        behind = [part for part in parts if not cover.isAncestorOf(part)]
        stops = [widget for widget in stops if not any(part.isAncestorOf(widget) for part in behind)]
    return sorted(stops, key=place)


def _chain(window: QWidget) -> Iterator[QWidget]:
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        yield widget
        widget = widget.nextInFocusChain()


def _takes_focus(widget: QWidget, window: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.focusProxy() is None and widget.isEnabled() and widget.isVisibleTo(window)


def _cover(surface: QWidget) -> QWidget | None:
    """The view in front that hides the rest, if there is one."""
    covers = [
        child
        for child in surface.children()
        if isinstance(child, QWidget)
        and child.isVisible()
        and child.focusPolicy() != Qt.FocusPolicy.NoFocus
        and child.geometry().contains(surface.rect())
    ]
    return covers[-1] if covers else None
