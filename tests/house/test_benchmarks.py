"""The benchmark's own instruments tell the truth: a figure nobody can trust is worse than none."""

import io
import os
import sys
import time
from pathlib import Path

from PIL import Image

from benchmarks.first_results import add_thumbnail
from benchmarks.limits import Limit
from benchmarks.measured import measured
from benchmarks.opened_files import OpenedFiles
from benchmarks.peers import score
from benchmarks.sets import PhotoSet
from benchmarks.stopwatch import Step, Stopwatches
from twinlens.imaging.glimpse import glimpse_of

BUSY_CHILD = """
import json, subprocess, sys, time
code = "import time; began = time.process_time(); block = bytearray(60_000_000)\\nwhile time.process_time() - began < 0.3: pass"
subprocess.run([sys.executable, "-c", code], check=True)
print(json.dumps({"seconds": 0.25}))
"""


def test_children_count_in_processor_time_and_memory():
    cost = measured([sys.executable, "-c", BUSY_CHILD])
    assert cost.inside_s == 0.25
    assert cost.whole_s > 0.3
    assert cost.cpu_s >= 0.3
    assert cost.children == 1
    assert cost.peak_mb > cost.own_peak_mb + 50


def test_an_opened_photo_is_noticed_and_a_walk_is_not(tmp_path: Path):
    below = tmp_path / "2024" / "night"
    below.mkdir(parents=True)
    for name in ("a.jpg", "b.jpg"):
        (below / name).write_bytes(b"photo")
    with OpenedFiles(tmp_path) as opened:
        assert sum(len(files) for _, _, files in os.walk(tmp_path)) == 2
        (below / "a.jpg").stat()
    assert opened.count == 0
    with OpenedFiles(tmp_path) as opened:
        measured([sys.executable, "-c", f"open({str(below / 'a.jpg')!r}).read(); print('{{}}')"])
        (below / "a.jpg").read_bytes()
    assert opened.count == 1


def test_a_stopwatch_leaves_out_what_is_watched_inside_and_finds_other_names(monkeypatch):
    import types

    inner_room, outer_room = types.ModuleType("twinlens_inner"), types.ModuleType("twinlens_outer")
    source = (
        "import time\ndef busy(s):\n    began = time.thread_time()\n    while time.thread_time() - began < s: pass\n"
    )
    exec(source + "def inner():\n    busy(0.05)\n", inner_room.__dict__)
    exec(source + "def outer():\n    busy(0.02)\n    inner()\n", outer_room.__dict__)
    outer_room.__dict__["inner"] = inner_room.__dict__["inner"]
    for room in (inner_room, outer_room):
        monkeypatch.setitem(sys.modules, room.__name__, room)
    steps = [Step("inner", ("twinlens_inner:inner",)), Step("outer", ("twinlens_outer:outer",))]
    with Stopwatches([*steps, Step("gone", ("twinlens_outer:no_such",))]) as watches:
        outer_room.__dict__["outer"]()
    outer_room.__dict__["outer"]()  # no longer watched
    assert [step.calls for step in steps] == [1, 1]
    assert 0.045 < steps[0].cpu_s < 0.2
    assert 0.015 < steps[1].cpu_s < 0.045
    assert watches.missing == ["twinlens_outer:no_such"]


def test_every_step_of_the_profile_exists():
    from benchmarks.profile import steps

    with Stopwatches(steps()) as watches:
        time.sleep(0)
    assert watches.missing == []


def test_pairs_are_scored_against_the_families(tmp_path: Path):
    photos = PhotoSet("made", tmp_path, (("a.jpg", "a2.jpg", "a3.jpg"), ("b.jpg", "b2.jpg")))
    groups = [["a.jpg", "a2.jpg", "a3.jpg"], [str(tmp_path / "b.jpg"), "stranger.jpg"]]
    precision, recall, pairs = score(photos, groups)
    assert (round(precision, 2), round(recall, 2), pairs) == (0.75, 0.67, 4)


def test_a_limit_is_judged_by_its_median():
    assert Limit("ratio", (1.1, 1.2, 9.0), 1.25).row()[4] == "kept"
    assert Limit("ratio", (1.1, 1.3, 1.3), 1.25).row()[4] == "BROKEN"


def test_made_photos_get_a_thumbnail_that_is_believed(photos_dir: Path, tmp_path: Path):
    made = tmp_path / "made.jpg"
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Canon", 1
    with Image.open(next((photos_dir / "caltech101").rglob("*.jpg"))) as picture:
        picture.convert("RGB").save(made, exif=exif)
        size = picture.size
    os.utime(made, ns=(10**18, 10**18))
    assert glimpse_of(str(made)) is None
    add_thumbnail(made)
    glimpse = glimpse_of(str(made))
    assert glimpse is not None
    with Image.open(io.BytesIO(glimpse)) as small, Image.open(made) as picture:
        assert abs(small.width / small.height - size[0] / size[1]) < 0.05
        assert (picture.size, picture.getexif()[0x010F]) == (size, "Canon")
    assert made.stat().st_mtime_ns == 10**18
