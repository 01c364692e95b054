"""What the candidates can find: for each kind of edit, how often the original is proposed, by which channel.

`python -m benchmarks.channels` (`--photos 60`, `--half tune`). What no channel proposes, no verification can find, so this
is the ceiling of recall. Every variant looks for its original among the real photos of all folders; frames of its own series
and variants of other photos are no crowd. Beside it the share of variants whose cosine lies above that of all but one in
10,000 (100,000) pairs of strangers: photos of the test half against variants of other series.
"""

import argparse
import json
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality_crowded import is_test_half, load_truth
from benchmarks.workplace import SHARED, WORK, made_once, print_table, require_shared_data
from twinlens.domain.fingerprint import Float32Array, UInt64Array
from twinlens.fingerprints.embedding import OnnxEmbedder
from twinlens.fingerprints.model import bundled_model
from twinlens.fingerprints.network_input import network_input
from twinlens.fingerprints.study import fingerprint
from twinlens.imaging.decode import decode_for_study
from twinlens.matching.candidates import COPY_FLOOR, COSINE_FLOOR, HASH_RADIUS_BITS
from twinlens.scanning.match import NEIGHBOURS

THREADS = 2
FALSE_RATES = (1e-4, 1e-5)


@dataclass(frozen=True)
class Looks:
    """How n pictures look: paths, perceptual hashes uint64 [n, 8], vectors by channel float32 [n, d]."""

    row_of: dict[str, int]
    perceptual: UInt64Array
    vectors: dict[str, Float32Array]


def look_at(paths: list[str]) -> Looks:
    """Study every picture as a scan does; what cannot be decoded is left out."""
    embedder = OnnxEmbedder(bundled_model())
    side_px = embedder.identity.input_side_px

    def one(path: str) -> tuple[UInt64Array, Float32Array, Float32Array] | None:
        try:
            pixels = decode_for_study(Path(path).read_bytes(), path).pixels
        except Exception as error:  # noqa: BLE001 - a bench set holds what no decoder takes
            print(f"left out: {path} ({error})")
            return None
        answer = embedder.embed(network_input(pixels, side_px)[None])
        return fingerprint(pixels).perceptual, answer.vectors[0], answer.copy_vectors[0]

    with ThreadPoolExecutor(THREADS) as pool:
        studied = [(path, look) for path, look in zip(paths, pool.map(one, paths), strict=True) if look is not None]
    hashes, embeddings, copies = zip(*(look for _, look in studied), strict=True)
    vectors = {"embedding": np.stack(embeddings), "copy vector": np.stack(copies)}
    return Looks({path: row for row, (path, _) in enumerate(studied)}, np.stack(hashes), vectors)


@dataclass(frozen=True)
class Trials:
    """Variants and their originals as rows of ``Looks``, and for each what kind it is and which series it is from."""

    variant: NDArray[np.int64]
    original: NDArray[np.int64]
    kind: list[tuple[str, str]]
    series: NDArray[np.str_]
    crowd: NDArray[np.int64]
    crowd_series: NDArray[np.str_]
    crowd_scored: NDArray[np.bool_]


def trials(folder: Path, looks: Looks, test: bool) -> Trials:
    """All variants of one half of the photos, and the crowd that they are looked for in."""
    truth, series_of = load_truth(folder), _series()
    document = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    base_of = {group["id"]: f"photos/{group['base']}" for group in document["groups"]}
    chosen = [
        path
        for path, kind in truth.kind_of.items()
        if kind[1] != "original" and (truth.group_of[path] in truth.scored) == test and path in looks.row_of
    ]
    bases = [base_of[truth.group_of[path]] for path in chosen]
    crowd = [path for path in looks.row_of if path.startswith(str(SHARED))]
    names = [path.removeprefix(f"{SHARED}/") for path in crowd]
    return Trials(
        np.array([looks.row_of[path] for path in chosen]),
        np.array([looks.row_of[truth.original_of[path]] for path in chosen]),
        [truth.kind_of[path] for path in chosen],
        np.array([series_of.get(base, base) for base in bases]),
        np.array([looks.row_of[path] for path in crowd]),
        np.array([series_of.get(name, name) for name in names]),
        np.array([is_test_half(name.removeprefix("photos/"), series_of) == test for name in names]),
    )


def _series() -> dict[str, str]:
    manifest = json.loads((SHARED / "manifest.json").read_text(encoding="utf-8"))
    groups = [group for group in manifest["groups"] if group["verdict"] != "category"]
    return {path: min(group["files"]) for group in groups for path in group["files"]}


def found_by_hash(looks: Looks, one: Trials) -> NDArray[np.bool_]:
    """Whether the perceptual hash proposes the original, in any of the eight orientations."""
    bits = np.bitwise_count(looks.perceptual[one.variant] ^ looks.perceptual[one.original, :1])
    return np.asarray(bits.min(axis=1) <= HASH_RADIUS_BITS)


def found_by_vector(vectors: Float32Array, one: Trials, floor: float) -> tuple[NDArray[np.bool_], list[float]]:
    """Whether the original is near enough and among the nearest; and the recall at each of ``FALSE_RATES``."""
    cosines = np.einsum("ij,ij->i", vectors[one.variant], vectors[one.original])
    strangers = vectors[one.variant] @ vectors[one.crowd].T
    apart = one.series[:, None] != one.crowd_series[None]
    nearer = ((strangers > cosines[:, None]) & apart).sum(axis=1)
    falsely = np.sort(strangers[apart & one.crowd_scored[None]])[::-1]
    rates = [float((cosines >= falsely[int(len(falsely) * rate)]).mean()) for rate in FALSE_RATES]
    thresholds = [f"{falsely[int(len(falsely) * rate)]:.2f}" for rate in FALSE_RATES]
    print(f"{len(falsely):,} pairs of strangers; cosines that {FALSE_RATES} of them reach: {', '.join(thresholds)}")
    print(f"of strangers reach the floor of {floor}: {float((falsely >= floor).mean()):.6f}")
    return (cosines >= floor) & (nearer < NEIGHBOURS), rates


def rows_by_kind(one: Trials, found: dict[str, NDArray[np.bool_]]) -> Iterable[tuple[str, ...]]:
    """One row for each kind, one for all."""
    kinds = np.array([f"{family}/{kind}" for family, kind in one.kind])
    for kind in (*dict.fromkeys(kinds.tolist()), "all"):
        of_kind = (kinds == kind) | (kind == "all")
        yield kind, str(int(of_kind.sum())), *(f"{float(channel[of_kind].mean()):.3f}" for channel in found.values())


def measure(photos: int, test: bool) -> None:
    """Print both tables."""
    source = require_shared_data() / "photos"
    folder = WORK / f"variants-{photos}"
    arguments = ("--src", str(source), "--out", str(folder), "--limit", str(photos), "--max-side", "1280")
    made_once(folder, "truth.json", "make_variants.py", *arguments)
    files = [os.path.join(root, name) for root, _, names in os.walk(source) for name in sorted(names)]
    looks = look_at([*load_truth(folder).kind_of, *sorted(files)])
    one = trials(folder, looks, test)
    found = {"hash": found_by_hash(looks, one)}
    recalls = []
    for channel, floor in (("embedding", COSINE_FLOOR), ("copy vector", COPY_FLOOR)):
        found[channel], rates = found_by_vector(looks.vectors[channel], one, floor)
        recalls.append((channel, *(f"{rate:.4f}" for rate in rates)))
    found["hash or embedding"] = found["hash"] | found["embedding"]
    found["hash or copy vector"] = found["hash"] | found["copy vector"]
    half = "test" if test else "tune"
    print_table(
        f"Candidates: part of the originals proposed, {half} half",
        ("kind", "n", *found),
        list(rows_by_kind(one, found)),
    )
    header = ("vector", *(f"recall at {rate:g}" for rate in FALSE_RATES))
    print_table("The vectors alone, at a rate of false pairs", header, recalls)


def main() -> None:
    """Measure the half that thresholds were not fitted on, or the other one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.channels", description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=60, help="source photos whose variants look for them")
    parser.add_argument("--half", choices=("test", "tune"), default="test")
    options = parser.parse_args()
    measure(options.photos, options.half == "test")


if __name__ == "__main__":
    main()
