"""EfficientNet-Lite as an ONNX graph, from the published PyTorch weights; batch norm folded into the convolutions.

The architecture is read off the tensors: a stage begins where the number of channels changes. Weights are stored as
float16 with a Cast to float32, so that a look is half the size and calculates as before.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

OPSET = 18
NORM_EPSILON = 1e-3
STAGE_STRIDES = (1, 2, 2, 2, 1, 2, 1)
MEAN, STD = 127 / 255, 128 / 255  # of values 0 … 1, every channel alike


class Graph:
    """Nodes and constants in the order in which they are added; every method returns the name of what it makes."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(self, kind: str, *inputs: str, result: str | None = None, **attributes: object) -> str:
        result = result or f"{kind.lower()}.{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [result], **attributes))
        return result

    def constant(self, value: np.ndarray, half: bool = False) -> str:
        name = f"constant.{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(value.astype(np.float16 if half else value.dtype), name))
        return self.add("Cast", name, to=TensorProto.FLOAT) if half else name

    def model(self, inputs: dict[str, list], outputs: dict[str, list]) -> onnx.ModelProto:
        """Shapes by name; a word stands for a free length."""
        values = [[helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in some.items()] for some in (inputs, outputs)]
        graph = helper.make_graph(self.nodes, "look", *values, self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
        onnx.checker.check_model(model, full_check=True)
        return model


class Weights:
    def __init__(self, path: Path):
        state = torch.load(path, map_location="cpu", weights_only=True)
        self.tensors = {name: tensor.numpy() for name, tensor in state.items()}

    def blocks(self) -> int:
        return 1 + max(int(found[1]) for name in self.tensors if (found := re.match(r"_blocks\.(\d+)\.", name)))

    def has(self, name: str) -> bool:
        return f"{name}.weight" in self.tensors

    def folded(self, conv: str, norm: str) -> tuple[np.ndarray, np.ndarray]:
        """Filters and bias of a convolution together with the batch norm behind it."""
        weight, bias, mean, variance = (self.tensors[f"{norm}.{part}"] for part in ("weight", "bias", "running_mean", "running_var"))
        scale = weight / np.sqrt(variance + NORM_EPSILON)
        return self.tensors[f"{conv}.weight"] * scale[:, None, None, None], bias - mean * scale

    def classifier(self) -> tuple[np.ndarray, np.ndarray]:
        """Of ImageNet's 1,000 classes: [1000, features] and [1000]."""
        return self.tensors["_fc.weight"], self.tensors["_fc.bias"]


def add_body(graph: Graph, weights: Weights, picture: str, side: int, enlarged: int) -> str:
    """From `picture` [N, 3, side, side] to the pooled `features` [N, 1280]; the network works on it `enlarged` to that side.

    Nothing is in the larger picture that was not in the smaller one, but the networks learnt from 224 pixels and more, and
    know things by the size that they have there ("Fixing the train-test resolution discrepancy", NeurIPS 2019).
    """
    if enlarged != side:
        sizes = graph.constant(np.array([enlarged, enlarged]))
        picture = graph.add("Resize", picture, "", "", sizes, axes=[2, 3], mode="linear")
    zero, six = graph.constant(np.float32(0)), graph.constant(np.float32(6))

    def conv(x: str, name: str, norm: str, size: int, stride: int = 1, active: bool = True) -> tuple[str, int]:
        filters, bias = weights.folded(name, norm)
        kernel, after = filters.shape[2], -(-size // stride)
        padding = max((after - 1) * stride + kernel - size, 0)  # TensorFlow's SAME: the odd pixel on the right and below
        groups = filters.shape[0] if "depthwise" in name else 1
        x = graph.add(
            "Conv",
            x,
            graph.constant(filters, half=True),
            graph.constant(bias),
            group=groups,
            strides=[stride] * 2,
            pads=[padding // 2] * 2 + [padding - padding // 2] * 2,
        )
        return (graph.add("Clip", x, zero, six) if active else x), after

    x, size = conv(picture, "_conv_stem", "_bn0", enlarged, 2)
    strides, channels = iter(STAGE_STRIDES), None
    for i in range(weights.blocks()):
        block, start = f"_blocks.{i}.", x
        outs = weights.tensors[f"{block}_project_conv.weight"].shape[0]
        stride = 1 if outs == channels else next(strides)
        if weights.has(f"{block}_expand_conv"):
            x, size = conv(x, f"{block}_expand_conv", f"{block}_bn0", size)
        x, size = conv(x, f"{block}_depthwise_conv", f"{block}_bn1", size, stride)
        x, size = conv(x, f"{block}_project_conv", f"{block}_bn2", size, active=False)
        if outs == channels:
            x = graph.add("Add", x, start)
        channels = outs
    x, _ = conv(x, "_conv_head", "_bn1", size)
    return graph.add("Flatten", graph.add("GlobalAveragePool", x), result="features")
