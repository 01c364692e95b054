"""Faces and eyes on real photos: found where they are, not found where there are none, and told open from closed."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageOps

from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.measures import EYES_UNKNOWN
from twinlens.fingerprints.faces import Face, eyes_open, find_faces
from twinlens.fingerprints.measures import at_measuring_scale, measure
from twinlens.matching.best_faces import SURELY_CLOSED, SURELY_OPEN
from twinlens.matching.best_shot import Shots, best_shots
from twinlens.matching.best_shot_words import explain_other, ranking, traits


def loaded(path: Path) -> UInt8Array:
    with Image.open(path) as picture:
        return at_measuring_scale(np.asarray(ImageOps.exif_transpose(picture).convert("RGB")))


@pytest.fixture(scope="module")
def portrait(photos_dir: Path) -> UInt8Array:
    return loaded(next(photos_dir.rglob("craft-beer.jpg")))


def with_closed_eyes(pixels: UInt8Array, face: Face) -> UInt8Array:
    """The skin below each eye laid over it, with the line of the lashes."""
    closed = pixels.astype(np.float32)
    for x, y in (face.left_eye, face.right_eye):
        half, high = 0.30 * face.between_eyes, 0.13 * face.between_eyes
        left, right, top, bottom = int(x - half), int(x + half), int(y - 1.2 * high), int(y + 1.2 * high)
        skin = pixels[int(y + 1.3 * high) : int(y + 2.4 * high), left:right][::-1]
        lid = cv2.GaussianBlur(cv2.resize(skin, (right - left, bottom - top)), (0, 0), max(1.0, high / 4))
        mask = np.zeros(lid.shape[:2], np.float32)
        cv2.ellipse(mask, (lid.shape[1] // 2, lid.shape[0] // 2), (int(half * 0.9), int(high)), 0, 0, 360, 1.0, -1)
        mask = cv2.GaussianBlur(mask, (0, 0), max(0.5, high / 6))[..., None]
        closed[top:bottom, left:right] = lid * mask + closed[top:bottom, left:right] * (1 - mask)
        middle, axes = (int(x), int(y + 0.25 * high)), (int(half * 0.75), int(high * 0.45))
        cv2.ellipse(closed, middle, axes, 0, 10, 170, (60, 40, 30), max(1, int(high / 7)), cv2.LINE_AA)
    return closed.astype(np.uint8)


def test_a_face_is_found_once_and_its_eyes_are_open_or_closed(portrait: UInt8Array):
    (face,) = find_faces(portrait)
    assert 100 < face.side < 220
    assert face.left_eye[0] < face.right_eye[0]
    openness = eyes_open(portrait, face)
    assert openness is not None
    assert openness > SURELY_OPEN * 0.4 / 254
    shut = eyes_open(with_closed_eyes(portrait, face), face)
    assert shut is not None
    assert shut < SURELY_CLOSED * 0.4 / 254


def test_small_eyes_are_not_judged(portrait: UInt8Array):
    small = cv2.resize(portrait, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    assert [eyes_open(small, face) for face in find_faces(small)] == [None]


def test_where_nobody_is_no_face_is_claimed(photos_dir: Path):
    for folder in ("series_rock", "series_tree", "series_banana"):
        path = min((photos_dir / folder).glob("*.[jJ][pP][gG]"))
        assert find_faces(loaded(path)) == []
        assert not measure(loaded(path))["faces"]["side"].any()


def test_the_frame_with_closed_eyes_is_the_last_choice(portrait: UInt8Array):
    (face,) = find_faces(portrait)
    frames = [portrait, with_closed_eyes(portrait, face), portrait[:, 8:]]
    rows = np.concatenate([measure(frame) for frame in frames])
    assert (rows["faces"]["side"] > 0).sum(axis=1).tolist() == [1, 1, 1]
    assert rows["faces"]["open"][1, 0] not in (EYES_UNKNOWN, *rows["faces"]["open"][[0, 2], 0])
    no = np.zeros(3, np.bool_)
    scores = best_shots(Shots(np.array([0, 3]), rows, np.full(3, 12_000_000), no, no))
    order = ranking(scores)
    assert order[-1] == 1
    assert "eyes closed on 1 of 1 face" in explain_other(scores, 1, order[0])
    assert [str(mine[0]) for mine in traits(scores) if mine].count("eyes closed") == 1
