"""How wide characters run in the typefaces that electronic papers name without carrying them."""

from __future__ import annotations

from typing import Literal

from samples import fonts
from samples.fonts import CUTS, Face

FontKind = Literal["embedded", "carried", "simsun", "stsong", "gbk"]
"""embedded: subsets in the file; carried: the same, but Courier only named; simsun: SimSun and KaiTi by name (UniGB-UCS2-H); stsong: STSong-Light by name with its
proportional Latin; gbk: SimSun by name, Chinese in GBK-EUC-H and Latin in a font of its own. Courier is by name in all but
the first."""

NAMED_FACES: frozenset[Face] = frozenset({"serif", "sans", "kai", "mono"})
"""Roles that have a well-known name; the others (pens, stamps, needle printers) are always carried along."""

_STSONG = (
    207, 270, 342, 467, 462, 797, 710, 239, 374, 374, 423, 605, 238, 375, 238, 334, 462, 462, 462, 462, 462, 462, 462, 462, 462, 462, 238, 238,
    605, 605, 605, 344, 748, 684, 560, 695, 739, 563, 511, 729, 793, 318, 312, 666, 526, 896, 758, 772, 544, 772, 628, 465, 607, 753, 711, 972,
    647, 620, 607, 374, 333, 374, 606, 500, 239, 417, 503, 427, 529, 415, 264, 444, 518, 241, 230, 495, 228, 793, 527, 524, 524, 504, 338, 336,
    277, 517, 450, 652, 466, 452, 407, 370, 258, 370, 605,
)  # fmt: skip
"""Advances of U+0020 … U+007E in STSong-Light (CIDs 1 … 95 of Adobe-GB1)."""
COURIER = 600


def advance(kind: FontKind, face: Face, char: str) -> float:
    """Width of ``char`` in thousandths of the em as a PDF of ``kind`` sets it."""
    if kind == "embedded" or face not in NAMED_FACES or (kind == "carried" and (face != "mono" or not is_latin(char))):
        return fonts.advance(CUTS[face][0], char, 1000)
    if is_latin(char):
        if face == "mono":
            return COURIER
        code = ord(char)
        return float(_STSONG[code - 32]) if kind == "stsong" and 32 <= code <= 126 else 500.0
    return 1000.0


def is_latin(char: str) -> bool:
    """Can a font in WinAnsiEncoding show it?"""
    return " " <= char <= "~" or char == "¥"


def stsong_widths() -> list[int]:
    return list(_STSONG)
