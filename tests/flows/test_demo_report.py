"""The shipped sample through all floors on recorded readings: what was planted is found where it lies, and nothing else is
demanded. The readings are real (``python -m tests.recorded``), only their making is left out."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from docx import Document as open_docx

from flows.check import notice_facts
from flows.cli import run
from pipeline.intake import Limits, take_in
from pipeline.model import AbsenceEvidence, CellEvidence, Evidence, Finding, PageEvidence, Report, Stage
from pipeline.policy import load_policy
from reports import NoPictures, render_workbook, write_report_set
from samples.truth import Truth, TruthDefect, read_truth
from tests.flows.demo import demo_reconciliation, demo_report
from tests.recorded import DEMO, PARTS, readings_of
from validators.matching import ReconciledLine

ROOT = Path(__file__).parents[2]
ELSEWHERE = "other_buyer"
"""The one planted defect that no declared list shows: it stands on a voucher of the auditors' folder."""
SCAN = "申报材料/申报材料扫描件.pdf"
STATUS_OF = {"invoice_of_2018": "ineligible", "other_buyer": "ineligible", "duplicate_invoice": "duplicate", "gross_as_net": "mismatched"}


@cache
def truth() -> Truth:
    return read_truth(DEMO / "truth.json")


@cache
def whole_truth_defects() -> dict[str, TruthDefect]:
    return {defect.name: defect for defect in truth().defects}


@pytest.fixture(scope="module")
def report() -> Report:
    return demo_report()


def paths_of(report: Report) -> dict[str, str]:
    """File id → path as ``truth.json`` writes it."""
    return {file.id: f"申报材料/{file.path}" for file in report.files}


def answers(findings: tuple[Finding, ...], defect: TruthDefect) -> list[Finding]:
    return [finding for finding in findings if finding.rule in defect.rules and finding.audience == "applicant"]


def cells_of_row(defect: TruthDefect) -> set[tuple[str, str, str]]:
    """``(path, sheet, cell)`` of every cell of the declared line a defect was planted in."""
    assert defect.document is not None
    document = truth().documents[defect.document]
    rows = [row for row in document.tables["lines"] if row["sequence"].value == str(defect.row)]
    assert len(rows) == 1
    return {(document.pages[0].file, value.sheet or "", value.cell or "") for value in rows[0].values()}


def cells(report: Report, evidence: tuple[Evidence, ...]) -> set[tuple[str, str, str]]:
    return {(paths_of(report)[e.file], e.sheet, e.cell) for e in evidence if isinstance(e, CellEvidence)}


def pages(report: Report, evidence: tuple[Evidence, ...]) -> set[tuple[str, int]]:
    return {(paths_of(report)[e.file], e.page) for e in evidence if isinstance(e, PageEvidence)}


@pytest.mark.parametrize("part", sorted(PARTS))
def test_the_recordings_are_of_the_shipped_pages(part: str, tmp_path: Path) -> None:
    shipped = {page.content for file in take_in([PARTS[part]], tmp_path, Limits()).files for page in file.pages}
    assert set(readings_of(part)) == shipped, "样例变了：python -m tests.recorded"


def test_eight_defects_were_planted() -> None:
    assert len(truth().defects) == 8
    assert not any(defect.innocent for defect in truth().defects)


@pytest.mark.parametrize("name", ["invoice_of_2018", "duplicate_invoice", "gross_as_net"])
def test_a_defect_of_a_declared_line_is_shown_in_its_row(name: str, report: Report) -> None:
    defect = whole_truth_defects()[name]
    found = answers(report.findings, defect)
    assert found
    for finding in found:
        assert cells(report, finding.evidence) & cells_of_row(defect), finding
    if name == "duplicate_invoice":  # both rows of the pair
        number = next(e.text for e in found[0].evidence if isinstance(e, CellEvidence))
        holders = {
            (value.sheet or "", value.cell or "")
            for row in truth().documents[defect.document or 0].tables["lines"]
            if (value := row["invoice_number"]).value == number
        }
        assert len(holders) == 2
        assert holders <= {(sheet, cell) for _, sheet, cell in cells(report, found[0].evidence)}


@pytest.mark.parametrize(("name", "beside"), [("unsealed_material", 0), ("torn_audit_page", 1)])
def test_a_defect_of_a_page_is_shown_on_that_page(name: str, beside: int, report: Report) -> None:
    """``beside``: how many pages besides the planted one may be shown (a gap has two sides)."""
    defect = whole_truth_defects()[name]
    found = answers(report.findings, defect)
    assert found
    for finding in found:
        shown = pages(report, finding.evidence)
        assert (SCAN, defect.page) in shown
        assert shown <= {(SCAN, (defect.page or 0) - step) for step in range(beside + 1)}


def test_a_missing_year_is_proved_by_the_list_of_what_was_searched(report: Report) -> None:
    found = answers(report.findings, whole_truth_defects()["missing_tax_year"])
    assert len(found) == 1
    absences = [e for e in found[0].evidence if isinstance(e, AbsenceEvidence)]
    assert len(absences) == 1 and "2018" in absences[0].expected and "纳税证明" in absences[0].expected
    searched = {(paths_of(report)[ref.file], ref.page) for ref in absences[0].searched}
    there = {(ref.file, ref.page) for d in truth().documents if d.kind == "tax_certificate" for ref in d.pages}
    assert there <= searched
    assert found[0].subject.year == 2018


def test_a_slip_of_units_is_shown_in_the_cell_of_the_statistics(report: Report) -> None:
    defect = whole_truth_defects()["unit_slip"]
    document = truth().documents[defect.document or 0]
    right = {
        (document.pages[0].file, value.sheet or "", value.cell or "")
        for rows in document.tables.values()
        for row in rows
        if any("营业收入" in v.value for v in row.values()) and any(v.value.startswith("2019") for v in row.values())
        for value in row.values()
    }
    assert right
    found = answers(report.findings, defect)
    assert found
    for finding in found:
        assert cells(report, finding.evidence) & right, finding
        assert {"2019"} <= {sheet[-4:] for _, sheet, _ in cells(report, finding.evidence)}


def test_the_other_buyer_is_shown_on_the_invoice() -> None:
    result, defect = demo_reconciliation(), whole_truth_defects()[ELSEWHERE]
    found = [f for f in result.findings if f.rule in defect.rules]
    assert len(found) == 1
    document = truth().documents[defect.document or 0]
    number = document.fields["invoice_number"].value
    line = line_of(ELSEWHERE)
    assert line.declared["invoice_number"] == number
    papers = {d.id: d for d in result.documents}
    voucher = papers[line.vouchers[0].document]
    assert voucher.get("invoice_number").value == number
    shown = {(e.file, e.page) for e in found[0].evidence if isinstance(e, PageEvidence)}
    assert shown == {(ref.file, ref.page) for ref in voucher.pages}


def line_of(name: str) -> ReconciledLine:
    row = str(whole_truth_defects()[name].row)
    lines = [line for line in demo_reconciliation().lines if str(line.declared["sequence"]) == row]
    assert len(lines) == 1
    return lines[0]


def test_reconcile_says_of_every_line_what_was_planted() -> None:
    for name, status in STATUS_OF.items():
        assert line_of(name).status == status
    planted = {str(whole_truth_defects()[name].row) for name in STATUS_OF}
    scanned = {d.fields["invoice_number"].value for d in truth().documents if d.kind == "vat_invoice"}
    for line in demo_reconciliation().lines:
        if str(line.declared["sequence"]) not in planted:
            assert line.status == ("matched" if line.declared["invoice_number"] in scanned else "missing_scan"), line.row
    assert len(demo_reconciliation().lines) == len(truth().documents[12].tables["lines"])
    assert demo_reconciliation().unlisted_documents == ()


def test_reconcile_result_fits_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    jsonschema.validate(json.loads(demo_reconciliation().model_dump_json()), schema("reconcile", capsys))


@pytest.mark.parametrize("stage", ["window", "audit", "prereview"])
def test_nothing_else_is_demanded_of_the_applicant(stage: Stage) -> None:
    report = demo_report(stage)
    allowed = {rule for defect in truth().defects for rule in defect.rules}
    demanded = [f for f in report.findings if f.severity in ("reject", "correct") and f.audience == "applicant"]
    assert [(f.rule, f.message) for f in demanded if f.rule not in allowed] == []
    # the right rule in the wrong place is a false accusation all the same
    for finding in demanded:
        assert any(finding.rule in d.rules and is_about(report, finding, d) for d in truth().defects), finding
    assert report.verdict == "correct"


def is_about(report: Report, finding: Finding, defect: TruthDefect) -> bool:
    if defect.row is not None and defect.document == 12:
        return bool(cells(report, finding.evidence) & cells_of_row(defect))
    if defect.page is not None and defect.name != "unit_slip":
        return (SCAN, defect.page) in pages(report, finding.evidence)
    return True  # absences and the slip of units have tests of their own above


def test_every_page_belongs_to_a_document_is_blank_or_carries_an_error(report: Report) -> None:
    documents = {d.id: d for d in report.documents}
    assert sum(len(file.pages) for file in report.files) == 43
    for file in report.files:
        for page in file.pages:
            if page.document is None:
                assert page.blank or page.error is not None, (file.path, page.index)
            else:
                assert (file.id, page.index) in {(ref.file, ref.page) for ref in documents[page.document].pages}


def test_pages_are_turned_numbered_and_blank_as_they_truly_are(report: Report) -> None:
    true = next(file for file in truth().files if file.path == SCAN).pages
    seen = next(file for file in report.files if paths_of(report)[file.id] == SCAN).pages
    assert [p.blank for p in seen] == [p.blank for p in true]
    written = [(i, p) for i, p in enumerate(true) if not p.blank]
    assert [(i, seen[i].rotation) for i, _ in written] == [(i, p.rotation) for i, p in written]
    # a printed number that was seen is right; one that was not seen is only missing
    assert [(i, seen[i].volume_label) for i, p in written if seen[i].volume_label not in (None, p.volume_label)] == []
    assert [(i, seen[i].label) for i, p in written if seen[i].label not in (None, p.label)] == []


def schema(name: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert run(["schema", name]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert isinstance(printed, dict)
    return printed


@pytest.fixture(scope="module")
def papers(report: Report) -> Iterator[Path]:
    """The report set with one more finding in it, which is nobody's business but the office's."""
    internal = report.findings[0].model_copy(
        update={"id": "internal", "audience": "internal", "message": "内部线索甲乙丙", "title": "内部线索丁", "hint": "内部线索戊"}
    )
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        whole = report.model_copy(update={"findings": (internal, *report.findings)})
        write_report_set(whole, out, NoPictures(), notice=notice_facts(load_policy("2020")))
        yield out


def test_report_json_fits_the_printed_schema(papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = schema("report", capsys)
    body = json.loads((papers / "report.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(printed).validate(body)
    body["findings"][0].pop("rule")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(printed).validate(body)


def test_the_notice_holds_every_demand_and_nothing_internal(papers: Path, report: Report) -> None:
    docx = open_docx(str(papers / "补正通知书.docx"))
    text = "\n".join(p.text for p in docx.paragraphs) + "\n".join(
        cell.text for table in docx.tables for row in table.rows for cell in row.cells
    )
    assert "内部线索" not in text
    assert "内部线索" in (papers / "report.json").read_text("utf-8")  # it was there to be left out
    for finding in report.findings:
        if finding.severity in ("reject", "correct") and finding.audience == "applicant":
            assert finding.message.rstrip("。") in text, finding.rule


OTHER_RUN = """
import shutil, sys
from pathlib import Path
import tests.flows.demo as demo
copy = Path(sys.argv[1])
shutil.copytree(demo.DEMO, copy)
demo.DEMO = copy
sys.stdout.write(demo.demo_report().model_dump_json())
"""


@pytest.mark.slow
def test_ids_and_findings_are_the_same_in_another_run_at_another_place(report: Report, tmp_path: Path) -> None:
    """Another process, another hash seed, another folder: all the same, but for when it was made."""
    surroundings = {**os.environ, "PYTHONHASHSEED": "4711", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", OTHER_RUN, str(tmp_path / "别处")]
    told = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=True).stdout
    mine, other = json.loads(report.model_dump_json()), json.loads(told)
    for body in (mine, other):
        body["made_by"].pop("created_at")
        body["timing"].pop("wall_s")
    assert mine == other
    assert len({f["id"] for f in mine["findings"]}) == len(mine["findings"])


def test_both_lines_of_a_duplicate_are_marked_in_the_check_sheet() -> None:
    """Whoever goes down the list must stop at the first of the two lines, not only at the second."""
    workbook = render_workbook(demo_report(), notice_facts(load_policy("2020")))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook))["清单核查"]
    marked = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2) if "重复列示" in str(row[2].value)}
    assert marked == {"〔表1〕B18": "补正", "〔表1〕B38": "补正"}
