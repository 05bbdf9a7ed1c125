"""Papers of a reconciliation: worst lines first, sums as numbers, an undecided line is never counted as decided."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from report_builder import HOSTILE, FakePictures, build, known, late_row, twelve

from pipeline.model import CellEvidence, Document, PageEvidence
from reports import write_reconciliation
from reports.reconciliation import render_reconciliation_html, render_reconciliation_workbook
from validators.matching import STATUSES, Difference, Lamps, LineRow, LineStatus, Paper, ReconciledLine, Reconciliation, Totals

REPORT = build(twelve())


def line(n: int, status: LineStatus) -> ReconciledLine:
    found = late_row(n % 4)
    return ReconciledLine(
        row=LineRow(file="f3", sheet="表1", row=6 + n, key=f"4403192130:{20190000 + n}"),
        status=status,
        declared={"sequence": str(n + 1), "name": "五轴数控机床", "invoice_code": "4403192130", "invoice_number": f"0{20190000 + n}", "net": "12345.60",
                  "declared_amount": "12345.60"},
        vouchers=(Paper(document=f"d-inv{60 + n}", amount=None if status == "review" else "12345.60"),) if status != "missing_scan" else (),
        payments=(Paper(document="d-unknown", amount="13950.53"),) if n % 2 else (),
        lamps=Lamps(voucher="absent" if status == "missing_scan" else "found", contract="listed"),
        recognised=None if status == "review" else ("12345.60" if status == "matched" else "0.00"),
        flags=("期间不符",) if status == "ineligible" else (),
        differences=(Difference(field="net", declared="12345.60", found="11345.60", evidence=(
            CellEvidence(file="f3", sheet="表1", cell=f"Q{6 + n}", text="12345.60"), PageEvidence(file="f2", page=60 + n, box=(0.6, 0.5, 0.8, 0.53), text="¥11345.60"))),)
        if status == "mismatched" else (),
        findings=(found.id, "R-999-gone") if status == "ineligible" else (),
    )  # fmt: skip


@pytest.fixture
def result() -> Reconciliation:
    statuses: list[LineStatus] = ["matched", "review", "mismatched", "ineligible", "matched", "missing_scan", "duplicate"]
    lines = tuple(line(n, s) for n, s in enumerate(statuses))
    listed = Document(id="d-l", kind="investment_list", fields={"applicant_name": known("深圳市云帆精密制造有限公司")})
    return Reconciliation(
        made_by=REPORT.made_by, lines=lines, unlisted_documents=("d-inv100", "d-gone"), findings=REPORT.findings, documents=(*REPORT.documents, listed),
        totals=Totals(lines=7, declared="86419.20", recognised="24691.20", deducted="49382.40", open="12345.60"),
    )  # fmt: skip


def rows(package: bytes, sheet: str) -> list[dict[str, object]]:
    heads, *body = openpyxl.load_workbook(io.BytesIO(package))[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), values, strict=True)) for values in body]


def test_every_line_stands_once_worst_first(result: Reconciliation) -> None:
    table = rows(render_reconciliation_workbook(result, REPORT.files), "逐行核对")
    assert [r["结果"] for r in table] == ["不符合条件", "重复", "缺票据", "不一致", "需人工核验", "一致", "一致"]
    assert {r["行"] for r in table} == {f"〔表1〕第{6 + n}行" for n in range(7)}
    assert STATUSES[0] == "ineligible"


def test_what_a_person_must_decide_is_not_a_number(result: Reconciliation) -> None:
    table = rows(render_reconciliation_workbook(result, REPORT.files), "逐行核对")
    sums = [r["可认定金额"] for r in table]
    assert sums[4] == "待定"
    assert [Decimal(str(s)) for s in (sums[0], sums[5])] == [Decimal("0"), Decimal("12345.6")]
    assert table[0]["申报：发票号码"] == "020190003"


def test_differences_show_both_sides_and_lead_to_the_page(result: Reconciliation) -> None:
    (row,) = rows(render_reconciliation_workbook(result, REPORT.files), "差异")
    assert (row["项目"], row["申报"], row["票面"]) == ("不含税金额", "12,345.60", "11,345.60")
    assert (row["页码"], row["原文"]) == ("第63页（页码61）", "¥11345.60")


def test_page_shows_lines_and_findings(result: Reconciliation) -> None:
    text = render_reconciliation_html(result, REPORT.files, FakePictures())
    assert re.findall(r'<tr><td><span class="tag \w+">(.*?)</span>', text) == ["不符合条件", "重复", "缺票据", "不一致", "需人工核验", "一致", "一致"]
    ids = set(re.findall(r'id="(f-[^"]+)"', text))
    assert set(re.findall(r'href="#(f-[^"]+)"', text)) <= ids, "no link leads nowhere"
    assert "金额待核" in text
    assert "深圳市云帆精密制造有限公司" in text


def test_hostile_list(result: Reconciliation, tmp_path: Path) -> None:
    bad = line(0, "mismatched").model_copy(update={
        "declared": {"name": HOSTILE, "invoice_number": HOSTILE, "declared_amount": "=1+1"}, "flags": (HOSTILE,),
        "row": LineRow(file="f3", sheet=HOSTILE, row=1, key=HOSTILE), "differences": (Difference(field=HOSTILE, declared=HOSTILE, found=HOSTILE),),
    })  # fmt: skip
    paths = write_reconciliation(result.model_copy(update={"lines": (bad,), "repairs": (HOSTILE,)}), REPORT.files, tmp_path, FakePictures())
    assert {p.name for p in tmp_path.iterdir()} == {p.name for p in paths.paths}
    text = paths.html.read_text("utf-8")
    assert text.count("<script") == 1
    assert "<img src=x" not in text
    with zipfile.ZipFile(paths.workbook) as parts:
        assert not [n for n in parts.namelist() if n.startswith("xl/worksheets/sheet") and re.search(rb"<f[ >]", parts.read(n))]


def test_equal_results_give_equal_bytes(result: Reconciliation, tmp_path: Path) -> None:
    first = write_reconciliation(result, REPORT.files, tmp_path / "a", FakePictures())
    second = write_reconciliation(result, REPORT.files, tmp_path / "b", FakePictures())
    assert [p.read_bytes() for p in first.paths] == [p.read_bytes() for p in second.paths]
    assert Reconciliation.model_validate_json(first.json.read_text("utf-8")) == result


def test_a_line_in_trouble_says_why_and_what_is_lost(result: Reconciliation) -> None:
    reason = next(f.message for f in result.findings if f.id == next(x for x in result.lines if x.status == "ineligible").findings[0])
    package = render_reconciliation_workbook(result, REPORT.files)
    worst = rows(package, "逐行核对")[0]
    assert reason in str(worst["原因与差异"])
    html = render_reconciliation_html(result, REPORT.files, FakePictures())
    assert reason in html.partition('id="lines"')[2].partition('id="unlisted"')[0]
    overview = dict(openpyxl.load_workbook(io.BytesIO(package))["概览"].iter_rows(values_only=True))
    assert overview["申报合计"] == "86,419.20 元"
    assert overview["　其中缺票据"] == "12,345.60 元（补齐票据后另行核对）"
    assert overview["　其中不符合条件"] == "12,345.60 元"
