"""The pictures that the networks of a pack get of one photo, as the reader would make them, and in worse versions to learn from."""

from __future__ import annotations

import io
from collections.abc import Callable
from random import Random

from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from data import square

PREVIEW = (160, 120)


def plain(image: Image.Image, sides: list[int]) -> list[Image.Image]:
    """As the reader makes them: the largest square from the photo, every smaller one from that square."""
    largest = square(image, max(sides))
    return [largest if side == largest.width else square(largest, side) for side in sides]


def previewed(image: Image.Image, sides: list[int]) -> list[Image.Image]:
    """As a camera's embedded preview gives them; what the preview is too small for comes from the photo."""
    small = image.copy()
    small.thumbnail(PREVIEW, Image.Resampling.LANCZOS)
    within = [side for side in sides if side <= min(small.size)]
    beyond = [side for side in sides if side > min(small.size)]
    pictures = dict(zip(within, plain(coded(small, "JPEG", 70), within), strict=True)) if within else {}
    pictures.update(zip(beyond, plain(image, beyond), strict=True) if beyond else ())
    return [pictures[side] for side in sides]


def rough(image: Image.Image, sides: list[int], random: Random) -> list[Image.Image]:
    """Made small, perhaps blurred, compressed hard: what sharpness and artefacts say about a source must not be learnt."""
    short = round(80 * 3 ** random.random())
    if short < min(image.size):
        image = ImageOps.scale(image, short / min(image.size), Image.Resampling.LANCZOS)
    if random.random() < 0.3:
        image = image.filter(ImageFilter.GaussianBlur(random.uniform(0.3, 1.2)))
    return plain(coded(image, random.choice(["JPEG", "WEBP"]), random.randint(30, 85)), sides)


def cut(image: Image.Image, sides: list[int], random: Random) -> list[Image.Image]:
    """A part of the photo, in other light, at times without colour."""
    side = round(min(image.size) * random.uniform(0.65, 1))
    left, top = random.randint(0, image.width - side), random.randint(0, image.height - side)
    image = image.crop((left, top, left + side, top + side))
    for change in (ImageEnhance.Brightness, ImageEnhance.Contrast, ImageEnhance.Color):
        image = change(image).enhance(random.uniform(0.75, 1.3))
    return plain(ImageOps.grayscale(image).convert("RGB") if random.random() < 0.1 else image, sides)


def coded(image: Image.Image, form: str, quality: int) -> Image.Image:
    file = io.BytesIO()
    image.save(file, form, quality=quality)
    return Image.open(file).convert("RGB")


def mirrored(view: Callable[..., list[Image.Image]], random: Random) -> Callable[..., list[Image.Image]]:
    """The view of the photo or of its mirror image."""
    return (lambda image, *rest: view(ImageOps.mirror(image), *rest)) if random.random() < 0.5 else view
