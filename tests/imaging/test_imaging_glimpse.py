import io
import os
import random
from pathlib import Path
from typing import Any, cast

import piexif
import pytest
from PIL import Image

from twinlens.imaging.glimpse import SIDE_PX, glimpse_of


def picture(width: int, height: int) -> Image.Image:
    """Red above, blue below, so that one sees which way is up."""
    image = Image.new("RGB", (width, height), (220, 30, 30))
    image.paste((30, 30, 220), (0, height // 2, width, height))
    return image


def jpeg(image: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, **options)
    return out.getvalue()


def camera_file(path: Path, size: tuple[int, int], thumbnail: bytes | None, orientation: int = 1) -> Path:
    tags: dict[str, Any] = {"0th": {piexif.ImageIFD.Orientation: orientation}, "Exif": {}, "GPS": {}, "1st": {}}
    if thumbnail is not None:
        tags["thumbnail"] = thumbnail
        tags["1st"] = {piexif.ImageIFD.Compression: 6}
    path.write_bytes(jpeg(picture(*size), exif=piexif.dump(tags)))
    return path


def seen(path: Path) -> Image.Image:
    data = glimpse_of(str(path))
    assert data is not None
    return Image.open(io.BytesIO(data)).convert("RGB")


def is_red(image: Image.Image, x: float, y: float) -> bool:
    red, _, blue = image.convert("RGB").split()
    place = int(image.width * x), int(image.height * y)
    return cast(int, red.getpixel(place)) > cast(int, blue.getpixel(place))


def test_the_thumbnail_of_the_camera_is_shown_without_decoding_the_picture(tmp_path: Path) -> None:
    path = camera_file(tmp_path / "a.jpg", (1200, 800), jpeg(picture(160, 107)))
    path.write_bytes(path.read_bytes()[:9000])  # all of the picture's data is cut off
    glimpse = seen(path)
    assert glimpse.size == (160, 107)
    assert is_red(glimpse, 0.5, 0.2)
    assert not is_red(glimpse, 0.5, 0.8)
    assert b"Exif" not in (glimpse_of(str(path)) or b"")


def test_it_is_turned_as_the_photo_is(tmp_path: Path) -> None:
    glimpse = seen(camera_file(tmp_path / "a.jpg", (1200, 800), jpeg(picture(160, 107)), orientation=6))
    assert glimpse.size == (107, 160)
    assert is_red(glimpse, 0.9, 0.5)
    assert not is_red(glimpse, 0.1, 0.5)


def test_black_bars_are_cut_off(tmp_path: Path) -> None:
    padded = Image.new("RGB", (160, 120))
    padded.paste(picture(160, 90), (0, 15))
    assert seen(camera_file(tmp_path / "a.jpg", (1600, 900), jpeg(padded))).size == (160, 88)


def test_a_large_one_is_made_small(tmp_path: Path) -> None:
    assert max(seen(camera_file(tmp_path / "a.jpg", (900, 600), jpeg(picture(600, 400)))).size) == SIDE_PX


def test_the_thumbnail_of_another_shape_is_not_believed(tmp_path: Path) -> None:
    assert glimpse_of(str(camera_file(tmp_path / "cropped.jpg", (800, 800), jpeg(picture(160, 120))))) is None


def test_a_photo_without_one_has_no_glimpse(tmp_path: Path) -> None:
    assert glimpse_of(str(camera_file(tmp_path / "a.jpg", (1200, 900), None))) is None


@pytest.mark.parametrize("kept", [0, 2, 40, 300])
def test_a_broken_thumbnail_is_no_glimpse(tmp_path: Path, kept: int) -> None:
    path = camera_file(tmp_path / "a.jpg", (1200, 900), jpeg(picture(160, 120)))
    data = path.read_bytes()
    at, end = data.index(b"\xff\xd8", 2), data.index(b"\xff\xd9")
    path.write_bytes(data[: at + kept] + bytes(end - at - kept) + data[end:])
    assert glimpse_of(str(path)) is None


def test_what_is_no_photo_is_none_and_blocks_nobody(tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("no photo")
    (tmp_path / "empty.jpg").touch()
    os.mkfifo(tmp_path / "pipe.jpg")
    for name in ("text.jpg", "empty.jpg", "pipe.jpg", "missing.jpg", "."):
        assert glimpse_of(str(tmp_path / name)) is None


def test_odd_files_and_damaged_heads_never_raise(shared_data: Path, tmp_path: Path) -> None:
    for path in sorted((shared_data / "odd").rglob("*")):
        if path.is_file():
            glimpse_of(str(path))
    head = camera_file(tmp_path / "a.jpg", (400, 300), jpeg(picture(160, 120))).read_bytes()[:6000]
    dice, target = random.Random(4), tmp_path / "mutated.jpg"
    for _ in range(300):
        mutated = bytearray(head)
        for _ in range(dice.randint(1, 8)):
            mutated[dice.randrange(len(mutated))] = dice.randrange(256)
        target.write_bytes(mutated)
        data = glimpse_of(str(target))
        assert data is None or max(Image.open(io.BytesIO(data)).size) <= SIDE_PX


def test_most_photos_of_real_cameras_have_a_glimpse(photos_dir: Path) -> None:
    paths = [path for path in sorted(photos_dir.rglob("*.[jJ][pP][gG]")) if "caltech" not in str(path)]
    shown = [path for path in paths if glimpse_of(str(path)) is not None]
    assert len(shown) >= 20
