"""From a slider's whole positions to values and back. Without Qt."""

from collections.abc import Sequence

from msgspec import Struct

from twinlens.domain.settings import SIMILARITY, TIME_GAP


class Scale(Struct, frozen=True):
    """Ascending values, one for each position of a slider."""

    values: tuple[float, ...]

    @property
    def last(self) -> int:
        """The highest position."""
        return len(self.values) - 1

    def value(self, position: int) -> float:
        """The value at a position; positions outside give the ends."""
        return self.values[min(max(position, 0), self.last)]

    def position(self, value: float) -> int:
        """The position whose value is nearest."""
        return min(range(len(self.values)), key=lambda position: abs(self.values[position] - value))


def similarity_scale() -> Scale:
    """0.50 to 1.00 by hundredths."""
    low, high = _bounds(SIMILARITY.minimum, SIMILARITY.maximum)
    return Scale(tuple(hundredth / 100 for hundredth in range(round(low * 100), round(high * 100) + 1)))


def time_gap_scale() -> Scale:
    """0 to 60 seconds in steps that feel alike: a tenth matters at one second, five seconds matter at a minute."""
    low, high = _bounds(TIME_GAP.minimum, TIME_GAP.maximum)
    steps = [*_steps(low, 2.0, 0.1), *_steps(2.0, 5.0, 0.25), *_steps(5.0, 10.0, 0.5), *_steps(10.0, 20.0, 1.0)]
    steps += [*_steps(20.0, 30.0, 2.0), *_steps(30.0, high, 5.0), high]
    return Scale(tuple(steps))


def _steps(start: float, end: float, step: float) -> Sequence[float]:
    return [round(start + number * step, 2) for number in range(round((end - start) / step))]


def _bounds(minimum: float | None, maximum: float | None) -> tuple[float, float]:
    assert minimum is not None
    assert maximum is not None
    return minimum, maximum
