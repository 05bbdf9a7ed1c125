"""Which way up: all four positions, pages with too little to tell."""

from __future__ import annotations

import numpy as np
import pytest
from reading_pages import bgr, font, grain, letter, paper

from pipeline.model.reading import Line
from pipeline.reading.ocr import Recogniser
from pipeline.reading.orientation import Orientation, Turn, _turn_by_reading, turn_image
from pipeline.reading.reader import turned_line, turned_point


@pytest.fixture(scope="module")
def eyes() -> tuple[Orientation, Recogniser]:
    return Orientation(), Recogniser()


@pytest.mark.slow
@pytest.mark.parametrize("mend", [0, 90, 180, 270])
def test_a_turned_page_is_mended(eyes: tuple[Orientation, Recogniser], mend: Turn) -> None:
    page = grain(letter())
    back: Turn = (360 - mend) % 360  # type: ignore[assignment]
    lying = turn_image(page, back)
    assert eyes[0].turn(lying, eyes[1]) == mend
    assert np.array_equal(turn_image(lying, mend), page)


@pytest.mark.slow
@pytest.mark.parametrize("mend", [0, 90, 180, 270])
def test_reading_alone_finds_the_turn(eyes: tuple[Orientation, Recogniser], mend: Turn) -> None:
    """The confirmation must be right by itself: it overrules the classifier."""
    lying = turn_image(letter(size=(1300, 900), height=30), (360 - mend) % 360)  # type: ignore[arg-type]
    assert _turn_by_reading(lying, eyes[1]) == mend


def test_reading_says_nothing_about_a_page_without_text(eyes: tuple[Orientation, Recogniser]) -> None:
    assert _turn_by_reading(np.full((900, 700, 3), 255, np.uint8), eyes[1]) is None
    sheet, draw = paper((700, 900))
    draw.text((300, 400), "8", fill="black", font=font(40))  # reads the same upside down
    assert _turn_by_reading(bgr(sheet), eyes[1]) is None


def test_grey_and_tiny_pictures_do_no_harm(eyes: tuple[Orientation, Recogniser]) -> None:
    assert eyes[0].turn(np.full((30, 2000), 250, np.uint8), eyes[1]) == 0
    assert eyes[0].turn(np.full((2, 2, 3), 0, np.uint8), eyes[1]) == 0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_turn_as_pixels_do(turn: Turn) -> None:
    page = np.zeros((40, 60, 3), np.uint8)
    page[4:8, 9:15] = 255  # x .15-.25, y .1-.2
    ys, xs = np.nonzero(turn_image(page, turn)[..., 0])
    height, width = turn_image(page, turn).shape[:2]
    line = turned_line(Line(text="ab", box=(0.15, 0.1, 0.25, 0.2), quad=((0.15, 0.1), (0.25, 0.1), (0.25, 0.2), (0.15, 0.2))), turn)
    assert line.box == pytest.approx((xs.min() / width, ys.min() / height, (xs.max() + 1) / width, (ys.max() + 1) / height))
    assert line.quad is not None
    assert set(line.quad) == {turned_point(x, y, turn) for x, y in ((0.15, 0.1), (0.25, 0.1), (0.25, 0.2), (0.15, 0.2))}


def test_marks_of_a_line_that_stood_on_its_head_run_forward_again() -> None:
    line = Line(text="abc", box=(0, 0, 1, 0.1), marks=(0.9, 0.5, 0.2))
    assert turned_line(line, 180).marks == pytest.approx((0.1, 0.5, 0.8))
    side = Line(text="abc", box=(0, 0, 0.1, 1), marks=(0.5, 0.5, 0.5))
    assert turned_line(side, 90).marks == ()
