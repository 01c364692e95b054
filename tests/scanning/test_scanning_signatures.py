"""With signatures a rescan sees exactly what it sees without them, whatever was done to the tree and the catalog."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xxhash
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.scanning.scenes import noise_jpeg, put, scanned
from tests.scanning.test_scanning_changes import forbid_reading, id_of, numbers
from twinlens.domain.fingerprint import Fingerprints, ModelIdentity
from twinlens.domain.photo import ImageFacts, ShotMetadata
from twinlens.domain.picture import PhotoRecord
from twinlens.domain.ports import GoOn, no_events
from twinlens.library.open import Library
from twinlens.scanning import changes
from twinlens.scanning.control import PauseStop
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.progress import Progress
from twinlens.scanning.signatures import sign_folders
from twinlens.scanning.survey import Survey, survey
from twinlens.scanning.walk import FoundFile

Step = tuple[str, Any, Any]

FOLDERS = ("", "a", "a/b", "c")
NAMES = ("1.jpg", "2.jpg", "3.jpg", "note.txt", ".hidden.jpg", "scan")
MODELS = (None, "aa" * 32, "bb" * 32)
RULES = (ScanOptions().ignored_names, (*ScanOptions().ignored_names, "2*"), ("c",))

places = st.builds(os.path.join, st.sampled_from(FOLDERS), st.sampled_from(NAMES))
contents = st.sampled_from([b"\xff\xd8\xffone", b"\xff\xd8\xfftwo", b"bad", b"worse"])
steps = st.one_of(
    st.tuples(st.just("write"), places, contents),
    st.tuples(st.just("touch"), places, st.integers(1, 3)),
    st.tuples(st.just("remove"), places, st.none()),
    st.tuples(st.just("rename"), places, places),
    st.tuples(st.just("swap"), places, places),
    st.tuples(st.just("link"), places, places),
    st.tuples(st.just("rename"), st.sampled_from(FOLDERS[1:]), st.sampled_from(("a", "c", "d", "d/e"))),
    st.tuples(st.just("away"), places, st.booleans()),
    st.tuples(st.just("rules"), st.sampled_from(RULES), st.none()),
    st.tuples(st.just("model"), st.sampled_from(MODELS), st.none()),
    st.tuples(st.just("roots"), st.sampled_from([("",), ("a",), ("a", ""), ("", "c"), ("a/1.jpg", "a")]), st.none()),
)


class Twin:
    """One library; ``signed``: whether it may use its signatures."""

    def __init__(self, folder: Path, *, signed: bool) -> None:
        self.library = Library.open(folder)
        self._signed = signed

    def scan(self, roots: list[str], options: ScanOptions, model: str | None) -> tuple[object, ...]:
        catalog = self.library.catalog()
        if not self._signed:
            catalog._connection.run("UPDATE folders SET signature = NULL")
        if model is not None:
            self.library.vectors.use_model(ModelIdentity("made up", model, 4, 8))
        found = survey(self.library, roots, options, model, GoOn(), no_events, Progress(no_events))
        self._study(found, model)
        if self._signed:
            sign_folders(catalog, found.changes.compared, model)
        return told(found)

    def _study(self, found: Survey, model: str | None) -> None:
        catalog = self.library.catalog()
        for file in found.changes.to_study:
            data = Path(file.path).read_bytes()
            if data.startswith((b"bad", b"worse")):
                lasting = file.stamp if data == b"bad" else None
                known = catalog.photos.by_path(file.path)
                if known is not None:
                    catalog.photos.remove([known.id])
                catalog.problems.replace(file.path, "broken", lasting, file.volume.id, file.relative_path)
            else:
                catalog.photos.save([record_of(file, data, model)], model)
        if model is not None:
            catalog.fingerprints.save_vectors(
                [(id_, np.ones(4, np.float32), 1.0) for id_ in found.changes.to_embed], model
            )

    def put_away(self, path: str, away: bool) -> None:
        catalog = self.library.catalog()
        photo = catalog.photos.by_path(path) if away else catalog.away.by_path(path)
        if photo is not None:
            catalog.away.set([photo.id], away)

    def holds(self) -> object:
        rows = self.library.catalog()._connection.rows
        return (
            rows("SELECT id, volume, relative_path, size_bytes, mtime_ns, inode, content, away FROM photos"),
            rows("SELECT volume, relative_path, error, size_bytes, mtime_ns, inode FROM problems"),
            rows("SELECT model, photo_id FROM embeddings ORDER BY 1, 2"),
        )


def told(found: Survey) -> tuple[object, ...]:
    changes = found.changes
    return (
        [file.path for file in changes.to_study],
        sorted(changes.to_embed),
        changes.changed_places,
        changes.unchanged,
        sorted((problem.path, problem.error) for problem in changes.unreadable),
        sorted((photo_id, file.path) for photo_id, file in changes.moved),
        sorted(changes.returned),
        sorted(changes.gone),
        sorted(changes.settled),
        found.problems,
    )


def record_of(file: FoundFile, data: bytes, model: str | None) -> PhotoRecord:
    return PhotoRecord(
        volume=file.volume.id,
        relative_path=file.relative_path,
        stamp=file.stamp,
        facts=ImageFacts("JPEG", 8, 8, 8, 1, 80),
        metadata=ShotMetadata(),
        content=xxhash.xxh3_128_digest(data),
        fingerprints=Fingerprints(np.zeros(8, np.uint64), np.full(96, 1 / 32, np.float32), 1.0),
        embedding=None if model is None else np.ones(4, np.float32),
        embedding_norm=None if model is None else 1.0,
        thumbnail=b"",
    )


def change(root: Path, step: Step, number: int) -> None:
    kind, first, second = step
    one = root / first
    two = root / second if isinstance(second, str) else one
    try:
        match kind:
            case "write":
                one.parent.mkdir(parents=True, exist_ok=True)
                one.write_bytes(second)
                os.utime(one, ns=(0, 10**18 + number))  # the clock of a file system may be too coarse for a test
            case "touch":
                os.utime(one, ns=(0, 10**18 + second))
            case "remove":
                one.unlink()
            case "rename":
                two.parent.mkdir(parents=True, exist_ok=True)
                os.rename(one, two)
            case "link":
                os.link(one, two)
            case "swap":
                os.rename(one, root / "between")
                os.rename(two, one)
                os.rename(root / "between", two)
    except OSError:
        pass  # a step that cannot be done in this tree is no step


@pytest.mark.parametrize("seed", range(4))
def test_signatures_change_nothing_that_a_scan_says_or_does(seed: int) -> None:
    quick = settings(  # shrinking a failure would take minutes
        max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate]
    )

    @quick
    @given(st.lists(st.one_of(steps, st.just(("scan", "", None))), min_size=6, max_size=30))
    def run(done: list[Step]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            compare_twins(Path(folder), done)

    from hypothesis import seed as seeded

    seeded(seed)(run)()


def compare_twins(folder: Path, done: list[Step]) -> None:
    root = Path(os.path.realpath(folder)) / "photos"
    root.mkdir()
    for number, place in enumerate(("1.jpg", "a/1.jpg", "a/2.jpg", "a/b/3.jpg", "c/1.jpg", "c/scan")):
        change(root, ("write", place, b"\xff\xd8\xffphoto" + bytes([65 + number])), number)
    twins = [Twin(folder / "signed", signed=True), Twin(folder / "plain", signed=False)]
    options, model, roots = ScanOptions(), MODELS[0], [str(root)]
    try:
        for number, step in enumerate([("scan", "", None), *done, ("scan", "", None), ("scan", "", None)]):
            if step[0] == "rules":
                options = replace(options, ignored_names=step[1])
            elif step[0] == "model":
                model = step[1]
            elif step[0] == "roots":
                roots = [str(root / place) for place in step[1] if os.path.lexists(root / place)] or [str(root)]
            elif step[0] == "away":
                for twin in twins:
                    twin.put_away(str(root / step[1]), bool(step[2]))
            elif step[0] == "scan":
                roots = [place for place in roots if os.path.lexists(place)] or [str(root)]
                signed, plain = [twin.scan(roots, options, model) for twin in twins]
                assert signed == plain
                assert twins[0].holds() == twins[1].holds()
            else:
                change(root, step, 10 + number)
    finally:
        for twin in twins:
            twin.library.close()
        shutil.rmtree(root)


def met_singly(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The photos that a comparison looks at one by one from now on."""
    seen: list[str] = []
    real = changes.Comparison._meet

    def meet(self: object, file: FoundFile, *known: object) -> None:
        seen.append(file.path)
        real(self, file, *known)  # type: ignore[arg-type]

    monkeypatch.setattr(changes.Comparison, "_meet", meet)
    return seen


def test_only_the_folder_that_changed_is_compared(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        put(photos / f"day{number // 2}/{number}.jpg", number)
    broken = photos / "day2/broken.jpg"
    broken.write_bytes(noise_jpeg(9)[:200])
    before = scanned(library, photos)
    seen = met_singly(monkeypatch)
    forbid_reading(monkeypatch)
    again = scanned(library, photos)
    assert (again.photos, again.unchanged, again.problems) == (6, 6, before.problems)
    assert seen == []
    os.remove(photos / "day1/2.jpg")
    assert numbers(library, photos) == (5, 0, 0, 5, 1)
    assert seen == [str(photos / "day1/3.jpg")]
    assert numbers(library, photos) == (5, 0, 0, 5, 0)
    assert len(seen) == 1


def test_a_scan_that_was_stopped_signs_only_what_it_completed(library: Library, photos: Path) -> None:
    for number in range(4):
        put(photos / f"day{number // 2}/{number}.jpg", number)
    stop = PauseStop()
    assert scanned(library, photos / "day0").new == 2
    stop.stop()
    assert scanned(library, photos, control=stop).stopped
    assert numbers(library, photos) == (4, 2, 0, 2, 0)
    assert numbers(library, photos) == (4, 0, 0, 4, 0)


def test_a_photo_put_away_and_back_is_seen_by_the_next_scan(library: Library, photos: Path) -> None:
    place = put(photos / "a.jpg", 1)
    put(photos / "b.jpg", 2)
    scanned(library, photos)
    away = [id_of(library, place)]
    library.catalog().away.set(away, True)
    assert numbers(library, photos) == (2, 0, 0, 2, 0)  # it lies there again: it came back by itself
    assert library.catalog().away.ids() == []


def test_folders_that_went_are_forgotten(library: Library, photos: Path) -> None:
    put(photos / "a/b/1.jpg", 1)
    put(photos / "c/2.jpg", 2)
    scanned(library, photos)
    shutil.rmtree(photos / "a")
    assert numbers(library, photos) == (1, 0, 0, 1, 1)
    (volume,) = [volume.id for volume, _ in library.catalog().volumes.all()]
    known = library.catalog().folders.under(volume, "", None)
    assert [os.path.basename(folder) for folder in known] == ["c"]


@pytest.mark.skipif(os.name == "nt", reason="names are any bytes on Linux only")
def test_the_folder_of_a_name_that_is_no_utf8_is_found(library: Library, photos: Path) -> None:
    folder = os.fsencode(photos) + b"/\xe2\x82/\x80\xc3"
    os.makedirs(folder)
    place = folder + b"/\x82\xff.jpg"
    Path(os.fsdecode(place)).write_bytes(noise_jpeg(1))
    scanned(library, photos)
    assert numbers(library, photos) == (1, 0, 0, 1, 0)
    os.utime(place, ns=(1, 1))
    report = scanned(library, photos)
    assert report.changed + report.unchanged == 1
    os.remove(place)
    assert numbers(library, photos)[-1] == 1
