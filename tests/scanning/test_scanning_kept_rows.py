"""What matching keeps from round to round agrees with what the catalog says."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalog.synthetic import MODEL, MOUNTED, photo_record, vector
from twinlens.catalog import Catalog
from twinlens.domain.photo import PhotoId, ShotMetadata
from twinlens.domain.ports import as_ids
from twinlens.domain.relation import PhotoClass, Relation, Transform
from twinlens.matching.bursts import burst_relations
from twinlens.scanning.bursts import Bursts
from twinlens.scanning.kept_rows import KeptPrints, KeptRows

KIND = np.dtype([("value", "<i8")])


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog.open(tmp_path) as opened:
        opened.volumes.remember(MOUNTED)
        yield opened


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["merge", "merge", "keep"]), st.sets(st.integers(1, 40), max_size=12))))
def test_rows_follow_a_model(steps: list[tuple[str, set[int]]]):
    rows, model = KeptRows(KIND), dict[int, int]()
    for number, (step, chosen) in enumerate(steps):
        ids = as_ids(sorted(chosen))
        if step == "merge":
            records = np.empty(len(ids), KIND)
            records["value"] = number
            rows.merge(ids, records)
            model.update(dict.fromkeys(ids.tolist(), number))
        else:
            rows.keep(ids)
            model = {id_: value for id_, value in model.items() if id_ in chosen}
    assert dict(zip(rows.ids.tolist(), rows.records["value"].tolist(), strict=True)) == model
    assert rows.ids.tolist() == sorted(model)


def test_prints_are_the_catalogs_after_whatever_happened(catalog: Catalog):
    kept = KeptPrints()

    def agree(new: list[PhotoId]) -> None:
        mine, theirs = kept.columns(catalog, new), catalog.fingerprints.columns()
        for name in ("photo_id", "perceptual", "histogram"):
            np.testing.assert_array_equal(getattr(mine, name), getattr(theirs, name))

    agree([])
    ids = catalog.photos.save([photo_record(k) for k in range(30)], MODEL)
    agree(ids)
    more = catalog.photos.save([photo_record(k) for k in range(30, 40)], MODEL)
    changed = catalog.photos.save([photo_record(k + 500, path=photo_record(k).relative_path) for k in (3, 35)], MODEL)
    agree([*more, *changed])
    catalog.photos.remove(ids[5:9])
    catalog.away.set(ids[10:12], away=True)
    agree([])
    catalog.away.set(ids[10:12], away=False)  # nobody tells
    agree([])
    assert len(kept.columns(catalog, []).photo_id) == 36


def shot(number: int, at_s: float, camera: str | None = "A") -> ShotMetadata:
    taken = None if at_s < 0 else datetime.fromisoformat("2020-01-01") + timedelta(seconds=at_s)
    return ShotMetadata(taken=taken, camera=camera, field_count=number)


def test_bursts_found_in_rounds_are_those_found_at_once(tmp_path: Path):
    random = np.random.default_rng(4)
    times, cameras = random.uniform(0, 900, 150), random.choice(["A", "B"], 150)
    found = []
    for name, rounds in (("at once", 1), ("in rounds", 9)):
        (tmp_path / name).mkdir()
        with Catalog.open(tmp_path / name) as catalog:
            catalog.volumes.remember(MOUNTED)
            bursts = Bursts()
            order = np.random.default_rng(5).permutation(150)
            place: dict[int, int] = {}
            for part in np.array_split(order, rounds):
                records = [
                    photo_record(
                        int(k), metadata=shot(int(k), float(times[k]), str(cameras[k])), embedding=vector(int(k) // 4)
                    )
                    for k in part
                ]
                ids = catalog.photos.save(records, MODEL)
                place.update(zip([int(id_) for id_ in ids], part.tolist(), strict=True))
                bursts.store(catalog, as_ids(ids), MODEL)
            related = catalog.relations.among([PhotoId(id_) for id_ in place])
            found.append({frozenset((place[first], place[second])) for first, second in related})
    assert found[0] == found[1]
    assert len(found[0]) > 20


def test_a_photo_exchanged_for_one_without_a_time_leaves_its_burst(catalog: Catalog):
    bursts = Bursts()

    def save(number: int, at_s: float) -> PhotoId:
        path = photo_record(number).relative_path
        content = photo_record(number + 100 * (at_s < 0)).content
        record = photo_record(number, path, metadata=shot(number, at_s), embedding=vector(1), content=content)
        return catalog.photos.save([record], MODEL)[0]

    first = save(1, 10)
    assert bursts.store(catalog, as_ids([first]), MODEL) == 0
    assert save(1, -1) == first
    assert bursts.store(catalog, as_ids([first]), MODEL) == 0
    assert bursts.store(catalog, as_ids([save(2, 11)]), MODEL) == 0
    assert bursts.store(catalog, as_ids([save(3, 12)]), MODEL) == 1


def test_a_pair_that_is_proved_a_copy_meanwhile_stays_one(catalog: Catalog, monkeypatch: pytest.MonkeyPatch):
    """Others verify pairs of the next photos while bursts are looked for."""
    records = [photo_record(k, metadata=shot(k, 10.0 + k), embedding=vector(1)) for k in range(3)]
    ids = catalog.photos.save(records, MODEL)
    copy = Relation(ids[0], ids[1], PhotoClass.SAME_SHOT, 0.99, Transform.NONE)

    def slowly(*question: Any) -> list[Relation]:
        found = burst_relations(*question)
        catalog.relations.save([copy])
        return found

    monkeypatch.setattr("twinlens.scanning.bursts.burst_relations", slowly)
    stored = Bursts().store(catalog, as_ids(ids), MODEL)
    classes = {pair: relation.photo_class for pair, relation in catalog.relations.between(ids).items()}
    assert classes.pop((ids[0], ids[1])) is PhotoClass.SAME_SHOT
    assert set(classes.values()) == {PhotoClass.BURST}
    assert len(classes) == stored
