"""RANet in PyTorch, built from a configuration.

A network of sub-networks: the first works on the smallest map, each next one on a finer map and reuses the features of
the one before; an exit follows every block that no coarser block feeds. Modules are named so that `state_dict` has the
authors' tensor names ("Resolution Adaptive Networks for Efficient Inference", CVPR 2020, and their published code).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class Config:
    """The options of one network, under the names that `*.config.json` and packs use."""

    stem: str
    numClasses: int
    inputSize: int
    nBlocks: int
    blockStep: int
    step: int
    stepMode: str
    nChannels: int
    growthRate: int
    scaleList: list[int]
    grFactor: list[int]
    bnFactor: list[int]
    compressFactor: float
    reduction: float

    def blocks(self, s: int) -> int:
        """How many blocks sub-network `s` has; -1 asks for the one before the first."""
        return self.nBlocks + self.blockStep * s if s >= 0 else 0

    def layers(self, b: int) -> int:
        return self.step * (b + 1) if self.stepMode == "lg" else self.step

    def has_transition(self, s: int, b: int) -> bool:
        count, scale = self.blocks(s), self.scaleList[s]
        return any(b + 1 == math.floor(i * count / scale) for i in range(1, scale))

    def halves(self, s: int, b: int) -> bool:
        """Whether the last layer of a fusion block halves its map."""
        before = [0, *(self.blocks(i) for i in range(s))]
        return b + 1 in before[-(self.scaleList[s] - 1) :]  # for scale 1 that is the whole list, as in the authors' code


class ConvBnRelu(nn.Module):
    def __init__(self, ins: int, outs: int, kernel: int, stride: int = 1):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(ins, outs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outs), nn.ReLU(inplace=True)
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.net(x)


class Bottleneck(nn.Module):
    def __init__(self, ins: int, outs: int, factor: int, stride: int = 1):
        super().__init__()
        middle = min(ins, factor * outs)
        self.net = nn.Sequential(
            nn.Conv2d(ins, middle, 1, bias=False),
            nn.BatchNorm2d(middle),
            nn.ReLU(inplace=True),
            nn.Conv2d(middle, outs, 3, stride, 1, bias=False),
            nn.BatchNorm2d(outs),
            nn.ReLU(inplace=True),
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.net(x)


def resize(x: Tensor, like: Tensor) -> Tensor:
    size = like.shape[-2:]
    return x if x.shape[-2:] == size else F.interpolate(x, size, mode="bilinear", align_corners=True)


class NormalLayer(nn.Module):
    def __init__(self, ins: int, growth: int, factor: int):
        super().__init__()
        self.conv_normal = Bottleneck(ins, growth, factor)

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([x, self.conv_normal(x)], 1)


class FusionLayer(nn.Module):
    """Its growth comes partly from its own features and partly from the coarser sub-network's."""

    def __init__(self, ins: int, coarse: int, own: int, reused: int, factor: int, coarse_factor: int, stride: int):
        super().__init__()
        self.conv_up = Bottleneck(coarse, reused, coarse_factor)
        self.conv_normal = Bottleneck(ins, own, factor, stride)

    def forward(self, x: Tensor, coarse: Tensor) -> Tensor:
        own = self.conv_normal(x)
        return torch.cat([resize(x, own), resize(self.conv_up(coarse), own), own], 1)


class Block(nn.Module):
    """Dense layers, of the fusion kind where `coarse` gives the channels of a coarser block's features; then perhaps a transition.

    `forward` returns the output and the features that the next sub-network reuses (before the last fusion and the transition).
    """

    def __init__(self, config: Config, s: int, b: int, ins: int, coarse: list[int] | None):
        super().__init__()
        growth, factor = config.growthRate * config.grFactor[s], config.bnFactor[s]
        count = config.layers(b)
        self.channels = [ins + j * growth for j in range(count + 1)]
        self.outs = self.channels[-1]
        if coarse is None:
            self.layers = nn.ModuleList(NormalLayer(self.channels[j], growth, factor) for j in range(count))
        else:
            reused = math.floor(growth * config.compressFactor)
            self.layers = nn.ModuleList(
                FusionLayer(
                    self.channels[j],
                    coarse[j],
                    growth - reused,
                    reused,
                    factor,
                    config.bnFactor[s - 1],
                    stride=2 if j == count - 1 and config.halves(s, b) else 1,
                )
                for j in range(count)
            )
            fused = math.floor(self.outs * config.compressFactor)
            self.conv_last = ConvBnRelu(coarse[-1], fused, 1)
            self.outs += fused
        if config.has_transition(s, b):
            reduced = math.floor(config.reduction * self.outs)
            self.trans = ConvBnRelu(self.outs, reduced, 1)
            self.outs = reduced

    def forward(self, x: Tensor, coarse: list[Tensor] | None) -> tuple[Tensor, list[Tensor]]:
        features = [x]
        for j, layer in enumerate(self.layers):
            features.append(layer(features[-1]) if coarse is None else layer(features[-1], coarse[j]))
        x = features[-1]
        if coarse is not None:
            x = torch.cat([x, resize(self.conv_last(coarse[-1]), x)], 1)
        return (self.trans(x) if hasattr(self, "trans") else x), features


class Exit(nn.Module):
    def __init__(self, ins: int, width: int, classes: int):
        super().__init__()
        self.m = nn.Sequential(ConvBnRelu(ins, width, 3, 2), ConvBnRelu(width, width, 3, 2), nn.AvgPool2d(2))
        self.linear = nn.Linear(width, classes)

    def pooled(self, x: Tensor) -> Tensor:
        return self.m(x).flatten(1)


class Stem(nn.Module):
    """From fine to coarse; returns the coarsest map first."""

    def __init__(self, config: Config):
        super().__init__()
        widths = [config.nChannels * factor for factor in reversed(config.grFactor)]
        scales = config.scaleList[::-1]
        if config.stem == "imagenet":
            first: nn.Module = nn.Sequential(
                nn.Conv2d(3, widths[0], 7, 2, 3), nn.BatchNorm2d(widths[0]), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)
            )
        else:
            first = ConvBnRelu(3, widths[0], 3)
        rest = (
            ConvBnRelu(widths[i - 1], widths[i], 3, 1 if scales[i] == scales[i - 1] else 2) for i in range(1, len(widths))
        )
        self.layers = nn.ModuleList([first, *rest])

    def forward(self, x: Tensor) -> list[Tensor]:
        base = []
        for layer in self.layers:
            x = layer(x)
            base.append(x)
        return base[::-1]


class RANet(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.config = config
        self.scale_flows = nn.ModuleList()
        self.classifier = nn.ModuleList()
        coarser: list[Block] = []
        for s in range(len(config.scaleList)):
            blocks: list[Block] = []
            outs = config.nChannels * config.grFactor[s]
            for b in range(config.blocks(s)):
                fusion = b < config.blocks(s - 1)
                block = Block(config, s, b, outs, coarser[b].channels if fusion else None)
                blocks.append(block)
                outs = block.outs
                if not fusion:
                    width = outs if config.stem == "imagenet" else 128
                    self.classifier.append(Exit(outs, width, config.numClasses))
            self.scale_flows.append(nn.ModuleList(blocks))
            coarser = blocks
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                kernel = module.kernel_size[0] * module.kernel_size[1]
                nn.init.normal_(module.weight, 0, math.sqrt(2 / (kernel * module.out_channels)))
            elif isinstance(module, nn.Linear):
                nn.init.zeros_(module.bias)
        self.FirstLayer = Stem(config)  # last, as in the authors' state dictionary, and with PyTorch's default weights

    def pooled(self, x: Tensor) -> list[Tensor]:
        """What each exit's linear layer sees: per exit [N, width]."""
        base = self.FirstLayer(x)
        found: list[Tensor] = []
        coarse: list[list[Tensor]] = []
        for s, blocks in enumerate(self.scale_flows):
            x, kept = base[s], []
            for b, block in enumerate(blocks):
                x, features = block(x, coarse[b] if b < len(coarse) else None)
                kept.append(features)
                if b >= len(coarse):
                    found.append(self.classifier[len(found)].pooled(x))
            coarse = kept
        return found

    def forward(self, x: Tensor) -> list[Tensor]:
        """Logits per exit, each [N, classes]; `x` is [N, 3, side, side], normalised."""
        return [exit_.linear(pooled) for exit_, pooled in zip(self.classifier, self.pooled(x), strict=True)]
