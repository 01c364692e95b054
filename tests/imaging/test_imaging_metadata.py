"""What the file says of the exposure, and silence where it says nothing believable."""

from datetime import datetime
from pathlib import Path

import piexif
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.imaging.made_pictures import encoded
from twinlens.domain.photo import ShotMetadata
from twinlens.imaging.decode import decode_for_study
from twinlens.imaging.exif_values import degrees, moment, number, text, whole
from twinlens.imaging.metadata import ExifFields, camera_name, read_metadata
from twinlens.imaging.xmp import xmp_rating

XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{}</rdf:RDF></x:xmpmeta>'
NS = 'xmlns:xmp="http://ns.adobe.com/xap/1.0/"'


@pytest.fixture(scope="module")
def photo() -> ShotMetadata:
    exif = {
        "0th": {
            piexif.ImageIFD.Make: b"NIKON CORPORATION",
            piexif.ImageIFD.Model: b"NIKON D70s",
            piexif.ImageIFD.Software: b"Ver.1.00 ",
            piexif.ImageIFD.Orientation: 1,
            piexif.ImageIFD.Rating: 4,
        },
        "Exif": {
            piexif.ExifIFD.DateTimeOriginal: b"2010:03:01 21:50:21",
            piexif.ExifIFD.SubSecTimeOriginal: b"70",
            piexif.ExifIFD.ExposureTime: (1, 125),
            piexif.ExifIFD.FNumber: (28, 10),
            piexif.ExifIFD.ISOSpeedRatings: 400,
            piexif.ExifIFD.FocalLength: (50, 1),
            piexif.ExifIFD.ExposureBiasValue: (-2, 3),
            piexif.ExifIFD.LensModel: b"50 mm f/1.8",
        },
        "GPS": {
            piexif.GPSIFD.GPSLatitudeRef: b"S",
            piexif.GPSIFD.GPSLatitude: ((33, 1), (30, 1), (0, 1)),
            piexif.GPSIFD.GPSLongitudeRef: b"E",
            piexif.GPSIFD.GPSLongitude: ((151, 1), (15, 1), (36, 1)),
        },
    }
    return decode_for_study(encoded(Image.new("RGB", (64, 48)), "JPEG", exif=piexif.dump(exif)), "x.jpg").metadata


def test_all_fields(photo: ShotMetadata) -> None:
    assert photo.taken == datetime(2010, 3, 1, 21, 50, 21, 700_000)  # noqa: DTZ001
    assert photo.has_subseconds
    assert photo.camera == "NIKON D70s"
    assert photo.lens == "50 mm f/1.8"
    assert photo.exposure_s == pytest.approx(0.008)
    assert photo.aperture_f == pytest.approx(2.8)
    assert (photo.iso, photo.rating, photo.orientation) == (400, 4, 1)
    assert photo.focal_length_mm == 50
    assert photo.exposure_bias_ev == pytest.approx(-2 / 3)
    assert photo.latitude_deg == pytest.approx(-33.5)
    assert photo.longitude_deg == pytest.approx(151.26)
    assert photo.software == "Ver.1.00"
    assert photo.field_count >= 15


def test_real_cameras(odd_dir: Path) -> None:
    def of(name: str) -> ShotMetadata:
        return decode_for_study((odd_dir / name).read_bytes(), name).metadata

    assert of("heic/IMG_2682.heic").camera == "Apple iPhone 7"
    assert of("heic/IMG_2682.heic").taken == datetime(2019, 3, 21, 11, 4, 22, 348_000)  # noqa: DTZ001
    raw = of("raw/canon_eos_6d.dng")
    assert raw.camera == "Canon EOS 6D"
    assert raw.taken is not None
    assert raw.exposure_s is not None
    assert raw.iso is not None


@pytest.mark.parametrize(
    "line", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2020:13:45 99:00:00", "", "yesterday", b"\xff\x00"]
)
def test_times_that_are_none(line: object) -> None:
    assert moment(line, "12") == (None, False)


def test_time_of_the_last_change_is_not_the_time_of_the_shot() -> None:
    assert read_metadata(ExifFields(image={0x0132: "2020:01:01 10:00:00"})).taken is None
    digitised = read_metadata(ExifFields(photo={0x9003: "0000:00:00 00:00:00", 0x9004: "2020:01:01 10:00:00"}))
    assert digitised.taken == datetime(2020, 1, 1, 10)  # noqa: DTZ001
    assert not digitised.has_subseconds


def test_camera_names() -> None:
    assert camera_name("Canon", "Canon EOS 6D") == "Canon EOS 6D"
    assert camera_name("Apple", "iPhone 7") == "Apple iPhone 7"
    assert camera_name("NIKON CORPORATION", "E950") == "NIKON E950"
    assert camera_name("EASTMAN KODAK COMPANY", "KODAK CX7530 ZOOM") == "KODAK CX7530 ZOOM"
    assert camera_name("MINOLTA CO.,LTD", "DiMAGE X") == "MINOLTA DiMAGE X"
    assert camera_name("Co., Ltd.", "456") == "456"
    assert camera_name(None, "X100") == "X100"
    assert camera_name("SONY", None) == "SONY"


def test_xmp_ratings() -> None:
    attribute = XMP.format(f'<rdf:Description {NS} xmp:Rating="3"/>').encode()
    element = XMP.format(f"<rdf:Description {NS}><xmp:Rating>-1</xmp:Rating></rdf:Description>").encode()
    assert xmp_rating(attribute) == 3
    assert xmp_rating(element) == -1
    assert xmp_rating(attribute.replace(b'"3"', b'"99"')) is None
    assert xmp_rating(attribute[:-20]) is None
    assert xmp_rating(attribute + b" " * 2_000_000) is None
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>Rating &b;</a>'
    assert xmp_rating(bomb) is None


def test_rating_from_a_png_with_xmp() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP.format(f'<rdf:Description {NS} xmp:Rating="5"/>'))
    data = encoded(Image.new("RGB", (30, 30)), "PNG", pnginfo=info)
    assert decode_for_study(data, "x.png").metadata.rating == 5


SINGLE = st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=30), st.binary(max_size=30))
ANYTHING = SINGLE | st.tuples(SINGLE, SINGLE, SINGLE) | st.lists(SINGLE, max_size=3)
TAGS = st.sampled_from([1, 2, 3, 4, 0x010F, 0x0110, 0x0112, 0x4746, 0x829A, 0x8827, 0x9003, 0x9004, 0x9291, 0x920A])


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(TAGS, ANYTHING, max_size=6), st.binary(max_size=200))
def test_no_value_whatever_raises(fields: dict[int, object], xmp: bytes) -> None:
    found = read_metadata(ExifFields(fields, fields, fields, xmp))
    assert 1 <= found.orientation <= 8
    assert found.latitude_deg is None or -90 <= found.latitude_deg <= 90


@given(ANYTHING)
def test_single_values_are_plausible_or_none(value: object) -> None:
    real = number(value, 0, 10)
    assert real is None or 0 <= real <= 10
    assert whole(value, 1, 5) in (None, 1, 2, 3, 4, 5)
    line = text(value)
    assert line is None or (0 < len(line) <= 200 and line.isprintable())
    assert degrees(value, "N", 90, "S") is None or isinstance(value, (tuple, list))
