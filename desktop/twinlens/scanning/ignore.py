"""What a scan and the watching pass over: names anywhere, and places by a pattern of their path."""

import fnmatch
import os
import re
from collections.abc import Sequence
from functools import lru_cache

HIDDEN = "."  # names that begin so are hidden, and passed over whatever the rules say
MOST_REMEMBERED = 65_536
_EVERYTHING_BELOW = "/**"
_PIECES = re.compile(r"\[!?[^\]]+\]|.", re.DOTALL)  # a set of characters, or one character


class IgnoreRules:
    """The user's rules, compiled once. Case does not count; a folder that is passed over is not entered.

    ``names`` are glob patterns for the name of a file or folder, at any depth. ``paths`` are patterns for whole paths:
    ``*`` stands for any part of one name, ``**`` for any number of folders. One that does not begin at the root (or at
    ``~``) may begin in any folder; one that ends in ``/**`` means that folder with all that is in it.
    """

    def __init__(self, names: Sequence[str], paths: Sequence[str] = ()) -> None:
        cleaned = [pattern for path in paths if (pattern := _cleaned(path))]
        anything = [pattern for pattern in cleaned if not pattern.endswith(_EVERYTHING_BELOW)]
        self._name = _any_of([fnmatch.translate(name) for name in names])
        self._folders: dict[str, bool] = {}  # answers given before: the next scan asks for the same folders
        self._folder = _any_of([_expression(pattern.removesuffix(_EVERYTHING_BELOW)) for pattern in cleaned])
        self._file = _any_of([_expression(pattern) for pattern in anything]) if anything else None

    def name(self, name: str) -> bool:
        """Whether a file or folder is passed over for its name."""
        return name.startswith(HIDDEN) or self._name.match(name) is not None

    def folder_path(self, path: str) -> bool:
        """Whether the folder at this absolute path is passed over for where it is."""
        known = self._folders.get(path)
        if known is None:
            if len(self._folders) >= MOST_REMEMBERED:
                self._folders.clear()
            known = self._folders[path] = self._folder.match(_slashed(path)) is not None
        return known

    def file_path(self, path: str) -> bool:
        """Whether the file at this absolute path is passed over for where it is."""
        return self._file is not None and self._file.match(_slashed(path)) is not None

    def hides(self, path: str, root: str) -> bool:
        """Whether a walk from ``root`` never comes to ``path``, a folder below it or a file in one."""
        place = root.rstrip(os.sep)
        for name in path[len(place) :].strip(os.sep).split(os.sep):
            place = place + os.sep + name
            if name and (self.name(name) or self.folder_path(place)):
                return True
        return self.file_path(path)


@lru_cache(maxsize=8)
def rules(names: tuple[str, ...], paths: tuple[str, ...] = ()) -> IgnoreRules:
    """The compiled rules; compiled once however many folders are walked by them."""
    return IgnoreRules(names, paths)


def _cleaned(pattern: str) -> str:
    """A pattern with slashes that begins at the root or with ``**/``; "" for one that says nothing."""
    text = _slashed(os.path.expanduser(pattern.strip()))
    text = text if text == "/" else text.rstrip("/")
    if text.strip("/*") == "":
        return ""  # "**" alone would empty the library
    at_root = text.startswith("/") or os.path.isabs(text)
    return text if at_root or text.startswith("**/") else f"**/{text}"


def _expression(pattern: str) -> str:
    """The regular expression of a path pattern: ``*`` and ``?`` stay within one name, which fnmatch's do not."""
    parts = [r"(?:[^/]*/)*" if name == "**" else _one_name(name) + "/" for name in pattern.split("/")]
    return "".join(parts).removesuffix("/") + r"\Z"


def _one_name(pattern: str) -> str:
    parts = []
    for piece in _PIECES.findall(pattern):
        if piece == "*":
            parts.append("[^/]*")
        elif piece == "?":
            parts.append("[^/]")
        elif len(piece) > 2:  # [abc], [!abc]
            inside = piece[1:-1].replace("\\", r"\\").replace("[", r"\[").replace("^", r"\^")
            parts.append(f"(?!/)[{'^' + inside[1:] if inside.startswith('!') else inside}]")
        else:
            parts.append(re.escape(piece))
    return "".join(parts)


def _slashed(path: str) -> str:
    return path if os.sep == "/" else path.replace(os.sep, "/")


def _any_of(expressions: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in expressions) or r"(?!)", re.IGNORECASE | re.DOTALL)
