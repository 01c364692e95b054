"""How the window looks: theme, grey around photos and size of text, chosen in the settings and changed while it is open."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QFont, QStyleHints
from PySide6.QtWidgets import QApplication

from twinlens.domain.settings import LESS_MOVEMENT, PHOTO_GROUND, TEXT_SIZE, THEME, Setting
from twinlens.gui.theme.focus_ring import FocusRing
from twinlens.gui.theme.grounds import AS_THEME, SURFACES, ground_palette
from twinlens.gui.theme.palettes import CONTRAST, CONTRAST_LIGHT, DARK, LIGHT, Greys, palette_of
from twinlens.gui.theme.style_sheet import style_sheet
from twinlens.gui.theme.type_scale import set_again, sized
from twinlens.preferences.store import Preferences

LOOKS: frozenset[Setting] = frozenset({THEME, PHOTO_GROUND, TEXT_SIZE, LESS_MOVEMENT})
NAMED = {"light": LIGHT, "dark": DARK, "high-contrast": CONTRAST, "high-contrast-light": CONTRAST_LIGHT}


class Theme(QObject):
    """Keeps the application's palettes and its font as the user wants them."""

    changed = Signal()

    def __init__(self, application: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._choice, self._ground, self._percent = "system", AS_THEME, 100
        self._still, self._flash_ms = False, application.styleHints().cursorFlashTime()
        self._font = QFont(application.font())  # the system's, at 100 %
        self._ring = FocusRing(application)
        application.setStyle("Fusion")
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        if hasattr(hints, "accessibility"):  # from Qt 6.10 on
            hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    def follow(self, preferences: Preferences) -> None:
        """Look as these preferences say."""
        self._ground = preferences.choice(PHOTO_GROUND)
        self._percent = round(preferences.number(TEXT_SIZE))
        self._still = preferences.switch(LESS_MOVEMENT)
        self.choose(preferences.choice(THEME))

    def choose(self, choice: str) -> None:
        """``choice`` is one of the setting's: "system", or a name of ``NAMED``."""
        self._choice = choice
        self._apply()

    def choose_ground(self, ground: str) -> None:
        """The grey around photos: "theme", or a name of ``GROUNDS``."""
        self._ground = ground
        self._apply()

    def set_text_size(self, percent: int) -> None:
        """All texts, in per cent of the system's size."""
        self._percent = percent
        self._apply()

    def is_dark(self) -> bool:
        """Whether a dark palette is in use."""
        return self.greys() in (DARK, CONTRAST)

    def greys(self) -> Greys:
        """The colours in use."""
        if self._choice in NAMED:
            return NAMED[self._choice]
        # A bare window manager says "unknown": dark then, as every tool for looking at photos.
        hints = self._application.styleHints()
        dark = hints.colorScheme() is not Qt.ColorScheme.Light
        if _wants_contrast(hints):
            return CONTRAST if dark else CONTRAST_LIGHT
        return DARK if dark else LIGHT

    def _apply(self) -> None:
        greys = self.greys()
        photos = ground_palette(greys, self._ground)
        self._application.setPalette(palette_of(greys))
        for surface in SURFACES:
            self._application.setPalette(photos, surface)  # type: ignore[arg-type]  # its stub wants bytes, it wants text
        font = sized(self._font, self._percent)
        resized = font != self._application.font()
        if resized:
            self._application.setFont(font)
        # Under a style sheet, widgets take a new font of the application only when the sheet is set again.
        self._application.setStyleSheet(style_sheet(greys, photos, dark=self.is_dark(), still=self._still))
        self._application.styleHints().setCursorFlashTime(0 if self._still else self._flash_ms)
        if resized:
            set_again(self._application.allWidgets())
        self.changed.emit()

    @Slot()
    def _system_changed(self) -> None:
        if self._choice == "system":
            self._apply()


def _wants_contrast(hints: QStyleHints) -> bool:
    """Whether the desktop asks for high contrast; Qt tells from 6.10 on."""
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
