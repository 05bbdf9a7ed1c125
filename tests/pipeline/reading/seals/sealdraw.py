"""Draws seals and pages for the tests below: made-up names, a free font, and the ways a scan spoils an impression."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

Pixels = npt.NDArray[np.uint8]
Alpha = npt.NDArray[np.float32]
"""Ink coverage 0 … 1 at MASTER_DPI."""
MASTER_DPI = 400
MM = MASTER_DPI / 25.4
RED = (200, 35, 45)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    spec = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    assert spec is not None and spec.origin is not None
    return ImageFont.truetype(str(Path(spec.origin).parent / "NotoSerifSC-Regular.otf"), size)


def glyph(ch: str, height: float, width: float) -> Image.Image:
    """One character stretched to ``height`` × ``width`` pixels, as seal letters are; bolder than the font."""
    size = max(12, int(height * 1.3))
    image = Image.new("L", (size * 2, size * 2), 0)
    ImageDraw.Draw(image).text((size // 2, size // 4), ch, font=font(size), fill=255, stroke_width=max(1, size // 40))
    box = image.getbbox()
    assert box is not None
    tall = int(height) if box[3] - box[1] > 0.5 * height else box[3] - box[1]
    return image.crop(box).resize((max(2, int(width)), max(2, tall)), Image.Resampling.LANCZOS)


def put(canvas: Image.Image, mark: Image.Image, x: float, y: float, clockwise: float) -> None:
    turned = mark.rotate(-clockwise, expand=True, resample=Image.Resampling.BICUBIC)
    canvas.paste(255, (int(x - turned.width / 2), int(y - turned.height / 2)), turned)


def arc_text(canvas: Image.Image, text: str, a: float, b: float, height: float, span: float) -> None:
    """``text`` along the top of an ellipse with half axes ``a``, ``b`` (pixels), equal arc steps, ``span`` degrees."""
    cx, cy = canvas.width / 2, canvas.height / 2
    phase = np.radians(np.linspace(-90 - span / 2, -90 + span / 2, 721))
    arc = np.r_[0, np.cumsum(np.hypot(np.diff(a * np.cos(phase)), np.diff(b * np.sin(phase))))]
    width = min(height * 0.85, arc[-1] / len(text) * 0.85)
    for ch, at in zip(text, (np.arange(len(text)) + 0.5) / len(text) * arc[-1], strict=True):
        t = float(np.interp(at, arc, phase))
        normal = math.degrees(math.atan2(math.sin(t) / b, math.cos(t) / a))
        put(canvas, glyph(ch, height, width), cx + a * math.cos(t), cy + b * math.sin(t), normal + 90)


def row_text(canvas: Image.Image, text: str, below: float, height: float, width: float) -> None:
    for i, ch in enumerate(text):
        x = canvas.width / 2 + (i - (len(text) - 1) / 2) * width * 1.1
        put(canvas, glyph(ch, height, width), x, canvas.height / 2 + below, 0)


def _blank(width_mm: float, height_mm: float) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    canvas = Image.new("L", (int((width_mm + 2) * MM), int((height_mm + 2) * MM)), 0)
    return canvas, ImageDraw.Draw(canvas)


def round_seal(name: str, word: str = "", diameter: float = 40.0) -> Alpha:
    canvas, draw = _blank(diameter, diameter)
    draw.ellipse([MM, MM, canvas.width - MM, canvas.height - MM], outline=255, width=int(1.1 * MM))
    height = 5.2 * diameter / 40
    radius = (diameter / 2 - 2.1 - height / 2) * MM
    arc_text(canvas, name, radius, radius, height * MM, min(280, max(180, 19.0 * len(name))))
    c, r = canvas.width / 2, 6.2 * diameter / 40 * MM
    points = []
    for i in range(10):
        t, at = math.radians(-90 + 36 * i), r if i % 2 == 0 else r * 0.382
        points.append((c + at * math.cos(t), c + at * math.sin(t)))
    draw.polygon(points, fill=255)
    if word:
        row_text(canvas, word, 9.6 * diameter / 40 * MM, 3.6 * MM, min(3.2, 18 / len(word)) * MM)
    return np.asarray(canvas, dtype=np.float32) / 255


def oval_seal(name: str, number: str, word: str = "发票专用章") -> Alpha:
    canvas, draw = _blank(40, 30)
    draw.ellipse([MM, MM, canvas.width - MM, canvas.height - MM], outline=255, width=int(1.0 * MM))
    arc_text(canvas, name, (20 - 1.6 - 2.1) * MM, (15 - 1.6 - 2.1) * MM, 4.2 * MM, min(250, max(170, 14.5 * len(name))))
    row_text(canvas, number, 0.6 * MM, 2.8 * MM, 1.25 * MM)
    row_text(canvas, word, 6.2 * MM, 3.4 * MM, 2.7 * MM)
    return np.asarray(canvas, dtype=np.float32) / 255


def printed_seal(place: str = "深圳") -> Alpha:
    canvas, draw = _blank(30, 20)
    draw.ellipse([MM, MM, canvas.width - MM, canvas.height - MM], outline=255, width=int(0.6 * MM))
    draw.ellipse([2.2 * MM, 2.2 * MM, canvas.width - 2.2 * MM, canvas.height - 2.2 * MM], outline=255, width=int(0.25 * MM))
    arc_text(canvas, "全国统一发票监制章", 11.8 * MM, 6.8 * MM, 2.6 * MM, 190)
    row_text(canvas, place, 0.3 * MM, 3 * MM, 2.8 * MM)
    row_text(canvas, "税务局监制", 5 * MM, 2.2 * MM, 2.0 * MM)
    return np.asarray(canvas, dtype=np.float32) / 255


def square_seal(four: str, side: float = 20.0) -> Alpha:
    canvas, draw = _blank(side, side)
    draw.rectangle([MM, MM, canvas.width - MM, canvas.height - MM], outline=255, width=int(0.9 * MM))
    cell = (side - 3) / 2 * MM
    c = canvas.width / 2
    for ch, (dx, dy) in zip(four, ((1, -1), (1, 1), (-1, -1), (-1, 1)), strict=True):
        put(canvas, glyph(ch, cell * 0.9, cell * 0.88), c + dx * cell / 2, c + dy * cell / 2, 0)
    return np.asarray(canvas, dtype=np.float32) / 255


def worn(alpha: Alpha, seed: int, faint: float) -> Alpha:
    """Uneven ink; ``faint`` 0 (fresh) … 1 (hardly there)."""
    rng = np.random.default_rng(seed)
    h, w = alpha.shape
    blotches = cv2.resize(rng.normal(size=(h // 12 + 2, w // 12 + 2)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
    press = np.clip(1.15 - 0.5 * faint + (0.1 + 0.2 * faint) * blotches, 0, 1)
    return np.asarray(cv2.GaussianBlur(alpha, (0, 0), 1.2) * press * (1 - 0.3 * faint), dtype=np.float32)


PROSE = (
    "根据项目申报要求，我单位组织编制了本材料，所列设备均已到货并投入使用，价款以合同约定为准。",
    "甲乙双方本着平等互利的原则，经友好协商，就产品购销事宜达成如下协议，质保期自验收之日起算。",
    "本单位承诺所提交材料真实、准确、完整，如有虚假愿承担相应责任，款项通过银行转账方式支付。",
)


def page(dpi: int, *, lines: int = 26, size_mm: tuple[float, float] = (210, 297)) -> Pixels:
    """White paper, black print: BGR."""
    mm = dpi / 25.4
    image = Image.new("RGB", (int(size_mm[0] * mm), int(size_mm[1] * mm)), (252, 251, 248))
    draw = ImageDraw.Draw(image)
    face = font(int(12 / 72 * dpi))
    for i in range(lines):
        draw.text((25 * mm, (30 + 8 * i) * mm), PROSE[i % 3][: int((size_mm[0] - 50) / 4.3)], font=face, fill=(20, 20, 20))
    return np.ascontiguousarray(np.asarray(image)[..., ::-1])


def stamp(
    base: Pixels, alpha: Alpha, at_mm: tuple[float, float], dpi: int, *, clockwise: float = 0.0, ink: Sequence[int] = RED
) -> tuple[Pixels, tuple[float, float, float, float]]:
    """The page with the seal pressed on at its centre ``at_mm``, multiplied like ink, and the seal's box as fractions."""
    side = int(math.hypot(*alpha.shape) * dpi / MASTER_DPI) + 4
    matrix = cv2.getRotationMatrix2D((alpha.shape[1] / 2, alpha.shape[0] / 2), -clockwise, dpi / MASTER_DPI)
    matrix[0, 2] += side / 2 - alpha.shape[1] / 2
    matrix[1, 2] += side / 2 - alpha.shape[0] / 2
    soft = cv2.GaussianBlur(alpha, (0, 0), 0.45 * MASTER_DPI / dpi)
    small = cv2.warpAffine(soft, matrix, (side, side))
    h, w = base.shape[:2]
    x0, y0 = int(at_mm[0] * dpi / 25.4 - side / 2), int(at_mm[1] * dpi / 25.4 - side / 2)
    xa, ya, xb, yb = max(0, x0), max(0, y0), min(w, x0 + side), min(h, y0 + side)
    part = small[ya - y0 : yb - y0, xa - x0 : xb - x0, None]
    colour = np.array(ink[::-1], dtype=np.float32) / 255
    out = base.copy()
    out[ya:yb, xa:xb] = np.clip(base[ya:yb, xa:xb] * (1 - part * (1 - colour)), 0, 255).astype(np.uint8)
    ys, xs = np.nonzero(small > 0.15)
    return out, (
        max(0.0, (x0 + xs.min()) / w), max(0.0, (y0 + ys.min()) / h),
        min(1.0, (x0 + xs.max()) / w), min(1.0, (y0 + ys.max()) / h),
    )  # fmt: skip


def scanned(image: Pixels, seed: int = 1, quality: int = 75, grey: bool = False) -> Pixels:
    """A little blur, noise and JPEG; ``grey``: as a copier sees it."""
    rng = np.random.default_rng(seed)
    soft = cv2.GaussianBlur(image, (0, 0), 0.5).astype(np.float32) + rng.normal(0, 2.5, (*image.shape[:2], 1))
    if grey:
        soft = np.repeat((soft @ np.array([0.114, 0.587, 0.299]))[..., None], 3, axis=2)
    _, data = cv2.imencode(".jpg", np.clip(soft, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), dtype=np.uint8)


def overlap(p: Sequence[float], q: Sequence[float]) -> float:
    w = max(0.0, min(p[2], q[2]) - max(p[0], q[0]))
    h = max(0.0, min(p[3], q[3]) - max(p[1], q[1]))
    return w * h / ((p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - w * h)
