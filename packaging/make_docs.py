"""Write the pages of docs/ that follow from the code: settings.md, commands.md and keys.md. ``--check`` only compares them."""

import sys
from pathlib import Path

import click

from twinlens.cli.main import cli
from twinlens.domain.settings import ALL_SETTINGS, Setting, SettingKind
from twinlens.gui.commands.command import MENUS
from twinlens.gui.commands.table import COMMANDS

DOCS = Path(__file__).resolve().parents[1] / "docs"
MADE = "<!-- made by packaging/make_docs.py (make docs); edits here are lost -->"


def value_range(setting: Setting) -> str:
    """The values a setting may have, in words."""
    if setting.kind is SettingKind.CHOICE:
        return ", ".join(f"`{choice}`" for choice in setting.choices)
    if setting.kind is SettingKind.NUMBER:
        return f"{setting.minimum:g} to {setting.maximum:g} {setting.unit}".strip()
    return {SettingKind.SWITCH: "on or off", SettingKind.FOLDER: "a folder", SettingKind.TEXT_LIST: "a list of names"}[
        setting.kind
    ]


def default_text(setting: Setting) -> str:
    """The default as one would type it."""
    if isinstance(setting.default, bool):
        return "on" if setting.default else "off"
    if isinstance(setting.default, tuple):
        return ", ".join(f"`{item}`" for item in setting.default)
    return (
        f"`{setting.default:g}`"
        if isinstance(setting.default, int | float)
        else f"`{setting.default}`"
        if setting.default
        else ""
    )


def settings_page() -> str:
    """docs/settings.md."""
    lines = [
        "# Settings",
        "",
        MADE,
        "",
        "The dialog (Ctrl+,), `twinlens settings` and this page come from one declaration each.",
        "",
    ]
    lines += ["| section | setting | key | values | default | what it does |", "| --- | --- | --- | --- | --- | --- |"]
    for setting in ALL_SETTINGS:
        cells = (
            setting.section,
            setting.title,
            f"`{setting.key}`",
            value_range(setting),
            default_text(setting),
            setting.description,
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def keys_page() -> str:
    """docs/keys.md: the built-in keys, menu by menu."""
    lines = [
        "# Keys",
        "",
        MADE,
        "",
        "Every key can be changed: Edit > Change keys. `?` shows a sheet of all keys as they are, which can be searched.",
        "Arrows, Home, End, Tab and Esc mean the same everywhere and stay as they are.",
        "",
    ]
    for menu in MENUS:
        lines += [f"## {menu.replace('&', '')}", "", "| command | keys | what it does |", "| --- | --- | --- |"]
        for command in COMMANDS:
            if command.menu == menu:
                name = command.text.replace("&", "").rstrip("…")
                keys = " or ".join(f"`{key}`" for key in command.keys)
                lines.append(f"| {name} | {keys} | {command.tip} |")
        lines.append("")
    return "\n".join(lines)


def commands_page() -> str:
    """docs/commands.md: every command's own help."""
    lines = ["# Commands", "", MADE, ""]
    root = click.Context(cli, info_name="twinlens", terminal_width=100, max_content_width=100)
    lines += ["```text", cli.get_help(root), "```", ""]
    for name in cli.list_commands(root):
        command = cli.get_command(root, name)
        if command is None or command.hidden:
            continue
        context = click.Context(command, info_name=name, parent=root, terminal_width=100, max_content_width=100)
        lines += [f"## twinlens {name}", "", "```text", command.get_help(context), "```", ""]
        if isinstance(command, click.Group):
            lines += subcommands(command, context)
    return "\n".join(lines)


def subcommands(group: click.Group, parent: click.Context) -> list[str]:
    """The help of each command of a group."""
    lines = []
    for name in group.list_commands(parent):
        command = group.get_command(parent, name)
        if command is not None:
            context = click.Context(command, info_name=name, parent=parent, terminal_width=100, max_content_width=100)
            title = f"### {context.command_path}"
            lines += [title, "", "```text", command.get_help(context), "```", ""]
    return lines


def main() -> None:
    """Write the pages, or with ``--check`` end with 1 when one is out of date."""
    pages = {
        DOCS / "settings.md": settings_page(),
        DOCS / "commands.md": commands_page(),
        DOCS / "keys.md": keys_page(),
    }
    stale = [path for path, text in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        sys.exit(f"out of date, run `make docs`: {', '.join(path.name for path in stale)}" if stale else 0)
    for path in stale:
        path.write_text(pages[path], encoding="utf-8")
        print(f"wrote {path.name}")


if __name__ == "__main__":
    main()
