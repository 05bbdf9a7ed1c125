"""Rows, labels, values beside and below, columns; also on tilted pages and with labels torn apart."""

from __future__ import annotations

import pytest

from extractors.layout import (
    Run,
    as_piece,
    cells_of,
    columns_of,
    find_in_row,
    find_labels,
    page_rows,
    page_text,
    right_of,
    slope,
    values_for,
)
from extractors.values import parse_date
from tests.extractors.pages import line, page


def test_a_label_torn_apart_is_one_label() -> None:
    read = page([("名", 0.1, 0.2), ("称：", 0.18, 0.2), ("深圳市测试制造有限公司", 0.24, 0.202)])
    label = find_labels(read, ["名称"])[0]
    value = right_of(label)
    assert value is not None
    assert value.text == "深圳市测试制造有限公司"
    assert label.box[0] == pytest.approx(0.1)


def test_a_misread_label_is_still_found_but_scored_lower() -> None:
    read = page([("纳税人识另号：914403001922038216", 0.1, 0.2)])
    label = find_labels(read, ["纳税人识别号"])[0]
    assert label.score < 1
    value = right_of(label)
    assert value is not None
    assert value.text == "914403001922038216"
    assert find_labels(read, ["开票日期"]) == []


def test_the_longer_label_wins() -> None:
    read = page([("购买方名称：甲公司", 0.1, 0.2)])
    assert [label.name for label in find_labels(read, ["名称", "购买方名称"])] == ["购买方名称"]


def test_value_stops_at_the_next_label_and_at_a_wide_gap() -> None:
    read = page([("开户行：工商银行", 0.1, 0.2), ("账号：4000", 0.3, 0.2), ("远处的字", 0.9, 0.2)])
    label = find_labels(read, ["开户行"])[0]
    beside = right_of(label, stops=["账号"])
    assert beside is not None
    assert beside.text == "工商银行"
    account = right_of(find_labels(read, ["账号"])[0])
    assert account is not None
    assert account.text == "4000"


def test_value_below_when_nothing_fits_beside() -> None:
    read = page([("签发日期", 0.3, 0.2), ("说明", 0.5, 0.2), ("2019年3月5日", 0.29, 0.235), ("2018年1月1日", 0.7, 0.235)])
    found = values_for(read, ["签发日期"], accept=lambda text: parse_date(text) is not None)
    assert [run.text for run in found] == ["2019年3月5日"]


@pytest.mark.parametrize("tilt", [0.0, 0.02, -0.03])
def test_rows_hold_on_tilted_pages(tilt: float) -> None:
    spots = [(f"{name}{i}", x, 0.1 + 0.03 * i) for i in range(10) for name, x in (("甲", 0.1), ("乙", 0.3), ("丙", 0.5), ("丁", 0.7))]
    rows = page_rows(page(spots, tilt=tilt))
    assert [row.text for row in rows] == [f"甲{i} 乙{i} 丙{i} 丁{i}" for i in range(10)]


def test_slope_is_read_from_quads() -> None:
    read = page([])
    lines = []
    for i in range(5):
        flat = line("一二三四五六七八九十", 0.2, 0.1 + 0.1 * i)
        x0, y0, x1, y1 = flat.box
        rise = 0.03 * (x1 - x0)
        lines.append(flat.model_copy(update={"quad": ((x0, y0), (x1, y0 + rise), (x1, y1 + rise), (x0, y1))}))
    tilted = read.reading.model_copy(update={"lines": tuple(lines)})
    assert slope(type(read)(read.file, read.path, 0, tilted)) == pytest.approx(0.03, abs=1e-4)


def test_columns_and_cells() -> None:
    header = [("a", (0.1, 0.1, 0.2, 0.12)), ("b", (0.4, 0.1, 0.5, 0.12)), ("c", (0.8, 0.1, 0.9, 0.12))]
    read = page([("甲", 0.12, 0.3), ("12.00", 0.45, 0.3), ("尾", 0.85, 0.3)])
    cells = cells_of(page_rows(read)[0], columns_of(header))
    assert {name: run.text for name, run in cells.items()} == {"a": "甲", "b": "12.00", "c": "尾"}


def test_cutting_a_run_keeps_text_and_place() -> None:
    read = page([("合计：", 0.1, 0.2), ("100.00元", 0.3, 0.2)])
    row = page_rows(read)[0]
    start = row.text.index("100.00")
    part = row.cut(start, start + 6)
    assert part.text == "100.00"
    assert part.box[0] == pytest.approx(0.3)
    assert part.evidence().text == "100.00"
    assert Run((as_piece(read, read.reading.lines[0]),)).trimmed().text == "合计"


def test_page_text_has_no_spaces() -> None:
    assert "价税合计" in page_text(page([("价 税 合 计", 0.1, 0.2)]))


def test_short_labels_are_never_found_loosely() -> None:
    row = page_rows(page([("合汁", 0.1, 0.2)]))[0]
    assert find_in_row(row, "合计") == []
