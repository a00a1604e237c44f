"""The photos, straight from the tars and zips of the data folder; decoded once into a cache folder.

Photos for learning are kept with their whole frame and a short side of at most 96 pixels; photos for judging as the
square that the network sees. A set is two files in the cache: the bytes of all photos, and where each one lies.
"""

from __future__ import annotations

import csv
import io
import json
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from labels import Labels

KEPT_SIDE = 96
SETS = ("small-train", "small-val", "small-unseen", "large-train", "large-val", "large-unseen")


@dataclass(frozen=True)
class Photos:
    ids: list[str]
    sources: list[str]
    leaves: np.ndarray  # number of the leaf, -1 where the network has no such leaf
    collections: np.ndarray  # number of the collection, -1 for none
    pixels: np.ndarray  # the bytes of all photos, one after the other
    starts: np.ndarray
    sizes: np.ndarray  # [photos, 2]: height, width

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, i: int) -> np.ndarray:
        height, width = self.sizes[i]
        start = self.starts[i]
        return self.pixels[start : start + height * width * 3].reshape(height, width, 3)


def square(image: Image.Image, side: int) -> Image.Image:
    """The preprocessing of the checkpoint: short side to `side` with Lanczos, then the middle."""
    width, height = image.size
    short = min(width, height)
    if short != side:
        image = image.resize((round(width * side / short), round(height * side / short)), Image.Resampling.LANCZOS)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    return image.crop((left, top, left + side, top + side))


def frame(image: Image.Image) -> Image.Image:
    factor = KEPT_SIDE / min(image.size)
    if factor >= 1:
        return image
    return image.resize((round(image.width * factor), round(image.height * factor)), Image.Resampling.LANCZOS)


def load(data: Path, cache: Path, name: str, labels: Labels, side: int) -> Photos:
    """One of SETS, decoded on the first call."""
    rows = table(data, name)
    kind = KEPT_SIDE if name.endswith("train") else side
    pixels, places = cache / f"{name}-{kind}.bin", cache / f"{name}-{kind}.npz"
    if not places.exists():
        cache.mkdir(parents=True, exist_ok=True)
        decode(data, name, rows, pixels, places, side)
    place = np.load(places)
    with open(data / "collections.json", encoding="utf8") as file:
        keys = {entry["title"]: entry["key"] for entry in json.load(file)}
    collections = [labels.collections.index(keys[row["collection"]]) if row["collection"] else -1 for row in rows]
    number = {leaf: i for i, leaf in enumerate(labels.leaves)}
    leaves = [number.get(row["leaf"], -1) for row in rows]
    # A leaf counts only where it stands for the same collection: "cardigan" is a garment here and a dog elsewhere.
    leaves = [i if i >= 0 and labels.collection_of[i] == c else -1 for i, c in zip(leaves, collections, strict=True)]
    return Photos(
        [row["id"] for row in rows],
        [row["source"] for row in rows],
        np.array(leaves),
        np.array(collections),
        np.memmap(pixels, np.uint8, "r"),
        place["starts"],
        place["sizes"],
    )


def table(data: Path, name: str) -> list[dict[str, str]]:
    scale, split = name.split("-")

    def read(file: str) -> list[dict[str, str]]:
        with open(data / file, encoding="utf8", newline="") as lines:
            return list(csv.DictReader(lines, delimiter="\t"))

    rows = [row for row in read("INDEX.tsv" if scale == "small" else "LARGE.tsv") if row["split"] == split]
    return rows + read("MORE.tsv") if name == "small-train" else rows


def decode(data: Path, name: str, rows: list[dict[str, str]], pixels: Path, places: Path, side: int) -> None:
    index = {row["id"]: i for i, row in enumerate(rows)}
    starts, sizes = np.zeros(len(rows), np.int64), np.zeros((len(rows), 2), np.int32)
    position = 0
    with open(pixels, "wb") as out:
        for key, raw in members(data, name):
            if key not in index:
                continue
            image = Image.open(io.BytesIO(raw)).convert("RGB")
            image = frame(image) if name.endswith("train") else square(image, side)
            starts[index[key]], sizes[index[key]] = position, (image.height, image.width)
            position += out.write(image.tobytes())
    missing = [row["id"] for row in rows if not sizes[index[row["id"]]].all()]
    if missing:
        raise SystemExit(f"{data}: expected every photo of {name} in its archives, {len(missing)} are missing, first {missing[0]}.")
    np.savez(places, starts=starts, sizes=sizes)


def members(data: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """Id and file of every photo in the archives that hold the set."""
    scale, split = name.split("-")
    patterns = ["photos-large-*.zip"] if scale == "large" else [f"photos-{split}*.tar"]
    if name == "small-train":
        patterns.append("photos-more-*.zip")
    for path in sorted(path for pattern in patterns for path in data.glob(pattern)):
        if path.suffix == ".tar":
            with tarfile.open(path) as tar:
                for member in tar:
                    file = tar.extractfile(member)
                    if file is not None:
                        yield Path(member.name).stem, file.read()
        else:
            with zipfile.ZipFile(path) as archive:
                for member in archive.namelist():
                    yield Path(member).stem, archive.read(member)
