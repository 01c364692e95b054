"""What a row says of its group, made once when it comes on screen."""

import os.path
from collections.abc import Container, Iterable

from msgspec.structs import replace

from twinlens.domain.group import Group, Member, Suggestion
from twinlens.domain.relation import PhotoClass
from twinlens.gui.thumbnails.card_content import CardContent, CardState, card_content, printable
from twinlens.gui.thumbnails.photo_shelf import PhotoShelf
from twinlens.gui.thumbnails.trait_words import trait_words
from twinlens.gui.thumbnails.words import (
    freed_words,
    kind_words,
    photos_words,
    reason_words,
    relation_words,
    state_words,
    tr,
)

NAMED_BY_FOLDER = (PhotoClass.IDENTICAL_FILE, PhotoClass.IDENTICAL_PIXELS)


class GroupRow:
    """The texts of a group: header parts at once, cards as they come into sight."""

    __slots__ = ("_cards", "_shelf", "group", "number", "summary", "title")

    def __init__(self, group: Group, number: int, shelf: PhotoShelf) -> None:
        self.group = group
        self.number = number  # counted from 1
        self.title = kind_words(group)
        freed = freed_words(group.photo_class, group.reclaimable_bytes)
        self.summary = " · ".join(part for part in (photos_words(len(group.members)), freed) if part)
        self._shelf = shelf
        self._cards: dict[int, CardContent] = {}

    def card(self, position: int) -> CardContent:
        """The card of a member."""
        card = self._cards.get(position)
        if card is None:
            member = self.group.members[position]
            photo = self._shelf.photo(member.photo_id)
            card = card_content(photo, member.photo_id, self._caption(member, photo.path if photo else ""))
            card = replace(card, traits=trait_words(member)) if member.traits else card
            self._cards[position] = card
        return card

    def paths(self, positions: Iterable[int]) -> list[str]:
        """The files of these members, without those that have gone or whose volume is away."""
        photos = (self._shelf.photo(self.group.members[position].photo_id) for position in positions)
        return [photo.path for photo in photos if photo is not None and photo.online]

    def position_of(self, photo_id: int) -> int | None:
        """Where a photo is in the group."""
        return next((at for at, member in enumerate(self.group.members) if member.photo_id == photo_id), None)

    def spoken(self, total: int) -> str:
        """The row as a screen reader says it."""
        place = tr("Group {} of {}").format(self.number, total)
        return ", ".join((place, self.title.lower(), photos_words(len(self.group.members)), self.sentence))

    def spoken_member(self, position: int, state: CardState) -> str:
        """The current photo as a screen reader says it."""
        place = tr("{} of {}").format(position + 1, len(self.group.members))
        card = self.card(position)
        return ", ".join(part for part in (*card.spoken, place, state_words(state.mark, state.suggestion)) if part)

    @property
    def sentence(self) -> str:
        """What is kept and why; looks the keeper up."""
        keeper = self.group.keeper
        if self.group.kind is not None and self.group.kind.belongs_together:
            return tr("the photos belong together: all are kept")
        if keeper.suggestion is not Suggestion.KEEP:
            return reason_words(keeper.reason)
        name, reason = self.card(0).name, reason_words(keeper.reason)
        return tr("Keeper {}: {}").format(name, reason) if reason else tr("Keeper {}").format(name)

    def _caption(self, member: Member, path: str) -> str:
        """How it is related; of copies with one name what tells them apart is the folder."""
        folder = printable(os.path.basename(os.path.dirname(path)))
        if member.relation is None:
            return tr("in {}").format(folder) if folder else ""
        words = relation_words(member.relation)
        if member.relation.photo_class in NAMED_BY_FOLDER and folder:
            is_said = member.relation.photo_class is self.group.photo_class  # by the head of the row
            return tr("in {}").format(folder) if is_said else tr("{}, in {}").format(words, folder)
        return words


def is_decided(group: Group, marked: Container[int]) -> bool:
    """Whether the user has answered every suggestion of a group; where nothing is suggested to go, whether any photo is
    marked.
    """
    suggested = [member.photo_id for member in group.members if member.suggestion is not Suggestion.NONE]
    if len(suggested) > 1:
        return all(photo_id in marked for photo_id in suggested)
    return any(member.photo_id in marked for member in group.members)
