"""The volume's running number and the papers' own, told apart over the pages of one file."""

from __future__ import annotations

from pipeline.model import PageLabel, PageReading
from pipeline.reading.running import with_running_numbers

CENTRE, CORNER, OTHER = 0.5, 0.93, 0.07


def label(number: int, x: float, total: int | None = None) -> PageLabel:
    text = f"第{number}页 共{total}页" if total else str(number)
    return PageLabel(number=number, total=total, text=text, box=(x - 0.02, 0.95, x + 0.02, 0.965))


def page(own: PageLabel | None = None, volume: PageLabel | None = None) -> PageReading:
    return PageReading(content="c", reader="r", width=1654, height=2339, label=own, volume_label=volume)


def numbers(pages: tuple[PageReading, ...]) -> list[tuple[int | None, int | None]]:
    return [(p.label.number if p.label else None, p.volume_label.number if p.volume_label else None) for p in pages]


BOUND = [
    page(label(1, CORNER)), page(label(2, CORNER)), page(), page(label(1, CENTRE, 3), label(3, CORNER)),
    page(label(2, CENTRE, 3), label(4, CORNER)), page(label(3, CENTRE, 3), label(5, CORNER)), page(label(6, CORNER)),
]  # fmt: skip


def test_a_bare_figure_in_the_corner_of_the_volume_is_the_volumes() -> None:
    found = with_running_numbers(BOUND)
    assert numbers(found) == [(None, 1), (None, 2), (None, None), (1, 3), (2, 4), (3, 5), (None, 6)]


def test_bare_figures_elsewhere_stay_the_papers_own() -> None:
    pages = [*BOUND, page(label(7, CENTRE)), page(label(8, OTHER))]
    assert numbers(with_running_numbers(pages))[-2:] == [(7, None), (8, None)]


def test_without_pages_that_show_both_nothing_is_told() -> None:
    plain = [page(label(n, CORNER)) for n in range(1, 6)]
    assert with_running_numbers(plain) == tuple(plain)
    once = [*plain, page(label(1, CENTRE, 3), label(6, CORNER))]
    assert with_running_numbers(once) == tuple(once)


def test_figures_that_do_not_grow_number_no_volume() -> None:
    pages = [page(label(5, CORNER)), *(page(label(1, CENTRE, 3), label(n, CORNER)) for n in (9, 7, 7, 2, 2, 1))]
    assert with_running_numbers(pages) == tuple(pages)


def test_one_misread_figure_does_not_hide_the_numbering() -> None:
    pages = [page(label(1, CENTRE, 9), label(n, CORNER)) for n in (1, 2, 3, 8, 5, 6, 7)] + [page(label(8, CORNER))]
    assert numbers(with_running_numbers(pages))[-1] == (None, 8)
