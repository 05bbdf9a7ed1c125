"""Page numbers as printed and as stamped; and everything that only looks like one."""

from __future__ import annotations

import pytest

from pipeline.model.reading import Line
from pipeline.reading.labels import number_of, page_labels, roman

BODY = (
    Line(text="审计报告", box=(0.4, 0.14, 0.6, 0.17)),
    Line(text="我们审计了后附的财务报表", box=(0.1, 0.3, 0.8, 0.32)),
    Line(text="包括资产负债表", box=(0.1, 0.5, 0.6, 0.52)),
)
BOTTOM, TOP = (0.95, 0.965), (0.03, 0.045)


def at(text: str, x: float, rows: tuple[float, float] = BOTTOM) -> Line:
    half = 0.006 * len(text)
    return Line(text=text, box=(max(0.0, x - half), rows[0], min(1.0, x + half), rows[1]))


@pytest.mark.parametrize(
    ("text", "number", "total"),
    [
        ("第3页 共20页", 3, 20),
        ("第 3 页/共 20 页", 3, 20),
        ("第3页，共20页", 3, 20),
        ("第三页 共二十页", 3, 20),
        ("共20页 第3页", 3, 20),
        ("深圳市明远公司审计报告 第3页 共20页", 3, 20),
        ("第3页", 3, None),
        ("- 3 -", 3, None),
        ("—3—", 3, None),
        ("一3一", 3, None),
        ("3/20", 3, 20),
        ("3 / 20", 3, 20),
        ("Page 3 of 20", 3, 20),
        ("page 3/20", 3, 20),
        ("Page 3", 3, None),
        ("页码：3/20", 3, 20),
        ("3", 3, None),
        ("Ⅲ", 3, None),
        ("iii", 3, None),
        ("第十二页", 12, None),
    ],
)
def test_printed_numbers(text: str, number: int, total: int | None) -> None:
    label, volume = page_labels([*BODY, at(text, 0.5)])
    assert label is not None and volume is None
    assert (label.number, label.total) == (number, total)


def test_a_pair_in_two_runs_is_one_label() -> None:
    label, _ = page_labels([*BODY, at("第3页", 0.45), at("共20页", 0.55)])
    assert label is not None and (label.number, label.total) == (3, 20)


def test_the_box_is_that_of_the_number_not_of_the_whole_footer() -> None:
    footer = at("深圳市明远精密电子有限公司二〇一九年度审计报告 第3页 共20页", 0.5)
    label, _ = page_labels([*BODY, footer])
    assert label is not None and label.box[0] > footer.box[0] + 0.1


@pytest.mark.parametrize("text", ["2019", "0", "9999", "12,345.60", "3.5", "第3页起", "详见第3页", "20/3", "2020/3", "12/2019", "第30页 共20页", "￥3", "civil", "iiii"])
def test_what_is_no_page_number(text: str) -> None:
    assert page_labels([*BODY, at(text, 0.5)]) == (None, None)


def test_a_number_within_the_page_is_none() -> None:
    assert page_labels([*BODY, at("3", 0.5, (0.7, 0.72)), at("第3页", 0.5, (0.4, 0.42))]) == (None, None)


def test_a_number_in_a_table_row_or_column_is_none() -> None:
    assert page_labels([*BODY, at("合计", 0.2), at("12", 0.5)]) == (None, None)
    column = [at("7", 0.9, (0.90, 0.915)), at("12", 0.9, (0.93, 0.945))]
    assert page_labels([*BODY, *column]) == (None, None)


def test_print_below_the_number_makes_it_content() -> None:
    assert page_labels([*BODY, at("3", 0.5, (0.92, 0.935)), at("附注系财务报表的组成部分", 0.4, (0.96, 0.975))]) == (None, None)


def test_two_different_numbers_are_no_answer() -> None:
    assert page_labels([*BODY, at("第3页", 0.5), at("第4页", 0.5, TOP)])[0] is None


def test_the_volume_number_stands_apart_from_the_printed_one() -> None:
    label, volume = page_labels([*BODY, at("- 3 -", 0.5), at("37", 0.93)])
    assert label is not None and label.number == 3
    assert volume is not None and volume.number == 37


@pytest.mark.parametrize(("text", "x", "rows"), [("0037", 0.93, BOTTOM), ("37", 0.94, TOP), ("0037", 0.06, TOP)])
def test_stamped_numbers_alone(text: str, x: float, rows: tuple[float, float]) -> None:
    label, volume = page_labels([*BODY, at(text, x, rows)])
    assert label is None
    assert volume is not None and volume.number == 37


def test_a_lone_number_in_a_bottom_corner_is_the_documents_own() -> None:
    label, volume = page_labels([*BODY, at("37", 0.93)])
    assert label is not None and label.number == 37 and volume is None


def test_a_table_value_in_the_top_corner_is_no_volume_number() -> None:
    """No. and its number stand side by side at the head of a form."""
    assert page_labels([*BODY, at("编号", 0.86, TOP), at("37", 0.93, TOP)]) == (None, None)


def test_the_pair_under_a_forms_title_counts_the_single_does_not() -> None:
    title = (0.18, 0.195)
    label, _ = page_labels([*BODY, at("第1页 共2页", 0.85, title)])
    assert label is not None and (label.number, label.total) == (1, 2)
    assert page_labels([*BODY, at("第1页", 0.85, title)]) == (None, None)


def test_numerals() -> None:
    assert [number_of(t) for t in ("12", "十", "十二", "二十", "二十一", "一百零五", "二〇", "〇", "甲")] == [12, 10, 12, 20, 21, 105, 20, None, None]
    assert [roman(t) for t in ("iv", "XII", "Ⅻ", "ⅲ", "iiii", "vx", "", "xlix", "a")] == [4, 12, 12, 3, None, None, None, 49, None]


def test_no_lines_no_labels() -> None:
    assert page_labels([]) == (None, None)
    assert page_labels([Line(text=" ", box=(0, 0, 1, 1))]) == (None, None)


def test_a_stamped_number_beside_a_worded_footer() -> None:
    label, volume = page_labels([*BODY, at("第3页 共20页", 0.5), at("0037", 0.93)])
    assert label is not None and (label.number, label.total) == (3, 20)
    assert volume is not None and volume.number == 37
