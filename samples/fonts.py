"""The two typefaces of the made-up papers: Noto Sans SC and Noto Serif SC (OFL) out of the wheel ``pylopdf-fonts-zh-cn``."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from PIL import ImageFont

Face = Literal["sans", "serif", "kai", "mono", "dot", "hand", "stamp"]
"""Roles of type: sans 黑体, serif 宋体, kai 楷体/仿宋, mono fixed pitch, dot the pins of a fiscal printer, hand a person's pen, stamp a
numbering machine."""
_FILES: dict[Face, str] = {
    "sans": "NotoSansSC-Regular.otf", "serif": "NotoSerifSC-Regular.otf", "kai": "NotoSerifSC-Regular.otf", "mono": "NotoSansSC-Regular.otf",
    "dot": "NotoSansSC-Regular.otf", "hand": "NotoSerifSC-Regular.otf", "stamp": "NotoSansSC-Regular.otf",
}  # fmt: skip


class FontsMissing(RuntimeError):
    """The wheel with the fonts is not installed; install the extra: ``pip install shencai[samples]``."""


@lru_cache
def font_path(face: Face) -> Path:
    """The font file, found without importing the package."""
    spec = find_spec("pylopdf_fonts_zh_cn")
    if spec is None or not spec.submodule_search_locations:
        raise FontsMissing("缺少样例字体，请先安装：pip install 'shencai[samples]'")
    return Path(spec.submodule_search_locations[0]) / _FILES[face]


@lru_cache(maxsize=256)
def font(face: Face, pixels: int) -> ImageFont.FreeTypeFont:
    """The face at a height of ``pixels`` to the em."""
    return ImageFont.truetype(str(font_path(face)), max(6, pixels), layout_engine=ImageFont.Layout.BASIC)
