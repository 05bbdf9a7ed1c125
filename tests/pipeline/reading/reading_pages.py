"""Test pages drawn with Noto (OFL) from the wheel pylopdf-fonts-zh-cn, and what scanners do to them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

Pixels = npt.NDArray[np.uint8]
A4 = (1654, 2339)

PARAGRAPHS = (
    "深圳市工业和信息化局关于技术改造项目扶持计划的通知",
    "项目名称：智能化生产线技术改造项目",
    "申请单位：深圳市明远精密电子有限公司",
    "统一社会信用代码：91440300MA5DA7XK2Q",
    "发票号码：08381904　发票代码：4403201130",
    "金额合计（小写）：￥1,234,567.89",
    "开票日期：2020年03月17日",
    "购买方名称及纳税人识别号见附表，数量 12 台，单价 56,780.00 元",
    "本项目计划总投资人民币叁仟伍佰万元整，建设期十八个月。",
    "设备型号 HX-2000/B，规格 1200×800×650 mm，税率 13%",
)


def font(size: int) -> ImageFont.FreeTypeFont:
    """Noto Sans SC."""
    spec = find_spec("pylopdf_fonts_zh_cn")
    assert spec and spec.submodule_search_locations
    return ImageFont.truetype(str(Path(spec.submodule_search_locations[0]) / "NotoSansSC-Regular.otf"), size)


def paper(size: tuple[int, int] = A4) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A white sheet to draw on."""
    sheet = Image.new("RGB", size, "white")
    return sheet, ImageDraw.Draw(sheet)


def letter(paragraphs: Sequence[str] = PARAGRAPHS, size: tuple[int, int] = A4, height: int = 36, footer: str = "") -> Pixels:
    """A page of lines, 200 dpi unless said otherwise; BGR."""
    sheet, draw = paper(size)
    for i, text in enumerate(paragraphs):
        draw.text((size[0] * 0.1, size[1] * 0.08 + i * height * 2.2), text, fill="black", font=font(height))
    if footer:
        face = font(28)
        draw.text(((size[0] - draw.textlength(footer, face)) / 2, size[1] * 0.95), footer, fill="black", font=face)
    return bgr(sheet)


def bgr(sheet: Image.Image) -> Pixels:
    """A PIL picture as OpenCV has it."""
    return np.ascontiguousarray(np.asarray(sheet.convert("RGB"), np.uint8)[..., ::-1])


def grain(image: Pixels, strength: float = 6.0, seed: int = 7) -> Pixels:
    """Scanner noise on slightly grey paper."""
    noise = np.random.default_rng(seed).normal(-6, strength, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)
