"""Paths kept as bytes: their folders, and the texts that are searched."""

import os

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from twinlens.catalog.path_column import PathColumn
from twinlens.catalog.paths import absolute
from twinlens.domain.photo import VolumeId

ROOTS = ["/", "/media/Card 1"]
names = st.sampled_from(["IMG_1.JPG", "été.jpg", "x"])
folders = st.sampled_from(["", "2019/", "2019/Lake/", "Übung/"])


@given(st.lists(st.tuples(st.integers(0, 1), folders, names)))
def test_folders_and_searched_texts_are_those_of_the_paths(files):
    relative = [os.fsencode(folder + name) for _, folder, name in files]
    ends = np.cumsum([len(path) for path in relative], dtype=np.int64)
    starts = ends - np.array([len(path) for path in relative], np.int64)
    volumes = [(VolumeId(root), root) for root in ROOTS]
    column = PathColumn(volumes, np.array([root for root, _, _ in files], np.int32), b"".join(relative), starts, ends)
    wanted = [absolute(ROOTS[root], folder + name) for root, folder, name in files]
    assert list(column) == wanted
    at, found = column.folders
    assert [found[number] for number in at] == [os.path.dirname(path) for path in wanted]
    assert len(set(found)) == len(found)
    assert column.folded == [path.casefold() for path in wanted]
    laid_out = column.folder_columns()
    assert [laid_out.places[number] for number in laid_out.folder] == [
        (ROOTS[root], folder.rstrip("/")) for root, folder, _ in files
    ]
    assert laid_out.name_length.tolist() == [len(name) for _, _, name in files]
    assert laid_out.path_length.tolist() == [len(path) for path in wanted]
    part = np.arange(len(files), dtype=np.int64)[::2]
    assert list(column.taken(part)) == wanted[::2]
