"""Truth boxes follow the page through skew and rotation; seals are noted where their ink is."""

from __future__ import annotations

import io
import random
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from samples.paper import Paper, resolution
from samples.scanning import scan
from samples.seals import company_die, strike, strike_seam


def _upright(jpeg: bytes, rotation: int) -> NDArray[np.float64]:
    return np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB").rotate(-rotation, expand=True)).astype(float)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_box_holds_the_ink_after_turning(rotation: Literal[0, 90, 180, 270]) -> None:
    with resolution(80):
        paper = Paper()
    box = (150.0, 30.0, 170.0, 40.0)
    paper.pen.rectangle([paper.px(v) for v in box], fill=(0, 0, 0))
    seen = scan(paper, random.Random(11), "grey", rotation=rotation, max_skew=3.0)
    assert abs(seen.skew) > 0.5, "this seed skews enough to matter"
    picture = _upright(seen.jpeg, rotation).mean(axis=2)
    ys, xs = np.nonzero(picture < 90)
    x0, y0, x1, y1 = seen.box(box)
    h, w = picture.shape
    assert abs(xs.min() / w - x0) < 0.006 and abs(xs.max() / w - x1) < 0.006
    assert abs(ys.min() / h - y0) < 0.006 and abs(ys.max() / h - y1) < 0.006


def test_seal_is_red_round_and_where_it_is_noted() -> None:
    with resolution(100):
        paper = Paper()
    strike(paper, company_die("深圳市示例样张有限公司", "4403123456789"), 100, 150, random.Random(1))
    picture = np.asarray(paper.image).astype(int)
    ys, xs = np.nonzero(picture[:, :, 0] - picture[:, :, 1] > 60)
    mm = 25.4 / 100
    (box,) = [s.box for s in paper.seals]
    assert np.allclose((xs.min() * mm, ys.min() * mm, xs.max() * mm, ys.max() * mm), box, atol=1.0)


def test_grey_scanner_and_plain_pages_give_grey_pictures() -> None:
    with resolution(60):
        plain, sealed = Paper(), Paper()
    strike(sealed, company_die("深圳市示例样张有限公司"), 100, 150, random.Random(1))
    modes = [Image.open(io.BytesIO(scan(p, random.Random(1), look).jpeg)).mode for p, look in ((plain, "colour"), (sealed, "colour"), (sealed, "grey"))]  # type: ignore[arg-type]
    assert modes == ["L", "RGB", "L"]


def test_seam_slices_share_one_seal() -> None:
    with resolution(80):
        papers = [Paper() for _ in range(4)]
    strike_seam(papers, company_die("深圳市示例样张有限公司"), 150, random.Random(2))
    widths = [p.seals[0].box[2] - p.seals[0].box[0] for p in papers]
    assert all(p.seals[0].box[2] == p.width and p.seals[0].shape == "partial" for p in papers)
    assert 38 < sum(widths) < 42
