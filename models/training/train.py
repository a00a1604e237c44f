"""Train a RANet on the photos; the same command goes on where the last one stopped.

    python train.py --config NAME.config.json --labels NAME.labels.json --data ../../../shared/data \
        --cache DIR --out DIR --minutes 90 [--init NAME.pth.tar]

The learning rate rises shortly and falls to 0 by the minutes that training itself took, so a stretch ends annealed
on any machine. State lies in `--out`: it is written every few minutes, at the end and on SIGTERM.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

import checkpoint
from augment import crop, recolour
from data import Photos, load
from evaluate import accuracy, normalise
from labels import Labels
from ranet import RANet

IMAGENET_CLASSES = 1000
LIKELIEST = 20  # classes per photo in the teacher's file
AVERAGE_DECAY = 0.999
SAVE_SECONDS, JUDGE_SECONDS, REPORT_SECONDS = 300, 1800, 60


@dataclass(frozen=True)
class Teacher:
    """Per photo the likeliest ImageNet classes of a larger network and their probabilities, all 0 for a photo it did not see."""

    classes: np.ndarray
    probability: np.ndarray

    @classmethod
    def read(cls, path: Path, ids: list[str]) -> Teacher:
        file = np.load(path)
        row = {str(id_): i for i, id_ in enumerate(file["ids"])}
        rows = np.array([row.get(id_, -1) for id_ in ids])
        logits = torch.from_numpy(file["logits"].astype(np.float32))
        probability = logits.softmax(1).numpy()[rows] * (rows >= 0)[:, None]
        return cls(file["classes"].astype(np.int64)[rows], probability.astype(np.float32))


class Draws(IterableDataset):
    """Endless batches, drawn by weight: (pictures [N, side, side, 3] uint8, leaves, collections, teacher's classes, probabilities)."""

    def __init__(self, sets: list[Photos], weights: np.ndarray, teacher: Teacher, batch: int, side: int, seed: int):
        self.sets, self.teacher, self.batch, self.side, self.seed = sets, teacher, batch, side, seed
        self.leaves = np.concatenate([photos.leaves for photos in sets])
        self.collections = np.concatenate([photos.collections for photos in sets])
        self.place = [(s, i) for s, photos in enumerate(sets) for i in range(len(photos))]
        self.cumulated = np.cumsum(weights / weights.sum())

    def __iter__(self) -> Iterator[tuple[Tensor, ...]]:
        worker = get_worker_info()
        random = Random(self.seed * 1000 + (worker.id if worker else 0))
        while True:
            drawn = np.searchsorted(self.cumulated, [random.random() * self.cumulated[-1] for _ in range(self.batch)])
            pictures = np.stack([crop(self.sets[s][i], self.side, random) for s, i in (self.place[d] for d in drawn)])
            columns = (pictures, self.leaves, self.collections, self.teacher.classes, self.teacher.probability)
            yield tuple(torch.from_numpy(c if c is pictures else c[drawn]) for c in columns)


def sampling_weights(sets: list[Photos], large_times: float) -> np.ndarray:
    """Rare collections and sources more often: count ^ -1/2 and count ^ -1/4; photos of the second set `large_times` as often."""
    collections = np.concatenate([photos.collections for photos in sets])
    sources = [source for photos in sets for source in photos.sources]
    per_collection, per_source = Counter(collections.tolist()), Counter(sources)
    weights = [
        per_collection[c] ** -0.5 * per_source[s] ** -0.25 for c, s in zip(collections.tolist(), sources, strict=True)
    ]
    times = np.concatenate([np.full(len(photos), factor) for photos, factor in zip(sets, (1.0, large_times), strict=True)])
    return np.array(weights) * times


class Loss(nn.Module):
    """Summed over exits: leaf (smoothed), collection, the teacher's ImageNet classes, and what all exits think together.

    The mean of the exits is righter than any one of them (by 1.7 points when it was tried), so it teaches each.

    The second classifier per exit, over ImageNet's classes, is thrown away after training. It starts at 0, so that
    weights that are already good are not disturbed.
    """

    def __init__(self, network: RANet, labels: Labels, together: float):
        super().__init__()
        self.together = together
        self.heads = nn.ModuleList(nn.Linear(exit_.linear.in_features, IMAGENET_CLASSES) for exit_ in network.classifier)
        for head in self.heads:
            nn.init.zeros_(head.weight)
        self.register_buffer("membership", labels.membership(), persistent=False)

    def forward(self, exits: list[Tensor], opinions: list[Tensor], leaf: Tensor, collection: Tensor, classes: Tensor, taught: Tensor) -> Tensor:
        mean_opinion = torch.stack([(logits.detach() / 2).softmax(1) for logits in exits]).mean(0)
        filed = collection >= 0
        total = exits[0].new_zeros(())
        for logits, opinion in zip(exits, opinions, strict=True):
            total = total + mean(F.cross_entropy(logits, leaf.clamp_min(0), label_smoothing=0.05, reduction="none"), leaf >= 0)
            right = (logits.softmax(1) @ self.membership).gather(1, collection.clamp_min(0)[:, None])[:, 0]
            # Without a leaf of its own a photo teaches by its collection alone, and more strongly.
            strength = torch.where(leaf >= 0, 0.5, 1.5)
            total = total + mean(-strength * right.clamp_min(1e-6).log(), filed)
            total = total - (taught * opinion.log_softmax(1).gather(1, classes)).sum(1).mean()
            apart = F.kl_div((logits / 2).log_softmax(1), mean_opinion, reduction="none").sum(1)
            total = total + self.together * 4 * mean(apart, filed)
        return total


def mean(values: Tensor, where: Tensor) -> Tensor:
    """Over the whole batch, counting 0 where not `where`."""
    return (values * where).mean()


def rate(share: float, peak: float) -> float:
    """The learning rate after this share of the stretch: 3 % of rising, then half a cosine to 0."""
    return peak * min(share / 0.03, 0.5 * (1 + math.cos(math.pi * min(share, 1))))


class Run:
    """All that changes while training, and the file it goes on from."""

    def __init__(self, options: argparse.Namespace, network: RANet, loss: Loss):
        self.network, self.loss = network, loss
        self.average = copy.deepcopy(network).eval()
        self.seconds, self.samples, self.steps = 0.0, 0, 0
        parameters = [*network.parameters(), *loss.heads.parameters()]
        groups = [
            {"params": [p for p in parameters if p.ndim > 1], "weight_decay": options.weight_decay},
            {"params": [p for p in parameters if p.ndim == 1], "weight_decay": 0.0},
        ]
        self.optimizer = torch.optim.SGD(groups, lr=0.0, momentum=0.9, nesterov=True)
        self.path = options.out / "state.pt"

    def parts(self) -> dict[str, nn.Module | torch.optim.Optimizer]:
        return {"network": self.network, "average": self.average, "loss": self.loss, "optimizer": self.optimizer}

    def save(self) -> None:
        state = {name: part.state_dict() for name, part in self.parts().items()}
        torch.save({**state, "seconds": self.seconds, "samples": self.samples, "steps": self.steps}, self.path.with_suffix(".new"))
        os.replace(self.path.with_suffix(".new"), self.path)

    def resume(self) -> None:
        state = torch.load(self.path, map_location="cpu", weights_only=True)
        for name, part in self.parts().items():
            part.load_state_dict(state[name])
        self.seconds, self.samples, self.steps = state["seconds"], state["samples"], state["steps"]

    def follow(self) -> None:
        """Let the averaged network follow the trained one."""
        average, network = self.average.state_dict().values(), self.network.state_dict().values()
        pairs = [(a, n) for a, n in zip(average, network, strict=True) if a.is_floating_point()]
        # At first the average is short, so that it forgets an untrained start.
        self.steps += 1
        decay = min(AVERAGE_DECAY, (1 + self.steps) / (10 + self.steps))
        torch._foreach_lerp_([a for a, _ in pairs], [n for _, n in pairs], 1 - decay)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, required=True, help="*.config.json; its `config` is the network")
    parser.add_argument("--labels", type=Path, required=True, help="*.labels.json: the classes")
    parser.add_argument("--init", type=Path, help="checkpoint to start from as weights")
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--cache", type=Path, required=True, help="folder for decoded photos (about 1.5 GB)")
    parser.add_argument("--out", type=Path, required=True, help="folder for the run's state")
    parser.add_argument("--minutes", type=float, required=True, help="of training, over all stretches of this run")
    parser.add_argument("--lr", type=float, default=0.05, help="peak learning rate")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--weight-decay", type=float, default=5e-5, help="on weights, not on biases and normalisation")
    parser.add_argument("--large-times", type=float, default=3, help="how much more often a photo of the large set is drawn")
    parser.add_argument("--together", type=float, default=0.5, help="weight of all exits' mean teaching each exit")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=1, help="processes that cut and augment photos")
    options = parser.parse_args()

    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    labels = Labels.read(options.labels)
    network = checkpoint.read(options.init, options.config) if options.init else RANet(checkpoint.read_config(options.config))
    network = network.to(device, memory_format=torch.channels_last)
    run = Run(options, network, Loss(network, labels, options.together).to(device))
    if run.path.exists():
        run.resume()
    torch.manual_seed(run.samples)
    (options.out / "recipe.json").write_text(json.dumps(vars(options), default=str, indent=1))
    train(options, run, labels, device)


def train(options: argparse.Namespace, run: Run, labels: Labels, device: torch.device) -> None:
    side = run.network.config.inputSize
    sets = [load(options.data, options.cache, name, labels, side) for name in ("small-train", "large-train")]
    judged = load(options.data, options.cache, "small-val", labels, side)
    teacher = Teacher.read(options.data / "teacher-imagenet.npz", [id_ for photos in sets for id_ in photos.ids])
    draws = Draws(sets, sampling_weights(sets, options.large_times), teacher, options.batch, side, run.samples + 1)
    loader = DataLoader(draws, batch_size=None, num_workers=options.workers, pin_memory=device.type == "cuda")

    stopped = False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    before, began = run.seconds, time.monotonic()
    saved = judged_at = reported = run.seconds
    samples, summed, steps = run.samples, 0.0, 0
    for batch in loader:
        run.seconds = before + time.monotonic() - began
        if stopped or run.seconds >= options.minutes * 60:
            break
        summed += step(options, run, [part.to(device, non_blocking=True) for part in batch])
        steps += 1
        run.samples += options.batch
        if run.seconds - reported > REPORT_SECONDS:
            speed = (run.samples - samples) / (run.seconds - reported)
            print(f"{run.seconds / 60:.1f} min, {run.samples} samples, {speed:.0f} a second, loss {summed / steps:.3f}", flush=True)
            samples, summed, steps, reported = run.samples, 0.0, 0, run.seconds
        if run.seconds - saved > SAVE_SECONDS:
            run.save()
            saved = run.seconds
        if run.seconds - judged_at > JUDGE_SECONDS:
            judge(run, judged, labels, device)
            judged_at = run.seconds
    run.save()
    judge(run, judged, labels, device)


def step(options: argparse.Namespace, run: Run, batch: list[Tensor]) -> float:
    pictures, leaf, collection, classes, taught = batch
    run.network.train()
    for group in run.optimizer.param_groups:
        group["lr"] = rate(run.seconds / (options.minutes * 60), options.lr)
    x = normalise(recolour(pictures.permute(0, 3, 1, 2).float() / 255)).contiguous(memory_format=torch.channels_last)
    with torch.autocast(x.device.type, torch.bfloat16, enabled=computes_bfloat16(x.device)):
        pooled = run.network.pooled(x)
        exits = [exit_.linear(p).float() for exit_, p in zip(run.network.classifier, pooled, strict=True)]
        opinions = [head(p).float() for head, p in zip(run.loss.heads, pooled, strict=True)]
    loss = run.loss(exits, opinions, leaf, collection, classes, taught)
    run.optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_([p for group in run.optimizer.param_groups for p in group["params"]], 10.0)
    run.optimizer.step()
    run.follow()
    return loss.item()


def computes_bfloat16(device: torch.device) -> bool:
    """Whether it has instructions for them: a CPU that has not took ten times as long as with float32."""
    return device.type != "cpu" or torch.cpu._is_avx512_bf16_supported()


def judge(run: Run, photos: Photos, labels: Labels, device: torch.device) -> None:
    shares = accuracy(run.average, photos, labels, device)
    print(f"{run.seconds / 60:.1f} min: small-val right per exit, %: " + " ".join(f"{share:.2f}" for share in shares), flush=True)


if __name__ == "__main__":
    main()
