"""Seals are where they are noted, look struck by hand, and slices of one strike join into one seal."""

from __future__ import annotations

import random

import numpy as np
import pytest
from numpy.typing import NDArray

from samples.paper import Paper, blueprint, resolution
from samples.seals import Die, accountant_die, company_die, fan, invoice_die, name_die, paste, strike, strike_slice, struck, touch

DIE = company_die("深圳市示例样张有限公司", "4403123456789")


def _paper(dpi: int = 100) -> Paper:
    with resolution(dpi):
        return Paper()


def _red(paper: Paper) -> NDArray[np.int64]:
    picture = np.asarray(paper.image).astype(int)
    return picture[:, :, 0] - picture[:, :, 2]


@pytest.mark.parametrize("die", [DIE, invoice_die("深圳市示例样张有限公司", "91440300MA5EXAMPLE"), accountant_die("王小明", "440300010001"), name_die("王小明")])
@pytest.mark.parametrize("seed", range(4))
def test_ink_is_where_it_is_noted(die: Die, seed: int) -> None:
    paper = _paper()
    seal = strike(paper, die, 100, 150, random.Random(seed), fade=0.1, ink=(205, 30, 40))
    ys, xs = np.nonzero(_red(paper) > 50)
    mm = 25.4 / 100
    found = (xs.min() * mm, ys.min() * mm, xs.max() * mm, ys.max() * mm)
    assert np.allclose(found, seal.box, atol=2.0), "a ghost may reach a little further"
    assert seal.text == die.text and seal.shape == die.shape


def test_strikes_vary_and_some_are_pale_doubled_or_turned() -> None:
    touches = [touch(random.Random(i)) for i in range(200)]
    assert len({t.seed for t in touches}) == 200
    assert 4 < sum(t.fade > 0.5 for t in touches) < 40
    assert 3 < sum(t.ghost != (0.0, 0.0) for t in touches) < 30
    assert 5 < sum(abs(t.angle) > 15 for t in touches) < 40


def test_a_strike_takes_the_same_chance_whatever_it_is() -> None:
    a, b = random.Random(5), random.Random(5)
    strike(_paper(), DIE, 100, 100, a)
    strike(_paper(), invoice_die("示例", "91440300MA5EXAMPLE"), 100, 100, b, angle=3, ink=(0, 0, 0))
    assert a.random() == b.random()


def test_pasted_seals_are_pixel_for_pixel_alike() -> None:
    pages = [_paper(), _paper()]
    for page in pages:
        paste(page, DIE, 80, 90)
    assert np.array_equal(np.asarray(pages[0].image), np.asarray(pages[1].image))


@pytest.mark.parametrize("count", [2, 5, 23])
def test_slices_of_one_strike_join(count: int) -> None:
    pieces = fan(DIE, "a strike", count, 150)
    papers = [_paper(150) for _ in pieces]
    for paper, piece in zip(papers, reversed(pieces), strict=True):
        strike_slice(paper, piece)
    strips = [(p.seals[0].box[0], np.asarray(p.image)) for p in reversed(papers)]
    joined = np.concatenate([image[:, round(left * 150 / 25.4) :, 2] for left, image in strips], axis=1)
    assert abs(joined.shape[1] * 25.4 / 150 - 40) < count * 0.2 + 1
    ink = (joined < 160).mean(axis=0)
    assert (ink > 0).mean() > 0.9, "the seal runs through all strips"
    whole = struck(DIE, touch(random.Random(1), angle=0, fade=0.1), 150)
    middle = joined[:, joined.shape[1] // 3 : joined.shape[1] * 2 // 3]
    assert (middle < 160).sum() > 0.3 * (whole[:, whole.shape[1] // 3 : whole.shape[1] * 2 // 3] > 0.3).sum()


def test_slices_differ_in_width_and_are_noted_where_they_are() -> None:
    pieces = fan(DIE, "k", 6, 150)
    widths = []
    for piece in pieces:
        paper = _paper(150)
        strike_slice(paper, piece)
        box = paper.seals[0].box
        widths.append(box[2] - box[0])
        assert paper.seals[0].role == "seam" and paper.seals[0].shape == "partial"
        ys, xs = np.nonzero(_red(paper) > 40)
        mm = 25.4 / 150
        assert box[0] - 0.6 < xs.min() * mm and box[1] - 1.5 < ys.min() * mm and ys.max() * mm < box[3] + 1.5
        assert abs((ys.max() - ys.min()) * mm - (box[3] - box[1])) < 3.0
    assert sum(widths) == pytest.approx(40) and max(widths) > 1.1 * min(widths)


@pytest.mark.parametrize(("turn", "side"), [(0, "right"), (90, "bottom"), (180, "left"), (270, "top")])
def test_a_sheet_bound_sideways_has_its_slice_on_another_edge(turn: int, side: str) -> None:
    with resolution(100):
        paper = Paper(297, 210)
    strike_slice(paper, fan(DIE, "k", 4, 120)[1], turn=turn)  # type: ignore[arg-type]
    red = _red(paper) > 40
    ys, xs = np.nonzero(red)
    h, w = red.shape
    reach = {"right": xs.max() == w - 1, "bottom": ys.max() == h - 1, "left": xs.min() == 0, "top": ys.min() == 0}
    assert [name for name, touches in reach.items() if touches] == [side]
    x0, y0, x1, y1 = (v * 100 / 25.4 for v in paper.seals[0].box)
    assert x0 - 3 < xs.min() and xs.max() < x1 + 3 and y0 - 6 < ys.min() and ys.max() < y1 + 6


def test_blueprints_note_the_same_seals() -> None:
    def notes() -> list[object]:
        paper = _paper()
        strike(paper, DIE, 90, 90, random.Random(4))
        strike_slice(paper, fan(DIE, "k", 5, 140)[2])
        return [(s.box, s.text, s.role) for s in paper.seals]

    with blueprint():
        measured = notes()
    assert measured == notes()
