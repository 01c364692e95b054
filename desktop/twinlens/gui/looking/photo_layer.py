"""The best picture of a photo that is there, and which ones to ask for."""

from twinlens.domain.photo import Photo
from twinlens.gui.canvas.geometry import Extent
from twinlens.gui.canvas.layers import Layer, stretched
from twinlens.gui.pictures.store import Pictures
from twinlens.gui.pictures.want import Level, Want, want
from twinlens.gui.thumbnails.loader import ThumbnailLoader


def extent_of(photo: Photo) -> Extent:
    """The photo's own size."""
    return Extent(photo.facts.width_px, photo.facts.height_px)


def layer_of(photo: Photo, pictures: Pictures, thumbnails: ThumbnailLoader, longest_px: float) -> Layer | None:
    """The photo as large as it is there, or its thumbnail; None where nothing is there yet."""
    extent = extent_of(photo)
    picture = pictures.best(want(photo, Level.FULL))
    if picture is not None:
        image = picture.image_for(longest_px)
        return Layer(image, stretched(image, extent.width, extent.height), holds=picture)
    pixmap = thumbnails.pixmap(photo.id)
    return None if pixmap is None else Layer(pixmap, stretched(pixmap, extent.width, extent.height))


def wants_of(photo: Photo, pictures: Pictures, longest_px: float) -> list[Want]:
    """What to decode so that the photo is sharp at this size: for the screen, and in full where that does not suffice."""
    if not photo.online:
        return []
    found = [want(photo, Level.SCREEN)]
    if longest_px > 0 and not is_sharp(photo, pictures, longest_px):
        found.append(want(photo, Level.FULL))
    return found


def is_sharp(photo: Photo, pictures: Pictures, longest_px: float) -> bool:
    """Whether no more of the photo's pixels would show at this size, with what a screen needs at least."""
    return longest_px <= pictures.screen_px or pictures.is_enough(
        pictures.best(want(photo, Level.FULL)), want(photo, Level.FULL), longest_px
    )
