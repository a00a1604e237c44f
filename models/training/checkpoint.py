"""Networks on disk in the authors' format: a dictionary with `state_dict`, each name after `module.`."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from numpy._core.multiarray import scalar

from ranet import Config, RANet


def read(checkpoint: Path, config: Path) -> RANet:
    """A network with the checkpoint's weights as float32; `config` is the `*.config.json` beside it."""
    network = RANet(read_config(config))
    # Accuracies in older files are numpy numbers, which torch's safe reader must be told of.
    with torch.serialization.safe_globals([scalar, np.dtype, np.dtypes.Float64DType]):
        state = torch.load(checkpoint, map_location="cpu", weights_only=True)["state_dict"]
    network.load_state_dict({name.removeprefix("module."): tensor for name, tensor in state.items()})
    return network


def read_config(path: Path) -> Config:
    return Config(**json.loads(path.read_text(encoding="utf8"))["config"])


def write(network: RANet, path: Path, labels: list[str], half: bool) -> None:
    """`half` stores the weights as float16, half the size."""
    state = {
        f"module.{name}": tensor.half() if half and tensor.is_floating_point() else tensor
        for name, tensor in network.state_dict().items()
    }
    torch.save({"arch": "RANet", "state_dict": state, "labels": labels}, path)
