"""A scan that is told that the window is late has fewer photos in hand, and finds the same."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.scanning.scenes import Listener, make_album, ties_of
from twinlens.domain.ports import GoOn
from twinlens.library.open import Library
from twinlens.scanning import study, verification
from twinlens.scanning.apart.asking import study_apart
from twinlens.scanning.apart.verifying import verify_apart
from twinlens.scanning.courtesy import ROOM_S, Courtesy
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.pipeline import scan

SOON_S, LATE_S = 0.1, 30.0


def most_at_once(courtesy: Courtesy, processes: int, wanted: int) -> int:
    """How many of ``wanted`` threads get a photo in hand while none gives its back."""
    entered, leave = threading.Semaphore(0), threading.Event()

    def one() -> None:
        with courtesy.turn(processes):
            entered.release()
            leave.wait(LATE_S)

    with ThreadPoolExecutor(wanted) as threads:
        begun = [threads.submit(one) for _ in range(wanted)]
        count = 0
        while entered.acquire(timeout=SOON_S):
            count += 1
        leave.set()
        for each in begun:
            each.result(LATE_S)
    return count


@pytest.mark.parametrize(("processes", "at_once"), [(1, 1), (2, 1), (3, 1), (8, 4)])
def test_with_room_made_half_as_many_are_in_hand_and_all_get_their_turn(processes: int, at_once: int) -> None:
    courtesy = Courtesy(clock=lambda: 0.0)  # time does not pass: the room lasts
    assert most_at_once(courtesy, processes, 2 * processes) == 2 * processes
    courtesy.make_room()
    assert most_at_once(courtesy, processes, 2 * processes) == at_once


def test_room_is_made_for_a_while() -> None:
    now_s = [0.0]
    courtesy = Courtesy(clock=lambda: now_s[0])
    courtesy.make_room()
    now_s[0] = ROOM_S * 0.9
    courtesy.make_room()  # again: from now on
    now_s[0] = ROOM_S * 1.8
    assert most_at_once(courtesy, 2, 4) == 1
    now_s[0] = ROOM_S * 2
    assert most_at_once(courtesy, 2, 4) == 4


def test_who_waits_goes_on_when_the_room_is_over() -> None:
    courtesy = Courtesy()
    entered = threading.Event()

    def second() -> None:
        with courtesy.turn(2):
            entered.set()

    courtesy.make_room()
    with courtesy.turn(2):
        thread = threading.Thread(target=second)
        thread.start()
        assert entered.wait(LATE_S)  # though the first has not given its photo back
    thread.join()


@pytest.mark.photos
def test_a_scan_beside_a_window_in_need_does_one_thing_after_the_other_and_finds_all(
    library: Library, photos: Path, photos_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To study a photo is one thing, to decide a batch of pairs another."""
    make_album(photos_dir, photos, count=12)
    in_hand, most, lock = [0], [0], threading.Lock()
    calls: list[str] = []

    def counted(ask: Callable[..., object]) -> Callable[..., object]:
        def counting(*question: object) -> object:
            with lock:
                calls.append(ask.__name__)
                in_hand[0] += 1
                most[0] = max(most[0], in_hand[0])
            try:
                return ask(*question)
            finally:
                with lock:
                    in_hand[0] -= 1

        return counting

    monkeypatch.setattr(study, "study_apart", counted(study_apart))
    monkeypatch.setattr(verification, "verify_apart", counted(verify_apart))
    courtesy = Courtesy(clock=lambda: 0.0)
    courtesy.make_room()
    options = ScanOptions(embedding=False, threads=2)
    report = scan(library, [str(photos)], options, GoOn(), Listener(), courtesy=courtesy)
    assert report.new == 12 + 4 * 8 + 2
    assert not report.problems
    assert set(calls) == {"study_apart", "verify_apart"}
    assert most == [1]
    assert len(ties_of(library)) >= 8 * 3
