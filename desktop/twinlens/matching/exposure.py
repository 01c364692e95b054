"""What the metadata says of a pair: may these two files come from one press of the shutter?"""

import math

from msgspec import Struct

from twinlens.domain.photo import Photo, PhotoId

SAME_SECOND_S = 0.999  # times without sub-seconds agree only in the same second
SAME_MOMENT_S = 0.002  # times with sub-seconds; cameras write hundredths or thousandths


class Traits(Struct, frozen=True):
    """What verification wants to know of a photo beside its preview. Width and height are those of the upright picture.

    ``taken_s``: seconds since 1970 in camera time, NaN where unknown. Unknown values are None.
    """

    photo_id: PhotoId
    width_px: int
    height_px: int
    frame_count: int = 1
    taken_s: float = math.nan
    has_subseconds: bool = False
    camera: str | None = None
    exposure_s: float | None = None
    aperture_f: float | None = None
    iso: int | None = None
    exposure_bias_ev: float | None = None
    focal_length_mm: float | None = None


def traits_of(photo: Photo) -> Traits:
    """The traits of a catalogued photo."""
    shot = photo.metadata
    # Camera time has no zone; reading it as UTC gives differences that are right and never jumps in summer.
    taken_s = (
        math.nan
        if shot.taken is None
        else (shot.taken.toordinal() - 719_163) * 86_400.0
        + shot.taken.hour * 3600
        + shot.taken.minute * 60
        + shot.taken.second
        + shot.taken.microsecond / 1e6
    )
    return Traits(
        photo.id,
        photo.facts.width_px,
        photo.facts.height_px,
        photo.facts.frame_count,
        taken_s,
        shot.has_subseconds,
        shot.camera,
        shot.exposure_s,
        shot.aperture_f,
        shot.iso,
        shot.exposure_bias_ev,
        shot.focal_length_mm,
    )


def gap_s(first: Traits, second: Traits) -> float | None:
    """Seconds between the two exposures, None where a time is unknown."""
    gap = abs(first.taken_s - second.taken_s)
    return None if math.isnan(gap) else gap


def are_two_exposures(first: Traits, second: Traits) -> bool:
    """Whether the metadata proves two exposures. False proves nothing: copies often carry no metadata at all."""
    gap = gap_s(first, second)
    if gap is not None and first.camera is not None and first.camera == second.camera:
        if gap >= SAME_SECOND_S:
            return True
        if first.has_subseconds and second.has_subseconds and gap > SAME_MOMENT_S:
            return True
    return (
        _differ_by_ratio(first.exposure_s, second.exposure_s, 1.04)
        or _differ_by_ratio(first.aperture_f, second.aperture_f, 1.04)
        or _differ_by_ratio(first.iso, second.iso, 1.04)
        or _differ_by_ratio(first.focal_length_mm, second.focal_length_mm, 1.04)
        or _differ(first.exposure_bias_ev, second.exposure_bias_ev, 0.1)
    )


def never_one(first: Traits, second: Traits) -> bool:
    """Whether no look at the pictures is needed to refuse a pair: two exposures, or another number of frames in the file."""
    return first.frame_count != second.frame_count or are_two_exposures(first, second)


def _differ_by_ratio(first: float | None, second: float | None, ratio: float) -> bool:
    if first is None or second is None or first <= 0 or second <= 0:
        return False
    return max(first, second) > ratio * min(first, second)


def _differ(first: float | None, second: float | None, tolerance: float) -> bool:
    return first is not None and second is not None and abs(first - second) > tolerance
