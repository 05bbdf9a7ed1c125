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

from pipeline.reading.seals.ink import Map, filled_print, grey_print, red_print
from pipeline.reading.seals.ring import BOTTOM, Crop, ReadsStrips, chinese, tidy, unroll

STRIP_HEIGHT = 64
KNOWN_WORDS = (
    "发票专用章", "合同专用章", "财务专用章", "业务专用章", "报关专用章", "采购专用章", "投标专用章", "人事专用章",
    "项目专用章", "技术专用章", "收款专用章", "票据专用章", "结算专用章", "行政专用章", "征税专用章", "验资专用章",
    "检验检测专用章", "业务受理章", "现金收讫", "转账收讫", "业务章", "骑缝章", "公章",
)  # fmt: skip
WORD_CONFIDENCE, OTHER_CONFIDENCE = 0.5, 0.75
GREY_INK = 45.0
"""Grey levels under the paper from which a pixel of a grey copy is written on."""
TAX_NUMBER = re.compile(r"[0-9A-Z]{15,20}")


@dataclass(frozen=True)
class Band:
    """A strip across the seal as shares of the half height ``b`` below the centre and of the half width ``a``."""

    middle: float
    height: float
    half_width: float


ROUND_WORDS = (Band(0.44, 0.26, 0.66), Band(0.54, 0.28, 0.66))
"""The word stands 7–11 mm under the centre of a 38–42 mm seal, 3–4 mm high."""
OVAL_WORDS = (Band(0.46, 0.40, 0.52),)
OVAL_NUMBER = Band(0.02, 0.34, 0.68)
"""发票专用章: the number across the middle, the word under it (税务总局公告2011年第7号, annex)."""
ROUND_INK = Band(0.47, 0.18, 0.30)
OVAL_INK = Band(0.46, 0.30, 0.30)
"""Narrow bands that the ring's own text cannot reach: a word is centred, so it must leave ink here."""
RING_SHARE = 0.5
INKED = 0.12
"""Share of the narrow band at least half as red as the ring's letters. Measured on 60 drawn and 8 real round seals: ≥ .27 with
a word, ≤ .03 without."""


@dataclass(frozen=True)
class CentreText:
    word: str
    """Known word, or what was read; empty when nothing was."""
    number: str
    confidence: float
    inked: bool
    """Ink stands where the word would be."""


def read_centre(reader: ReadsStrips, crop: Crop, angle: float) -> CentreText:
    """The lines inside a seal turned by ``angle`` degrees clockwise. Where no ink stands nothing is read; the first view
    that gives a known word ends the matter."""
    word, confidence = "", 0.0
    inked = _inked(crop, angle)
    if inked:
        # Print on the page runs through the seal: without the black first, then with it.
        views = (red_print(crop.image), filled_print(crop.image)) if crop.red else crop.prints()
        bands = ROUND_WORDS if crop.outline.is_round else OVAL_WORDS
        answers: list[tuple[str, float, tuple[float, ...]]] = []
        for view in views:
            answers += reader.strips([level_strip(view, crop, angle, band) for band in bands])
            word, confidence = _best_word(answers)
            if word in KNOWN_WORDS:
                break
    return CentreText(word, "" if crop.outline.is_round else _number(reader, crop, angle), confidence, inked)


def _number(reader: ReadsStrips, crop: Crop, angle: float) -> str:
    ((text, _, _),) = reader.strips([level_strip(crop.prints()[-1], crop, angle, OVAL_NUMBER)])
    match = TAX_NUMBER.search(tidy(text).upper())
    return match.group() if match else ""


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
    strip = cv2.remap(view, x.astype(np.float32), y.astype(np.float32), cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(strip, dtype=np.uint8)


def known_word(text: str) -> str:
    """The word of ``KNOWN_WORDS`` that ``text`` holds, perhaps misread, else empty. 专用章 is shared by most of them, so a
    misread word must show all of the characters that tell it apart, or all but one of its characters."""
    for word in KNOWN_WORDS:
        if word in text:
            return word
    best, best_distance = "", 3
    for word in KNOWN_WORDS:
        special = word.removesuffix("专用章").removesuffix("章")
        if len(word) < 4 or not any(ch in text for ch in special):
            continue
        allowed = 2 if special in text else 1
        windows = [text[i : i + len(word)] for i in range(max(1, len(text) - len(word) + 1))]
        distance = min(Levenshtein.distance(word, window) for window in windows)
        if distance <= allowed and distance < best_distance:
            best, best_distance = word, distance
    return best


def _best_word(answers: Sequence[tuple[str, float, tuple[float, ...]]]) -> tuple[str, float]:
    """A known word, else anything that calls itself a seal for one purpose; a line of the page's own text is neither."""
    read = sorted(((tidy(text), confidence) for text, confidence, _ in answers), key=lambda r: -r[1])
    for text, confidence in read:
        word = known_word(text)
        if word and confidence > WORD_CONFIDENCE:
            return word, confidence
    for text, confidence in read:
        if chinese(text) >= 3 and confidence > OTHER_CONFIDENCE and ("专用" in text or text.endswith(("章", "讫"))):
            return text, confidence
    return "", 0.0


def _inked(crop: Crop, angle: float) -> bool:
    """Whether something is written where the word would be. Red ink is measured against the ring's own, so that faint
    impressions count alike; in grey, the page's print counts too."""
    band = ROUND_INK if crop.outline.is_round else OVAL_INK
    if crop.red:
        view = red_print(crop.image)
        ring = 255.0 - float(np.percentile(unroll(view, crop.outline, BOTTOM).pixels, 10))
        limit = 255.0 - RING_SHARE * ring
    else:
        view = grey_print(crop.image)
        limit = float(np.percentile(view, 80)) - GREY_INK
    return float((level_strip(view, crop, angle, band) < limit).mean()) > INKED
