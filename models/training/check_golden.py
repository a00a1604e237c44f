"""Compare the model with golden files: the same tensors, parameters and, from weights made by a formula, the same logits.

    python check_golden.py ../../../shared/ranet/golden-*.json
"""

from __future__ import annotations

import argparse
import json
import math

import numpy as np
import torch

from ranet import Config, RANet

TOLERANCE = 1e-4


def noise(name: str, index: np.ndarray) -> np.ndarray:
    """Numbers in [-1, 1) that depend on the tensor's name and the flat index only."""
    start = 0x811C9DC5
    for byte in name.encode():
        start = (start ^ byte) * 0x01000193 & 0xFFFFFFFF
    x = np.uint32(start) + index.astype(np.uint32) * np.uint32(0x9E3779B9)
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        x = (x ^ x >> np.uint32(shift)) * np.uint32(factor)
    return (x ^ x >> np.uint32(16)) / 2147483648 - 1


def weight(name: str, shape: torch.Size) -> torch.Tensor:
    if name.endswith(".num_batches_tracked"):
        return torch.zeros((), dtype=torch.int64)
    u = noise(name, np.arange(math.prod(shape)))
    if name.endswith((".running_mean", ".bias")):
        value = 0.1 * u
    elif len(shape) == 1:
        value = 1 + 0.5 * u
    else:
        value = u * math.sqrt(6 / math.prod(shape[1:]))
    return torch.from_numpy(value.astype(np.float32).reshape(shape))


def picture(side: int) -> torch.Tensor:
    n, c, y, x = np.indices((2, 3, side, side))
    fine = noise("input", np.arange(n.size)).reshape(n.shape)
    return torch.from_numpy((fine + noise("input.coarse", (n * 3 + c) * 1024 + y // 8 * 32 + x // 8)).astype(np.float32))


def difference(path: str) -> float:
    """The largest difference of any logit; raises where tensors or parameters differ."""
    with open(path, encoding="utf8") as file:
        golden = json.load(file)
    network = RANet(Config(**golden["config"])).eval()
    state = network.state_dict()
    tensors = [[name, list(tensor.shape)] for name, tensor in state.items()]
    if tensors != golden["tensors"]:
        raise SystemExit(f"{path}: the tensors differ, first {next(p for p in zip(tensors, golden['tensors']) if p[0] != p[1])}")
    parameters = sum(p.numel() for p in network.parameters())
    if parameters != golden["totalParams"]:
        raise SystemExit(f"{path}: expected {golden['totalParams']} parameters, got {parameters}")
    network.load_state_dict({name: weight(name, tensor.shape) for name, tensor in state.items()})
    with torch.inference_mode():
        exits = network(picture(golden["config"]["inputSize"]))
    worst = 0.0
    for logits, expected in zip(exits, golden["exits"], strict=True):
        rows = np.array(expected.get("logits") or expected["logitsFirst16"])
        worst = max(worst, float(np.abs(logits.numpy()[:, : rows.shape[1]] - rows).max()))
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("golden", nargs="+", help="golden-*.json of networks")
    bad = 0
    for path in parser.parse_args().golden:
        if path.endswith("golden-budget.json"):  # that one is of the exit policy, not of a network
            continue
        worst = difference(path)
        bad += worst > TOLERANCE
        print(f"{path}: {'differs' if worst > TOLERANCE else 'agrees'}, largest difference of a logit {worst:.1e}")
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
