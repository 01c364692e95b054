"""Two real bursts with frames that we spoilt, and an exposure bracket: which frame is the best is known."""

from pathlib import Path

from PIL import Image, ImageEnhance, ImageFilter

BEST = "DSC_0426.JPG"  # the one frame of its burst that was not spoilt
SPOILT = {
    "DSC_0425.JPG": lambda picture: picture.filter(ImageFilter.GaussianBlur(4)),
    "DSC_0427.JPG": lambda picture: picture.filter(ImageFilter.BoxBlur(2)),
    "DSC_0428.JPG": lambda picture: ImageEnhance.Brightness(picture).enhance(2.4),
}
BURST = ("DSC_0425.JPG", BEST, "DSC_0427.JPG", "DSC_0428.JPG")
OTHER_BURST = ("img_0002.jpg", "img_0003.jpg", "img_0004.jpg", "img_0005.jpg")
BRACKET = ("house-1.jpg", "house-2.jpg", "house-3.jpg", "house-4.jpg")
SIDE_PX = 1200


def make_bursts(photos_dir: Path, folder: Path) -> None:
    """Write them as ``burst/``, ``rock/`` and ``bracket/``, with the times of their exposures."""
    for name, source, files in (
        ("burst", "series_banana", BURST),
        ("rock", "series_rock", OTHER_BURST),
        ("bracket", "bracket_katm", BRACKET),
    ):
        (folder / name).mkdir(parents=True)
        for file in files:
            with Image.open(photos_dir / source / file) as picture:
                picture.draft("RGB", (SIDE_PX, SIDE_PX))
                small = picture.convert("RGB")
                small.thumbnail((SIDE_PX, SIDE_PX))
                spoilt = SPOILT[file](small) if file in SPOILT else small
                spoilt.save(folder / name / file, "JPEG", quality=92, exif=picture.info.get("exif", b""))
