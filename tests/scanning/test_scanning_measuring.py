"""Measuring the frames of real bursts after a scan: stored with every batch, gone with the bytes, asked for first."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from PIL import Image

from tests.burst_photos import BEST, BRACKET, BURST, OTHER_BURST, make_bursts
from tests.scanning.scenes import WITH_NETWORK, scanned
from twinlens.domain.group import GroupQuery, Suggestion
from twinlens.domain.plan import PlannedRemoval
from twinlens.domain.ports import GoOn
from twinlens.domain.relation import PhotoClass
from twinlens.imaging.bounds import DEFAULT_BOUNDS
from twinlens.library.open import Library
from twinlens.matching.rules.built_in import RULES
from twinlens.review.data import follow_review_data, load_review_data
from twinlens.review.duplicates import GroupList, find_groups
from twinlens.review.plan import plan_by_rule
from twinlens.scanning import measuring
from twinlens.scanning.apart.processes import close_processes
from twinlens.scanning.control import PauseStop
from twinlens.scanning.measuring import measure_frames

FRAMES = len(BURST) + len(OTHER_BURST) + len(BRACKET)


@pytest.fixture
def bursts(library: Library, photos: Path, photos_dir: Path) -> Iterator[Library]:
    make_bursts(photos_dir, photos)
    scanned(library, photos, options=WITH_NETWORK)
    yield library
    close_processes()


@dataclass
class Screen:
    """What somebody looks at."""

    ids: tuple[int, ...]

    def wanted(self) -> tuple[int, ...]:
        return self.ids


def groups_of(library: Library) -> GroupList:
    return find_groups(load_review_data(library.catalog()), GroupQuery(PhotoClass.BURST))


def names(library: Library, groups: GroupList, at: int) -> list[str]:
    return [os.path.basename(groups.data.photos.paths[row]) for row in groups.rows_of(at).tolist()]


def test_the_best_frame_leads_its_burst_once_it_is_measured(bursts: Library):
    before = groups_of(bursts)
    assert all(before.scores_of(at) is None for at in range(len(before)))
    assert measure_frames(bursts, DEFAULT_BOUNDS, 2, GoOn()) == FRAMES
    assert not bursts.catalog().measures.missing()
    groups = groups_of(bursts)
    at = next(at for at in range(len(groups)) if set(names(bursts, groups, at)) == set(BURST))
    group = groups[at]
    assert names(bursts, groups, at)[0] == BEST
    assert group.keeper.reason.startswith("the best shot: ")
    reasons = dict(zip(names(bursts, groups, at), (member.reason for member in group.members), strict=True))
    assert "softer on the subject than the one kept by" in reasons["DSC_0425.JPG"]
    assert "clipped to white" in reasons["DSC_0428.JPG"]
    assert all(member.suggestion is Suggestion.NONE for member in group.members[1:])  # a rule may thin it, we do not
    bracket = next(groups[at] for at in range(len(groups)) if set(names(bursts, groups, at)) == set(BRACKET))
    assert all(member.suggestion is Suggestion.KEEP and not member.traits for member in bracket.members)


def test_a_file_that_changes_loses_its_measures_and_one_that_moves_keeps_them(bursts: Library, photos: Path):
    measure_frames(bursts, DEFAULT_BOUNDS, 2, GoOn())
    data = load_review_data(bursts.catalog())
    (photos / "rock" / "img_0003.jpg").rename(photos / "rock" / "moved.jpg")
    with Image.open(photos / "burst" / BEST) as picture:
        picture.save(photos / "burst" / BEST, "JPEG", quality=80, exif=picture.info["exif"])
    scanned(bursts, photos, options=WITH_NETWORK)
    missing = bursts.catalog().photos.get_many(bursts.catalog().measures.missing())
    assert [os.path.basename(photo.path) for photo in missing] == [BEST]
    followed = follow_review_data(bursts.catalog(), data)
    assert len(followed.measures.photo_id) == FRAMES - 1
    assert measure_frames(bursts, DEFAULT_BOUNDS, 2, GoOn()) == 1
    again = follow_review_data(bursts.catalog(), followed)
    assert len(again.measures.photo_id) == FRAMES
    assert again.ground is followed.ground  # what grouping has made stays
    assert follow_review_data(bursts.catalog(), again) is again


def test_it_goes_on_where_it_was_stopped_and_begins_with_what_is_on_screen(
    bursts: Library, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(measuring, "BATCH", 4)
    catalog = bursts.catalog()
    path_of = {photo.id: photo.path for photo in catalog.photos.get_many(catalog.measures.missing())}
    looked_at = [photo_id for photo_id, path in path_of.items() if "/rock/" in path]
    screen, control = Screen(tuple(looked_at)), PauseStop()
    told: list[tuple[int, int]] = []

    def stop_after_one(done: int, total: int) -> None:
        told.append((done, total))
        control.stop()

    assert measure_frames(bursts, DEFAULT_BOUNDS, 1, control, told=stop_after_one, on_screen=screen) == 4
    assert told == [(4, FRAMES)]
    assert not set(looked_at) & set(catalog.measures.missing())
    assert measure_frames(bursts, DEFAULT_BOUNDS, 2, GoOn()) == FRAMES - 4


def test_a_file_that_cannot_be_decoded_is_asked_for_once(bursts: Library, monkeypatch: pytest.MonkeyPatch):
    damaged = next(id_ for id_ in bursts.catalog().measures.missing())
    path = Path(bursts.catalog().photos.get_many([damaged])[0].path)
    path.write_bytes(path.read_bytes()[:2000])  # and the library knows nothing of it yet: another content
    assert measure_frames(bursts, DEFAULT_BOUNDS, 2, GoOn()) == FRAMES - 1
    assert bursts.catalog().measures.missing() == [damaged]


def test_a_rule_keeps_as_many_of_the_best_as_it_is_told(bursts: Library):
    measure_frames(bursts, DEFAULT_BOUNDS, 2, GoOn())
    groups = groups_of(bursts)
    for keep in (1, 2, 3, 9):
        plan = plan_by_rule(bursts.catalog(), [groups], replace(RULES["best-shot"], keep=keep))
        assert len(plan.groups) == (0 if keep > 4 else 2)  # of the bracket nothing
        for planned in plan.groups:
            at = next(at for at in range(len(groups)) if groups[at].id == planned.id)
            scores = groups.scores_of(at)
            assert scores is not None
            best_first = [names(bursts, groups, at)[place] for place in np.argsort(-scores.total).tolist()]
            assert {os.path.basename(step.path) for step in planned.remove} == set(best_first[keep:])
            assert os.path.basename(planned.keep[0]) == best_first[0]
    assert any("softer on the subject than the one kept by" in step.reason for step in planned_one(bursts, groups))


def planned_one(library: Library, groups: GroupList) -> list[PlannedRemoval]:
    return [step for group in plan_by_rule(library.catalog(), [groups], "best-shot").groups for step in group.remove]
