"""Linear heads on frozen features: multinomial logistic regression, with a second opinion beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

LEAST = 1e-4  # added to an opinion's probabilities before their logarithm
ITERATIONS = 60


@dataclass(frozen=True)
class Head:
    weight: np.ndarray  # [collections, features]
    bias: np.ndarray

    def __call__(self, x: np.ndarray) -> np.ndarray:
        return x @ self.weight.T + self.bias


def fit(x: np.ndarray, y: np.ndarray, share: np.ndarray, stiffness: float, collections: int) -> Head:
    """`share` weighs the samples, `stiffness` the squared weights of the standardised features."""
    mean, scale = x.mean(0), 1 / (x.std(0) + 1e-3)
    inputs = torch.from_numpy((x - mean) * scale)
    targets, shares = torch.from_numpy(y), torch.from_numpy((share / share.sum()).astype(np.float32))
    weight = torch.zeros(x.shape[1], collections, requires_grad=True)
    bias = torch.zeros(collections, requires_grad=True)
    search = torch.optim.LBFGS([weight, bias], max_iter=ITERATIONS, history_size=10, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        search.zero_grad()
        wrong = torch.nn.functional.cross_entropy(inputs @ weight + bias, targets, reduction="none")
        value = (shares * wrong).sum() + stiffness / 2 * weight.square().sum()
        value.backward()
        return value

    search.step(loss)
    found = weight.detach().numpy() * scale[:, None]
    return Head(found.T.astype(np.float32), (bias.detach().numpy() - mean @ found).astype(np.float32))


def opinion(x: np.ndarray, classifier: tuple[np.ndarray, np.ndarray], membership: np.ndarray) -> np.ndarray:
    """Logarithm of the summed probability of each collection's classes; `membership` is [classes, collections]."""
    return np.log(np.exp(log_softmax(x @ classifier[0].T + classifier[1])) @ membership + LEAST)


def log_softmax(z: np.ndarray) -> np.ndarray:
    z = z - z.max(1, keepdims=True)
    return z - np.log(np.exp(z).sum(1, keepdims=True))


def folds(sources: np.ndarray, count: int) -> list[np.ndarray]:
    """Sources in `count` lots of about as many photos; per lot the names of its sources."""
    names, photos = np.unique(sources, return_counts=True)
    lots: list[list[str]] = [[] for _ in range(count)]
    held = [0] * count
    for i in np.argsort(-photos, kind="stable"):
        lot = int(np.argmin(held))
        lots[lot].append(names[i])
        held[lot] += photos[i]
    return [np.array(lot) for lot in lots]
