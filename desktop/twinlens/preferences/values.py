"""Whether a value fits a setting, and the form it has then."""

import math
from collections.abc import Sequence

from twinlens.domain.settings import Setting, SettingKind, SettingValue


def fitting(setting: Setting, value: object) -> SettingValue:
    """``value`` as this setting has it: whole numbers where the default is one, lists as tuples.

    Raises:
        ValueError: it does not fit; the sentence says why.
    """
    match setting.kind:
        case SettingKind.NUMBER:
            return _number(setting, value)
        case SettingKind.SWITCH:
            if isinstance(value, bool):
                return value
            raise ValueError(f"{setting.key} is on or off, not {value!r}")
        case SettingKind.CHOICE:
            if isinstance(value, str) and value in setting.choices:
                return value
            raise ValueError(f"{setting.key} is one of {', '.join(setting.choices)}, not {value!r}")
        case SettingKind.FOLDER:
            if isinstance(value, str) and "\0" not in value:
                return value
            raise ValueError(f"{setting.key} is a folder, not {value!r}")
        case SettingKind.TEXT_LIST:
            return _texts(setting, value)


def _number(setting: Setting, value: object) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float) or _is_nan(value):
        raise ValueError(f"{setting.key} is a number, not {value!r}")
    if setting.minimum is not None and value < setting.minimum:
        raise ValueError(f"{setting.key} is at least {setting.minimum:g}, not {value!r}")
    if setting.maximum is not None and value > setting.maximum:
        raise ValueError(f"{setting.key} is at most {setting.maximum:g}, not {value!r}")
    if isinstance(value, float) and math.isinf(value):
        raise ValueError(f"{setting.key} is finite, not {value!r}")
    if isinstance(setting.default, float):
        return float(value)
    if value != int(value):
        raise ValueError(f"{setting.key} is a whole number, not {value!r}")
    return int(value)


def _is_nan(value: float) -> bool:
    return isinstance(value, float) and math.isnan(value)  # a huge int is no float at all


def _texts(setting: Setting, value: object) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Sequence) or not all(isinstance(text, str) for text in value):
        raise ValueError(f"{setting.key} is a list of texts, not {value!r}")
    return tuple(value)
