"""The closer looks behind a RANet: EfficientNet-Lite with its published weights, and heads fitted here.

    python looks.py features --ranet DIR --lite0 FILE --lite2 FILE --data ../../../shared/data --cache DIR
    python looks.py fit --lite0 FILE --lite2 FILE --data ../../../shared/data --cache DIR
    python looks.py export --ranet DIR --lite0 FILE --lite2 FILE --data ../../../shared/data --cache DIR --to DIR

`features` runs the frozen networks over the photos and keeps what is there already; `fit` fits the heads by folds over
sources; `export` writes one ONNX file and the NETWORK.json for `squint packs join` per look. `fit --alone` and `export
--alone` do the same for single networks that see every photo, for comparison; those are for `squint packs import`.
"""

from __future__ import annotations

import argparse
import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

import heads
import lite
from frozen import BODIES, VIEWS, features, file_of, length_of, rows_of

# Whose features a head joins, its own network last.
LOOKS = {"look-104": ("ranet", "look-104"), "look-224": ("ranet", "look-104", "look-224")}
ALONE = {"lite0-64": ("lite0-64",), "lite0-104": ("look-104",), "lite2-224": ("look-224",)}

LEARNT = [(name, view) for name, some in VIEWS.items() if name.endswith("train") for view in some]
JUDGED = [("large-train", "plain"), ("large-train", "previewed")]
SMALL_SHARE = 0.33  # what a small photo counts beside a view of a large one
FOLDS = 10
STIFFNESS = (1e-2, 3e-2)
TRUST = (0.0, 0.1, 0.2, 0.3, 0.4)
NOTICE = """{file} holds weights of EfficientNet-Lite as published by Google, converted to PyTorch by ML Illustrated ({weights},
Copyright 2020 ML Illustrated), changed here: batch norm folded, stored as float16, joined with a head of its own.
Licensed under the Apache License, Version 2.0: https://www.apache.org/licenses/LICENSE-2.0
Distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
"""


@dataclass(frozen=True)
class Samples:
    x: np.ndarray  # features of the networks, joined
    second: np.ndarray  # the second opinion, see heads.opinion
    y: np.ndarray  # numbers of collections
    sources: np.ndarray
    share: np.ndarray  # what each counts


def weights_of(options: argparse.Namespace, network: str) -> Path:
    return getattr(options, BODIES[network][0])


def samples(options: argparse.Namespace, names: tuple[str, ...], learning: bool) -> Samples:
    """Of the training photos: every view for learning; for judging the large photos as they come in use."""
    classifier, classes = lite.Weights(weights_of(options, names[-1])).classifier(), membership(options.data)
    titles = list(collections(options.data))
    parts = []
    for name, view in LEARNT if learning else JUDGED:
        rows = rows_of(options.data, name)
        vectors = [np.load(file_of(options.cache, name, view, network)).astype(np.float32) for network in names]
        y = np.array([titles.index(row["collection"]) for row in rows])
        second = heads.opinion(vectors[-1], classifier, classes)
        counts = np.full(len(y), SMALL_SHARE if name == "small-train" else 1)
        parts.append((np.concatenate(vectors, 1), second, y, np.array([row["source"] for row in rows]), counts))
    x, second, y, sources, share = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Samples(x, second, y, sources, share * np.bincount(y, share, len(titles))[y] ** -0.5)


def fit(options: argparse.Namespace) -> None:
    torch.set_num_threads(options.threads)
    count = len(collections(options.data))
    for look, names in (ALONE if options.alone else LOOKS).items():
        learnt, judged = samples(options, names, True), samples(options, names, False)
        _, source, photos = np.unique(judged.sources, return_inverse=True, return_counts=True)
        equal = 1 / photos[source] / len(photos)  # every source counts alike, as a person's photos are one more source
        best = (np.inf, 0.0, 0.0)
        for stiffness in STIFFNESS:
            doubt, right = np.zeros(len(TRUST)), np.zeros(len(TRUST))
            for lot in heads.folds(judged.sources, FOLDS):
                keep, held = ~np.isin(learnt.sources, lot), np.isin(judged.sources, lot)
                head = heads.fit(learnt.x[keep], learnt.y[keep], learnt.share[keep], stiffness, count)
                z = heads.log_softmax(head(judged.x[held]))
                for i, trust in enumerate(TRUST):
                    p = heads.log_softmax(z + trust * judged.second[held])
                    doubt[i] -= equal[held] @ p[np.arange(len(p)), judged.y[held]]
                    right[i] += equal[held] @ (p.argmax(1) == judged.y[held])
            told = ", ".join(f"trust {t}: {100 * r:.1f} % right, {d:.3f}" for t, r, d in zip(TRUST, right, doubt, strict=True))
            print(f"{look}, stiffness {stiffness}: {told}", flush=True)
            best = min(best, (float(doubt.min()), stiffness, TRUST[int(doubt.argmin())]))
        _, stiffness, trust = best
        head = heads.fit(learnt.x, learnt.y, learnt.share, stiffness, count)
        print(f"{look}: stiffness {stiffness}, trust {trust}", flush=True)
        np.savez(options.cache / f"{look}.npz", weight=head.weight, bias=head.bias, trust=trust)


def export(options: argparse.Namespace) -> None:
    exits = len(json.loads((options.ranet / "NETWORK.json").read_text(encoding="utf8"))["stages"])  # of the RANet
    titles = collections(options.data)
    for name, networks in (ALONE if options.alone else LOOKS).items():
        inputs = [f"exit{exits + earlier}.features" for earlier in range(len(networks) - 1)]
        _, side, enlarged = BODIES[networks[-1]]
        head, folder = np.load(options.cache / f"{name}.npz"), options.to / name
        weights = lite.Weights(weights_of(options, networks[-1]))
        graph = lite.Graph()
        own = lite.add_body(graph, weights, "picture", side, enlarged)
        joined = graph.add("Concat", *inputs, own, axis=1) if inputs else own
        logits = graph.add("Gemm", joined, graph.constant(head["weight"]), graph.constant(head["bias"]), transB=1)
        classes = [graph.constant(part, half=part.ndim == 2) for part in weights.classifier()]
        likely = graph.add("Softmax", graph.add("Gemm", own, *classes, transB=1), axis=1)
        summed = graph.add("MatMul", likely, graph.constant(membership(options.data)))
        doubted = graph.add("Log", graph.add("Add", summed, graph.constant(np.float32(heads.LEAST))))
        graph.add("Add", logits, graph.add("Mul", doubted, graph.constant(np.float32(head["trust"]))), result="logits")
        lengths = [length_of(options.cache, network) for network in networks]
        model = graph.model(
            {"picture": ["N", 3, side, side]} | {n: ["N", length] for n, length in zip(inputs, lengths, strict=False)},
            {"logits": ["N", len(titles)], "features": ["N", lengths[-1]]},
        )
        network = {
            "kind": "graphs",
            "side": side,
            "preprocessing": {"crop": "centre", "filter": "lanczos3", "mean": [lite.MEAN] * 3, "std": [lite.STD] * 3},
            "classes": [{"name": title, "collection": key} for title, key in titles.items()],
            "stages": [{"file": f"{name}.onnx", "inputs": ["picture", *inputs]}],
        }
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.onnx").write_bytes(model.SerializeToString())
        (folder / "NETWORK.json").write_text(json.dumps(network, indent=2) + "\n", encoding="utf8")
        notice = NOTICE.format(file=f"{name}.onnx", weights=weights_of(options, networks[-1]).name)
        (folder / "NOTICE").write_text(notice, encoding="utf8")
        if options.alone:
            (folder / "labels.json").write_bytes((options.ranet / "labels.json").read_bytes())


def collections(data: Path) -> dict[str, str]:
    """Key by title, in order."""
    entries = json.loads((data / "collections.json").read_text(encoding="utf8"))
    return {entry["title"]: entry["key"] for entry in entries}


def membership(data: Path) -> np.ndarray:
    """[1000, collections], 1 where photos of the ImageNet class belong into the collection."""
    titles = list(collections(data))
    found = np.zeros((1000, len(titles)), np.float32)
    with open(data / "imagenet-collections.tsv", encoding="utf8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if row["collection"]:
                found[int(row["class"]), titles.index(row["collection"])] = 1
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for act in (features, fit, export):
        command = commands.add_parser(act.__name__)
        command.set_defaults(act=act)
        command.add_argument("--data", type=Path, required=True, help="the data folder")
        command.add_argument("--cache", type=Path, required=True, help="folder for the networks' features")
        if act is not fit:
            command.add_argument("--ranet", type=Path, required=True, help="what `squint packs export PACK --onnx DIR` wrote")
        if act is features:
            command.add_argument("--processes", type=int, default=2)
        if act is fit:
            command.add_argument("--threads", type=int, default=2)
        if act is not features:
            command.add_argument("--alone", action="store_true", help="the networks that see every photo, each alone")
        if act is export:
            command.add_argument("--to", type=Path, required=True, help="gets a folder per look")
        command.add_argument("--lite0", type=Path, required=True, help="efficientnet-lite0-*.pth of the package")
        command.add_argument("--lite2", type=Path, required=True, help="efficientnet-lite2-*.pth of the package")
    options = parser.parse_args()
    options.act(options)


if __name__ == "__main__":
    main()
