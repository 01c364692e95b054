"""``twinlens settings``: list, read and change settings."""

from typing import TYPE_CHECKING, Any

import click

from twinlens.cli.shared import common_options, shared_of

if TYPE_CHECKING:
    from twinlens.domain.settings import Setting, SettingValue
    from twinlens.preferences.store import Preferences


@click.group("settings")
@common_options
def command() -> None:
    """List, read and change the settings that the window and the command line share."""


@command.command("list")
@common_options
@click.pass_context
def list_settings(context: click.Context) -> None:
    """Show every setting with its value and what it means."""
    from twinlens.cli.output import console, write_json
    from twinlens.domain.settings import ALL_SETTINGS

    preferences = _preferences(context)
    if shared_of(context).json:
        write_json({"settings": [_document(setting, preferences.get(setting)) for setting in ALL_SETTINGS]})
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table("setting", "value", "what it means", box=box.SIMPLE_HEAD)
    for setting in ALL_SETTINGS:
        table.add_row(setting.key, Text(_shown(setting, preferences.get(setting))), setting.description)
    console().print(table)


@command.command("get")
@click.argument("key")
@common_options
@click.pass_context
def get_setting(context: click.Context, key: str) -> None:
    """Print the value of one setting."""
    from twinlens.cli.output import write_json, write_out

    setting = _setting(key)
    value = _preferences(context).get(setting)
    if shared_of(context).json:
        write_json(_document(setting, value))
    else:
        write_out(_shown(setting, value, unit=False) + "\n")


@command.command("set")
@click.argument("key")
@click.argument("values", nargs=-1)
@common_options
@click.pass_context
def set_setting(context: click.Context, key: str, values: tuple[str, ...]) -> None:
    """Change one setting. A list takes several values; a switch takes on or off; no value restores the default."""
    from twinlens.cli.opening import for_writing
    from twinlens.cli.output import say
    from twinlens.preferences.values import fitting

    setting = _setting(key)
    try:
        value = fitting(setting, _parsed(setting, values)) if values else setting.default
    except ValueError as error:
        raise click.BadParameter(f"{error}.", param_hint=key) from error
    with for_writing(shared_of(context)) as library:
        library.preferences.set(setting, value)
    say(f"{key} is {_shown(setting, value)}.")


def _preferences(context: click.Context) -> "Preferences":
    """The preferences alone: they can be read before there is a catalog."""
    from twinlens.library.open import default_folder
    from twinlens.preferences.store import Preferences

    return Preferences.load(shared_of(context).library_folder or default_folder(), read_only=True)


def _setting(key: str) -> "Setting":
    from twinlens.domain.settings import ALL_SETTINGS

    for setting in ALL_SETTINGS:
        if setting.key == key:
            return setting
    names = ", ".join(setting.key for setting in ALL_SETTINGS)
    raise click.BadParameter(f"There is no setting {key}; there are {names}.", param_hint="KEY")


def _parsed(setting: "Setting", values: tuple[str, ...]) -> object:
    from twinlens.domain.settings import SettingKind

    if setting.kind is SettingKind.TEXT_LIST:
        return values
    text = " ".join(values)
    if setting.kind is SettingKind.SWITCH:
        words = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}
        return words.get(text.lower(), text)
    if setting.kind is SettingKind.NUMBER:
        return float(text)
    return text


def _shown(setting: "Setting", value: "SettingValue", *, unit: bool = True) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return " ".join(value) if unit else "\n".join(value)
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return f"{text} {setting.unit}" if unit and setting.unit else text


def _document(setting: "Setting", value: "SettingValue") -> dict[str, Any]:
    return {
        "key": setting.key,
        "section": setting.section,
        "title": setting.title,
        "description": setting.description,
        "kind": setting.kind.value,
        "value": list(value) if isinstance(value, tuple) else value,
        "default": list(setting.default) if isinstance(setting.default, tuple) else setting.default,
        "unit": setting.unit,
        "choices": list(setting.choices),
        "minimum": setting.minimum,
        "maximum": setting.maximum,
    }
