"""A folder of files whose names give trouble, all of them copies of one photo, made by the script of the shared data."""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

# Not of the script: an unbroken blank as in screenshots, a family of emoji, markup that would load a picture.
MORE = ("Screenshot 9.41\u202fAM.jpg", "\U0001f468\u200d\U0001f469\u200d\U0001f467.jpg", "<img src='x.png'> & co.jpg")


def make_odd_names(shared_data: Path, folder: Path) -> Path:
    """Make the folder; returns it. Every photo in it has the same bytes as ``plain.jpg``."""
    script = [sys.executable, str(shared_data / "make_odd.py"), str(folder)]
    subprocess.run(script, check=True, capture_output=True)
    (folder / "sparse_4GiB.jpg").unlink()  # has a test of its own, and takes its time to be hashed by a test
    for name in MORE:
        (folder / name).write_bytes((folder / "plain.jpg").read_bytes())
    return folder


def photos_in(folder: Path) -> dict[bytes, bytes]:
    """The content of all files below a folder by their path as bytes, quarantines left out."""
    found = {}
    for place, _, names in os.walk(os.fsencode(folder)):
        for name in names:
            path = os.path.join(place, name)
            if b".twinlens-quarantine" not in path and os.path.isfile(path) and not os.path.islink(path):
                with open(path, "rb") as file:
                    found[path] = file.read()
    return found


def is_fit_for_the_screen(text: str) -> bool:
    """Whether text has nothing that breaks a line, turns the direction of writing, or is no text at all."""
    text.encode("utf-8")
    dangerous = {"Cc", "Cs", "Zl", "Zp"}
    return not any(
        unicodedata.category(sign) in dangerous or unicodedata.bidirectional(sign) in {"RLO", "LRO", "RLE", "LRE"}
        for sign in text
    )
