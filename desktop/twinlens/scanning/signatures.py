"""Signatures of folders: a listing that has the signature of the last one need not be compared file by file.

A signature is signed only after the catalog was seen to hold exactly the photo files of that very listing, each complete
or known to be unreadable; the catalog itself takes it away whenever something about a file of the folder changes.
"""

import functools
import os
from array import array
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import attrgetter

import xxhash
from msgspec import Struct

from twinlens.catalog import Catalog
from twinlens.domain.photo import FileStamp, VolumeId
from twinlens.imaging.formats import PHOTO_SUFFIXES

KIND = 1  # to be raised when walking or comparing takes other files for photos than before
AT_ONCE = 256  # folders signed in one transaction

_INODE, _SIZE, _TIME = attrgetter("st_ino"), attrgetter("st_size"), attrgetter("st_mtime_ns")


@functools.lru_cache(maxsize=8)
def rules_seed(ignored_names: tuple[str, ...], ignored_paths: tuple[str, ...]) -> bytes:
    """What else decides which files of a listing are photos, as bytes."""
    return xxhash.xxh3_128_digest(repr((KIND, ignored_names, ignored_paths, sorted(PHOTO_SUFFIXES))).encode())


def listing_signature(
    seed: bytes, folder: str, names: Sequence[str], facts: Sequence[os.stat_result], *, inodes: bool = True
) -> bytes | None:
    """The signature of all files of a folder, in the order of the listing; None if a fact is beyond all bounds.

    ``folder``: where it is now, for rules may speak of places. ``inodes``: whether these say anything.
    """
    try:
        numbers = array("q", map(_SIZE, facts))
        numbers.extend(map(_TIME, facts))
        known = array("Q", map(_INODE, facts) if inodes else ())
    except OverflowError:
        return None
    return xxhash.xxh3_128_digest(b"".join((seed, os.fsencode("/".join([folder, "", *names])), numbers, known)))


def files_digest(files: Iterable[tuple[str, FileStamp]], inodes: bool) -> bytes:
    """One number for a set of files with their stamps; ``inodes``: whether these say anything."""
    rows = [(name, stamp.size_bytes, stamp.mtime_ns, stamp.inode if inodes else 0) for name, stamp in files]
    return xxhash.xxh3_128_digest(repr(sorted(rows)).encode())


class Compared(Struct, frozen=True):
    """A folder that was compared file by file. ``files``: the digest of its photo files as listed."""

    volume: VolumeId
    relative_path: str
    signature: bytes
    files: bytes
    inodes: bool


def sign_folders(catalog: Catalog, folders: Iterable[Compared], model_sha256: str | None) -> int:
    """Sign those of these folders of which the catalog holds just what was listed; returns how many."""
    remaining, signed = iter(folders), 0
    while some := list(islice(remaining, AT_ONCE)):
        with catalog.transaction():
            for folder in some:
                files, photos = catalog.folders.settled_files(folder.volume, folder.relative_path, model_sha256)
                if files_digest(files, folder.inodes) == folder.files:
                    catalog.folders.sign(folder.volume, folder.relative_path, folder.signature, model_sha256, photos)
                    signed += 1
    return signed
