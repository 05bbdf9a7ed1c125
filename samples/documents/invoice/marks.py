"""What people put on an invoice afterwards: the seller's seal, rubber stamps, ticks, pencilled numbers."""

from __future__ import annotations

import random
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from samples.fonts import outline_font
from samples.paper import MmBox, Paper, Rgb, StampedSeal
from samples.seals import Die, invoice_die, strike
from samples.world.model import Invoice, Party

_STAMP_INKS: tuple[Rgb, ...] = ((200, 44, 48), (60, 76, 170), (188, 58, 70))
_PENCIL: Rgb = (128, 128, 134)
_PEN: tuple[Rgb, ...] = ((48, 60, 132), (40, 40, 52), (170, 40, 44))


def seal_die(invoice: Invoice) -> Die:
    """The 发票专用章 that is on ``invoice``: its seller's, the tax office's for 代开, or whose it says."""
    owner: Party
    if invoice.seal_of is not None:
        return invoice_die(invoice.seal_of.name, invoice.seal_of.uscc)
    if invoice.agent is not None:
        owner = invoice.agent
        return Die("oval", "invoice", owner.name, (owner.uscc, "代开发票专用章"), width=40, height=30, star=False)
    return invoice_die(invoice.seller.name, invoice.seller_tax_id or invoice.seller.uscc)


def seal_invoice(invoice: Invoice, paper: Paper, left: float, top: float, rng: random.Random) -> None:
    """Strikes the seal where sellers strike it: at （章）, over 备注, over the figures, askew, pale, sometimes twice."""
    die = seal_die(invoice)
    places = ((186.0, 116.5, 5.0, 3.2), (176.0, 117.5, 5.0, 3.5), (200.0, 113.0, 5.0, 3.5), (188.0, 107.0, 7.0, 3.0))
    x, y, wide, high = places[min(3, int(rng.random() * 3.5))]
    at = (min(216.0, rng.gauss(x, wide)), min(122.5, rng.gauss(y, high)))
    angle = rng.gauss(0, 7) if rng.random() < 0.85 else rng.uniform(-32, 32)
    fade = rng.uniform(0.0, 0.4) if rng.random() < 0.8 else rng.uniform(0.5, 0.85)
    strike(paper, die, left + at[0], top + at[1], rng, angle=angle, fade=fade)
    if rng.random() < 0.05:
        strike(paper, die, left + rng.uniform(95, 140), top + rng.uniform(70, 92), rng, angle=rng.gauss(0, 10), fade=rng.uniform(0.1, 0.6))


def rubber_stamp(paper: Paper, text: str, x: float, y: float, rng: random.Random, *, size: float = 15, ink: Rgb | None = None) -> MmBox:
    """A framed stamp with one line, its centre at ``(x, y)`` mm; noted as a square seal of unknown role. Returns its box."""
    colour = ink or rng.choice(_STAMP_INKS)
    degrees, seed, dpi = rng.gauss(0, 6), rng.getrandbits(31), paper.dpi
    wide, high = len(text) * size * 0.3528 * 1.08 + 3.0, size * 0.3528 + 3.4
    paper.lay_ink(lambda: _stamped(text, size, round(degrees, 1), seed, dpi), x, y, colour, role="stamp")
    box = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
    paper.seals.append(StampedSeal(box, "square", "unknown", text))
    return box


@lru_cache(maxsize=16)
def _stamped(text: str, size: float, degrees: float, seed: int, dpi: int) -> NDArray[np.float32]:
    k, pixels = dpi / 25.4, round(size * dpi / 72)
    canvas = Image.new("L", (round((len(text) * size * 0.3528 * 1.08 + 3.0) * k), round((size * 0.3528 + 3.4) * k)), 0)
    pen = ImageDraw.Draw(canvas)
    pen.rectangle((1, 1, canvas.width - 2, canvas.height - 2), outline=255, width=max(2, round(0.5 * k)))
    for i, char in enumerate(text):
        pen.text((1.5 * k + (i + 0.5) * size * 0.3528 * 1.08 * k, canvas.height / 2), char, font=outline_font("sans", pixels), fill=255, anchor="mm", stroke_width=max(1, pixels // 26))
    turned = np.asarray(canvas.rotate(-degrees, expand=True, resample=Image.Resampling.BILINEAR), np.float32) / 255
    noise = np.random.default_rng(seed)
    h, w = turned.shape
    clouds = cv2.resize(noise.random((max(2, h // 12), max(2, w // 12))).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.GaussianBlur(turned, (0, 0), 0.06 * k) * np.clip(0.35 + 0.75 * clouds, 0, 0.95), np.float32)


def tick(paper: Paper, x: float, y: float, rng: random.Random) -> None:
    """A tick made with a pen."""
    size, ink = rng.uniform(2.5, 5.0), rng.choice(_PEN)
    points = [(x, y), (x + size * 0.25, y + size * 0.45), (x + size * 0.4, y + size * 0.55), (x + size * 0.8, y - size * 0.2), (x + size * 1.5, y - size * 0.95)]
    paper.curve([(a + rng.gauss(0, 0.12), b + rng.gauss(0, 0.12)) for a, b in points], 0.35, ink)


def hand_marks(paper: Paper, left: float, top: float, deduction: bool, rng: random.Random) -> None:
    """Pencilled numbers, ticks beside figures, the bookkeeper's stamps."""
    chance = [rng.random() for _ in range(6)]
    spots = [(rng.random(), rng.random()) for _ in range(6)]
    number, sheet = str(rng.randint(1, 48)), f"{rng.randint(1, 12)}-{rng.randint(3, 260)}#"
    own = random.Random(rng.getrandbits(60))
    if chance[0] < 0.4:
        paper.text(left + 208 + 12 * spots[0][0], top + 4.5 + 2 * spots[0][1], number, 13, face="hand", ink=_PENCIL)
    if chance[1] < 0.12:
        paper.text(left + 150 + 40 * spots[1][0], top + 4.0 + 2.5 * spots[1][1], sheet, 12, face="hand", ink=own.choice(_PEN))
    if chance[2] < 0.22:
        for _ in range(own.randint(1, 3)):
            tick(paper, left + own.choice((44, 174, 205, 150)) + own.gauss(0, 5), top + own.uniform(57, 98), own)
    if deduction and chance[3] < 0.2:
        rubber_stamp(paper, "已认证", left + 60 + 60 * spots[3][0], top + 74 + 10 * spots[3][1], own, size=14)
    if chance[4] < 0.06:
        rubber_stamp(paper, own.choice(("付讫", "银行付讫", "已入账")), left + 50 + 90 * spots[4][0], top + 72 + 12 * spots[4][1], own, size=15)
    if chance[5] < 0.06:
        rubber_stamp(paper, "仅用于技术改造项目申报", left + 62 + 60 * spots[5][0], top + 70 + 14 * spots[5][1], own, size=11)
