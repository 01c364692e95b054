"""Series of real photos: found whole, named as what they are, with and without their metadata."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from tests.scanning.scenes import WITH_NETWORK, scanned
from twinlens.domain.group import Group, GroupQuery, SeriesKind, Suggestion
from twinlens.domain.ports import GoOn
from twinlens.domain.relation import PhotoClass
from twinlens.imaging.bounds import DEFAULT_BOUNDS
from twinlens.library.open import Library
from twinlens.matching.rules.criteria import BEST_SHOT
from twinlens.matching.rules.rule import Rule, Step
from twinlens.review.data import load_review_data
from twinlens.review.duplicates import GroupList, find_groups
from twinlens.review.plan import plan_by_rule
from twinlens.scanning.measuring import measure_frames

WHOLE = {
    "bracket-katm": SeriesKind.EXPOSURE_BRACKET,
    "focus-pcb": SeriesKind.FOCUS_STACK,
    "burst-trailcam-3": SeriesKind.BURST,
    "series-rock": SeriesKind.BURST,
}
UNTIMED = {"focus-pcb-depth": SeriesKind.FOCUS_STACK, "series-lund": SeriesKind.BURST}
STRANGERS = ("cat-Faces", "cat-car_side", "cat-cougar_face")  # numbered in one folder, of one kind, of no scene


def lay_out(shared_data: Path, folder: Path) -> dict[str, set[str]]:
    """Copies in one folder a series, small, those of ``UNTIMED`` and strangers without metadata; names by series."""
    names: dict[str, set[str]] = {}
    for group in json.loads((shared_data / "manifest.json").read_text(encoding="utf-8"))["groups"]:
        if group["id"] not in {*WHOLE, *UNTIMED, *STRANGERS}:
            continue
        for path in group["files"][:6]:
            target = folder / group["id"] / Path(path).name
            target.parent.mkdir(parents=True, exist_ok=True)
            with Image.open(shared_data / path) as picture:
                stored = picture.info.get("exif", b"") if group["id"] in WHOLE else b""
                upright = picture if stored else ImageOps.exif_transpose(picture).convert("RGB")
                upright.thumbnail((800, 800))
                upright.save(target, "JPEG", quality=92, exif=stored)
            names.setdefault(group["id"], set()).add(f"{group['id']}/{target.name}")
    return names


class Scanned:
    """The bursts of a scan."""

    def __init__(self, library: Library, names: dict[str, set[str]]) -> None:
        self.library, self.names = library, names
        data = load_review_data(library.catalog())
        self.bursts: GroupList = find_groups(data, GroupQuery(PhotoClass.BURST))
        self.paths = dict(zip(data.photos.photo_id.tolist(), data.photos.paths, strict=True))

    def shown(self, group: Group) -> list[str]:
        return ["/".join(self.paths[member.photo_id].split("/")[-2:]) for member in group.members]

    def of(self, series: str) -> list[Group]:
        return [group for group in self.bursts if self.shown(group)[0].startswith(f"{series}/")]


@pytest.fixture(scope="module")
def found(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scanned]:
    folder = tmp_path_factory.mktemp("series")
    names = lay_out(shared_data, folder / "photos")
    with Library.open(folder / "library") as library:
        scanned(library, folder / "photos", options=WITH_NETWORK)
        yield Scanned(library, names)


@pytest.mark.parametrize(("series", "kind"), [*WHOLE.items(), *UNTIMED.items()])
def test_a_series_is_one_group_and_named_as_what_it_is(found: Scanned, series: str, kind: SeriesKind) -> None:
    groups = found.of(series)
    assert [set(found.shown(group)) for group in groups] == [found.names[series]]
    assert groups[0].kind is kind


def test_photos_that_only_count_on_are_no_series(found: Scanned) -> None:
    assert [found.shown(group) for series in STRANGERS for group in found.of(series)] == []


def test_frames_without_a_time_follow_each_other_as_they_count(found: Scanned) -> None:
    after_keeper = found.shown(found.of("series-lund")[0])[1:]
    assert after_keeper == sorted(after_keeper)


def test_a_bracket_and_a_stack_are_kept_whole_and_say_why(found: Scanned) -> None:
    bracket, stack = found.of("bracket-katm")[0], found.of("focus-pcb")[0]
    for group in (bracket, stack):
        assert {member.suggestion for member in group.members} == {Suggestion.KEEP}
        assert group.reclaimable_bytes == 0
        assert all("belong together" in member.reason for member in group.members)
    assert bracket.members[1].reason.startswith("the same view in another exposure")
    assert stack.members[1].reason.startswith("the same view with another focus")


def test_no_rule_thins_a_bracket_or_a_stack(found: Scanned) -> None:
    bursts = frozenset({PhotoClass.BURST})
    without_best_shot = Rule("thin", "Keep the largest of each burst", (Step("suggestion"),), classes=bursts)
    assert plan_by_rule(found.library.catalog(), [found.bursts], without_best_shot).groups == ()
    assert plan_by_rule(found.library.catalog(), [found.bursts], BEST_SHOT).groups == ()  # nothing is measured
    measure_frames(found.library, DEFAULT_BOUNDS, 2, GoOn())
    plan = plan_by_rule(found.library.catalog(), [Scanned(found.library, found.names).bursts], BEST_SHOT)
    removed = {"/".join(removal.path.split("/")[-2:]) for group in plan.groups for removal in group.remove}
    assert len(removed & found.names["burst-trailcam-3"]) == 3
    for series in ("bracket-katm", "focus-pcb", "focus-pcb-depth"):
        assert not removed & found.names[series]
