"""What the classes mean: the leaves in class order, each under a collection, as a `*.labels.json` says it."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor


@dataclass(frozen=True)
class Labels:
    document: dict  # the whole file, to be written beside an exported checkpoint
    leaves: list[str]
    collections: list[str]  # keys
    collection_of: np.ndarray  # per leaf, the number of its collection

    @classmethod
    def read(cls, path: str) -> Labels:
        with open(path, encoding="utf8") as file:
            document = json.load(file)
        keys = [collection["key"] for collection in document["collections"]]
        of = np.array([keys.index(leaf["collection"]) for leaf in document["leaves"]])
        return cls(document, [leaf["leaf"] for leaf in document["leaves"]], keys, of)

    def membership(self) -> Tensor:
        """[leaves, collections], 1 where the leaf belongs to the collection: probabilities times this are the collections'."""
        return torch.nn.functional.one_hot(torch.from_numpy(self.collection_of), len(self.collections)).float()
