"""What each cheap channel says of two photos: near enough to be worth a look, or not."""

import math

from twinlens.domain.relation import Transform
from twinlens.lab.report import Cell, Column, Table, table
from twinlens.lab.why.pair import Pair
from twinlens.matching.candidates import COPY_FLOOR, COSINE_FLOOR, HASH_RADIUS_BITS
from twinlens.matching.exposure import are_two_exposures, gap_s, traits_of

_COLUMNS = (Column("channel", "channel"), Column("value", "value"), Column("says", "says"))


def channels(pair: Pair) -> Table:
    """One row for each channel."""
    rows = [*_equality(pair), *_nearness(pair)]
    return table(
        "Every channel", _COLUMNS, rows, "A pair is looked at closely when its hashes or its vectors are near."
    )


def metadata(pair: Pair) -> Table:
    """What the files say of the exposure, beside each other."""
    first, second = traits_of(pair.first), traits_of(pair.second)
    shots = pair.first.metadata, pair.second.metadata
    rows: list[tuple[Cell, ...]] = [
        ("size", *(f"{photo.facts.width_px} x {photo.facts.height_px}" for photo in (pair.first, pair.second))),
        ("format", *(f"{p.facts.format} {p.facts.jpeg_quality or ''}".strip() for p in (pair.first, pair.second))),
        ("taken", *(None if shot.taken is None else shot.taken.isoformat(" ") for shot in shots)),
        ("camera", *(shot.camera for shot in shots)),
        ("exposure", *(_exposure(shot.exposure_s) for shot in shots)),
        ("aperture", *(None if shot.aperture_f is None else f"f/{shot.aperture_f:g}" for shot in shots)),
        ("ISO", *(None if shot.iso is None else str(shot.iso) for shot in shots)),
        ("bias", *(None if s.exposure_bias_ev is None else f"{s.exposure_bias_ev:+.1f} EV" for s in shots)),
    ]
    gap = gap_s(first, second)
    words = "The times say nothing." if gap is None else f"Taken {gap:.2f} s apart."
    if are_two_exposures(first, second):
        words += " The metadata prove two exposures: such a pair is never joined as a copy."
    columns = (Column("metadata", "what"), Column("first", "first"), Column("second", "second"))
    return table("Metadata", columns, rows, words)


def _exposure(duration_s: float | None) -> str | None:
    if duration_s is None or duration_s <= 0:
        return None
    return f"{duration_s:.3g} s" if duration_s >= 0.3 else f"1/{1 / duration_s:.0f} s"


def _equality(pair: Pair) -> list[tuple[Cell, ...]]:
    first, second = pair.first, pair.second
    same_bytes = first.content == second.content
    if same_bytes:
        pixels, says = "equal", "the same file"
    elif first.pixels is None or second.pixels is None:
        pixels, says = "not compared", "size, encoding or preview differ already"
    else:
        pixels = "equal" if first.pixels == second.pixels else "different"
        says = "the same picture to the last bit" if pixels == "equal" else "another picture, however little"
    return [
        ("content hash", "equal" if same_bytes else "different", "every byte" if same_bytes else "other bytes"),
        ("pixel hash", pixels, says),
    ]


def _nearness(pair: Pair) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    best = min(pair.bits, key=lambda turned: (pair.bits[turned], turned.code))
    for turned, bits in pair.bits.items():
        near = "near" if bits <= HASH_RADIUS_BITS else "far"
        name = "as it is" if turned is Transform.NONE else turned.value
        rows.append((f"perceptual hash, {name}", f"{bits} of 64 bits", f"{near}{', the nearest' * (turned is best)}"))
    rows.append(("histogram", f"{pair.candidate.histogram_similarity:.3f}", "1 is the same colours; rejects nothing"))
    if pair.cosine is None or math.isnan(pair.cosine):
        rows.append(("embedding", None, "the network is not in use"))
    else:
        near = "near" if pair.cosine >= COSINE_FLOOR else "far"
        rows.append(("embedding, cosine", f"{pair.cosine:.4f}", f"{near}: worth a look from {COSINE_FLOOR:g} on"))
    if pair.copy_cosine is not None:
        near = "near" if pair.copy_cosine >= COPY_FLOOR else "far"
        rows.append(("copy vector, cosine", f"{pair.copy_cosine:.4f}", f"{near}: worth a look from {COPY_FLOOR:g} on"))
    return rows
