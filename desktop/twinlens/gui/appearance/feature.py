"""Theme, grey around photos, sizes of text and thumbnails, and going on after a decision: one key each, kept at once."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from twinlens.domain.errors import LibraryUnusable
from twinlens.domain.settings import (
    AUTO_ADVANCE,
    PHOTO_GROUND,
    TEXT_SIZE,
    THEME,
    THUMBNAIL_SIDE,
    Setting,
    SettingValue,
)
from twinlens.gui.settings.editors import choice_words
from twinlens.gui.views import ViewId
from twinlens.gui.window_parts import WindowParts

WHEEL_NOTCH = 120  # eighths of a degree, as Qt counts


class Appearance(QObject):
    """Every change is a change of a setting: the dialog shows the same."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._preferences = parts.session.library.preferences
        self._auto: QAction | None = None
        self._wheel = 0

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """Connect the actions."""
        for name, slot in (
            ("theme", self.next_theme),
            ("ground", self.next_ground),
            ("text_larger", self.larger_text),
            ("text_smaller", self.smaller_text),
            ("zoom_in", self.larger_thumbnails),
            ("zoom_out", self.smaller_thumbnails),
        ):
            actions[name].triggered.connect(slot)
        self._auto = actions["auto_advance"]
        self._auto.setChecked(self._preferences.switch(AUTO_ADVANCE))
        self._auto.toggled.connect(self.set_auto_advance)
        workspace = self._parts.workspace
        for panel in workspace.sizable_panels():
            panel.view().zoomed.connect(self._zoom)
        workspace.pageMade.connect(self._page_made)

    @Slot(str)
    def _page_made(self, view: str) -> None:
        if view == ViewId.RESULTS:
            self._parts.workspace.results.grid.view().zoomed.connect(self._zoom)
            self._parts.workspace.follow_settings(self._preferences)

    @Slot()
    def next_theme(self) -> None:
        """The theme behind the current one in the list of the setting."""
        self._next_choice(THEME)

    @Slot()
    def next_ground(self) -> None:
        """The next grey around photos."""
        self._next_choice(PHOTO_GROUND)

    @Slot()
    def larger_text(self) -> None:
        """All texts a step larger."""
        self._step(TEXT_SIZE, 1)

    @Slot()
    def smaller_text(self) -> None:
        """All texts a step smaller."""
        self._step(TEXT_SIZE, -1)

    @Slot()
    def larger_thumbnails(self) -> None:
        """A step larger, where no photo is looked at large."""
        if self._parts.loupe_commands.below.front() is None:
            self._step(THUMBNAIL_SIDE, 1)

    @Slot()
    def smaller_thumbnails(self) -> None:
        """A step smaller."""
        if self._parts.loupe_commands.below.front() is None:
            self._step(THUMBNAIL_SIDE, -1)

    @Slot(bool)
    def set_auto_advance(self, on: bool) -> None:
        """Go on after a decision, or stay."""
        self._set(AUTO_ADVANCE, on)

    @Slot(int)
    def _zoom(self, turned: int) -> None:
        """Ctrl and the wheel: the size of thumbnails."""
        self._wheel += turned
        notches = int(self._wheel / WHEEL_NOTCH)
        self._wheel -= notches * WHEEL_NOTCH
        if notches:
            self._step(THUMBNAIL_SIDE, notches)

    def restyle(self) -> None:
        """The settings may have been changed in their dialog."""
        if self._auto is not None:
            self._auto.setChecked(self._preferences.switch(AUTO_ADVANCE))

    def shut_down(self) -> None:
        """Nothing runs."""

    def _next_choice(self, setting: Setting) -> None:
        now = setting.choices.index(self._preferences.choice(setting))
        wanted = setting.choices[(now + 1) % len(setting.choices)]
        if self._set(setting, wanted):
            self._parts.toast.say(choice_words(setting, wanted))

    def _step(self, setting: Setting, steps: int) -> None:
        assert setting.minimum is not None
        assert setting.maximum is not None
        wanted = self._preferences.number(setting) + steps * (setting.step or 1)
        self._set(setting, round(min(max(wanted, setting.minimum), setting.maximum)))

    def _set(self, setting: Setting, value: SettingValue) -> bool:
        if value == self._preferences.get(setting):
            return False
        try:
            self._preferences.set(setting, value)
        except LibraryUnusable as error:
            self._parts.toast.say(str(error))
            return False
        self._parts.workspace.follow_settings(self._preferences)
        if setting in (THEME, PHOTO_GROUND, TEXT_SIZE):
            self._parts.theme.follow(self._preferences)
        return True
