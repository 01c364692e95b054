"""What a card says of one photo, made once and then painted many times."""

import os.path

from msgspec import Struct
from PySide6.QtGui import Qt

from twinlens.disposal.wording import shown
from twinlens.domain.group import Mark, Suggestion
from twinlens.domain.photo import Photo
from twinlens.gui.thumbnails.awaited import AwaitedFile
from twinlens.gui.thumbnails.words import dimensions_words, file_size_words, state_words, tr

CARD_LINES = 3


class CardContent(Struct, frozen=True):
    """The texts of a card: ``lines`` below the photo, ``path`` for the tooltip, empty when the photo has gone."""

    photo_id: int
    name: str
    lines: tuple[str, ...]
    path: str
    awaited: bool = False  # found by a scan, not in the library yet
    protected: bool = False  # a padlock: it is never removed
    traits: tuple[str, ...] = ()  # chips: how it came out beside the others of its burst

    @property
    def tip(self) -> str:
        """What the card says when pointed at."""
        return (
            "\n".join((self.path, tr("Protected folder: this photo is never removed"))) if self.protected else self.path
        )

    @property
    def spoken(self) -> tuple[str, ...]:
        """What a screen reader says of the photo, before its decision."""
        locked = (tr("protected"),) if self.protected else ()
        return (*self.lines, *(word.lower() for word in self.traits), *locked)

    def accessible_text(self, mark: Mark | None, suggestion: Suggestion) -> str:
        """The card as a screen reader says it."""
        return ", ".join(part for part in (*self.spoken, state_words(mark, suggestion)) if part)


class CardState(Struct, frozen=True):
    """What changes while a card stays: decisions, selection and focus."""

    mark: Mark | None = None
    suggestion: Suggestion = Suggestion.NONE
    current: bool = False
    selected: bool = False

    @property
    def rejected(self) -> bool:
        """Whether the photo goes, by decision or, without one, by suggestion."""
        return self.mark is Mark.REJECT or (self.mark is None and self.suggestion is Suggestion.REJECT)


def card_content(photo: Photo | None, photo_id: int, third_line: str = "") -> CardContent:
    """The card of a photo; of one that has left the library, a card that says so."""
    if photo is None:
        return CardContent(photo_id, tr("Gone"), (tr("No longer in the library"), "", third_line), "")
    name = printable(os.path.basename(photo.path))
    size = f"{dimensions_words(photo)} · {file_size_words(photo.stamp.size_bytes) if photo.online else tr('offline')}"
    lines = (name, size, third_line)
    return CardContent(photo.id, name, lines, printable(photo.path), protected=photo.protected)


def awaited_card(file: AwaitedFile | None, awaited_id: int) -> CardContent:
    """The card of a file that is not studied yet: its name, its size, and that it waits."""
    if file is None:
        return CardContent(awaited_id, "", ("", "", ""), "", awaited=True)
    name = printable(os.path.basename(file.path))
    state = tr("cannot be read") if file.failed else tr("waiting")
    lines = (name, f"{file_size_words(file.size_bytes)} · {state}", "")
    return CardContent(awaited_id, name, lines, printable(file.path), awaited=True)


def printable(path: str) -> str:
    """A path for the screen: bytes that are no text and control characters become replacement signs."""
    return shown(path)


def as_tip(text: str) -> str:
    """Text for a tooltip, which Qt would otherwise take for markup where a name looks like it."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
