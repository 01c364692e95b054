"""A small photo drive of real photos with copies, for the stories of the window."""

import shutil
from pathlib import Path

from PIL import Image

SOURCES = ("landscape", "nature")


def make_drive(photos_dir: Path, folder: Path) -> Path:
    """Four photos; of two a copy, of one a smaller re-encode; one file that is no photo."""
    photos = sorted(path for name in SOURCES for path in (photos_dir / name).glob("*.jpg"))[:4]
    (folder / "Backup").mkdir(parents=True)
    for path in photos:
        shutil.copy2(path, folder / path.name)
    for path in photos[:2]:
        shutil.copy2(path, folder / "Backup" / path.name)
    with Image.open(photos[2]) as image:
        image.convert("RGB").resize((image.width // 2, image.height // 2)).save(folder / "small.jpg", quality=80)
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 this is no photo")
    return folder
