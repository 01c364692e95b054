"""Groups and thumbnails, put into the template."""

import base64
from datetime import datetime
from itertools import islice

from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct

from twinlens import __version__
from twinlens.disposal.wording import shown
from twinlens.domain.relation import PhotoClass
from twinlens.library.open import Library
from twinlens.review.duplicates import GroupList
from twinlens.review.report.figures import counted, human_bytes
from twinlens.review.report.found import Found, ShownGroup, ShownPhoto
from twinlens.review.report.words import CLASS_TITLES, CLASS_WORDS, KIND_WORDS, SUGGESTION_WORDS

GROUPS_A_CLASS = 200
PHOTOS_A_GROUP = 40  # a thumbnail is about 15 kB: these two keep the file where a browser still likes it
PROBLEMS = 500


class Card(Struct, frozen=True):
    """One photo as the template sees it. ``thumbnail`` is a data URI, None where there is none."""

    name: str
    folder: str
    thumbnail: str | None
    facts: tuple[str, ...]
    suggestion: str
    badge: str
    reason: str


class Strip(Struct, frozen=True):
    """One group."""

    title: str
    cards: tuple[Card, ...]
    left_out: int


class Section(Struct, frozen=True):
    """All shown groups of one class."""

    anchor: str
    title: str
    words: str
    totals: str
    strips: tuple[Strip, ...]
    left_out: int


def report_page(library: Library, found: Found) -> str:
    """The report as HTML. Names and sentences are escaped; nothing is loaded from anywhere."""
    environment = Environment(
        loader=PackageLoader("twinlens.review.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sections = [_section(library, found, group_list) for group_list in found.lists if len(group_list)]
    photos = found.data.photos
    return environment.get_template("report.html").render(
        version=__version__,
        made=f"{datetime.now().astimezone():%Y-%m-%d %H:%M}",
        photo_count=counted(len(photos), "photo"),
        photo_bytes=human_bytes(library.catalog().photos.total_bytes()),
        sections=sections,
        problems=[(shown(problem.path), shown(problem.error)) for problem in found.problems[:PROBLEMS]],
        problem_count=len(found.problems),
    )


def _section(library: Library, found: Found, group_list: GroupList) -> Section:
    photo_class = group_list.query.photo_class
    strips = tuple(_strip(library, group) for group in islice(found.groups(group_list), GROUPS_A_CLASS))
    totals = [counted(len(group_list), "group"), counted(group_list.photo_count, "photo")]
    if photo_class.may_be_preselected:
        totals.append(f"{human_bytes(group_list.total_reclaimable_bytes)} could go")
    left_out = len(group_list) - len(strips)
    return Section(
        photo_class.value, CLASS_TITLES[photo_class], CLASS_WORDS[photo_class], ", ".join(totals), strips, left_out
    )


def _strip(library: Library, shown_group: ShownGroup) -> Strip:
    kept = shown_group.photos[:PHOTOS_A_GROUP]
    thumbnails = library.thumbnails.get_many([photo.photo_id for photo in kept])
    cards = tuple(_card(photo, thumbnails.get(photo.photo_id)) for photo in kept)
    kind = shown_group.group.kind
    title = ("" if kind is None else KIND_WORDS[kind]) + counted(len(shown_group.photos), "photo")
    if shown_group.group.photo_class is not PhotoClass.LOOKALIKE and shown_group.group.reclaimable_bytes:
        title += f", {human_bytes(shown_group.group.reclaimable_bytes)} beside the keeper"
    return Strip(title, cards, len(shown_group.photos) - len(kept))


def _card(photo: ShownPhoto, jpeg: bytes | None) -> Card:
    folder, _, name = photo.path.rpartition("/")
    facts = [f"{photo.width_px} \u00d7 {photo.height_px}, {human_bytes(photo.size_bytes)}"]
    if photo.taken:
        facts.append(f"{photo.taken:%Y-%m-%d %H:%M:%S}")
    suggestion = photo.member.suggestion.value
    return Card(
        shown(name),
        shown(folder),
        None if jpeg is None else "data:image/jpeg;base64," + base64.b64encode(jpeg).decode("ascii"),
        tuple(facts),
        suggestion,
        SUGGESTION_WORDS[photo.member.suggestion],
        shown(photo.member.reason),
    )
