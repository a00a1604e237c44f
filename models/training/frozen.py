"""The frozen networks of a pack run over the photos once; their features are kept in a folder outside the checkout.

A file is [photos, features] float16 for one set of photos, one view of them and one network. Delete a network's files to
have them made anew, as when the RANet has other weights.
"""

from __future__ import annotations

import io
import json
import multiprocessing
import time
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
import onnxruntime
from PIL import Image

import lite
import views
from data import members, table

# Weights, side of the picture, side that the network works at.
BODIES = {"lite0-64": ("lite0", 64, 64), "look-104": ("lite0", 104, 160), "look-224": ("lite2", 224, 224)}
NETWORKS = ("ranet", *BODIES)
VIEWS = {
    "large-train": ("plain", "previewed", "rough", "cut"),
    "large-val": ("plain", "previewed"),
    "large-unseen": ("plain", "previewed"),
    "small-train": ("plain",),
}


def rows_of(data: Path, name: str) -> list[dict[str, str]]:
    """Those of the tables but the smallest photos, which are too small for a closer look."""
    return [row for row in table(data, name) if "original_width" in row]


def file_of(cache: Path, name: str, view: str, network: str) -> Path:
    return cache / f"{name}-{view}-{network}.npy"


def length_of(cache: Path, network: str) -> int:
    return np.load(file_of(cache, "large-val", "plain", network), mmap_mode="r").shape[1]


class Stages:
    """A network as `squint packs export` writes it, run stage by stage on one thread."""

    def __init__(self, folder: Path):
        document = json.loads((folder / "NETWORK.json").read_text(encoding="utf8"))
        self.side, self.stages = document["side"], document["stages"]
        self.mean, self.std = (np.array(document["preprocessing"][part], np.float32) for part in ("mean", "std"))
        self.sessions = [session((folder / stage["file"]).read_bytes()) for stage in self.stages]

    def exits(self, picture: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Logits and features of one exit after the other."""
        tensors = {"picture": picture}
        for stage, run in zip(self.stages, self.sessions, strict=True):
            found = run.run(None, {name: tensors[name] for name in stage["inputs"]})
            tensors.update(zip((output.name for output in run.get_outputs()), found, strict=True))
            yield tensors["logits"], tensors["features"]

    def features(self, picture: np.ndarray) -> np.ndarray:
        """Those of the last exit."""
        return list(self.exits(picture))[-1][1]


class Body:
    """An EfficientNet-Lite without a head."""

    def __init__(self, path: Path, side: int, enlarged: int):
        self.side, self.mean, self.std = side, np.float32(lite.MEAN), np.float32(lite.STD)
        graph = lite.Graph()
        pooled = lite.add_body(graph, lite.Weights(path), "picture", side, enlarged)
        self.run = session(graph.model({"picture": ["N", 3, side, side]}, {pooled: ["N", "F"]}).SerializeToString())

    def features(self, picture: np.ndarray) -> np.ndarray:
        return self.run.run(None, {"picture": picture})[0]


def tensor(picture: Image.Image, network: Stages | Body) -> np.ndarray:
    """[1, 3, side, side], as the network takes it."""
    x = (np.asarray(picture, np.float32) / 255 - network.mean) / network.std
    return x.transpose(2, 0, 1)[None]


def session(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def view_of(image: Image.Image, view: str, sides: list[int], key: str, learning: bool) -> list[Image.Image]:
    """The same for the same photo each time."""
    random = Random(f"{view} {key}")
    make = getattr(views, view)
    if learning:
        make = views.mirrored(make, random)
    return make(image, sides, random) if view in ("rough", "cut") else make(image, sides)


class Work:
    """What a process of `features` does with one photo; its networks are opened once."""

    def __init__(self, options: Namespace):
        self.networks = {"ranet": Stages(options.ranet)}
        for name, (weights, *sides) in BODIES.items():
            self.networks[name] = Body(getattr(options, weights), *sides)

    def __call__(self, task: tuple[int, str, bytes, bool, dict[str, list[str]]]) -> tuple[int, dict[tuple[str, str], np.ndarray]]:
        place, key, raw, learning, wanted = task
        image = Image.open(io.BytesIO(raw)).convert("RGB")
        found = {}
        sides = [network.side for network in self.networks.values()]
        for view, names in wanted.items():
            for picture, (name, network) in zip(view_of(image, view, sides, key, learning), self.networks.items(), strict=True):
                if name in names:
                    found[view, name] = network.features(tensor(picture, network))[0]
        return place, found


def begin(options: Namespace) -> None:
    global work
    work = Work(options)


def do(task: tuple) -> tuple:
    return work(task)


def features(options: Namespace) -> None:
    options.cache.mkdir(parents=True, exist_ok=True)
    with multiprocessing.get_context("spawn").Pool(options.processes, begin, (options,)) as pool:
        for name in VIEWS:
            wanted = {view: [n for n in NETWORKS if not file_of(options.cache, name, view, n).exists()] for view in VIEWS[name]}
            wanted = {view: names for view, names in wanted.items() if names}
            if not wanted:
                continue
            started, places = time.time(), {row["id"]: i for i, row in enumerate(rows_of(options.data, name))}
            tasks = ((places[key], key, raw, name.endswith("train"), wanted) for key, raw in members(options.data, name) if key in places)
            found: dict[tuple[str, str], np.ndarray] = {}
            for place, some in pool.imap_unordered(do, tasks, 16):
                for what, vector in some.items():
                    found.setdefault(what, np.zeros((len(places), len(vector)), np.float16))[place] = vector
            for (view, network), vectors in found.items():
                np.save(file_of(options.cache, name, view, network), vectors)
            print(f"{name}: {len(places)} photos, {', '.join(wanted)}, {time.time() - started:.0f} s", flush=True)
