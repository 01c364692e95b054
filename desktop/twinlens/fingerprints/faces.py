"""Faces in a photo and how far their eyes are open, by two small networks (``resources/models``): where, how large, how sharp.

Conservative: what is doubtful counts as no face, and eyes that are too small, or differ, as not told.
"""

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.measures import EYES_UNKNOWN, FACE, MOST_FACES

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

FACE_INPUT_PX, FACE_CELLS = 192, 48
EYE_INPUT_PX = 64
SURE = 0.75  # of the score: below it a face is not claimed
SAME_FACE = 0.3  # of the area that two boxes share
LEAST_FACE = 0.02  # of the longer side
EYE_ROOM = 0.75  # of the distance between the eyes: what the network of eyes wants to see
LEAST_EYES_PX = 36.0  # between the eyes: below it nobody can tell
MOST_UNEVEN = 0.12  # how far the openness of both eyes may differ
FULLY_OPEN = 0.4  # height of the opening by the width of the eye
MOST_TURNED = 0.22  # distance of the eyes by the width of the face: less is a profile


class Face(Struct, frozen=True):
    """One face, in pixels. ``left_eye``, ``right_eye``: as they lie in the picture. ``score``: 0 to 1."""

    score: float
    middle: tuple[float, float]
    side: float
    left_eye: tuple[float, float]
    right_eye: tuple[float, float]

    @property
    def between_eyes(self) -> float:
        """The distance of the eyes."""
        return float(np.hypot(self.right_eye[0] - self.left_eye[0], self.right_eye[1] - self.left_eye[1]))


def face_rows(pixels: UInt8Array, sharpness: UInt8Array) -> NDArray[np.void]:
    """Rows of ``FACE``, ``MOST_FACES`` of them, the largest first, of uint8 RGB [h, w, 3].

    ``sharpness``: uint8 [h', w'], how sharp each part of the picture is, of whatever resolution.
    """
    rows = np.zeros(MOST_FACES, FACE)
    rows["open"] = EYES_UNKNOWN
    height, width = pixels.shape[:2]
    for row, face in zip(rows, sorted(find_faces(pixels), key=lambda one: -one.side), strict=False):
        row["x"], row["y"] = round(255 * face.middle[0] / width), round(255 * face.middle[1] / height)
        row["side"] = min(255, max(1, round(255 * face.side / max(height, width))))
        row["sharp"] = _sharpness_of(face, sharpness, (height, width))
        openness = eyes_open(pixels, face)
        if openness is not None:
            row["open"] = round(254 * min(1.0, openness / FULLY_OPEN))
    return rows


def find_faces(pixels: UInt8Array) -> list[Face]:
    """The faces that are surely there, the surest first: looked for in the whole picture and in squares of its shorter side."""
    height, width = pixels.shape[:2]
    side = min(height, width)
    found: list[Face] = []
    steps = 1 + int(np.ceil((max(height, width) - side) / (0.6 * side))) if max(height, width) > 1.1 * side else 0
    windows = [(0, 0, max(height, width))]
    for at in np.linspace(0, max(height, width) - side, steps).round().astype(int).tolist() if steps else []:
        windows.append((at, 0, side) if width > height else (0, at, side))
    for window in windows:
        found += _faces_in(pixels, *window)
    kept: list[Face] = []
    for face in sorted(found, key=lambda one: -one.score):
        if face.side >= LEAST_FACE * max(height, width) and all(_shared(face, other) < SAME_FACE for other in kept):
            kept.append(face)
    return kept


def eyes_open(pixels: UInt8Array, face: Face) -> float | None:
    """How far the eyes of a face are open, their height by their width; None where that cannot be told."""
    if face.between_eyes < LEAST_EYES_PX or face.between_eyes < MOST_TURNED * face.side:
        return None
    pictures = np.stack([_eye(pixels, face, face.left_eye), _eye(pixels, face, face.right_eye)[:, ::-1]])
    contours = _session("eyes.onnx").run(None, {"picture": pictures.astype(np.float32) / 255.0})[0]
    points = contours.reshape(2, -1, 3)[:, :16, :2]
    wide = np.linalg.norm(points[:, 0] - points[:, 8], axis=1)
    high = np.linalg.norm(points[:, 3:6] - points[:, 11:14], axis=2).mean(axis=1)
    openness = high / np.maximum(wide, 1.0)
    if abs(float(openness[0] - openness[1])) > MOST_UNEVEN or wide.min() < EYE_INPUT_PX / 5:
        return None
    return float(openness.mean())


def _faces_in(pixels: UInt8Array, left: int, top: int, side: int) -> list[Face]:
    """The faces in one square of the picture, which may reach beyond it."""
    part = pixels[top : top + side, left : left + side]
    scale = FACE_INPUT_PX / side
    size = (max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale)))
    picture = np.zeros((FACE_INPUT_PX, FACE_INPUT_PX, 3), np.float32)
    picture[: size[1], : size[0]] = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    answers = _session("faces.onnx").run(None, {"picture": (picture / 127.5 - 1.0)[None]})
    boxes = next(one for one in answers if one.shape[2] > 1)[0].reshape(-1, 8, 2) / FACE_INPUT_PX
    scores = 1.0 / (1.0 + np.exp(-np.clip(next(one for one in answers if one.shape[2] == 1)[0, :, 0], -80, 80)))
    sure = np.flatnonzero(scores >= SURE)
    cell = (np.stack([sure % FACE_CELLS, sure // FACE_CELLS], axis=1) + 0.5) / FACE_CELLS
    found = []
    for at, middle in zip(sure.tolist(), cell, strict=True):
        points = boxes[at] + middle
        places = [(float(x) * side + left, float(y) * side + top) for x, y in points]
        eyes = sorted(places[2:4])
        found.append(Face(float(scores[at]), places[0], float(boxes[at, 1].max()) * side, eyes[0], eyes[1]))
    return found


def _eye(pixels: UInt8Array, face: Face, middle: tuple[float, float]) -> UInt8Array:
    """One eye as its network wants to see it: level, in the middle."""
    across = (face.right_eye[0] - face.left_eye[0], face.right_eye[1] - face.left_eye[1])
    angle = float(np.degrees(np.arctan2(across[1], across[0])))
    turn = np.asarray(cv2.getRotationMatrix2D(middle, angle, EYE_INPUT_PX / (EYE_ROOM * face.between_eyes)), np.float64)
    turn[:, 2] += EYE_INPUT_PX / 2 - np.array(middle)
    size = (EYE_INPUT_PX, EYE_INPUT_PX)
    return np.asarray(
        cv2.warpAffine(pixels, turn, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _sharpness_of(face: Face, sharpness: UInt8Array, size: tuple[int, int]) -> int:
    """The upper quarter of the sharpness inside a face: eyes and mouth, not cheeks."""
    rows, columns = sharpness.shape
    down, across = rows / size[0], columns / size[1]
    half = 0.4 * face.side
    top, bottom = (int(np.clip((face.middle[1] + way) * down, 0, rows - 1)) for way in (-half, half))
    left, right = (int(np.clip((face.middle[0] + way) * across, 0, columns - 1)) for way in (-half, half))
    return int(np.percentile(sharpness[top : bottom + 1, left : right + 1], 75))


def _shared(one: Face, other: Face) -> float:
    """The area that two boxes share, by that of both together."""
    across, down = (
        max(
            0.0,
            min(one.middle[at] + one.side / 2, other.middle[at] + other.side / 2)
            - max(one.middle[at] - one.side / 2, other.middle[at] - other.side / 2),
        )
        for at in (0, 1)
    )
    return across * down / (one.side**2 + other.side**2 - across * down)


@cache
def _session(name: str) -> "InferenceSession":
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # as many processes as cores
    data = resources.files("twinlens.resources").joinpath("models", name).read_bytes()
    return InferenceSession(data, options, providers=["CPUExecutionProvider"])
