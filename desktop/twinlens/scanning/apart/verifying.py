"""Verifying pairs in the studying processes: the window keeps its interpreter to itself, and each core is used."""

import itertools
import logging
from collections.abc import Sequence

from msgspec.structs import asdict

from twinlens.domain.relation import Relation
from twinlens.imaging.bounds import DecodeBounds
from twinlens.isolation.process import ChildDied, ChildTookTooLong
from twinlens.matching.candidates import Candidate
from twinlens.scanning.apart import processes
from twinlens.scanning.apart.pairs import MAX_VERDICT_BYTES, PairBatch, decode_verdicts, encode_batch

logger = logging.getLogger(__name__)

PATIENCE_S = 120.0  # for a batch that takes a second where nothing else is done

_FAILURES = (ChildDied, ChildTookTooLong, ValueError)
_runs = itertools.count(1)


def new_run() -> int:
    """A number for all that one scan asks: what a process has derived of a photo serves the pairs of the same run."""
    return next(_runs)


def verify_apart(batch: PairBatch, run: int, bounds: DecodeBounds) -> Sequence[Relation | None]:
    """Decide pairs in a process of its own: a relation, or none, for each in turn.

    A pair at which the process breaks off, or that takes too long, has none; the others of its batch are decided.
    Raises ChildNotStarted where the system refuses to start the process.
    """
    try:
        return _ask(batch, run, bounds)
    except _FAILURES:
        if len(batch.pairs) > 1:
            return [verdict for pair in batch.pairs for verdict in verify_apart(_alone(pair, batch), run, bounds)]
    try:
        return _ask(batch, run, bounds)  # the first may have died of something else, such as want of memory
    except _FAILURES as error:
        pair = batch.pairs[0]
        logger.warning("photos %d and %d cannot be compared: %s", pair.first, pair.second, error)
        return [None]


def _ask(batch: PairBatch, run: int, bounds: DecodeBounds) -> list[Relation | None]:
    head = {"task": "verify", "run": run, "patience_s": PATIENCE_S, "bounds": asdict(bounds)}
    reply, body = processes.POOL.ask(head, encode_batch(batch), PATIENCE_S, MAX_VERDICT_BYTES)
    if "error" in reply:
        raise ChildDied(str(reply["error"])[: processes.MAX_SENTENCE])
    return decode_verdicts(body, batch.pairs)


def _alone(pair: Candidate, batch: PairBatch) -> PairBatch:
    both = (pair.first, pair.second)
    return PairBatch(
        [pair],
        {id_: batch.traits[id_] for id_ in both},
        {id_: batch.thumbnails[id_] for id_ in both if id_ in batch.thumbnails},
    )
