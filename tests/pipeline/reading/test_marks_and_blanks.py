"""Blank pages, red ink under seals, and a text layer compared with the pixels."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from reading_pages import PARAGRAPHS, Pixels, bgr, font, grain, letter, paper

from pipeline.model.reading import Line, SealMark
from pipeline.reading.agreement import compare_layer
from pipeline.reading.blank import ink_share, looks_blank
from pipeline.reading.ocr import Recogniser
from pipeline.reading.suppress import suppress_seals


def empty(size: tuple[int, int] = (1654, 2339)) -> Pixels:
    return np.full((size[1], size[0], 3), 250, np.uint8)


def shadowed() -> Pixels:
    page = empty()
    page[:, :60] = np.linspace(20, 240, 60, dtype=np.uint8)[None, :, None]
    page[-40:] = 90
    return page


def holed() -> Pixels:
    page = empty()
    for y in (700, 1400):
        cv2.circle(page, (95, y), 24, (25, 25, 25), -1)
    return page


def shining_through() -> Pixels:
    faint = 255 - (255 - letter().astype(np.int16)) // 9  # the back's print at a ninth of its strength
    return np.asarray(cv2.flip(cv2.GaussianBlur(faint.astype(np.uint8), (0, 0), 2), 1), np.uint8)


def specked() -> Pixels:
    page = empty()
    for x, y in np.random.default_rng(5).integers(100, 1500, (40, 2)):
        page[y : y + 2, x : x + 2] = 60
    return page


@pytest.mark.parametrize("page", [empty, shadowed, holed, shining_through, specked], ids=lambda f: f.__name__)
def test_a_blank_page_is_blank_whatever_the_scanner_adds(page: object) -> None:
    assert callable(page)
    assert looks_blank(grain(page()))
    assert looks_blank(cv2.cvtColor(grain(page()), cv2.COLOR_BGR2GRAY))


@pytest.mark.parametrize("text", ["此页无正文", "以下空白", "第 3 页 共 20 页"])
def test_a_few_signs_are_not_blank(text: str) -> None:
    sheet, draw = paper()
    draw.text((760, 2200), text, fill="black", font=font(30))
    assert not looks_blank(grain(bgr(sheet)))


def test_a_seal_or_a_pale_red_stamp_is_not_blank() -> None:
    page = empty()
    cv2.circle(page, (800, 1200), 160, (120, 120, 235), 6)
    assert not looks_blank(grain(page))
    assert ink_share(page) > ink_share(empty())


def test_red_goes_only_inside_red_seals() -> None:
    page = empty((800, 800))
    page[100:120, 100:300] = (40, 40, 220)  # red print outside
    page[500:520, 500:700] = (40, 40, 220)  # red ink of the seal
    page[505:515, 520:680] = (20, 20, 20)  # black print below it
    seal = SealMark(box=(0.6, 0.6, 0.9, 0.7), shape="oval")
    cleaned = suppress_seals(page, [seal])
    assert (cleaned[100:120, 100:300] == page[100:120, 100:300]).all()
    assert cleaned[501, 501].min() > 200
    assert cleaned[510, 600].max() < 40
    assert page[501, 501].tolist() == [40, 40, 220]  # the original is untouched
    assert suppress_seals(page, []) is page
    blue = seal.model_copy(update={"colour": "blue"})
    assert suppress_seals(page, [blue]) is page


def test_a_seal_over_the_edge_is_cut_to_the_page() -> None:
    page = empty((400, 400))
    page[:] = (40, 40, 220)
    cleaned = suppress_seals(page, [SealMark(box=(0.9, 0.9, 1.05, 1.05), shape="partial")])
    assert cleaned[399, 399].min() > 200 and cleaned[0, 0].min() == 40


@pytest.mark.slow
def test_a_layer_that_says_something_else_is_found_out() -> None:
    recogniser = Recogniser()
    page = letter()
    true = [Line(text=t, box=(0.1, (0.08 * 2339 + i * 79.2) / 2339, min(0.95, 0.1 + 0.02 * len(t) * 1.1), (0.08 * 2339 + i * 79.2 + 48) / 2339), source="text_layer") for i, t in enumerate(PARAGRAPHS)]
    agreement = compare_layer(page, true, recogniser)
    assert agreement.compared == 4 and agreement.alike >= 3 and not agreement.broken
    false = [line.model_copy(update={"text": "完全不同的另外一段文字内容" + str(i * 97)}) for i, line in enumerate(true)]
    assert compare_layer(page, false, recogniser).broken
    assert not compare_layer(page, [], recogniser).broken
