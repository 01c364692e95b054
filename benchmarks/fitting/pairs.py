"""Pairs to fit the score of edits on: copies of photos of the tuning half, and what looks like copies and is none.

Copies are made by ``lab.edits``, other families than those of the data's own variants, which stay for measuring.
"""

import json
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import numpy as np

from benchmarks.fitting.studied import study
from benchmarks.fitting.trees import Pairs
from benchmarks.photo_truth import families as real_families
from benchmarks.photo_truth import full_path, is_test_half, photos
from benchmarks.workplace import WORK
from twinlens.domain.photo import PhotoId
from twinlens.fingerprints.model import bundled_model
from twinlens.lab.copies.made import upright
from twinlens.lab.edits import EDITS, write
from twinlens.library.open import Library
from twinlens.matching.candidates import COPY_FLOOR, candidates, candidates_of_pairs
from twinlens.matching.classify import is_guest
from twinlens.matching.evidence import named_numbers
from twinlens.matching.exposure import are_two_exposures, traits_of
from twinlens.matching.verify import Verifier
from twinlens.scanning.copies import CopyNeighbours
from twinlens.scanning.match import NEIGHBOURS

FOLDER = WORK / "fitting"
COPIES_A_PHOTO = 14
LONGEST_SIDE_PX = 1280
SMALLEST_SIDE_PX = 200
MOST_STRANGERS = 8000  # of which few can be laid over each other at all
THREADS = 2


def collect() -> Pairs:
    """Make the copies unless they are there, scan them with all photos, and measure the pairs; minutes on two cores."""
    truth = _made_copies()
    library = FOLDER / "library"
    study(library, [str(FOLDER / "copies"), full_path("photos")], set(truth))
    with Library.open(library, read_only=True) as opened:
        return _measured(opened, truth)


def _made_copies() -> dict[str, str]:
    """The original of each copy."""
    folder, marker = FOLDER / "copies", FOLDER / "copies.json"
    if not marker.exists():
        made: dict[str, str] = {}
        names = [name for name in EDITS if "heic" not in name]  # its encoder has stood still under load
        for entry in photos():
            path = str(entry["path"])
            if is_test_half(path) or min(entry.get("width") or 0, entry.get("height") or 0) < SMALLEST_SIDE_PX:
                continue
            picture, _ = upright(full_path(path), LONGEST_SIDE_PX)  # no metadata: pictures alone have to tell
            rng = np.random.default_rng(zlib.crc32(path.encode()))
            place = folder / path
            place.mkdir(parents=True, exist_ok=True)
            for name in rng.choice(names, COPIES_A_PHOTO, replace=False).tolist():
                made[str(write(picture, name, place / name, rng).absolute())] = full_path(path)
        marker.write_text(json.dumps(made, indent=0), encoding="utf-8")
    found: dict[str, str] = json.loads(marker.read_text(encoding="utf-8"))
    return found


def _measured(library: Library, truth: dict[str, str]) -> Pairs:
    columns = library.catalog().photos.columns()
    tuned = {full_path(str(entry["path"])) for entry in photos() if not is_test_half(str(entry["path"]))}
    id_of = {
        path: PhotoId(int(photo_id))
        for path, photo_id in zip(columns.paths, columns.photo_id.tolist(), strict=True)
        if path in truth or path in tuned
    }
    family = {path: real_families()[truth.get(path, path)] for path in id_of}
    same = [(id_of[path], id_of[original]) for path, original in truth.items() if path in id_of and original in id_of]
    same += _between_copies(truth, id_of)
    strange = _strangers(library, id_of, family)
    names: tuple[str, ...] = ()
    numbers, answers = [], []
    for pairs, answer in ((same, True), (strange, False)):
        for found in _measure(library, pairs):
            names = tuple(found)
            numbers.append(list(found.values()))
            answers.append(answer)
    return Pairs(names, np.array(numbers, np.float64), np.array(answers, np.bool_))


def _between_copies(truth: dict[str, str], id_of: dict[str, PhotoId]) -> list[tuple[PhotoId, PhotoId]]:
    """Some pairs of two copies of one photo."""
    of_photo: dict[str, list[PhotoId]] = {}
    for path, original in truth.items():
        if path in id_of:
            of_photo.setdefault(original, []).append(id_of[path])
    return [pair for copies in of_photo.values() for pair in list(combinations(copies, 2))[::18]]


def _strangers(library: Library, id_of: dict[str, PhotoId], family: dict[str, str]) -> list[tuple[PhotoId, PhotoId]]:
    """Pairs of other families that a cheap channel proposes and no metadata parts: the photos themselves first."""
    catalog = library.catalog()
    path_of = {int(photo_id): path for path, photo_id in id_of.items()}
    known = np.array(sorted(path_of), np.int64)
    prints = catalog.fingerprints.columns_of([PhotoId(photo_id) for photo_id in known.tolist()])
    copies = CopyNeighbours(library, bundled_model().identity.sha256).neighbours(known, NEIGHBOURS + 1)
    near = [(pair.first, pair.second) for pair in candidates(known, prints, copies, COPY_FLOOR)]
    traits = {photo.id: traits_of(photo) for photo in catalog.photos.get_many([PhotoId(one) for one in known.tolist()])}
    found = sorted(
        (low, high)
        for low, high in near
        if family[path_of[low]] != family[path_of[high]] and not are_two_exposures(traits[low], traits[high])
    )
    order = np.random.default_rng(1).permutation(len(found))
    plain = [pair for pair in found if not any("/fitting/" in path_of[int(end)] for end in pair)]
    return [*plain, *(found[at] for at in order[:MOST_STRANGERS])]


def _measure(library: Library, pairs: list[tuple[PhotoId, PhotoId]]) -> Iterator[dict[str, float]]:
    """The numbers of each pair that can be laid over each other and that no rule decides before."""
    ends = [(min(pair), max(pair)) for pair in pairs]
    known = library.catalog().fingerprints.columns_of(sorted({end for pair in ends for end in pair}))
    verifier = Verifier(library)
    with ThreadPoolExecutor(THREADS) as pool:
        for laid in pool.map(verifier.laid, candidates_of_pairs(ends, known)):
            if laid is not None and not is_guest(laid):
                yield named_numbers(laid)
