"""The rows of the table that is asked for, and which edits of which maker belong to each."""

from dataclasses import dataclass

from twinlens.domain.relation import PhotoClass

FILE, PIXELS, SHOT, EDITED = (
    PhotoClass.IDENTICAL_FILE,
    PhotoClass.IDENTICAL_PIXELS,
    PhotoClass.SAME_SHOT,
    PhotoClass.EDITED,
)


@dataclass(frozen=True)
class Row:
    """``ours``: names of ``twinlens.lab.edits``. ``theirs``: of make_variants.py. ``at_least``: 0 where nothing is asked."""

    name: str
    photo_class: PhotoClass
    at_least: float
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()


def _row(name: str, photo_class: PhotoClass, at_least: float, ours: str = "", theirs: str = "") -> Row:
    return Row(name, photo_class, at_least, tuple(ours.split()), tuple(theirs.split()))


ROWS = (
    _row("same bytes", FILE, 1.0, "", "copy copy_renamed"),
    _row("same pixels", PIXELS, 1.0, "", "meta_stripped meta_changed png_lossless"),
    _row("recompressed to q30", SHOT, 0.99, "jpeg-q30", "q30"),
    _row(
        "recompressed otherwise", SHOT, 0.99, "jpeg-any jpeg-several-times", "q95 q75 q50 progressive420 twice_q60_q80"
    ),
    _row("resized to 25 %", SHOT, 0.99, "resized-25%", "resize25"),
    _row("resized to 256 px", SHOT, 0.99, "resized-256px", "thumb256"),
    _row(
        "resized otherwise", SHOT, 0.99, "resized-any enlarged",
        "resize50 upscale150 messenger1280_q70",
    ),
    _row("other format", SHOT, 0.99, "as-png as-tiff as-webp as-heic", "to_png to_webp80 to_heic60 to_tiff to_avif60"),
    _row("turned by 90", SHOT, 0.99, "turned-90", "rot90"),
    _row("turned by 180", SHOT, 0.99, "turned-180", "rot180"),
    _row("turned by 270", SHOT, 0.99, "turned-270", "rot270"),
    _row("mirrored", SHOT, 0.99, "mirrored flipped transposed", "flip_h flip_v"),
    _row("EXIF-turned", SHOT, 0.99, "exif-turned", "orient6_tag"),
    _row("crop 5 %", EDITED, 0.95, "cropped-5%", "crop5"),
    _row("crop 10 %", EDITED, 0.95, "cropped-10%", "crop10"),
    _row("crop 20 %", EDITED, 0.95, "cropped-20%", "crop20 crop_offcentre20"),
    _row("crop 30 %", EDITED, 0.90, "cropped-30%", "crop30"),
    _row("border or letterbox", EDITED, 0.95, "border paper letterbox", "border_white5 border_black10 letterbox16x9 square_pad"),
    _row("text", EDITED, 0.95, "text caption date", "datestamp caption_bar"),
    _row("watermark", EDITED, 0.95, "watermark watermark-tiled", "watermark_text watermark_tiled"),
    _row("turned by 3 degrees", EDITED, 0.95, "tilted-1 tilted-3 tilted-3-cut", "rot3 rot1_crop"),
    _row("brightness", EDITED, 0.95, "brighter darker levels", "bright+20 bright-30 autocontrast"),
    _row("contrast", EDITED, 0.95, "contrast-up contrast-down", "contrast+30 contrast-30"),
    _row("gamma", EDITED, 0.95, "gamma", "gamma0.7 gamma1.5"),
    _row("white balance", EDITED, 0.95, "white-balance", "wb_warm wb_cool"),
    _row("saturation", EDITED, 0.95, "saturation", "sat0.5 sat1.6"),
    _row("grayscale", EDITED, 0.95, "gray", "gray"),
    _row("blur", EDITED, 0.95, "blur", "blur1.5"),
    _row("sharpen", EDITED, 0.95, "sharpen", "sharpen"),
    _row("noise", EDITED, 0.95, "noise", "noise"),
    _row("filter looks", EDITED, 0.95, "film vignette", "insta_fade insta_vintage sepia vignette"),
    _row("two combined", EDITED, 0.90, "combined combined-crop", "chain_crop10_resize50_q60"),
    _row("not asked: 128 px", SHOT, 0.0, "", "thumb128"),
    _row("not asked: stretched", EDITED, 0.0, "stretched", "stretch_w110"),
    _row("not asked: other shape", EDITED, 0.0, "cropped-to-shape", "crop_square"),
    _row("not asked: stickers", EDITED, 0.0, "stickers"),
    _row("not asked: screenshot", EDITED, 0.0, "screenshot", "screenshot_of_photo chain_insta_square_1080"),
)  # fmt: skip

ROW_OF: dict[str, Row] = {
    **{name: row for row in ROWS for name in row.ours},
    **{f"mv {name}": row for row in ROWS for name in row.theirs},
}
