"""Pairs are verified in the studying processes: with the same verdicts, and at the cost of no other pair."""

from pathlib import Path
from typing import Any

import psutil
import pytest
from msgspec.structs import replace
from PIL import Image

from tests.scanning.scenes import WITHOUT_NETWORK, make_album, scanned, small_photos, ties_of
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import Relation
from twinlens.imaging.bounds import DEFAULT_BOUNDS
from twinlens.isolation.process import ChildDied, ChildNotStarted, ChildTookTooLong
from twinlens.library.open import Library
from twinlens.matching.candidates import Candidate, candidates_of_pairs
from twinlens.matching.exposure import traits_of
from twinlens.matching.verify import Verifier
from twinlens.scanning import verification
from twinlens.scanning.apart import processes
from twinlens.scanning.apart.pairs import PairBatch, decode_batch, decode_verdicts, encode_batch, encode_verdicts
from twinlens.scanning.apart.verifying import new_run, verify_apart

pytestmark = pytest.mark.photos
SCENES = 6


@pytest.fixture(scope="module")
def album(photos_dir: Path, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("verifying")
    make_album(photos_dir, folder / "photos", SCENES)
    with Library.open(folder / "library") as library:
        scanned(library, folder / "photos")
        yield library


@pytest.fixture(scope="module")
def batch(album: Library) -> PairBatch:
    """Every pair of the album, with all that is needed to decide them."""
    catalog = album.catalog()
    photos = catalog.photos.get_many(catalog.photos.columns().photo_id.tolist())
    ids = [photo.id for photo in photos]
    pairs = [(one, two) for at, one in enumerate(ids) for two in ids[at + 1 :]]
    found = candidates_of_pairs(pairs, catalog.fingerprints.columns_of(ids))
    return PairBatch(found, {photo.id: traits_of(photo) for photo in photos}, album.thumbnails.get_many(ids))


def verdicts_here(album: Library, batch: PairBatch) -> list[Relation | None]:
    verifier, traits = Verifier(album), batch.traits
    return [verifier.relate(pair, traits[pair.first], traits[pair.second]) for pair in batch.pairs]


def failing_at(pair: Candidate, error: Exception, real: Any = processes.POOL.ask):
    """A pool whose process fails at one pair, wherever it stands."""

    def ask(head: Any, body: Any, *rest: Any) -> Any:
        if pair in decode_batch(body).pairs:
            raise error
        return real(head, body, *rest)

    return ask


def test_the_verdicts_are_those_of_the_verifier(album: Library, batch: PairBatch):
    found = list(verify_apart(batch, new_run(), DEFAULT_BOUNDS))
    assert found == verdicts_here(album, batch)
    assert sum(relation is not None for relation in found) >= 3 * SCENES  # turned, smaller and again of each


def test_a_photo_without_thumbnail_is_related_to_none(batch: PairBatch):
    gone = batch.pairs[0].first
    kept = {id_: jpeg for id_, jpeg in batch.thumbnails.items() if id_ != gone}
    found = verify_apart(
        replace(batch, thumbnails=kept | {batch.pairs[0].second: b"no picture"}), new_run(), DEFAULT_BOUNDS
    )
    told = zip(batch.pairs, found, strict=True)
    assert not [
        pair for pair, relation in told if relation and {pair.first, pair.second} & {gone, batch.pairs[0].second}
    ]
    assert any(found)


def test_another_scan_knows_nothing_of_the_photos_of_the_last(batch: PairBatch):
    """Ids of another library mean other photos, in the same process."""
    first = list(verify_apart(batch, new_run(), DEFAULT_BOUNDS))
    ids = sorted(batch.thumbnails)
    exchanged = dict(zip(ids, [batch.thumbnails[id_] for id_ in reversed(ids)], strict=True))
    assert list(verify_apart(replace(batch, thumbnails=exchanged), new_run(), DEFAULT_BOUNDS)) != first


@pytest.mark.parametrize("error", [ChildDied("it broke off"), ChildTookTooLong(100.0)])
def test_a_pair_that_breaks_the_process_costs_no_other(
    album: Library,
    batch: PairBatch,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
):
    here = verdicts_here(album, batch)
    at = next(at for at, relation in enumerate(here) if relation is not None)
    monkeypatch.setattr(processes.POOL, "ask", failing_at(batch.pairs[at], error))
    found = list(verify_apart(batch, new_run(), DEFAULT_BOUNDS))
    assert found == [*here[:at], None, *here[at + 1 :]]
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        f"photos {batch.pairs[at].first} and {batch.pairs[at].second} cannot be compared"
    ]
    caplog.clear()


def test_what_is_no_fault_of_the_pair_is_tried_again(album: Library, batch: PairBatch, monkeypatch: pytest.MonkeyPatch):
    real, asked = processes.POOL.ask, []

    def ask(*request: Any) -> Any:
        asked.append(request)
        if len(asked) <= 2:  # the batch, and its first pair alone
            raise ChildDied("killed")
        return real(*request)

    monkeypatch.setattr(processes.POOL, "ask", ask)
    few = replace(batch, pairs=batch.pairs[:3])
    assert list(verify_apart(few, new_run(), DEFAULT_BOUNDS)) == verdicts_here(album, few)


def test_a_process_that_is_killed_is_replaced(album: Library, batch: PairBatch):
    verify_apart(batch, new_run(), DEFAULT_BOUNDS)
    idle = [child for child in psutil.Process().children() if processes.MODULE in child.cmdline()]
    for child in idle:
        child.kill()
    psutil.wait_procs(idle, timeout=10)
    assert list(verify_apart(batch, new_run(), DEFAULT_BOUNDS)) == verdicts_here(album, batch)


def test_where_no_process_can_be_started_the_program_compares_itself(
    photos_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    make_album(photos_dir, tmp_path / "photos", 2)
    real, found = processes.POOL.ask, []
    for broken in (False, True):
        with Library.open(tmp_path / f"library {broken}") as library, monkeypatch.context() as patch:
            patch.setattr(processes.POOL, "ask", refusing_to_verify(real) if broken else real)
            scanned(library, tmp_path / "photos", options=WITHOUT_NETWORK)
            found.append(ties_of(library))
    assert found[0] == found[1] != {}
    assert {"no process can be started" in record.getMessage() for record in caplog.records} == {True}
    caplog.clear()


def refusing_to_verify(real: Any):
    def ask(head: Any, *rest: Any) -> Any:
        if head["task"] == "verify":
            raise ChildNotStarted("no memory")
        return real(head, *rest)

    return ask


@pytest.mark.parametrize("spoilt", [b"", b"\xc1", encode_verdicts([None]), b"\x92\xc0\x01"])
def test_an_answer_that_is_none_is_refused(batch: PairBatch, spoilt: bytes):
    with pytest.raises(ValueError, match=r"no message about pairs|verdicts on"):
        decode_verdicts(spoilt, batch.pairs[:2])


def test_verdicts_on_other_pairs_are_refused(album: Library, batch: PairBatch):
    relation = next(relation for relation in verdicts_here(album, batch) if relation is not None)
    other = replace(relation, second=PhotoId(relation.second + 1000))
    pair = next(pair for pair in batch.pairs if (pair.first, pair.second) == (relation.first, relation.second))
    with pytest.raises(ValueError, match="another pair"):
        decode_verdicts(encode_verdicts([other]), [pair])


def test_questions_arrive_as_they_were_asked(batch: PairBatch):
    arrived = decode_batch(encode_batch(batch))
    assert (list(arrived.pairs), arrived.thumbnails) == (list(batch.pairs), batch.thumbnails)
    assert repr(arrived.traits) == repr(batch.traits)  # unknown times are no numbers, and equal to none


def test_nobody_looks_at_pairs_that_their_files_refuse(
    photos_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Neither are their thumbnails read: in a large library that would be most of what is read at all."""
    (tmp_path / "photos").mkdir()
    with Image.open(small_photos(photos_dir, 1)[0]) as picture:
        for second in range(2):
            exif = Image.Exif()
            exif[0x010F], exif[0x0110] = "Canon", "Canon EOS 6D"
            exif.get_ifd(0x8769)[0x9003] = f"2021:05:01 12:00:0{5 * second}"
            picture.convert("RGB").save(tmp_path / "photos" / f"IMG_{second}.jpg", quality=90 - second, exif=exif)
        picture.convert("RGB").save(tmp_path / "photos" / "sent to a friend.jpg", quality=60)
    asked: list[Candidate] = []

    def noting(batch: PairBatch, *rest: Any) -> Any:
        asked.extend(batch.pairs)
        return verify_apart(batch, *rest)

    monkeypatch.setattr(verification, "verify_apart", noting)
    with Library.open(tmp_path / "library") as library:
        scanned(library, tmp_path / "photos", options=WITHOUT_NETWORK)
        name_of = {photo.id: Path(photo.path).name for photo in library.catalog().photos.named("jpg")}
    pairs = {frozenset((name_of[pair.first], name_of[pair.second])) for pair in asked}
    assert pairs == {frozenset((f"IMG_{second}.jpg", "sent to a friend.jpg")) for second in range(2)}
