"""Pictures for learning: what varies between photos, and what would give away where a photo comes from.

Sources differ in sharpness, size and compression, and a network learns such clues; so a crop is now and then made
coarser or saved again. `crop` works on one photo in a loader's process, `recolour` on a batch on the device.
"""

from __future__ import annotations

import io
import math
from random import Random

import numpy as np
import torch
from PIL import Image
from torch import Tensor

KERNELS = (Image.Resampling.BILINEAR, Image.Resampling.BICUBIC, Image.Resampling.LANCZOS)


def crop(photo: np.ndarray, side: int, random: Random) -> np.ndarray:
    """A random part of the photo (35 to 100 % of the largest square's area, sides 3:4 to 4:3) as [side, side, 3]."""
    height, width = photo.shape[:2]
    area = random.uniform(0.35, 1) * min(height, width) ** 2
    aspect = math.exp(random.uniform(-1, 1) * math.log(4 / 3))
    w, h = min(width, math.sqrt(area * aspect)), min(height, math.sqrt(area / aspect))
    left, top = random.uniform(0, width - w), random.uniform(0, height - h)
    image, box = Image.fromarray(photo), (left, top, left + w, top + h)
    if random.random() < 0.2:
        coarse = random.randint(side * 3 // 8, side)
        image, box = image.resize((coarse, coarse), random.choice(KERNELS), box), None
    image = image.resize((side, side), random.choice(KERNELS), box)
    if random.random() < 0.25:
        saved = io.BytesIO()
        image.save(saved, random.choice(("JPEG", "WEBP")), quality=random.randint(35, 90), method=0)
        image = Image.open(saved).convert("RGB")
    if random.random() < 0.5:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return np.asarray(image)


def recolour(x: Tensor) -> Tensor:
    """Brightness, contrast and cast of each picture changed a little, 8 % made grey; `x` is [N, 3, side, side] in 0 … 1."""
    n = len(x)

    def around(one: float, *shape: int) -> Tensor:
        return 1 + one * (2 * torch.rand(*shape, device=x.device) - 1)

    mean = x.mean((1, 2, 3), keepdim=True)
    x = (x - mean) * around(0.3, n, 1, 1, 1) + mean * around(0.3, n, 1, 1, 1)
    x = x * around(0.08, n, 3, 1, 1)
    light = x.new_tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)
    grey = torch.rand(n, 1, 1, 1, device=x.device) < 0.08
    return torch.where(grey, (x * light).sum(1, keepdim=True), x).clamp(0, 1)
