"""How right a checkpoint is at every exit, on the small and the large photos.

    python evaluate.py --checkpoint NAME.pth.tar --data ../../../shared/data --cache DIR
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

import checkpoint
from data import Photos, load
from labels import Labels
from ranet import RANet

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
BATCH = 256
JUDGED = ("small-val", "small-unseen", "large-val", "large-unseen")


def normalise(x: torch.Tensor) -> torch.Tensor:
    """[N, 3, side, side] in 0 … 1, minus the mean, divided by the deviation of ImageNet's channels."""
    return (x - x.new_tensor(MEAN).view(1, 3, 1, 1)) / x.new_tensor(STD).view(1, 3, 1, 1)


def accuracy(network: RANet, photos: Photos, labels: Labels, device: torch.device) -> list[float]:
    """Share of photos whose likeliest collection (the sum over its leaves) is the right one, percent, per exit."""
    network = network.to(device).eval()
    membership = labels.membership().to(device)
    right = np.zeros(len(network.classifier))
    with torch.inference_mode():
        for start in range(0, len(photos), BATCH):
            some = range(start, min(start + BATCH, len(photos)))
            x = torch.from_numpy(np.stack([photos[i] for i in some])).to(device).permute(0, 3, 1, 2).float() / 255
            for e, logits in enumerate(network(normalise(x))):
                best = (logits.softmax(1) @ membership).argmax(1).cpu().numpy()
                right[e] += (best == photos.collections[some]).sum()
    return [float(share) for share in 100 * right / len(photos)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True, help="NAME.pth.tar, with NAME.config.json and NAME.labels.json beside it")
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--cache", type=Path, required=True, help="folder for decoded photos")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    name = options.checkpoint.name.removesuffix(".pth.tar")
    network = checkpoint.read(options.checkpoint, options.checkpoint.with_name(f"{name}.config.json"))
    labels = Labels.read(options.checkpoint.with_name(f"{name}.labels.json"))
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    for judged in JUDGED:
        photos = load(options.data, options.cache, judged, labels, network.config.inputSize)
        shares = accuracy(network, photos, labels, device)
        print(f"{judged:13} {len(photos):5} photos, right per exit, %: " + " ".join(f"{share:.2f}" for share in shares), flush=True)


if __name__ == "__main__":
    main()
