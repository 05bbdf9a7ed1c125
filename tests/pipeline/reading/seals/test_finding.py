"""Seals on whole pages: found where they are, told apart, read; nothing found where none is. Real recogniser, hence slow."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from sealdraw import (
    RED,
    Pixels,
    font,
    oval_seal,
    overlap,
    page,
    printed_seal,
    round_seal,
    scanned,
    square_seal,
    stamp,
    worn,
)

from pipeline.model.reading import SealMark
from pipeline.names import owner_among
from pipeline.reading.ocr import Recogniser
from pipeline.reading.seals import find_seals

pytestmark = pytest.mark.slow

NAME = "深圳市鹏程数控装备有限公司"
SELLER = "东莞市恒锐精密机床有限公司"
NUMBER = "91441900MA4W8K3P2X"


@pytest.fixture(scope="module")
def reader() -> Recogniser:
    return Recogniser()


def only(marks: list[SealMark]) -> SealMark:
    assert len(marks) == 1, marks
    return marks[0]


def test_a_company_seal_over_print(reader: Recogniser) -> None:
    image, box = stamp(page(200), worn(round_seal(NAME), 3, 0.2), (140, 210), 200, clockwise=14)
    mark = only(find_seals(scanned(image), 200, reader))
    assert overlap(mark.box, box) > 0.9
    assert (mark.shape, mark.role, mark.level, mark.colour) == ("round", "company", "sure", "red")
    assert owner_among(mark.text, [NAME, SELLER])[0] == NAME
    assert abs(mark.angle - 14) < 8


@pytest.mark.parametrize(("word", "role"), [("合同专用章", "contract"), ("财务专用章", "finance"), ("业务专用章", "unknown")])
def test_the_word_under_the_star_decides(reader: Recogniser, word: str, role: str) -> None:
    image, _ = stamp(page(200, lines=8), worn(round_seal(NAME, word, 42), 4, 0.1), (120, 200), 200, clockwise=-25)
    mark = only(find_seals(scanned(image), 200, reader))
    assert mark.role == role
    assert mark.text.startswith("深圳") and mark.text.endswith(word)


def test_an_invoice_with_its_printed_seal(reader: Recogniser) -> None:
    base = page(200, lines=9, size_mm=(240, 140))
    base, printed_at = stamp(base, printed_seal(), (120, 17), 200)
    base, sold_at = stamp(base, worn(oval_seal(SELLER, NUMBER), 5, 0.1), (195, 115), 200, clockwise=-9)
    marks = {m.role: m for m in find_seals(scanned(base), 200, reader)}
    assert set(marks) == {"printed", "invoice"}
    assert overlap(marks["printed"].box, printed_at) > 0.8
    assert overlap(marks["invoice"].box, sold_at) > 0.9
    assert NUMBER in marks["invoice"].text
    assert owner_among(marks["invoice"].text, [NAME, SELLER])[0] == SELLER


def test_a_photo_of_unknown_scale(reader: Recogniser) -> None:
    base, sold_at = stamp(page(160, lines=9, size_mm=(250, 150)), oval_seal(SELLER, NUMBER), (190, 118), 160, clockwise=6)
    mark = only(find_seals(scanned(base, 2), None, reader))
    assert mark.role == "invoice" and overlap(mark.box, sold_at) > 0.85


def test_a_name_seal_beside_a_company_seal(reader: Recogniser) -> None:
    base, _ = stamp(page(200, lines=6), round_seal(NAME), (70, 200), 200)
    base, small = stamp(base, square_seal("王建国印"), (150, 205), 200, clockwise=4)
    marks = {m.role: m for m in find_seals(scanned(base), 200, reader)}
    assert set(marks) == {"company", "legal_person"}
    assert marks["legal_person"].text == "王建国印" and overlap(marks["legal_person"].box, small) > 0.8


def test_an_office_and_an_accounting_firm(reader: Recogniser) -> None:
    base, _ = stamp(page(200, lines=4), round_seal("深圳市南山区市场监督管理局"), (60, 200), 200)
    base, _ = stamp(base, round_seal("深圳正衡会计师事务所"), (150, 200), 200)
    assert [m.role for m in sorted(find_seals(scanned(base), 200, reader), key=lambda m: m.box[0])] == ["authority", "firm"]


def test_faint_ink_is_still_found(reader: Recogniser) -> None:
    image, box = stamp(page(200), worn(round_seal(NAME), 6, 0.9), (130, 180), 200, clockwise=40, ink=(225, 90, 95))
    assert overlap(only(find_seals(scanned(image), 200, reader)).box, box) > 0.85


def test_a_grey_copy_is_found_and_called_black(reader: Recogniser) -> None:
    image, box = stamp(page(200, lines=14), worn(round_seal(NAME), 7, 0.1), (130, 220), 200)
    mark = only(find_seals(scanned(image, grey=True), 200, reader, colour="grey"))
    assert overlap(mark.box, box) > 0.85 and mark.colour == "black"


def test_two_seals_near_each_other(reader: Recogniser) -> None:
    base, left = stamp(page(200, lines=20), round_seal(NAME), (60, 220), 200, clockwise=5)
    base, right = stamp(base, round_seal(SELLER, "合同专用章"), (104, 222), 200, clockwise=-12)
    marks = sorted(find_seals(scanned(base), 200, reader), key=lambda m: m.box[0])
    assert [m.role for m in marks] == ["company", "contract"]
    assert overlap(marks[0].box, left) > 0.85 and overlap(marks[1].box, right) > 0.85


def test_red_things_that_are_no_seals(reader: Recogniser) -> None:
    assert find_seals(scanned(red_page()), 200, reader) == []


def test_plain_pages_have_none(reader: Recogniser) -> None:
    assert find_seals(scanned(page(200)), 200, reader) == []
    assert find_seals(scanned(page(200), grey=True), 200, reader, colour="grey") == []
    assert find_seals(np.full((2339, 1654, 3), 255, np.uint8), 200, reader) == []


def test_a_slice_at_the_edge_is_a_possible_seam_seal(reader: Recogniser) -> None:
    image, box = stamp(page(200), worn(round_seal(NAME), 8, 0.1), (207, 150), 200, clockwise=3)
    mark = only(find_seals(scanned(image), 200, reader))
    assert (mark.shape, mark.role, mark.level) == ("partial", "seam", "possible")
    assert overlap(mark.box, box) > 0.7


def red_page() -> Pixels:
    """Red heading, rule, star, logo ring, filled logo, table, pencil marks, boxed stamp: everything but a seal."""
    from PIL import Image, ImageDraw

    image = Image.fromarray(page(200)[..., ::-1])
    draw = ImageDraw.Draw(image)
    mm = 200 / 25.4
    draw.text((45 * mm, 8 * mm), "深圳市工业和信息化局文件", font=font(80), fill=RED)
    draw.line([(20 * mm, 24 * mm), (190 * mm, 24 * mm)], fill=RED, width=6)
    draw.ellipse([10 * mm, 6 * mm, 34 * mm, 30 * mm], outline=RED, width=20)
    draw.text((15 * mm, 12 * mm), "HX", font=font(90), fill=RED)
    draw.ellipse([172 * mm, 250 * mm, 202 * mm, 280 * mm], fill=RED)
    for i in range(7):
        draw.line([(25 * mm, (150 + 8 * i) * mm), (185 * mm, (150 + 8 * i) * mm)], fill=RED, width=3)
        draw.line([((25 + 26 * i) * mm, 150 * mm), ((25 + 26 * i) * mm, 198 * mm)], fill=RED, width=3)
    wave = [((60 + 30 * math.cos(t) + 3 * t) * mm, (90 + 12 * math.sin(t)) * mm) for t in np.linspace(0, 6.6, 60)]
    draw.line(wave, fill=RED, width=4)
    draw.rectangle([100 * mm, 230 * mm, 140 * mm, 240 * mm], outline=RED, width=5)
    draw.text((103 * mm, 231 * mm), "与原件一致", font=font(60), fill=RED)
    return np.ascontiguousarray(cv2.cvtColor(np.asarray(image), cv2.COLOR_RGB2BGR))
