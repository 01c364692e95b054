"""The settings' file: JSON beside the catalog, written as a whole, with everything it does not know kept."""

import json
import logging
import os
import threading
from pathlib import Path
from typing import cast

from twinlens.domain.errors import LibraryUnusable
from twinlens.domain.settings import ALL_SETTINGS, Setting, SettingValue
from twinlens.preferences.values import fitting

logger = logging.getLogger(__name__)

PREFERENCES_NAME = "preferences.json"


class Preferences:
    """The values of all settings. Safe to use from several threads.

    A value that does not fit its setting counts as the default and is reported once, at INFO, when the file is loaded.
    """

    def __init__(self, path: Path, document: dict[str, object], *, read_only: bool = False) -> None:
        self._path = path
        self._document = document
        self._read_only = read_only
        self._lock = threading.Lock()
        self._writing = threading.Lock()  # held down to the disk, which nobody who reads a value waits for
        self._values: dict[str, SettingValue] = {}
        for setting in ALL_SETTINGS:
            if setting.key in document:
                try:
                    self._values[setting.key] = fitting(setting, document[setting.key])
                except ValueError as error:
                    logger.info("%s: %s; using the default", path, error)

    @classmethod
    def load(cls, folder: Path, *, read_only: bool = False) -> "Preferences":
        """The preferences kept in ``folder``: all defaults where there is no file, or none that can be read.

        Raises:
            LibraryUnusable: a file that is no file of settings cannot be kept aside (never when ``read_only``).
        """
        path = folder / PREFERENCES_NAME
        return cls(path, _read(path, keep_damaged=not read_only), read_only=read_only)

    def get(self, setting: Setting) -> SettingValue:
        """The value of a setting, or its default."""
        with self._lock:
            return self._values.get(setting.key, setting.default)

    def set(self, setting: Setting, value: SettingValue) -> None:
        """Change a setting and write the file.

        Raises:
            ValueError: the value does not fit.
            LibraryUnusable: the file cannot be written; the setting stays as it was.
        """
        fit = fitting(setting, value)
        if self._read_only:
            raise LibraryUnusable(f"{self._path} was opened for reading only.")
        with self._writing:
            document = {**self._document, setting.key: fit}
            _write(self._path, document)
            with self._lock:
                self._document = document
                self._values[setting.key] = fit

    def number(self, setting: Setting) -> float:
        """The value of a number."""
        return float(cast(float, self.get(setting)))

    def switch(self, setting: Setting) -> bool:
        """The value of a switch."""
        return bool(self.get(setting))

    def choice(self, setting: Setting) -> str:
        """The value of a choice."""
        return str(self.get(setting))

    def folder(self, setting: Setting) -> str:
        """The value of a folder; "" where none is chosen."""
        return str(self.get(setting))

    def text_list(self, setting: Setting) -> tuple[str, ...]:
        """The value of a list of texts."""
        return cast(tuple[str, ...], self.get(setting))


def _read(path: Path, *, keep_damaged: bool) -> dict[str, object]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        logger.info("%s cannot be read (%s); using the defaults", path, error.strerror)
        return {}
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, dict):
        return document
    logger.info("%s is not a file of settings; using the defaults", path)
    if keep_damaged:  # the next change would overwrite what someone may have written by hand
        aside = path.with_suffix(".json.unreadable")
        try:
            aside.write_bytes(data)
        except OSError as error:
            raise LibraryUnusable(f"{aside} cannot be written: {error.strerror}.") from error
    return {}


def _write(path: Path, document: dict[str, object]) -> None:
    beside = path.with_suffix(".json.new")
    try:
        with beside.open("w", encoding="ascii") as file:  # ASCII: paths may carry bytes that are no UTF-8, escaped
            json.dump(document, file, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise LibraryUnusable(f"{path} cannot be written: {error.strerror}.") from error
