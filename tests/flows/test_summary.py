"""The terminal's summary: what a clerk sees at a glance is readable, grouped and placed."""

from __future__ import annotations

from flows.summary import reconcile_lines, summary_lines
from tests.flows.demo import demo_reconciliation, demo_report


def test_an_absence_says_where_it_was_looked_for() -> None:
    lines = summary_lines(demo_report(), None)
    at = next(i for i, line in enumerate(lines) if "缺少2018年度纳税证明" in line)
    assert "已查找" in lines[at + 1]
    assert "未见“2018年度纳税证明”" in lines[at + 1]


def test_one_wrong_unit_is_told_once_in_units_people_think_in() -> None:
    slips = [line for line in summary_lines(demo_report(), None) if "R-352" in line]
    assert len(slips) == 1
    assert "2,737.20万元" in slips[0]
    assert "27,371.91万元" in slips[0]


def test_missing_scans_share_a_line() -> None:
    result = demo_reconciliation()
    missing = [line for line in result.lines if line.status == "missing_scan"]
    assert len(missing) > 3
    lines = reconcile_lines(result, None)
    assert [line for line in lines if "未见票据扫描件" in line] == [line for line in lines if f"{len(missing)} 行未见票据扫描件" in line]
    assert not [line for line in lines if "R-402" in line]


def test_lines_in_trouble_say_why_with_both_sides() -> None:
    result = demo_reconciliation()
    text = "\n".join(reconcile_lines(result, None))
    messages = {f.id: f.message for f in result.findings}
    for line in result.lines:
        if line.status in ("ineligible", "duplicate"):
            assert line.findings
            assert all(messages[name] in text for name in line.findings)
    assert "核减 6,485,080.01 元（648.51 万元）" in text
