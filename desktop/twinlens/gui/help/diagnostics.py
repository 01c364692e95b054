"""What a report of a problem needs, without a single path, name of a file, or name of a person."""

import platform

import PySide6
from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QGuiApplication

from twinlens import __version__
from twinlens.domain.settings import ALL_SETTINGS, SettingKind
from twinlens.gui.session import LibrarySession
from twinlens.gui.theme.theme import Theme

TELLING = (SettingKind.NUMBER, SettingKind.CHOICE, SettingKind.SWITCH)  # folders and lists may hold names


def window_lines(session: LibrarySession, theme: Theme) -> list[str]:
    """Versions, screens, settings that differ, and how large the library is. On the GUI thread."""
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    lines = [
        f"Twinlens {__version__}, {system}",
        f"Python {platform.python_version()}, Qt {qVersion()}, PySide6 {PySide6.__version__}",
        f"Window system {QGuiApplication.platformName()}, language {QLocale().name()}",
    ]
    for screen in QGuiApplication.screens():
        size = screen.size()
        ratio = screen.devicePixelRatio()
        lines.append(f"Screen {size.width()} x {size.height()} at {ratio:g}, {screen.refreshRate():.0f} Hz")
    lines.append(f"Theme {'dark' if theme.is_dark() else 'light'}")
    preferences = session.library.preferences
    for setting in ALL_SETTINGS:
        value = preferences.get(setting)
        if setting.kind in TELLING and value != setting.default:
            lines.append(f"Setting {setting.key} = {value}")
    data = session.groups.data
    lines.append(f"Library: {0 if data is None else len(data.photos)} photos, read only: {session.library.read_only}")
    lines += [f"Groups of {groups.query.photo_class}: {len(groups)}" for groups in session.groups.all_groups()]
    lines.append(f"Marked to go: {session.marks.rejected_count}, problems: {len(session.records.records.problems)}")
    return lines


def machine_lines() -> list[str]:
    """What can be decoded, and by what. Takes a moment: away from the GUI thread."""
    from twinlens.health.codecs import codec_checks

    return [f"{check.name}: {check.state.value}" for check in codec_checks()]
