"""A network is used only when it is what its description says; one session serves several threads."""

import shutil
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from twinlens.domain.errors import ModelUnusable
from twinlens.fingerprints.embedding import OnnxEmbedder
from twinlens.fingerprints.model import bundled_model, describe_model
from twinlens.fingerprints.network_input import network_input
from twinlens.matching.candidates import COPY_FLOOR, COSINE_FLOOR

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "photos"


@pytest.fixture(scope="module")
def embedder() -> OnnxEmbedder:
    return OnnxEmbedder(bundled_model())


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    bundled = bundled_model()
    shutil.copy(bundled.path, tmp_path)
    return Path(shutil.copy(bundled.path.with_suffix(".toml"), tmp_path))


def pictures() -> np.ndarray:
    files = sorted((SAMPLE / "2018-11 Mountains").iterdir())
    return np.stack([network_input(np.asarray(Image.open(path).convert("RGB")), 224) for path in files])


def test_a_batch_single_pictures_and_threads_agree(embedder: OnnxEmbedder):
    batch = pictures()
    together = embedder.embed(batch)
    with ThreadPoolExecutor(2) as pool:
        apart = list(pool.map(lambda picture: embedder.embed(picture[None]), batch))
    np.testing.assert_allclose(np.concatenate([answer.vectors for answer in apart]), together.vectors, atol=1e-4)
    np.testing.assert_allclose(np.linalg.norm(together.vectors, axis=1), 1, atol=1e-5)
    assert together.logits.shape == (len(batch), 1000)


def test_logits_follow_from_the_vector_and_its_norm(embedder: OnnxEmbedder):
    """Storing vector and norm keeps both outputs: the last layer lies in the file where its description says."""
    description = bundled_model().path.with_suffix(".toml")
    head = tomllib.loads(description.read_text(encoding="utf-8"))["class_head"]
    data = bundled_model().path.read_bytes()
    weight = np.frombuffer(data, "<f2", 1000 * 1280, head["weights_offset"]).reshape(1000, 1280).astype(np.float32)
    bias = np.frombuffer(data, "<f2", 1000, head["bias_offset"]).astype(np.float32)
    answer = embedder.embed(pictures())
    raw = answer.vectors * answer.norms[:, None]
    np.testing.assert_allclose(raw @ weight.T + bias, answer.logits, atol=1e-2)


def test_frames_of_a_burst_are_nearer_than_other_scenes(embedder: OnnxEmbedder):
    names = [path.name for path in sorted((SAMPLE / "2018-11 Mountains").iterdir())]
    vectors = embedder.embed(pictures()).vectors
    cosines = vectors @ vectors.T
    burst = [names.index(f"IMG_224{frame}.JPG") for frame in (3, 4, 5, 6)]
    others = [names.index(name) for name in ("IMG_2204.JPG", "IMG_2231.JPG", "IMG_2262.JPG")]
    assert cosines[np.ix_(burst, burst)].min() > cosines[np.ix_(burst, others)].max()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('sha256 = "', 'sha256 = "00'),
        ("dimension = 1280", "dimension = 99999"),
        ('layout = "NHWC"', 'layout = "CHWN"'),
        ('file = "efficientnet', 'file = "../efficientnet'),
        ("side_px", "side_in_px"),
    ],
)
def test_a_wrong_description_is_refused_in_one_sentence(copied: Path, old: str, new: str):
    text = copied.read_text(encoding="utf-8")
    assert old in text
    copied.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ModelUnusable, match=r".+\.$"):
        describe_model(str(copied))


def test_a_network_that_is_not_as_described_is_refused(copied: Path):
    text = copied.read_text(encoding="utf-8")
    copied.write_text(text.replace("dimension = 1280", "dimension = 640"), encoding="utf-8")
    with pytest.raises(ModelUnusable):
        OnnxEmbedder(describe_model(str(copied)))


def test_a_missing_network_is_refused(tmp_path: Path):
    with pytest.raises(ModelUnusable):
        describe_model(str(tmp_path / "nothing.toml"))


def test_the_copy_vector_sees_a_turned_mirrored_cut_out_photo_where_the_embedding_does_not(embedder: OnnxEmbedder):
    photos = pictures()
    edited = np.stack([network_input(np.ascontiguousarray(np.rot90(p[20:190, 30:200])[:, ::-1]), 224) for p in photos])
    plain, turned = embedder.embed(photos), embedder.embed(edited)
    np.testing.assert_allclose(np.linalg.norm(plain.copy_vectors, axis=1), 1, atol=1e-5)
    copies = (plain.copy_vectors * turned.copy_vectors).sum(axis=1)
    embeddings = (plain.vectors * turned.vectors).sum(axis=1)
    assert (copies >= COPY_FLOOR).mean() > (embeddings >= COSINE_FLOOR).mean()
    assert (copies >= COPY_FLOOR).mean() >= 0.9


def test_a_network_without_a_copy_vector_is_used_as_it_is(copied: Path):
    text = copied.read_text(encoding="utf-8")
    copied.write_text("\n".join(line for line in text.splitlines() if not line.startswith("copy = ")), encoding="utf-8")
    answer = OnnxEmbedder(describe_model(str(copied))).embed(pictures()[:2])
    assert answer.copy_vectors.shape == (2, 0)
    assert answer.vectors.shape == (2, 1280)
