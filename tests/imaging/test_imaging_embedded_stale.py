"""Stale previews: none may be believed, even where container and EXIF were made to fit the changed picture."""

import io
from collections.abc import Callable

import piexif
import pytest
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from benchmarks.made_previews import (
    IN_EXIF,
    MULTI_PICTURE,
    bare,
    camera_encoded,
    camera_exif,
    preview_of,
    with_previews,
)
from tests.imaging.camera_files import KINDS, SIZE, WHEN, camera_file, judged, main_jpeg, picture, preview_jpeg

pytestmark = pytest.mark.photos

WIDTH, HEIGHT = SIZE
MIDDLE = (round(WIDTH * 0.33), round(HEIGHT * 0.33), round(WIDTH * 0.67), round(HEIGHT * 0.67))


@pytest.fixture(autouse=True)
def real_photos(photos_dir):
    """Skip where they are not."""


def healed(image: Image.Image) -> Image.Image:
    edited = image.copy()
    edited.paste(image.crop(MIDDLE).filter(ImageFilter.GaussianBlur(60)), MIDDLE)
    return edited


def painted(image: Image.Image) -> Image.Image:
    edited = image.copy()
    edited.paste((96, 120, 88), MIDDLE)
    return edited


def cropped(image: Image.Image) -> Image.Image:
    return image.crop((60, 45, WIDTH - 60, HEIGHT - 45)).resize(SIZE)


EDITS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "the middle healed": healed,
    "the middle painted over": painted,
    "cropped": cropped,
    "brightened": lambda image: ImageEnhance.Brightness(image).enhance(1.15),
    "more contrast": lambda image: ImageEnhance.Contrast(image).enhance(1.3),
    "gray": lambda image: image.convert("L").convert("RGB"),
    "turned by half": lambda image: image.transpose(Image.Transpose.ROTATE_180),
    "mirrored": ImageOps.mirror,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_picture_with_its_old_preview(edit: str, kind: str) -> None:
    stale = camera_file(kind, camera_encoded(EDITS[edit](picture())))
    assert judged(camera_file(kind)).pixels is not None
    verdict = judged(stale)
    assert verdict.pixels is None
    assert verdict.reason != "a full decode shows another picture", "the proof itself must notice, not the sample"


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_between_two_restart_markers(kind: str) -> None:
    assert judged(camera_file(kind, main_jpeg(restart_rows=1))).pixels is not None
    assert judged(camera_file(kind, camera_encoded(healed(picture()), restart_rows=1))).pixels is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("frames", [("IMG_0007", "IMG_0008"), ("IMG_0013", "IMG_0014"), ("IMG_0017", "IMG_0018")])
def test_the_next_frame_of_a_burst_under_the_same_exif(frames: tuple[str, str], kind: str) -> None:
    size = (2400, 1350)
    main, other = (picture(f"burst_trailcam/{name}.JPG", size) for name in frames)
    encoded = camera_encoded(main)
    assert judged(camera_file(kind, encoded, preview_of(main, 640, 60), size)).pixels is not None
    assert judged(camera_file(kind, encoded, preview_of(other, 640, 60), size)).pixels is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_turned_without_its_preview(kind: str) -> None:
    turned = camera_encoded(picture().transpose(Image.Transpose.ROTATE_90))
    assert judged(camera_file(kind, turned, size=SIZE[::-1])).pixels is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_preview_of_another_shape(kind: str) -> None:
    wide = preview_of(picture().crop((0, 200, WIDTH, 1600)), 640, 60)
    fitted = Image.new("RGB", (640, 360))
    fitted.paste(picture().resize((480, 360)), (80, 0))
    assert judged(camera_file(kind, preview=wide)).pixels is None
    assert judged(camera_file(kind, preview=preview_of(fitted, 640, 60))).pixels is None


@pytest.mark.parametrize("kind", KINDS)
def test_black_bars_inside_the_same_shape(kind: str) -> None:
    barred = Image.new("RGB", (640, 480))
    barred.paste(picture().resize((560, 480)), (40, 0))
    assert judged(camera_file(kind, preview=preview_of(barred, 640, 60))).pixels is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_preview(kind: str) -> None:
    file = camera_file(kind)
    start, length = file.index(preview_jpeg()[:600]), len(preview_jpeg())
    noise = bytes((number * 73) % 251 for number in range(4000))
    middle = start + length // 2
    for at, change in ((middle, bytes(length // 2)), (middle, noise), (start + 4, noise[:50]), (start, b"\x00\x00")):
        assert judged(file[:at] + change + file[at + len(change) :]).pixels is None


SIGNS: dict[str, dict[int, object]] = {
    "an editor": {piexif.ImageIFD.Software: b"Adobe Photoshop CC 2019 (Macintosh)"},
    "another editor": {piexif.ImageIFD.Software: b"GIMP 2.10.34"},
    "a viewer": {piexif.ImageIFD.Software: b"Microsoft Windows Photo Viewer 10.0.10240.16384"},
    "a later change": {piexif.ImageIFD.DateTime: b"2024:05:19 08:00:00"},
    "a program that processed it": {piexif.ImageIFD.ProcessingSoftware: b"digiKam-8.0.0"},
    "no camera": {piexif.ImageIFD.Model: b""},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sign", SIGNS)
def test_an_exif_block_that_tells_of_an_edit(sign: str, kind: str) -> None:
    assert judged(camera_file(kind, more=SIGNS[sign])).pixels is None


@pytest.mark.parametrize("kind", KINDS)
def test_pixel_dimensions_that_are_not_those_of_the_picture(kind: str) -> None:
    preview = preview_jpeg()
    exif = camera_exif((4000, 3000), WHEN, thumbnail=preview if kind == IN_EXIF else None)
    file = with_previews(main_jpeg(), exif, preview if kind == MULTI_PICTURE else None)
    assert judged(file).reason == "it is not as large as its EXIF says"


FOREIGN = {
    "JFIF": (0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
    "Photoshop": (0xED, b"Photoshop 3.0\x00"),
    "Adobe": (0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x01"),
    "comment": (0xFE, b"CREATOR: gd-jpeg v1.0"),
    "XMP": (0xE1, b'http://ns.adobe.com/xap/1.0/\x00<x xmp:CreatorTool="Adobe Lightroom"/>'),
    "XMP history": (0xE1, b"http://ns.adobe.com/xap/1.0/\x00<x><xmpMM:History/></x>"),
    "XMP date": (0xE1, b'http://ns.adobe.com/xap/1.0/\x00<x xmp:ModifyDate="2024-06-01T10:00:00"/>'),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FOREIGN)
def test_a_segment_that_no_camera_writes(name: str, kind: str) -> None:
    marker, body = FOREIGN[name]
    file = camera_file(kind)
    place = file.index(b"\xff\xdb")  # before the tables of the main picture, behind EXIF and index
    foreign = bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body
    if kind == IN_EXIF:
        place = 4 + int.from_bytes(file[4:6], "big")
    assert judged(file[:place] + foreign + file[place:]).pixels is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_saved_again_with_its_segments_kept(kind: str) -> None:
    file = camera_file(kind)
    out = io.BytesIO()
    with Image.open(io.BytesIO(file)) as opened:
        opened.convert("RGB").save(out, "JPEG", quality=90, exif=opened.info["exif"])
    assert judged(out.getvalue()).pixels is None
    # The same by a program that copies every segment byte for byte and writes no JFIF of its own.
    old_main, new_main = bare(file), bare(out.getvalue())
    tables = file.index(old_main[2:200])
    trailer = file[tables + len(old_main) - 2 :]
    assert judged(file[:tables] + new_main[2:] + trailer).pixels is None
