"""The parts one by one, with a reader that answers from a script: fast."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from sealdraw import overlap, page, printed_seal, round_seal, scanned, square_seal, stamp

from pipeline.reading.seals import find_seals
from pipeline.reading.seals.centre import known_word
from pipeline.reading.seals.ellipse import Ellipse, fit_circle, fit_oval
from pipeline.reading.seals.ink import colouring, red_map
from pipeline.reading.seals.partial import find_slices
from pipeline.reading.seals.ring import BOTTOM, LONG_START, openings, tidy, turn, unroll, without_code
from pipeline.reading.seals.roles import role_of, square_role
from pipeline.reading.seals.scale import guesses
from pipeline.reading.seals.voting import MM, ROUND_FORMS, EdgeField, edge_points, vote


class Scripted:
    """Answers every strip with the same words, spread evenly."""

    def __init__(self, text: str, confidence: float = 0.99) -> None:
        self.text, self.confidence, self.asked = text, confidence, 0

    def strips(self, images: Sequence[npt.NDArray[np.uint8]]) -> list[tuple[str, float, tuple[float, ...]]]:
        self.asked += len(images)
        marks = tuple((i + 0.5) / max(1, len(self.text)) for i in range(len(self.text)))
        return [(self.text, self.confidence, marks)] * len(images)


def test_nothing_legible_in_a_clear_ring_is_possible_at_most() -> None:
    image, box = stamp(page(120, lines=6), round_seal("深圳市鹏程数控装备有限公司"), (100, 180), 120, clockwise=20)
    (mark,) = find_seals(scanned(image), 120, Scripted("", 0.0))
    assert overlap(mark.box, box) > 0.9
    assert (mark.level, mark.role, mark.text) == ("possible", "unknown", "")


def test_a_printed_seal_away_from_its_place_needs_its_word() -> None:
    image, _ = stamp(page(120, lines=3), printed_seal(), (100, 220), 120)
    assert find_seals(image, 120, Scripted("", 0.0)) == []
    (mark,) = find_seals(image, 120, Scripted("全国统一发票监制章全国统一"))
    assert mark.role == "printed"


def test_a_page_without_ink_asks_the_reader_nothing() -> None:
    reader = Scripted("深圳市公司")
    assert find_seals(page(120), 120, reader) == []
    assert find_seals(np.zeros((5, 5, 3), np.uint8), None, reader) == []
    assert find_seals(np.zeros((600, 400), np.uint8), None, reader) == []
    assert reader.asked == 0


@pytest.mark.parametrize("shape", [(40, 3000, 3), (3000, 40, 3), (17, 17, 3)])
def test_odd_pictures_do_no_harm(shape: tuple[int, int, int]) -> None:
    noise = np.random.default_rng(1).integers(0, 255, shape, dtype=np.uint8)
    assert isinstance(find_seals(noise, None, Scripted("")), list)


def test_more_seals_than_are_read_are_still_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.reading.seals.finder.MAX_SEALS", 1)
    image = page(100, lines=3)
    for x in (50, 150):
        image, _ = stamp(image, round_seal("深圳市鹏程数控装备有限公司"), (x, 180), 100)
    marks = find_seals(image, 100, Scripted("深圳市鹏程数控装备有限公司"))
    assert [bool(m.text) for m in marks] == [True, False] and marks[1].level == "possible"


def test_votes_meet_at_the_centre() -> None:
    image, box = stamp(page(100, lines=10), round_seal("深圳市鹏程数控装备有限公司"), (120, 150), 100)
    field = EdgeField.of(red_map(image), 6.0)
    best = vote(edge_points(field), (image.shape[0], image.shape[1]), ROUND_FORMS, 1)[0].outline
    assert best.cx == pytest.approx((box[0] + box[2]) / 2 * image.shape[1], abs=3)
    assert best.cy == pytest.approx((box[1] + box[3]) / 2 * image.shape[0], abs=3)
    assert best.a == pytest.approx(20 * MM, rel=0.05)


def test_fits_return_the_outline_that_made_the_points() -> None:
    x, y, _, _ = Ellipse(200, 150, 80, 60, 25).perimeter()
    oval = fit_oval(x[0], y[0])
    assert oval is not None and (oval.a, oval.b, oval.tilt) == pytest.approx((80, 60, 25), abs=0.5)
    cx, cy, _, _ = Ellipse(90, 70, 50, 50).perimeter()
    outliers = np.r_[cx[0][:150], np.full(10, 300.0)], np.r_[cy[0][:150], np.full(10, 10.0)]
    circle = fit_circle(*outliers)
    assert circle is not None and (circle.cx, circle.cy, circle.a) == pytest.approx((90, 70, 50), abs=1.5)


@pytest.mark.parametrize("angle", [-60, 0, 35, 120])
def test_the_opening_of_the_ring_is_found(angle: int) -> None:
    seal = round_seal("深圳市鹏程数控装备有限公司")
    image, box = stamp(np.full((900, 900, 3), 255, np.uint8), seal, (28.5, 28.5), 400, clockwise=angle)
    radius = (box[2] - box[0]) / 2 * 900
    outline = Ellipse((box[0] + box[2]) / 2 * 900, (box[1] + box[3]) / 2 * 900, radius, radius)
    first = openings(unroll(image[..., 1].copy(), outline, BOTTOM))[0]
    assert abs(turn(first - (90 + angle))) < 8


def test_a_strip_knows_its_angles() -> None:
    strip = unroll(np.zeros((400, 400), np.uint8), Ellipse(200, 200, 160, 120), LONG_START, 540.0)
    assert strip.angle_at(0) == pytest.approx(0, abs=1) and strip.angle_at(1) == pytest.approx(540, abs=1)
    assert strip.angle_at(2 / 3) == pytest.approx(360, abs=2)


def test_slices_are_mirrored_rightly() -> None:
    seal = round_seal("深圳市鹏程数控装备有限公司")
    left, _ = stamp(page(100, lines=5), seal, (3, 150), 100)
    right, box = stamp(page(100, lines=5), seal, (207, 150), 100)
    (a,), (b,) = find_slices(red_map(left)), find_slices(red_map(right))
    assert a.box[0] == 0 and b.box[2] == right.shape[1]
    assert overlap(b.box, (box[0] * right.shape[1], box[1] * right.shape[0], right.shape[1], box[3] * right.shape[0])) > 0.8
    whole, _ = stamp(page(100, lines=5), seal, (26, 150), 100)
    assert find_slices(red_map(whole)) == []


def test_a_red_line_along_the_edge_is_no_slice() -> None:
    image = page(100, lines=5)
    image[:, 4:9] = (40, 40, 200)
    image[400:520, 0:40] = (40, 40, 200)
    assert find_slices(red_map(image)) == []


def test_what_kind_of_copy() -> None:
    image, _ = stamp(page(100), square_seal("王建国印"), (100, 150), 100)
    assert colouring(image) == "colour"
    assert colouring(scanned(image, grey=True)) == "grey"
    assert colouring(np.where(page(100)[..., :1].repeat(3, axis=2) < 150, 0, 255).astype(np.uint8)) == "bilevel"


def test_scales() -> None:
    assert guesses(1654, 2339, 200) == (200.0,)
    assert len(guesses(2080, 1248, None)) == 2 and guesses(2080, 1248, 5) == guesses(2080, 1248, None)
    assert guesses(266, 264, None)[0] == pytest.approx(150, abs=2)


@pytest.mark.parametrize(
    ("text", "word"),
    [("合同专用章", "合同专用章"), ("合同专用意", "合同专用章"), ("京财务专用章司", "财务专用章"), ("专用章", ""), ("务专用", ""),
     ("合问专用章", "合同专用章"), ("申报要求", ""), ("", "")],
)  # fmt: skip
def test_words_are_mended_only_when_they_can_be_told(text: str, word: str) -> None:
    assert known_word(text) == word


@pytest.mark.parametrize(
    ("ring", "word", "round_", "unread", "numbered", "role"),
    [
        ("深圳市鹏程数控装备有限公司", "", True, False, False, "company"),
        ("深圳市鹏程数控装备有限公司", "公章", True, False, False, "company"),
        ("深圳市鹏程数控装备有限公司", "合同专用章", True, False, False, "contract"),
        ("深圳市鹏程数控装备有限公司", "", True, True, False, "unknown"),
        ("深圳市鹏程数控装备有限公司", "务专用", True, False, False, "unknown"),
        ("深圳市鹏程数控装备有限公司", "", False, False, True, "invoice"),
        ("深圳市鹏程数控装备有限公司发票专用章", "", False, False, False, "invoice"),
        ("国家税务总局深圳市南山区税务局", "征税专用章", True, False, False, "authority"),
        ("深圳市工业和信息化局", "", True, False, False, "authority"),
        ("中华人民共和国蛇口海关", "", True, False, False, "authority"),
        ("深圳正衡会计师事务所（普通合伙）", "", True, False, False, "firm"),
        ("全国统一发票监制章", "", False, False, False, "printed"),
        ("装备", "", True, False, False, "unknown"),
    ],
)  # fmt: skip
def test_roles(ring: str, word: str, round_: bool, unread: bool, numbered: bool, role: str) -> None:
    assert role_of(ring, word, round_=round_, word_unread=unread, numbered=numbered) == role


def test_square_roles() -> None:
    assert [square_role(t) for t in ("王建国印", "", "财务专用章")] == ["legal_person", "legal_person", "finance"]


def test_ring_text_is_tidied() -> None:
    assert tidy("深圳 市(华强)·有限。公司★12") == "深圳市（华强）·有限公司12"
    assert without_code("4403深圳市公司（3）01") == "深圳市公司（3）"
    assert without_code("4403") == "4403"
