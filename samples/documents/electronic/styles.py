"""How the platforms that write electronic invoices lay them out: measures, faces, inks, habits of spelling."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Literal

from samples.fonts import Face
from samples.paper import Rgb
from samples.pdf.metrics import FontKind
from samples.world.model import InvoiceKind

BROWN: Rgb = (156, 82, 35)
CLARET: Rgb = (158, 32, 40)
MAROON: Rgb = (128, 0, 0)
INK: Rgb = (0, 0, 0)
Platform = Literal["stamping", "formed", "carried", "wide", "bureau", "chain", "digital"]


@dataclass(frozen=True)
class Style:
    """Measures in millimetres, sizes in points.

    ``levels`` are the five horizontal rules; ``columns`` the nine vertical ones of the items; ``band`` where the labels of buyer
    and seller begin; ``secret`` the two rules before the cipher area.
    """

    platform: Platform
    width: float
    height: float
    levels: tuple[float, float, float, float, float]
    columns: tuple[float, float, float, float, float, float, float, float, float]
    band: float
    secret: tuple[float, float]
    head_x: float
    """Where 发票代码 and its followers begin."""
    head_y: float
    head_step: float
    code: tuple[float, float, float]
    """QR: left, top, side."""
    ink: Rgb
    labels: Face = "serif"
    title: Face = "serif"
    title_size: float = 20.0
    values: Face = "serif"
    ids: Face = "mono"
    rule: float = 0.25
    rules_ink: Rgb | None = None
    date: Literal["gaps", "whole", "bare"] = "whole"
    """gaps: the figures in one run with 年 月 日 set between them; bare: the same, but figures and signs are all values."""
    full_width: bool = False
    """Figures and signs in texts are full-width."""
    spaced_names: bool = False
    yen_gap: bool = False
    seller_seal: bool = True
    seal_ink: Rgb = (255, 0, 0)
    amounts: Literal["ids", "values"] = "ids"
    """In which face the sums stand."""
    foot_note: str = ""
    goods_head: str = "货物或应税劳务、服务名称"

    @property
    def left(self) -> float:
        return self.columns[0]

    @property
    def right(self) -> float:
        return self.columns[-1]


_BUREAU = Style(
    "bureau", 210, 140, (30, 52, 96, 104, 124), (4.5, 56.5, 82.5, 94.5, 114.5, 134.5, 164.5, 175.5, 205.5), 12.5, (119.5, 124.5), 148.5, 9.2, 5.5,
    (8.5, 3.5, 20), BROWN, labels="kai", title="kai", title_size=19, seller_seal=False, goods_head="项目名称",
)  # fmt: skip
_STAMPING = Style(
    "stamping", 210.25, 140.05, (30, 52.1, 95.6, 103.5, 124.1), (4.25, 56.5, 82.3, 94.1, 114, 133.9, 163.8, 174.9, 205.5), 12.3, (119.2, 123.9), 148.7, 11.2, 5.1,
    (8.5, 6.9, 17.6), BROWN, title_size=19, date="gaps", yen_gap=True,
)  # fmt: skip
_FORMED = Style(
    "formed", 215, 139, (29.8, 51, 95, 103.3, 123.1), (8, 61.9, 77.2, 89.4, 112.9, 138, 169.3, 177.6, 208.9), 15.7, (122.7, 128), 153.4, 6.1, 6.2,
    (14, 3.2, 18), (158, 82, 10), labels="kai", title="kai", title_size=19.8, date="gaps", rules_ink=(140, 30, 40), rule=0.2,
)  # fmt: skip
_CHAIN = Style(
    "chain", 241, 139.7, (32.1, 54.3, 98, 105.8, 126.6), (6.1, 66, 94.6, 108.9, 131.7, 155.4, 189.1, 201.3, 235), 15.5, (137.2, 142.9), 176.8, 15.6, 4.5,
    (8.4, 3.6, 20.1), CLARET, labels="serif", title="kai", title_size=21.5, date="bare", foot_note="发票查验请登录税务局网站：https://bcfp.example/ <首页>我要查询>发票真伪查验或使用微信扫描左上方二维码",
)  # fmt: skip
DIGITAL = replace(_BUREAU, platform="digital", ink=MAROON, seller_seal=False, date="whole")


def style_of(kind: InvoiceKind, seller: random.Random) -> Style:
    """The platform that a seller uses; ``seller`` is the seller's own stream of chance, so its invoices look alike."""
    dice, red, thin = seller.random(), seller.choice(((255, 0, 0), (238, 28, 36), (230, 0, 18))), seller.random() < 0.4
    if kind == "blockchain":
        return replace(_CHAIN, labels="serif" if thin else "sans", seal_ink=red)
    if kind == "digital_special":
        return DIGITAL
    if dice < 0.3:
        return replace(_STAMPING, seal_ink=red)
    if dice < 0.5:
        return replace(_FORMED, seal_ink=red)
    if dice < 0.75:
        return replace(_BUREAU, platform="carried", seller_seal=True, title="serif", labels="serif" if thin else "sans", seal_ink=red, values="sans" if thin else "serif", amounts="values")
    return replace(_STAMPING, platform="wide", full_width=True, spaced_names=thin, date="whole", width=210, height=140, seal_ink=red)


def bureau_style() -> Style:
    """The tax bureau's own OFD of 2020: only the 监制章, no seal of the seller."""
    return _BUREAU


def widened(text: str) -> str:
    """Figures, letters and signs as their full-width forms."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


_FONTS: dict[Platform, FontKind] = {
    "stamping": "stsong", "formed": "simsun", "carried": "carried", "wide": "gbk", "bureau": "simsun", "chain": "simsun", "digital": "simsun",
}  # fmt: skip


def fonts_of(platform: Platform) -> FontKind:
    """Which fonts the platform's files name."""
    return _FONTS[platform]
