"""QR codes and barcodes: places, turned, small, noisy, and no inventions on ruled tables."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import segno
from reading_pages import bgr, font, grain, letter, paper

from pipeline.reading.codes import find_codes

PAYLOAD = "01,10,044031900111,08381904,12345.60,20200317,60378900123018858461,A1B2,"


def with_code(module: int, at: tuple[int, int], payload: str = PAYLOAD) -> np.ndarray:
    page = letter()
    matrix = np.array([list(row) for row in segno.make(payload, error="m", micro=False).matrix], np.uint8)
    code = np.kron(np.where(matrix > 0, 0, 255).astype(np.uint8), np.ones((module, module), np.uint8))
    page[at[1] : at[1] + len(code), at[0] : at[0] + len(code)] = code[..., None]
    return page


def test_a_code_is_read_where_it_stands() -> None:
    page = with_code(5, (1200, 1800))
    (code,) = find_codes(page)
    assert (code.type, code.text) == ("qr", PAYLOAD)
    size = 5 * len(segno.make(PAYLOAD, error="m").matrix)
    wanted = (1200 / 1654, 1800 / 2339, (1200 + size) / 1654, (1800 + size) / 2339)
    assert code.box == pytest.approx(wanted, abs=0.006)


@pytest.mark.parametrize("turn", [cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180])
def test_a_turned_code_is_read(turn: int) -> None:
    page = np.asarray(cv2.rotate(with_code(4, (300, 1500)), turn), np.uint8)
    assert [code.text for code in find_codes(page)] == [PAYLOAD]


def test_a_small_soft_code_needs_the_enlarged_crop() -> None:
    """Two pixels a module, blurred: the plain pass may fail, the retry must not, and the box must be that of the page."""
    page = grain(cv2.GaussianBlur(with_code(2, (1350, 300)), (0, 0), 0.7), 4)
    (code,) = find_codes(page)
    assert code.text == PAYLOAD
    assert code.box[0] == pytest.approx(1350 / 1654, abs=0.01)
    assert code.box[1] == pytest.approx(300 / 2339, abs=0.01)


def test_a_code_under_red_ink_is_read_from_the_red_channel() -> None:
    page = with_code(5, (1200, 300))
    overlay = page.copy()
    cv2.circle(overlay, (1290, 390), 60, (60, 40, 220), 14)
    stamped = np.minimum(page, overlay)
    stamped[page[..., 0] < 60] = 0
    assert [code.text for code in find_codes(stamped)] == [PAYLOAD]


def test_two_codes_are_both_read_in_order() -> None:
    page = with_code(5, (100, 1800))
    page[200:900, 900:1600] = with_code(5, (900, 200), "https://example.org/q?n=2")[200:900, 900:1600]
    assert [code.text for code in find_codes(page)] == ["https://example.org/q?n=2", PAYLOAD]


def test_tables_and_text_hold_no_codes() -> None:
    sheet, draw = paper()
    for i in range(30):
        draw.line((100, 200 + i * 60, 1500, 200 + i * 60), fill="black", width=3)
        draw.line((100 + i * 45, 200, 100 + i * 45, 1940), fill="black", width=2 + i % 4)
        draw.text((110, 205 + i * 60), f"{i * 7919} {i * 104729}", fill="black", font=font(30))
    assert find_codes(bgr(sheet)) == []
    assert find_codes(letter()) == []
    assert find_codes(np.full((1, 1, 3), 255, np.uint8)) == []
    assert find_codes(np.full((900, 5), 255, np.uint8)) == []
