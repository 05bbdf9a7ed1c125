"""Code 128 (ISO/IEC 15417), set B, as systems print it on their forms."""

from __future__ import annotations

from PIL import Image, ImageDraw

_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 "
    "221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 "
    "231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 "
    "314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 "
    "114131 311141 411131 211412 211214 211232 2331112"
)
_PATTERNS = tuple(_TABLE.split(" "))
_START_B, _STOP = 104, 106


def code128(text: str) -> tuple[int, ...]:
    """Widths of bars and gaps in modules, a bar first. Raises ValueError for what set B cannot write (only ASCII 32 … 126)."""
    if not text or any(not 32 <= ord(c) <= 126 for c in text):
        raise ValueError(f"条码不能容纳“{text}”，只能使用英文字母、数字和半角符号。")
    values = [_START_B, *(ord(c) - 32 for c in text)]
    check = (values[0] + sum(i * v for i, v in enumerate(values[1:], 1))) % 103
    return tuple(int(n) for v in (*values, check, _STOP) for n in _PATTERNS[v])


def barcode_width(text: str, module: float = 0.33) -> float:
    """Millimetres that the symbol takes with its quiet zones of ten modules."""
    return (sum(code128(text)) + 20) * module


def barcode_picture(text: str, width: int, height: int) -> Image.Image:
    """The symbol on ``width`` x ``height`` pixels, modules as wide as whole pixels allow, in the middle."""
    widths = code128(text)
    module = max(1, width // (sum(widths) + 20))
    image = Image.new("L", (width, height), 255)
    pen, x = ImageDraw.Draw(image), (width - sum(widths) * module) // 2
    for i, wide in enumerate(widths):
        if i % 2 == 0:
            pen.rectangle((x, 0, x + wide * module - 1, height - 1), fill=20)
        x += wide * module
    return image
