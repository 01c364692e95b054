"""The pages of the help: four that are written, two that follow from the tables of commands and settings."""

from collections.abc import Mapping
from importlib.resources import files

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QAction

from twinlens.domain.settings import ALL_SETTINGS
from twinlens.gui.commands.actions import plain, translated
from twinlens.gui.commands.command import MENUS
from twinlens.gui.commands.table import COMMANDS
from twinlens.gui.keys.words import action_keys
from twinlens.gui.settings.editors import translated as setting_words

WRITTEN = (
    ("start", str(QT_TRANSLATE_NOOP("Help", "First steps"))),
    ("deciding", str(QT_TRANSLATE_NOOP("Help", "Deciding"))),
    ("finding", str(QT_TRANSLATE_NOOP("Help", "Finding lookalikes"))),
    ("safety", str(QT_TRANSLATE_NOOP("Help", "What cannot be lost"))),
)
KEYS, SETTINGS = str(QT_TRANSLATE_NOOP("Help", "Keys")), str(QT_TRANSLATE_NOOP("Help", "Settings"))


def titles() -> list[str]:
    """The names of the pages, in their order."""
    return [QCoreApplication.translate("Help", text) for text in (*(title for _name, title in WRITTEN), KEYS, SETTINGS)]


def page(number: int, actions: Mapping[str, QAction]) -> str:
    """A page as Markdown; ``{id}`` in a written page becomes the key of that command as it is now."""
    if number < len(WRITTEN):
        text = files("twinlens.resources").joinpath("help", f"{WRITTEN[number][0]}.md").read_text(encoding="utf-8")
        for command in COMMANDS:
            text = text.replace(f"{{{command.id}}}", f"**{action_keys(actions[command.id])}**")
        return text
    return _keys(actions) if number == len(WRITTEN) else _settings()


def _keys(actions: Mapping[str, QAction]) -> str:
    lines = [f"# {titles()[len(WRITTEN)]}", ""]
    for menu in MENUS:
        lines += [f"## {plain(menu)}", ""]
        for command in COMMANDS:
            if command.menu == menu:
                keys = action_keys(actions[command.id])
                lines.append(f"- {plain(command.text)}{f' — **{keys}**' if keys else ''}: {translated(command.tip)}.")
        lines.append("")
    return "\n".join(lines)


def _settings() -> str:
    lines = [f"# {titles()[-1]}", ""]
    lines += [f"- **{setting_words(one.title)}**: {setting_words(one.description)}" for one in ALL_SETTINGS]
    return "\n".join(lines)
