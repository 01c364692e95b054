"""The report of ``lab ann``: every index on the library's own vectors and on random ones."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from msgspec import Struct

from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.domain.photo import PhotoId
from twinlens.lab.ann.contenders import CONTENDERS
from twinlens.lab.ann.measuring import Trial, lay_out, measured
from twinlens.lab.ann.tables import figures_of, measures_of, tables_of, words_of
from twinlens.lab.ann.vector_file import BLOCK, Blocks, random_blocks
from twinlens.lab.report import LabReport
from twinlens.lab.workbench import NothingToMeasure, Workbench
from twinlens.library.open import Library

READ_AT_ONCE = 1_024
FEWEST = 64
_PART_ASKED = 4  # at most every fourth of few photos becomes a query


class Size(Struct, frozen=True):
    """How much is measured: at most ``own`` vectors of the library, ``random`` made-up ones, 0 leaves either out."""

    own: int
    random: int
    dimension: int
    queries: int
    neighbours: int


def measure(bench: Workbench, size: Size, words: tuple[str, ...] = tuple(CONTENDERS)) -> LabReport:
    """Measure the indexes of these names."""
    found: dict[str, list[Trial]] = {}
    counts: dict[str, tuple[int, int]] = {}
    if size.own:
        with tempfile.TemporaryDirectory(prefix="twinlens-lab-") as folder:
            counts["own vectors"] = _lay_out_own(bench, Path(folder), size)
            found["own vectors"] = measured(bench, Path(folder), "own vectors", words, size.neighbours)
    if size.random:
        with tempfile.TemporaryDirectory(prefix="twinlens-lab-") as folder:
            counts["random vectors"] = _lay_out_random(bench, Path(folder), size)
            found["random vectors"] = measured(bench, Path(folder), "random vectors", words, size.neighbours)
    if not found:
        raise NothingToMeasure("Neither vectors of the library nor random ones are wanted.")
    sizes = tuple((name, f"{count:,} of {dimension} numbers") for name, (count, dimension) in counts.items())
    return LabReport(
        "ann",
        "What an index costs, and what it finds",
        words=words_of(found),
        measures=measures_of(found),
        settings=(
            *sizes,
            ("queries", size.queries),
            ("neighbours", size.neighbours),
            ("threads", 1),
            ("queries a call", 256),
        ),
        tables=tables_of(found),
        figures=figures_of(found),
    )


def _lay_out_random(bench: Workbench, folder: Path, size: Size) -> tuple[int, int]:
    def blocks(which: str, count: int) -> Blocks:
        return random_blocks(count, size.dimension, 1 if which == "queries" else 0)

    lay_out(bench, folder, "random vectors", size.random, size.dimension, blocks, size.queries)
    return size.random, size.dimension


def _lay_out_own(bench: Workbench, folder: Path, size: Size) -> tuple[int, int]:
    from twinlens.fingerprints.model import bundled_model

    model = bundled_model().identity
    with bench.library([]) as library:
        ids = library.catalog().fingerprints.embedding_ids(model.sha256)
        if len(ids) < FEWEST:
            raise NothingToMeasure(
                f"The library in {library.folder} has {len(ids)} vectors, too few to measure an index with: scan a folder first, "
                "or leave them out (--own 0)."
            )
        chosen = np.random.default_rng(0).permutation(ids)  # neither queries nor a part are of one folder only
        asked = min(size.queries, len(chosen) // _PART_ASKED)
        parts = {"queries": np.sort(chosen[:asked]), "vectors": np.sort(chosen[asked:][: size.own])}

        def blocks(which: str, _count: int) -> Blocks:
            return _stored(library, parts[which], model.sha256)

        count = len(parts["vectors"])
        lay_out(bench, folder, "own vectors", count, model.dimension, blocks, asked)
    return count, model.dimension


def _stored(library: Library, ids: Int64Array, sha256: str) -> Iterator[Float32Array]:
    fingerprints = library.catalog().fingerprints
    for start in range(0, len(ids), min(BLOCK, READ_AT_ONCE)):
        part = [PhotoId(id_) for id_ in ids[start : start + READ_AT_ONCE].tolist()]
        yield fingerprints.embeddings_of(part, sha256)[1]
