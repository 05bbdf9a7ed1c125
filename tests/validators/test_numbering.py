"""Gaps in page numbers hold up against anything a scanner does that loses no page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from validators.numbering import Label, gaps, total_of


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.data())
def test_blank_backs_and_unread_labels_make_no_gap(blanks: list[bool], data: st.DataObject) -> None:
    labels, number = [], 0
    for position, blank in enumerate(blanks):
        if not blank:
            number += 1
            if data.draw(st.booleans()):
                labels.append(Label(position, number))
    assert gaps(labels) == []


@given(st.integers(6, 30), st.data())
def test_one_misread_label_never_makes_a_sure_gap(count: int, data: st.DataObject) -> None:
    wrong = data.draw(st.integers(0, count - 1))
    labels = [Label(i, data.draw(st.integers(1, 200)) if i == wrong else i + 1) for i in range(count)]
    assert not [g for g in gaps(labels) if g.sure]


@given(st.integers(6, 30), st.data())
def test_a_page_torn_from_the_middle_is_found(count: int, data: st.DataObject) -> None:
    torn = data.draw(st.integers(2, count - 3))
    numbers = [n for n in range(1, count + 1) if n != torn + 1]
    (gap,) = gaps([Label(i, n) for i, n in enumerate(numbers)])
    assert (gap.before.number, gap.after.number, gap.missing, gap.sure) == (torn, torn + 2, 1, True)


def test_totals() -> None:
    assert [total_of(t) for t in ("第5页 共20页", "5/20", "- 5 -", None)] == [20, 20, None, None]
