"""The lines inside the ring: the word under the star (合同专用章, 财务专用章 …) and the tax number of an invoice seal.
Window staff must know a 公章 from a 合同专用章, so a word that is there but cannot be read is said to be there."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from pipeline.reading.seals.ink import Map, red_print
from pipeline.reading.seals.ring import Crop, ReadsStrips, chinese, tidy

STRIP_HEIGHT = 64
KNOWN_WORDS = (
    "发票专用章", "合同专用章", "财务专用章", "业务专用章", "报关专用章", "采购专用章", "投标专用章", "人事专用章",
    "项目专用章", "技术专用章", "收款专用章", "票据专用章", "结算专用章", "行政专用章", "征税专用章", "验资专用章",
    "检验检测专用章", "业务受理章", "现金收讫", "转账收讫", "业务章", "骑缝章", "公章",
)  # fmt: skip
TAX_NUMBER = re.compile(r"[0-9A-Z]{15,20}")


@dataclass(frozen=True)
class Band:
    """A strip across the seal as shares of the half height ``b`` below the centre and of the half width ``a``."""

    middle: float
    height: float
    half_width: float


ROUND_WORDS = (Band(0.44, 0.26, 0.58), Band(0.54, 0.28, 0.58))
"""The word stands 7–11 mm under the centre of a 38–42 mm seal, 3–4 mm high."""
OVAL_WORDS = (Band(0.46, 0.40, 0.52),)
OVAL_NUMBER = Band(0.02, 0.34, 0.68)
"""发票专用章: the number across the middle, the word under it (税务总局公告2011年第7号, annex)."""
ROUND_INK = Band(0.47, 0.18, 0.30)
OVAL_INK = Band(0.46, 0.30, 0.30)
"""Narrow bands that the ring's own text cannot reach: a word is centred, so it must leave ink here."""
INKED = 0.08
"""From this share of ink on, something is written there; seals without a word have under .02."""


@dataclass(frozen=True)
class CentreText:
    word: str
    """Known word, or what was read; empty when nothing was."""
    number: str
    confidence: float
    inked: bool
    """Ink stands where the word would be."""


def read_centre(reader: ReadsStrips, crop: Crop, angle: float, number: bool) -> CentreText:
    """The lines inside a seal turned by ``angle`` degrees clockwise; ``number``: look for a tax number too (ovals)."""
    bands = ROUND_WORDS if crop.outline.is_round else OVAL_WORDS
    views = crop.prints()[:2]
    jobs = [level_strip(view, crop, angle, band) for band in bands for view in views]
    if number:
        jobs.append(level_strip(views[-1], crop, angle, OVAL_NUMBER))
    answers = list(reader.strips(jobs))
    tax_number = ""
    if number:
        match = TAX_NUMBER.search(tidy(answers.pop()[0]).upper())
        tax_number = match.group() if match else ""
    word, confidence = _best_word(answers)
    return CentreText(word, tax_number, confidence, _inked(crop, angle))


def level_strip(view: Map, crop: Crop, angle: float, band: Band) -> Map:
    """A straight strip of the seal, turned level; (STRIP_HEIGHT, width)."""
    o = crop.outline
    half_h, half_w = band.height * o.b / 2, band.half_width * o.a
    scale = STRIP_HEIGHT / (2 * half_h)
    width = int(2 * half_w * scale)
    u = (np.arange(width) + 0.5) / scale - half_w
    v = (np.arange(STRIP_HEIGHT) + 0.5) / scale - half_h + band.middle * o.b
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x = o.cx + u[None] * c - v[:, None] * s
    y = o.cy + u[None] * s + v[:, None] * c
    strip = cv2.remap(
        view, x.astype(np.float32), y.astype(np.float32), cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(strip, dtype=np.uint8)


def known_word(text: str) -> str:
    """The word of ``KNOWN_WORDS`` that ``text`` is a misread of, else empty. 专用章 is shared by most of them, so at least
    one of the characters that tell them apart must have been read."""
    best, best_distance = "", 99
    for word in KNOWN_WORDS:
        special = word.removesuffix("专用章").removesuffix("章")
        if word in text:
            return word
        telling = [ch for ch in special if ch in text]
        if not telling or len(text) < 3 or len(word) < 4:
            continue
        distance = Levenshtein.distance(word, text)
        if distance < best_distance and distance <= (2 if len(telling) == len(special) else 1):
            best, best_distance = word, distance
    return best


def _best_word(answers: Sequence[tuple[str, float, tuple[float, ...]]]) -> tuple[str, float]:
    read = [(tidy(text), confidence) for text, confidence, _ in answers]
    for text, confidence in sorted(read, key=lambda r: -r[1]):
        word = known_word(text)
        if word and confidence > 0.5:
            return word, confidence
    sure = [(text, confidence) for text, confidence in read if chinese(text) >= 3 and confidence > 0.75]
    return max(sure, key=lambda r: (("专用" in r[0] or r[0].endswith("章")), r[1]), default=("", 0.0))


def _inked(crop: Crop, angle: float) -> bool:
    if not crop.red:
        return False
    band = ROUND_INK if crop.outline.is_round else OVAL_INK
    return float((level_strip(red_print(crop.image), crop, angle, band) < 128).mean()) > INKED
