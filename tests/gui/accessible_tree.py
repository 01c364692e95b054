"""The window as a screen reader meets it: every node below a widget, with its role, its name and its size."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

Role = QAccessible.Role
CONTROLS = frozenset({
    Role.PushButton, Role.ButtonMenu, Role.ButtonDropDown, Role.CheckBox, Role.RadioButton, Role.ComboBox,
    Role.EditableText, Role.SpinBox, Role.Slider, Role.PageTab, Role.PageTabList, Role.List, Role.Tree, Role.Table,
    Role.Link, Role.HotkeyField, Role.Dial,
})  # fmt: skip
ITEMS = frozenset({Role.ListItem, Role.TreeItem, Role.Cell, Role.MenuItem})
TARGETS = CONTROLS - {Role.PageTabList, Role.List, Role.Tree, Role.Table}
LEAST_PX = 24
MOST_CHILDREN = 60  # of a long list


@dataclass(frozen=True)
class Node:
    """One node; ``path`` says where it hangs."""

    role: Role
    name: str
    description: str
    width_px: int
    height_px: int
    path: str


def nodes(widget: QWidget) -> list[Node]:
    """All visible nodes below a widget."""
    root = QAccessible.queryAccessibleInterface(widget)
    assert root is not None
    return list(_walk(root, ""))


def unnamed(found: list[Node]) -> list[str]:
    """Controls and items that a screen reader could not name."""
    return [f"{node.role.name} at {node.path}" for node in found if node.role in CONTROLS | ITEMS and not node.name]


def too_small(found: list[Node]) -> list[str]:
    """Controls that a hand can hardly hit."""
    return [
        f"{node.role.name} {node.name!r} {node.width_px}x{node.height_px} at {node.path}"
        for node in found
        if node.role in TARGETS and min(node.width_px, node.height_px) < LEAST_PX
    ]


def _walk(interface: QAccessibleInterface, path: str) -> Iterator[Node]:
    state = interface.state()
    role, owner = interface.role(), interface.object()
    # Of a check box Qt tells only what is painted; the whole widget can be clicked.
    rect = owner.rect() if isinstance(owner, QWidget) else interface.rect()
    if state.invisible:
        return
    name = interface.text(QAccessible.Text.Name)
    here = f"{path}/{type(owner).__name__ if owner is not None else role.name}"
    description = interface.text(QAccessible.Text.Description)
    yield Node(role, name, description, rect.width(), rect.height(), here)
    for number in range(min(interface.childCount(), MOST_CHILDREN)):
        child = interface.child(number)
        if child is not None and child.isValid():
            yield from _walk(child, here)
