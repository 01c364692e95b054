"""Metadata written to do harm: it is bounded, stays plain text, and nothing that it names is ever opened."""

import os
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.safety.watch import watch_over
from twinlens.imaging.decode import decode_for_study
from twinlens.imaging.metadata import read_metadata
from twinlens.imaging.xmp import xmp_rating

BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><r xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="&j;"/></x:xmpmeta>""" % b"".join(
    b'<!ENTITY %c "%s">' % (ord("a") + at, b"&%c;" % (ord("a") + at - 1) * 10) for at in range(1, 10)
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://%s"><!ENTITY %% p SYSTEM "file://%s"> %%p;]>'
    b'<x xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:Rating>&e;</xmp:Rating></x>'
)
NESTED = b"<x>" * 100_000 + b"Rating" + b"</x>" * 100_000


def jpeg_with(path: Path, xmp: bytes = b"", **fields: str) -> Path:
    picture = Image.effect_noise((64, 48), 40).convert("RGB")
    exif = Image.Exif()
    for number, text in fields.items():
        exif[int(number[1:], 16)] = text
    picture.save(path, "JPEG", exif=exif, xmp=xmp[:65_000]) if xmp else picture.save(path, "JPEG", exif=exif)
    return path


@pytest.mark.parametrize("packet", [BOMB, OUTSIDE % (b"/etc/passwd", b"/etc/passwd"), NESTED, b"Rating" * 200_000])
def test_packets_made_to_explode_say_nothing_and_take_no_time(packet: bytes) -> None:
    began_s = time.process_time()
    assert xmp_rating(packet) is None
    assert time.process_time() - began_s < 1.0


def test_megabyte_texts_are_cut_and_stay_text(tmp_path: Path) -> None:
    path = jpeg_with(
        tmp_path / "a.jpg", x0131="S" * 60_000, x010F="<img src=x>" * 300, x0110="../../etc/passwd\0\n\x1b[2J"
    )
    metadata = decode_for_study(path.read_bytes(), path.name).metadata
    for text in (metadata.software, metadata.camera):
        assert text is None or (len(text) <= 300 and text.isprintable()), text
    with pytest.raises(ValueError, match="EXIF data is too long"):
        jpeg_with(tmp_path / "b.jpg", x010E="C" * 2_000_000)


def test_values_from_memory_are_bounded_too() -> None:
    from twinlens.imaging.metadata import ExifFields

    metadata = read_metadata(
        ExifFields(image={0x0131: "S" * 2_000_000, 0x0110: "M" * 2_000_000}, photo={0xA434: "L" * 2_000_000})
    )
    assert all(len(text or "") <= 300 for text in (metadata.software, metadata.camera, metadata.lens))


@pytest.mark.skipif(sys.platform != "linux", reason="a pipe with a name")
def test_paths_inside_metadata_are_never_followed(tmp_path: Path) -> None:
    """A scan under watch: the files that metadata name are not opened, not even to look."""
    bait = tmp_path / "bait"
    bait.mkdir()
    (bait / "named.jpg").write_bytes(b"never read")
    named = str(bait / "named.jpg")
    photos = tmp_path / "photos"
    photos.mkdir()
    packet = OUTSIDE % (os.fsencode(named), os.fsencode(named))
    jpeg_with(photos / "a.jpg", packet, x0131=named, x010E=named, x0110=named)
    jpeg_with(photos / "b.jpg", BOMB)
    (photos / "a.xmp").write_bytes(packet)
    with watch_over(tmp_path) as watch:
        done = watch.twinlens("scan", str(photos), reads=True)
    assert done.returncode == 0, done.stderr
    seen = "\n".join(watch.lines())
    assert f"read {photos / 'a.jpg'}" in seen  # the watch works
    assert str(bait) not in seen
