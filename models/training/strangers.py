"""What the exits of a pack think of photos from sources that no part of it has seen, beside photos from known sources.

The RANet must be one that learnt from the small photos only: sources that only the large photos have are strangers to it.
The heads of the closer looks are fitted here: for the strangers without their sources, some lots one after the other.
"""

from __future__ import annotations

import io
import json
from argparse import Namespace
from dataclasses import dataclass

import numpy as np
from PIL import Image

import heads
import lite
from data import members, table
from frozen import Stages, file_of, rows_of, tensor
from looks import LOOKS, collections, membership, samples, weights_of
from views import previewed

VIEW = "previewed"  # as `squint packs calibrate --previews` sees them
SETS = ("large-val", "large-train")
STIFFNESS, TRUST = 3e-2, 0.1  # as `looks.py fit` chose them
LOTS = 5


@dataclass(frozen=True)
class Opinions:
    """Of the likeliest collection, [exits, photos]."""

    confidence: np.ndarray
    right: np.ndarray
    sources: np.ndarray


@dataclass(frozen=True)
class Exit:
    logits: np.ndarray  # [photos, classes]
    classes: np.ndarray  # [classes, collections], 1 where the class belongs to the collection

    def probabilities(self, photos: np.ndarray, temperature: float) -> np.ndarray:
        return np.exp(heads.log_softmax(self.logits[photos] / temperature)) @ self.classes

    def temperature(self, photos: np.ndarray, truth: np.ndarray) -> float:
        """At which the true collections of these photos are likeliest."""

        def doubt(temperature: float) -> float:
            return -np.log(self.probabilities(photos, temperature)[np.arange(len(photos)), truth[photos]] + 1e-12).mean()

        return float(min(np.geomspace(0.4, 2.5, 60), key=doubt))


def opinions(options: Namespace) -> tuple[Opinions, Opinions]:
    """Of known sources, photos of val only, as the others were learnt from; of strangers all."""
    rows = [row | {"set": name} for name in SETS for row in rows_of(options.data, name)]
    titles = list(collections(options.data))
    truth = np.array([titles.index(row["collection"]) for row in rows])
    sources = np.array([row["source"] for row in rows])
    strange = ~np.isin(sources, [row["source"] for row in table(options.data, "small-train")])
    known = np.flatnonzero(~strange & np.array([row["set"] == "large-val" for row in rows]))
    exits = [*ranet_exits(options), *(look_exit(options, networks, sources, strange) for networks in LOOKS.values())]
    temperatures = [at.temperature(known, truth) for at in exits]

    def of(photos: np.ndarray) -> Opinions:
        found = np.stack([at.probabilities(photos, t) for at, t in zip(exits, temperatures, strict=True)])
        return Opinions(found.max(2), found.argmax(2) == truth[photos], sources[photos])

    return of(known), of(np.flatnonzero(strange))


def ranet_exits(options: Namespace) -> list[Exit]:
    network = Stages(options.ranet)
    labels = json.loads((options.ranet / "labels.json").read_text(encoding="utf8"))
    keys = [entry["key"] for entry in labels["collections"]]
    classes = np.eye(len(keys))[[keys.index(leaf["collection"]) for leaf in labels["leaves"]]]
    found: dict[str, np.ndarray] = {}
    for key, raw in members(options.data, SETS[0]):  # the archives hold all sets
        picture = previewed(Image.open(io.BytesIO(raw)).convert("RGB"), [network.side])[0]
        found[key] = np.concatenate([logits for logits, _ in network.exits(tensor(picture, network))])
    logits = np.stack([found[row["id"]] for name in SETS for row in rows_of(options.data, name)], 1)
    return [Exit(at, classes) for at in logits]


def look_exit(options: Namespace, networks: tuple[str, ...], sources: np.ndarray, strange: np.ndarray) -> Exit:
    files = [[file_of(options.cache, name, VIEW, network) for name in SETS] for network in networks]
    vectors = [np.concatenate([np.load(file).astype(np.float32) for file in some]) for some in files]
    classifier = lite.Weights(weights_of(options, networks[-1])).classifier()
    x, second = np.concatenate(vectors, 1), heads.opinion(vectors[-1], classifier, membership(options.data))
    learnt = samples(options, networks, True)
    logits = np.zeros((len(x), second.shape[1]))
    for lot in [sources[:0], *heads.folds(sources[strange], LOTS)]:
        kept, held = ~np.isin(learnt.sources, lot), np.isin(sources, lot) if len(lot) else ~strange
        head = heads.fit(learnt.x[kept], learnt.y[kept], learnt.share[kept], STIFFNESS, second.shape[1])
        logits[held] = heads.log_softmax(head(x[held])) + TRUST * second[held]
    return Exit(logits, np.eye(second.shape[1]))
