"""Why a frame is the best of its group, or what it lacks beside the best: in words, with the difference."""

import math

import numpy as np

from twinlens.domain.group import ShotTrait
from twinlens.matching.best_shot import ShotScores

AS_SHARP = 0.1  # as a logarithm to base 2: nobody sees less than seven per cent
MUCH_SOFTER = 0.32  # a quarter
SEEN_CLIPPED, MUCH_CLIPPED = 0.008, 0.02  # of the picture
SEEN_NOISE, SEEN_NOISE_LEVELS = 1.2, 0.4  # times, and levels more
SEEN_STOPS, MUCH_STOPS = 0.3, 0.8
MUCH_LARGER = 1.2  # times the pixels
MOST_SAID = 3


def ranking(scores: ShotScores) -> list[int]:
    """The frames of one group from the best to the worst; of equals the first."""
    return [int(at) for at in np.argsort(-scores.total, kind="stable")]


def is_judged(scores: ShotScores) -> bool:
    """Whether the frames of a group were measured."""
    return len(scores.total) > 1 and not bool(np.isnan(scores.total).any())


def explain_best(scores: ShotScores, at: int) -> str:
    """Why the frame at this place is kept before the next best, without a full stop. The group must be judged."""
    order = [other for other in ranking(scores) if other != at]
    runner_up = order[0]
    said = advantages(scores, at, runner_up, "the next")
    if scores.total[at] < scores.total[runner_up]:
        return "kept before " + ("a better shot" if not said else f"a better shot; {'; '.join(said[:MOST_SAID])}")
    if not said:
        return "the best shot, hardly better than the next: as sharp on the subject, as well exposed"
    return f"the best shot: {'; '.join(said[:MOST_SAID])}"


def explain_other(scores: ShotScores, at: int, best: int) -> str:
    """What this frame lacks beside the one that is kept, without a full stop. The group must be judged."""
    lacks = _lacks(scores, at, best)
    return "; ".join(lacks[:MOST_SAID]) if lacks else "about as good as the one kept"


def advantages(scores: ShotScores, at: int, other: int, name: str) -> list[str]:
    """What one frame has before another of its group, the weightiest first; ``name`` is what the other is called."""
    one, two = _Frame(scores, at), _Frame(scores, other)
    said: list[tuple[float, str]] = []
    if one.sharp - two.sharp > AS_SHARP:
        subject = "on the faces" if one.faces and two.faces else "on the subject"
        said.append((one.sharp - two.sharp, f"sharper {subject} than {name} by {2 ** (one.sharp - two.sharp) - 1:.0%}"))
    if two.closed > one.closed:
        said.append((2.0, f"eyes open on {_of_faces(one)} faces, {name} {_of_faces(two)}"))
    elif one.faces > two.faces:
        said.append((0.1, f"{_faces(one.faces)} found, {name} {two.faces or 'none'}"))
    said += _of_the_file(one, two, name)
    if two.bright - one.bright > SEEN_CLIPPED:
        said.append(
            (5 * (two.bright - one.bright), f"{_clipped(one.bright)} clipped to white, {name} {two.bright:.0%}")
        )
    if two.dark - one.dark > SEEN_CLIPPED:
        said.append((5 * (two.dark - one.dark), f"{_clipped(one.dark)} lost in black, {name} {two.dark:.0%}"))
    if two.noise > SEEN_NOISE * one.noise and two.noise - one.noise > SEEN_NOISE_LEVELS:
        said.append((0.2, f"less noise than {name} by {1 - one.noise / two.noise:.0%}"))
    if abs(one.stops - two.stops) > SEEN_STOPS and scores.total[at] - one.sharp > scores.total[other] - two.sharp:
        way = "lighter" if one.stops > two.stops else "darker"
        said.append((0.15, f"better exposed: {way} than {name} by {abs(one.stops - two.stops):.1f} EV"))
    return [words for _, words in sorted(said, key=lambda pair: -pair[0])]


def traits(scores: ShotScores) -> list[tuple[ShotTrait, ...]]:
    """A word or two for each frame of a judged group, the weightiest first: what sets it apart from the others."""
    clipped = scores.bright - scores.bright.min() > MUCH_CLIPPED
    blocked = scores.dark - scores.dark.min() > MUCH_CLIPPED
    sharp = np.where(clipped | blocked, -np.inf, scores.sharp)  # what is cut off looks sharper than it is
    sharpest, second = int(np.argmax(sharp)), float(np.partition(sharp, -2)[-2])
    stops = np.array([_Frame(scores, at).stops for at in range(len(scores.total))])
    found: list[tuple[ShotTrait, ...]] = []
    for at in range(len(scores.total)):
        frame = _Frame(scores, at)
        off = float(stops[at] - np.median(stops))
        mine = {
            ShotTrait.EYES_CLOSED: frame.closed > 0,
            ShotTrait.SHARPEST: at == sharpest and np.isfinite(second) and frame.sharp - second > AS_SHARP,
            ShotTrait.SOFT: float(sharp[sharpest]) - frame.sharp > MUCH_SOFTER,
            ShotTrait.CLIPPED: bool(clipped[at]),
            ShotTrait.BLOCKED: bool(blocked[at]),
            ShotTrait.DARK: off < -MUCH_STOPS,
            ShotTrait.LIGHT: off > MUCH_STOPS,
            ShotTrait.NOISY: frame.noise > 1.5 * _least_noise(scores, at) + SEEN_NOISE_LEVELS,
            ShotTrait.EYES_OPEN: frame.open > 0 and not frame.closed and bool((scores.closed > 0).any()),
        }
        found.append(tuple(trait for trait, holds in mine.items() if holds))
    return found


def _least_noise(scores: ShotScores, at: int) -> float:
    """Among the frames that are about as sharp: a soft one has lost its grain with its detail."""
    return float(scores.noise[scores.sharp >= scores.sharp[at] - AS_SHARP].min())


class _Frame:
    """The scores of one frame as plain numbers."""

    def __init__(self, scores: ShotScores, at: int) -> None:
        self.sharp, self.noise = float(scores.sharp[at]), float(scores.noise[at])
        self.bright, self.dark = float(scores.bright[at]), float(scores.dark[at])
        self.stops = 2.2 * math.log2(max(float(np.nan_to_num(scores.mean[at])), 1.0))
        self.faces, self.open = int(scores.faces[at]), int(scores.open[at])
        self.closed = int(scores.closed[at])
        self.megapixels = float(scores.megapixels[at])
        self.is_raw, self.was_sent = bool(scores.raw[at]), bool(scores.sent[at])


def _of_the_file(one: _Frame, two: _Frame, name: str) -> list[tuple[float, str]]:
    said: list[tuple[float, str]] = []
    if one.megapixels > MUCH_LARGER * two.megapixels:
        said.append((0.4, f"{_megapixels(one)}, {name} {_megapixels(two)}"))
    if one.is_raw and not two.is_raw:
        said.append((0.25, "the RAW original"))
    if two.was_sent and not one.was_sent:
        said.append((0.5, f"the camera's own file, {name} was sent by a messenger"))
    return said


def _megapixels(frame: _Frame) -> str:
    return f"{frame.megapixels:.1f} megapixels"


def _lacks(scores: ShotScores, at: int, best: int) -> list[str]:
    one, two = _Frame(scores, at), _Frame(scores, best)
    said: list[tuple[float, str]] = []
    if two.sharp - one.sharp > AS_SHARP:
        subject = "on the faces" if one.faces and two.faces else "on the subject"
        said.append(
            (two.sharp - one.sharp, f"softer {subject} than the one kept by {1 - 2 ** (one.sharp - two.sharp):.0%}")
        )
    elif one.sharp - two.sharp > AS_SHARP:
        said.append((0.01, f"sharper than the one kept by {2 ** (one.sharp - two.sharp) - 1:.0%}"))
    if one.closed > two.closed:
        said.append((2.0, f"eyes closed on {one.closed} of {_faces(one.faces)}"))
    elif two.faces > one.faces:
        said.append((0.1, f"{_faces(one.faces)} found, {two.faces} on the one kept"))
    said += [(weight, f"the one kept is better as a file: {words}") for weight, words in _of_the_file(two, one, "this")]
    if one.bright - two.bright > SEEN_CLIPPED:
        said.append(
            (5 * (one.bright - two.bright), f"{one.bright:.0%} clipped to white, the one kept {two.bright:.0%}")
        )
    if one.dark - two.dark > SEEN_CLIPPED:
        said.append((5 * (one.dark - two.dark), f"{one.dark:.0%} lost in black, the one kept {two.dark:.0%}"))
    if one.noise > SEEN_NOISE * two.noise and one.noise - two.noise > SEEN_NOISE_LEVELS:
        said.append((0.2, f"more noise than the one kept by {one.noise / two.noise - 1:.0%}"))
    if abs(one.stops - two.stops) > SEEN_STOPS:
        way = "lighter" if one.stops > two.stops else "darker"
        said.append((0.15, f"{way} than the one kept by {abs(one.stops - two.stops):.1f} EV"))
    return [words for _, words in sorted(said, key=lambda pair: -pair[0])]


def _faces(count: int) -> str:
    return f"{count or 'no'} {'face' if count == 1 else 'faces'}"


def _of_faces(frame: _Frame) -> str:
    return f"{frame.faces - frame.closed} of {frame.faces}"


def _clipped(part: float) -> str:
    return "nothing" if part < 0.005 else f"{part:.0%}"
