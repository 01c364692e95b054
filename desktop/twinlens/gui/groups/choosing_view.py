"""Several groups at once: Shift with Up and Down, or Shift and Ctrl with a click in another group."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Signal

from twinlens.gui.groups.strip_view import StripView


class ChoosingView(StripView):
    """What is done to whole groups is done to all that are chosen; the current one is always among them or alone."""

    groups_chosen = Signal(int)  # how many; 0 where it is only the current one

    _chosen: frozenset[int] = frozenset()
    _from = 0

    def chosen_groups(self) -> list[int]:
        """The numbers of the chosen groups, ascending, or that of the current one; none where there is no group."""
        current = self.current_number()
        return sorted(self._chosen) or ([current] if current >= 0 else [])

    def is_chosen(self, number: int) -> bool:
        """Whether this group is one of several that are chosen."""
        return number in self._chosen

    def extend_groups(self, number: int, position: int = 0) -> None:
        """Choose all groups from where the choice began to this one, which becomes current at one of its photos."""
        number = min(max(number, 0), self.model().rowCount() - 1)
        begin = self._from if self._chosen else self.current_number()
        if number >= 0 and begin >= 0:
            self._choose(number, frozenset(range(min(begin, number), max(begin, number) + 1)), begin, position)

    def toggle_group(self, number: int, position: int = 0) -> None:
        """Take this group to the chosen ones, or away from them."""
        chosen = frozenset(self.chosen_groups()) ^ {number}
        if chosen:
            into = number in chosen
            self._choose(number if into else min(chosen), chosen, number, position if into else 0)

    def forget_strips(self) -> None:
        """The groups are others now."""
        super().forget_strips()
        self._drop_choice()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Who goes elsewhere chooses that group alone; so does who walks inside one."""
        self._drop_choice()
        super().currentChanged(current, previous)

    def _choose(self, current: int, chosen: frozenset[int], begin: int, position: int) -> None:
        self.place(current, self.strip.current if current == self.current_number() else position)
        self._chosen, self._from = (chosen if len(chosen) > 1 else frozenset()), begin
        self.viewport().update()
        self.groups_chosen.emit(len(self._chosen))

    def _drop_choice(self) -> None:
        if self._chosen:
            self._chosen = frozenset()
            self.viewport().update()
            self.groups_chosen.emit(0)
