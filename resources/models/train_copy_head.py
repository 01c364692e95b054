"""Train the copy head: a linear layer over the pooled stages of EfficientNet-Lite0 that knows a photo in what became of it.

Usage: ``python resources/models/train_copy_head.py PHOTOS PACKAGES WORK``. Writes ``copy_head.npz`` beside this file, which
``export_efficientnet_lite.py`` builds into the network. Needs an environment of its own, which the program never sees:

    pip install torch onnx onnxruntime numpy opencv-python-headless

PHOTOS is the folder with ``manifest.json``: of it the half that benchmarks do not score, and of that the photos whose licence
is clear. PACKAGES holds four packages of Debian 12 (``apt-get download`` and ``dpkg-deb -x`` each into PACKAGES), for more
subjects: ``gnome-backgrounds`` 43.1-1 (CC BY-SA 3.0), ``plasma-workspace-wallpapers`` 5.27.5-2 (GPL-2+),
``tuxpaint-stamps-default`` 2022.06.04-1 (GPL-2), ``ukui-wallpapers`` 20.04.3-1.1 (CC BY-SA 3.0).
WORK keeps what the network said of the edited pictures: half an hour of one core, read again by the next run.

The layer begins as whitening by the differences between a photo and its edits, cut to the strongest directions (Mikolajczyk
and Mishchuk call it learnt whitening), and goes on with a contrastive loss (InfoNCE; van den Oord, Li and Vinyals, 2018) in
which every edit of a photo is held against all edits of all others. One thread, fixed seeds: the same photos, the same bytes.
"""

import argparse
import hashlib
import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnx
import onnxruntime
from copy_photos import Picture, training_photos, working_size
from numpy.typing import NDArray
from training_views import view

Features = NDArray[np.float32]  # [photos, views, size]; view 0 is the photo itself

VIEWS_A_PART = 4
VIEWS = (*range(1, 9), *range(13, 25))  # each number seeds a view
DIRECTIONS = 128
SIDE_PX = 224
STAGES = ("_blocks.7.sum", "_blocks.10.sum", "_blocks.14.sum", "_blocks.15._project_conv", "_conv_head.relu6")
SIZES = (80, 112, 192, 320, 1280)  # of the stages
LEAST_VARIANCE = 0.1  # of the mean one, added to each when whitening
TEMPERATURE = 0.07
RATE = 0.1  # of the mean weight, a step
EPOCHS, BATCHES, VIEWS_AT_ONCE = 32, 3, 3


class Stages:
    """The network with its inner stages laid open, each averaged over the picture."""

    def __init__(self, path: Path) -> None:
        model = onnx.load(path)
        for name in STAGES:
            model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, picture: Picture) -> NDArray[np.float32]:
        """The averages [size] of a BGR picture of any size."""
        method = cv2.INTER_AREA if min(picture.shape[:2]) >= 2 * SIDE_PX else cv2.INTER_LINEAR
        small = cv2.resize(picture, (SIDE_PX, SIDE_PX), interpolation=method)[None, ..., ::-1]
        maps = self._session.run(list(STAGES), {"image": np.ascontiguousarray(small)})
        return np.concatenate([stage.mean(axis=(2, 3))[0] for stage in maps]).astype(np.float32)


def unit_stages(averages: Features) -> Features:
    """The same with every stage at unit length."""
    stages = np.split(averages, np.cumsum(SIZES)[:-1], axis=-1)
    return np.concatenate([stage / np.linalg.norm(stage, axis=-1, keepdims=True) for stage in stages], axis=-1)


def features(photos: list[Picture], network: Path, work: Path) -> Features:
    """What the network says of every photo and its views, part by part, each kept in ``work``."""
    stages, others = Stages(network), [cv2.resize(photo, (160, 160)) for photo in photos[::5]]
    parts = []
    for part in range(len(VIEWS) // VIEWS_A_PART):
        kept = work / f"views-{part}.npy"
        if not kept.exists():
            numbers = VIEWS[part * VIEWS_A_PART : (part + 1) * VIEWS_A_PART]
            rows = [[stages(v) for v in _views(photo, at, numbers, others)] for at, photo in enumerate(photos)]
            np.save(kept, np.array(rows, np.float16))
            print(f"part {part + 1} of {len(VIEWS) // VIEWS_A_PART}", flush=True)
        parts.append(np.load(kept).astype(np.float32))
    plain = np.array([stages(photo) for photo in photos], np.float16).astype(np.float32)[:, None]
    return unit_stages(np.concatenate([plain, *parts], axis=1))


def _views(photo: Picture, at: int, numbers: Iterable[int], others: list[Picture]) -> Iterable[Picture]:
    return (view(photo, random.Random(f"{at}/{number}"), others) for number in numbers)


def whitening(centred: Features) -> NDArray[np.float32]:
    """The directions [size, DIRECTIONS] in which photos differ most, measured by how little their edits do."""
    apart = (centred[:, 1:] - centred[:, :1]).reshape(-1, centred.shape[2])
    variances, axes = np.linalg.eigh(apart.T @ apart / len(apart))
    variances = np.maximum(variances, 0)
    shrunk = axes / np.sqrt(variances + LEAST_VARIANCE * variances.mean())
    plain = centred[:, 0] @ shrunk
    _, strongest = np.linalg.eigh(plain.T @ plain)
    return np.asarray(shrunk @ strongest[:, ::-1][:, :DIRECTIONS], np.float32)


def learn(centred: Features) -> NDArray[np.float32]:
    """The weights [size, DIRECTIONS] after the contrastive loss."""
    import torch

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    chance = torch.Generator().manual_seed(0)
    values = torch.tensor(centred)
    weights = torch.tensor(whitening(centred))
    weights /= (values.reshape(-1, values.shape[2]) @ weights).norm(dim=1).mean()
    rate = RATE * weights.abs().mean().item()
    weights.requires_grad_()
    optimiser = torch.optim.Adam([weights], lr=rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, EPOCHS * BATCHES)
    for epoch in range(EPOCHS):
        for rows in torch.randperm(len(values), generator=chance).chunk(BATCHES):
            loss = _loss(torch, values, weights, rows, chance)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
        print(f"epoch {epoch + 1}: {loss.item():.4f}", flush=True)
    return np.asarray(weights.detach().numpy(), np.float32)


def _loss(torch: Any, values: Any, weights: Any, rows: Any, chance: Any) -> Any:
    """How much nearer other photos come to a view than another view of the same photo does."""
    count = values.shape[1] - 1
    chosen = torch.stack([torch.randperm(count, generator=chance)[:VIEWS_AT_ONCE] + 1 for _ in rows])
    shown = [values[rows, 0], *(values[rows, chosen[:, number]] for number in range(VIEWS_AT_ONCE))]
    vectors = torch.nn.functional.normalize(torch.cat(shown) @ weights, dim=1)
    photo = torch.arange(len(rows)).repeat(len(shown))
    same = photo[:, None] == photo
    products = vectors @ vectors.T / TEMPERATURE
    strangers = torch.logsumexp(products.masked_fill(same, -1e9), dim=1)
    pairs = same & ~torch.eye(len(photo), dtype=torch.bool)
    return torch.nn.functional.softplus(strangers[:, None] - products)[pairs].mean()


def main() -> None:
    """Train and write the head, and print its SHA-256."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("photos", "packages", "work"):
        parser.add_argument(name, type=Path)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    here = Path(__file__).parent
    paths = training_photos(arguments.photos, arguments.packages)
    (arguments.work / "photos.json").write_text(json.dumps([str(path) for path in paths], indent=1), encoding="utf-8")
    photos = [working_size(path) for path in paths]
    said = features(photos, here / "efficientnet-lite0.onnx", arguments.work)
    mean = said[:, 0].mean(axis=0)
    weights = learn(said - mean)
    head = here / "copy_head.npz"
    np.savez(head, weights=weights.astype("<f2"), bias=(-mean @ weights).astype("<f2"))
    print(
        f"{hashlib.sha256(head.read_bytes()).hexdigest()}  {head.name}: {len(photos)} photos, {said.shape[1] - 1} views of each"
    )


if __name__ == "__main__":
    main()
