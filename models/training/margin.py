"""How much surer must a pack be of photos from a source that it never saw? The margins for `squint packs calibrate`.

    python margin.py --pack DIR --ranet DIR --lite0 FILE --lite2 FILE --data ../../../shared/data --cache DIR

Thresholds and the review threshold are solved on photos of known sources, then tried on strangers (strangers.py, which
says what `--ranet` must be; `--cache` holds its features) with margins in log-odds. Costs are the milliseconds of
`--pack`. Every source counts alike. Nothing is read of `unseen`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from strangers import Opinions, opinions

RIGHT_AMONG_SORTED, OF_FULL = 0.93, {"saver": 0.95, "balanced": 0.99}
PRICES = np.geomspace(3e-3, 10, 40)  # what the way through all exits costs, in photos
CANDIDATES = 60  # thresholds tried at an exit
SURE = 0.8  # from here on thresholds lie
NOBODY = 2.0


def log_odds(confidence: np.ndarray) -> np.ndarray:
    confidence = np.clip(confidence, 1e-6, 1 - 1e-6)
    return np.log(confidence / (1 - confidence))


def shares(sources: np.ndarray) -> np.ndarray:
    names, place, photos = np.unique(sources, return_inverse=True, return_counts=True)
    return 1 / photos[place] / len(names)


def excess(confidence: np.ndarray, right: np.ndarray, share: np.ndarray) -> float:
    """Log-odds to be taken off so that being right or wrong as they were is likeliest for opinions of this confidence."""
    z = log_odds(confidence)
    return float(min(np.linspace(-2, 4, 121), key=lambda off: share @ np.logaddexp(0, np.where(right, off - z, z - off))))


def exits_of(photos: Opinions, thresholds: np.ndarray) -> np.ndarray:
    return (photos.confidence >= np.append(thresholds, 0)[:, None]).argmax(0)


def tried(photos: Opinions, thresholds: np.ndarray, cost: np.ndarray, share: np.ndarray) -> tuple[float, float]:
    """Share of right photos, and the mean cost."""
    exits = exits_of(photos, thresholds)
    return float(share @ photos.right[exits, np.arange(len(exits))]), float(share @ cost[exits])


def cheapest(photos: Opinions, cost: np.ndarray, least: float) -> dict[str, np.ndarray]:
    """Thresholds of each preset: descent along the exits for many prices; none below `least`."""
    share = np.full(photos.right.shape[1], 1 / photos.right.shape[1])
    best = {name: (np.inf, np.full(len(cost) - 1, NOBODY)) for name in OF_FULL}
    grid = [np.append(np.quantile(c[c >= least], np.linspace(0, 1, CANDIDATES)), NOBODY) for c in photos.confidence[:-1]]
    for price in PRICES / len(share) / cost[-1]:
        thresholds = np.full(len(cost) - 1, NOBODY)
        for k in [*range(len(grid)), *range(len(grid))]:
            found = []
            for candidate in grid[k]:
                thresholds[k] = candidate
                right, spent = tried(photos, thresholds, cost, share)
                found.append((right - price * spent, candidate))
                for name, of_full in OF_FULL.items():
                    if right >= of_full * photos.right[-1].mean() and spent < best[name][0]:
                        best[name] = (spent, thresholds.copy())
            thresholds[k] = max(found)[1]
    return {name: thresholds for name, (_, thresholds) in best.items()}


def review_of(photos: Opinions) -> float:
    """The smallest confidence of the last exit above which enough are right."""
    order = np.argsort(-photos.confidence[-1])
    enough = np.cumsum(photos.right[-1][order]) >= RIGHT_AMONG_SORTED * np.arange(1, len(order) + 1)
    return float(photos.confidence[-1][order[np.flatnonzero(enough)[-1]]])


def raised(threshold: np.ndarray, margin: np.ndarray | float) -> np.ndarray:
    return np.where(threshold < 1, 1 / (1 + np.exp(-log_odds(threshold) - margin)), threshold)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, required=True, help="a calibrated pack of these networks")
    parser.add_argument("--ranet", type=Path, required=True, help="what `squint packs export PACK --onnx DIR` wrote")
    parser.add_argument("--lite0", type=Path, required=True, help="efficientnet-lite0-*.pth of the package")
    parser.add_argument("--lite2", type=Path, required=True, help="efficientnet-lite2-*.pth of the package")
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--cache", type=Path, required=True, help="folder with the networks' features")
    options = parser.parse_args()

    known, strangers = opinions(options)
    share = shares(strangers.sources)
    print(f"{known.right.shape[1]} photos of known sources, {len(share)} of {len(set(strangers.sources))} strangers")
    for e, (confidence, right) in enumerate(zip(strangers.confidence, strangers.right, strict=True)):
        sure = confidence >= SURE
        off = excess(confidence[sure], right[sure], share[sure])
        told = f"{100 * known.right[e].mean():.1f} % of known sources right, {100 * share @ right:.1f} % of strangers"
        print(f"exit {e + 1}: {told}; of strangers' confidences from {SURE} on {off:.2f} too much")

    milliseconds = json.loads((options.pack / "pack.json").read_text(encoding="utf8"))["milliseconds"]
    cost = np.array([exit_["network"] + exit_["read"] for exit_ in milliseconds])
    review, solved = review_of(known), cheapest(known, cost, review_of(known))
    full = share @ strangers.right[-1]
    ranet = len(cost) - 2
    for margin in [(r, look) for r in (0, 0.8, 1.2, 1.6, 2) for look in (0, 0.4, 0.8, 1.2)]:
        told = []
        for name, thresholds in solved.items():
            right, spent = tried(strangers, raised(thresholds, np.repeat(margin, (ranet, 1))), cost, share)
            told.append(f"{name} {100 * right / full:.1f} % of full at {spent:.1f} ms")
        print(f"margins {margin}: {', '.join(told)}")
    for margin in (0, 0.4, 0.8, 1.2, 1.6):
        threshold = raised(np.array(review), margin)
        sorted_ = strangers.confidence[-1] >= threshold
        right = share[sorted_] @ strangers.right[-1][sorted_] / share[sorted_].sum()
        print(f"review margin {margin}: from {threshold:.2f} on, {100 * share[sorted_].sum():.1f} % of strangers sorted, {100 * right:.1f} % of them rightly")


if __name__ == "__main__":
    main()
