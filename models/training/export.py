"""Write a run's averaged network as a checkpoint in the authors' format, with its configuration and labels beside it.

    python export.py --run DIR --config NAME.config.json --labels NAME.labels.json --to FOLDER --name photos64

`squint packs import` reads what is written. The weights are float16, half the size of float32; --full keeps float32.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

import checkpoint
from labels import Labels
from ranet import Config, RANet

TOLD = ("minutes", "lr", "batch", "weight_decay", "large_times", "together")


def macs(config: Config) -> list[int]:
    """Multiply-adds of one picture up to and including each exit."""
    network, total, cumulative = RANet(config).eval(), 0, []

    def convolution(module: torch.nn.Conv2d, _: object, out: torch.Tensor) -> None:
        nonlocal total
        total += out.numel() * module.weight[0].numel()

    for module in network.modules():
        if isinstance(module, torch.nn.Conv2d):
            module.register_forward_hook(convolution)
    for exit_ in network.classifier:

        def pooled(*_: object, weights: int = exit_.linear.weight.numel()) -> None:
            nonlocal total
            total += weights
            cumulative.append(total)

        exit_.m.register_forward_hook(pooled)
    with torch.inference_mode():
        network(torch.zeros(1, 3, config.inputSize, config.inputSize))
    return cumulative


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True, help="the trainer's --out")
    parser.add_argument("--config", type=Path, required=True, help="the *.config.json that was trained")
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True, help="folder for the three files")
    parser.add_argument("--name", required=True)
    parser.add_argument("--full", action="store_true", help="weights as float32")
    options = parser.parse_args()

    document = json.loads(options.config.read_text(encoding="utf8"))
    labels = Labels.read(options.labels)
    state = torch.load(options.run / "state.pt", map_location="cpu", weights_only=True)
    network = RANet(Config(**document["config"]))
    network.load_state_dict(state["average"])
    recipe = json.loads((options.run / "recipe.json").read_text(encoding="utf8"))

    options.to.mkdir(parents=True, exist_ok=True)
    checkpoint.write(network, options.to / f"{options.name}.pth.tar", labels.leaves, half=not options.full)
    written = {
        "name": options.name,
        "config": document["config"],
        "preprocessing": document["preprocessing"],
        "files": [f"{options.name}.pth.tar"],
        "labelsFile": f"{options.name}.labels.json",
        "macs": macs(network.config),
        "training": {
            "from": Path(recipe["init"]).name if recipe["init"] else None,
            "samples": state["samples"],
            **{name: recipe[name] for name in TOLD},
        },
    }
    for suffix, content in (("config", written), ("labels", labels.document)):
        (options.to / f"{options.name}.{suffix}.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
