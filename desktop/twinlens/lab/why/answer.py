"""The report of ``lab why``."""

import os

from twinlens.domain.errors import TwinlensError
from twinlens.domain.relation import PhotoClass, Relation, Transform
from twinlens.lab.report import Kind, LabReport, Measure
from twinlens.lab.why.channels import channels, metadata
from twinlens.lab.why.looked import Looked, look, measurements, pictures
from twinlens.lab.why.pair import Pair, studied
from twinlens.lab.why.shared_group import shared_groups
from twinlens.lab.workbench import Workbench
from twinlens.matching.candidates import COPY_FLOOR, COSINE_FLOOR, HASH_RADIUS_BITS
from twinlens.matching.classify import TRUSTED_SCORE, doubts
from twinlens.matching.exposure import are_two_exposures, traits_of


def explain(bench: Workbench, first: str, second: str) -> LabReport:
    """Say why two image files were joined or parted; raises TwinlensError where one cannot be read."""
    from twinlens.volumes.identity import resolved

    one, two = resolved(first), resolved(second)
    if one == two:
        raise TwinlensError(f"Both are the same file, {one}.")
    with studied(bench, one, two) as pair:
        looked = look(pair)
        related = None if pair.relation is None else pair.relation.photo_class.value
        if pair.first.content == pair.second.content:
            related = PhotoClass.IDENTICAL_FILE.value
        return LabReport(
            "why",
            f"{os.path.basename(one)} and {os.path.basename(two)}",
            words=(verdict(pair, looked), *shared_groups(bench, one, two)),
            measures=(
                Measure("Related as", "class", related, Kind.TEXT),
                Measure("Score", "score", None if pair.relation is None else pair.relation.score, decimals=2),
                Measure("Nearest hash, bits of 64", "bits", pair.candidate.hash_distance, Kind.COUNT),
                Measure("Cosine of the embeddings", "cosine", pair.cosine, decimals=3),
            ),
            settings=(("first", one), ("second", two)),
            tables=(channels(pair), *measurements(looked), metadata(pair)),
            figures=tuple(pictures(pair, looked)),
        )


def verdict(pair: Pair, looked: Looked) -> str:
    """The rule that joined or parted the two, in plain words."""
    first, second = pair.first, pair.second
    if first.content == second.content:
        return "The same file twice: every byte is equal."
    if pair.relation is not None:
        if pair.relation.photo_class is PhotoClass.BURST:
            return f"Joined as burst: pictures of one moment, not as copies. {_parted(pair, looked)}"
        return _joined(pair.relation, looked)
    return _parted(pair, looked)


def _parted(pair: Pair, looked: Looked) -> str:
    first, second = pair.first, pair.second
    if are_two_exposures(traits_of(first), traits_of(second)):
        return "Parted by the metadata: times, camera or exposure prove that the shutter was pressed twice."
    if first.facts.frame_count != second.facts.frame_count:
        return "Parted because one file holds more frames than the other."
    if not _is_near(pair):
        return (
            f"Parted before anybody looked: the hashes differ in {pair.candidate.hash_distance} bits (up to "
            f"{HASH_RADIUS_BITS} count as near) and the vectors of the network are not near either."
        )
    return _refused(looked)


def _is_near(pair: Pair) -> bool:
    """Whether a channel proposes the pair; copy vectors do in the place of embeddings where the network gives them."""
    if pair.candidate.hash_distance <= HASH_RADIUS_BITS:
        return True
    if pair.copy_cosine is not None:
        return pair.copy_cosine >= COPY_FLOOR
    return pair.cosine is not None and pair.cosine >= COSINE_FLOOR


def _joined(relation: Relation, looked: Looked) -> str:
    match relation.photo_class:
        case PhotoClass.IDENTICAL_PIXELS:
            return "Joined as identical-pixels: other bytes, but every decoded pixel is equal."
        case PhotoClass.SAME_SHOT:
            how = "" if looked.turned is Transform.NONE else f", the first {looked.turned.value}"
            return (
                f"Joined as same-shot with a score of {relation.score:.2f}{how}: what differs is no more than what another "
                "encoding or size leaves."
            )
        case PhotoClass.EDITED:
            sure = "" if relation.score >= TRUSTED_SCORE else " It is below the usual cut, so no group shows it."
            return (
                f"Joined as edited ({relation.transform.value}) with a score of {relation.score:.2f}: laid over each "
                f"other, an edit of one exposure explains what differs.{sure}"
            )
        case _:
            return f"Joined as {relation.photo_class.value}."


def _refused(looked: Looked) -> str:
    if looked.laid is None:
        return "Parted by verification: no way was found to lay one over the other, so they show different things."
    said = doubts(looked.laid) or ["what differs is not what an edit leaves"]
    return f"Parted by verification, with a score of {looked.edited or 0:.2f}: {', '.join(said)}."
