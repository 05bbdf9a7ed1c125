"""Take red ink away where a red seal lies over text, and nowhere else.

In the red channel red ink is nearly as bright as paper while black print stays dark. Inside seal boxes only: elsewhere red print
(invoice numbers, form lines) must stay. The largest single gain on invoices (OCR.md, 1).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from pipeline.model.reading import SealMark
from pipeline.reading.engine import Image

_PAD = 0.04
"""Of the seal's size, on each side: ink spreads and boxes are fitted to the outer line's middle."""


def suppress_seals(image: Image, seals: Iterable[SealMark]) -> Image:
    """A copy of a BGR page with its red channel inside the boxes of red seals; the image itself where there are none."""
    if image.ndim == 2:
        return image
    height, width = image.shape[:2]
    result: Image | None = None
    for seal in seals:
        if seal.colour != "red":
            continue
        x0, y0, x1, y1 = seal.box
        px, py = (x1 - x0) * _PAD, (y1 - y0) * _PAD
        left, right = round(max(0.0, x0 - px) * width), round(min(1.0, x1 + px) * width)
        top, bottom = round(max(0.0, y0 - py) * height), round(min(1.0, y1 + py) * height)
        if right <= left or bottom <= top:
            continue
        if result is None:
            result = image.copy()
        red = image[top:bottom, left:right, 2]
        result[top:bottom, left:right] = np.repeat(red[..., None], 3, axis=2)
    return image if result is None else result
