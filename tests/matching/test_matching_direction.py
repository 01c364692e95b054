"""Which of two related photos is the original: every sign on its own, and families as a whole."""

import numpy as np
import pytest
from msgspec.structs import replace

from tests.matching.test_matching_keeper import pair
from twinlens.domain.columns import PhotoColumns, RelationColumns, difference_row
from twinlens.domain.difference import Change, Difference
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass, Relation
from twinlens.domain.signs import Sign, signs_of_software
from twinlens.matching.direction import doubtful_rows, log_odds, pairs_of
from twinlens.matching.keeper import explain_keeper, explain_reject, keeper_order
from twinlens.matching.originality import originality

SAME = Difference()


def related(difference: Difference = SAME, photo_class: PhotoClass = PhotoClass.EDITED) -> RelationColumns:
    one = np.ones(1, np.float32)
    return RelationColumns(
        np.array([0]), np.array([1]), np.array([photo_class.rank], np.int8), one, np.zeros(1, np.int8), one, one, one,
        difference_row(difference),
    )  # fmt: skip


def looked_at(level: float, level_above: float) -> np.ndarray:
    """Spectra of two photos, of which the first loses as much above two thirds of its frequencies."""
    spectrum = np.full((2, 32), 2 * level, np.uint8)
    spectrum[0, 21:] = 2 * level_above
    return spectrum


SIGNS = {
    "camera": (pair(camera_key=[0, -1], taken_s=[1.0, np.nan]), SAME, "with the camera's metadata"),
    "sent": (pair(signs=[0, int(Sign.SENT)]), SAME, "was sent by a messenger"),
    "resized after the camera": (
        pair(
            camera_key=[0, 0],
            taken_s=[1.0, 1.0],
            signs=[int(Sign.RECORDED_SIZE), int(Sign.RECORDED_SIZE | Sign.OTHER_SIZE)],
            width_px=[4000, 6000],
            height_px=[3000, 4500],
        ),
        SAME,
        "has another size than the camera gave it",
    ),
    "edited": (pair(signs=[0, int(Sign.EDITED)]), SAME, "was saved by an editor"),
    "crop": (pair(width_px=[4000, 2000]), Difference((0.5, 0, 0.5, 0, 1, 0), 0.5), "it shows more"),
    "border": (pair(), Difference(second_border=0.2), "without a border"),
    "overlay": (pair(), Difference(changes=Change.OVERLAID), "nothing lies over it"),
    "colour": (pair(), Difference(changes=Change.ONE_COLOUR), "it has its colours"),
    "smaller": (pair(width_px=[4000, 2000], height_px=[3000, 1500]), SAME, "4000 x 3000 instead of 2000 x 1500"),
    "saved again": (
        pair(jpeg_quality=[75, 95], earlier_quality=[-1, 75]),
        SAME,
        "its compression is found again in the pixels of the other",
    ),
    "conversion": (
        pair(jpeg_quality=[75, -1], earlier_quality=[-1, 75], is_lossless=[False, True]),
        SAME,
        "its compression is found again",
    ),
}


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_tells_the_original_and_is_said(sign: str):
    photos, difference, words = SIGNS[sign]
    relations = related(difference)
    assert log_odds(photos, pairs_of(relations))[0] > 0
    assert keeper_order(photos, relations).tolist() == [0, 1]
    tie = Relation(PhotoId(1), PhotoId(2), PhotoClass.EDITED, 0.9, difference=difference)
    assert words in explain_keeper(photos, 0, np.array([1]), [tie])
    reason = explain_reject(photos, 0, 1, tie)
    assert "the keeper is the original: " in reason
    assert words in reason
    turned = RelationColumns(
        **{name: getattr(relations, name) for name in ("class_rank", "score", "transform_code", "coverage", "gap_s")},
        first_row=np.array([1]),
        second_row=np.array([0]),
        aligned_error=relations.aligned_error,
        difference=difference_row(difference.reversed()),
    )
    assert log_odds(photos, pairs_of(turned)) == pytest.approx(-log_odds(photos, pairs_of(relations)))


def test_an_enlarged_copy_is_no_original_however_many_pixels_it_has():
    size = {"width_px": [6000, 4000], "height_px": [4500, 3000]}
    unknown = pair(**size)
    assert keeper_order(unknown, related()).tolist() == [0, 1]
    assert doubtful_rows(unknown, related()).tolist() == [0, 1], "only the pixels can tell"
    sharp = replace(unknown, spectrum=looked_at(60, 58))
    assert keeper_order(sharp, related()).tolist() == [0, 1]
    assert doubtful_rows(sharp, related()).tolist() == []
    enlarged = replace(unknown, spectrum=looked_at(60, 44))
    assert keeper_order(enlarged, related()).tolist() == [1, 0]
    tie = Relation(PhotoId(2), PhotoId(1), PhotoClass.SAME_SHOT, 0.9, difference=SAME)
    assert "the other is enlarged and shows no more detail" in explain_reject(enlarged, 1, 0, tie)


def test_one_wrong_pair_does_not_make_a_copy_of_the_original():
    crop = Difference((0.8, 0, 0.1, 0, 0.8, 0.1), 0.64)
    first = np.array([0, 0, 0, 0, 0, 1, 2])
    second = np.array([1, 2, 3, 4, 5, 5, 5])
    shown = [crop, crop, crop, crop, Difference(first_border=0.3), crop, crop]
    n, photos = len(first), many(6)
    relations = RelationColumns(
        first, second, np.full(n, PhotoClass.EDITED.rank, np.int8), np.full(n, 0.9, np.float32), np.zeros(n, np.int8),
        np.ones(n, np.float32), np.ones(n, np.float32), np.ones(n, np.float32),
        np.concatenate([difference_row(one) for one in shown]),
    )  # fmt: skip
    assert log_odds(photos, pairs_of(relations))[4] < 0, "one pair speaks against it"
    assert originality(photos, relations).argmax() == 0
    assert keeper_order(photos, relations)[0] == 0


def many(count: int) -> PhotoColumns:
    two = pair()
    arrays = {
        name: np.repeat(getattr(two, name)[:1], count, axis=0)
        for name in PhotoColumns.__struct_fields__
        if name != "paths"
    }
    arrays |= {"photo_id": np.arange(count), "content_key": np.arange(count)}
    return PhotoColumns(**arrays, paths=[f"/photos/{row}.jpg" for row in range(count)])


@pytest.mark.parametrize(
    ("software", "sign"),
    [
        ("Adobe Photoshop Lightroom Classic 12.3", Sign.EDITED),
        ("GIMP 2.10.34", Sign.EDITED),
        ("WhatsApp", Sign.SENT),
        ("Ver.1.00", Sign(0)),
        ("15.2.1", Sign(0)),
        (None, Sign(0)),
    ],
)
def test_programs_are_told_from_firmware(software: str | None, sign: Sign):
    assert signs_of_software(software) == sign


def test_the_order_of_100000_photos_with_200000_relations_takes_a_blink():
    import time

    n, k = 100_000, 200_000
    rng = np.random.default_rng(1)
    first = rng.integers(0, n - 1, k)
    relations = RelationColumns(
        first, np.minimum(n - 1, first + rng.integers(1, 5, k)), np.full(k, 2, np.int8), np.full(k, 0.9, np.float32),
        np.zeros(k, np.int8), np.ones(k, np.float32), np.zeros(k, np.float32), np.zeros(k, np.float32),
        np.repeat(difference_row(Difference()), k),
    )  # fmt: skip
    photos = many(n)
    start = time.process_time()
    order = keeper_order(photos, relations)
    spent = time.process_time() - start
    assert sorted(order.tolist()) == list(range(n))
    assert spent < 2.0, f"{spent:.2f} s"
