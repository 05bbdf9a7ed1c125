"""Writing: whole files or none, and nothing of others is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_builder import FACTS, FakePictures, build, twelve

from pipeline.model import Report
from reports import ReportWriteError, write_report_set
from reports.places import spans
from reports.writing import clean, stamp_of, write_atomic


def test_writes_all_and_keeps_what_is_not_ours(tmp_path: Path) -> None:
    foreign = tmp_path / "经办人批注.docx"
    foreign.write_text("别动")
    (tmp_path / "report.html").write_text("old")
    report = build(twelve())
    done = write_report_set(report, tmp_path, FakePictures(), notice=FACTS)
    assert {p.name for p in done.paths} == {"report.json", "report.html", "补正通知书.docx", "核查表.xlsx"}
    assert {p.name for p in tmp_path.iterdir()} == {p.name for p in done.paths} | {foreign.name}
    assert foreign.read_text() == "别动"
    assert Report.model_validate_json(done.json.read_text("utf-8")) == report
    assert "old" not in done.html.read_text("utf-8")[:10]


def test_second_run_gives_the_same_bytes(tmp_path: Path) -> None:
    first = [p.read_bytes() for p in write_report_set(build(twelve()), tmp_path / "a", FakePictures(), notice=FACTS).paths]
    second = [p.read_bytes() for p in write_report_set(build(twelve()), tmp_path / "b", FakePictures(), notice=FACTS).paths]
    assert first == second


def test_hostile_report_can_be_written(tmp_path: Path, hostile: Report) -> None:
    assert all(p.stat().st_size for p in write_report_set(hostile, tmp_path, FakePictures(), notice=FACTS).paths)


def test_what_cannot_be_replaced_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "x.bin").mkdir()
    with pytest.raises(ReportWriteError, match=r"x\.bin.*重试"):
        write_atomic(tmp_path / "x.bin", b"1")
    assert [p.name for p in tmp_path.iterdir()] == ["x.bin"], "no half-written file stays behind"


def test_clean_takes_what_xml_forbids() -> None:
    assert clean("a\x00b\x1f\ud800c\u202ed\ufffe\te") == "abcd\te"


def test_stamp_of_anything() -> None:
    assert stamp_of("2020-07-02T09:30:00+08:00").isoformat() == "2020-07-02T09:30:00"
    assert stamp_of("gestern").year == 1980


def test_spans() -> None:
    assert spans([3, 1, 2, 5, 7, 8, 2]) == "1–3、5、7–8"
    assert spans([]) == ""
