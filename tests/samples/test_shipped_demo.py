"""The shipped demo: its truth is consistent, its files are there, and it is small enough to ship."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from openpyxl import load_workbook

import samples
from samples import Truth, read_truth
from samples.truth import TruthDocument, TruthValue

DEMO = Path(samples.__file__).parent / "submissions" / "demo"
D = Decimal


@pytest.fixture(scope="module")
def truth() -> Truth:
    return read_truth(DEMO / "truth.json")


def _values(document: TruthDocument) -> list[TruthValue]:
    return [*document.fields.values(), *(v for rows in document.tables.values() for row in rows for v in row.values())]


def _one(truth: Truth, kind: str, **want: object) -> TruthDocument:
    found = [d for d in truth.documents if d.kind == kind and all(getattr(d, k) == v for k, v in want.items())]
    assert len(found) == 1, (kind, want, len(found))
    return found[0]


PLANTED = {
    "missing_tax_year", "invoice_of_2018", "duplicate_invoice", "gross_as_net", "unit_slip", "unsealed_material", "torn_audit_page", "other_buyer",
}  # fmt: skip


def test_every_planted_defect_is_in_it_once(truth: Truth) -> None:
    assert sorted(d.name for d in truth.defects) == sorted(PLANTED)
    assert all(defect.rules and not defect.innocent for defect in truth.defects)


def test_it_is_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in DEMO.rglob("*") if path.is_file()) <= 20_000_000


def test_files_and_pages_exist(truth: Truth) -> None:
    listed = {DEMO / file.path for file in truth.files}
    there = {path for path in DEMO.rglob("*") if path.is_file() and path.name not in ("truth.json", "README.md")}
    assert listed == there
    for file in truth.files:
        if file.path.endswith(".pdf"):
            with pikepdf.open(DEMO / file.path) as pdf:
                assert len(pdf.pages) == len(file.pages), file.path
        elif file.path.endswith(".xlsx"):
            assert len(load_workbook(DEMO / file.path, read_only=True).sheetnames) == len(file.pages)
        else:
            assert len(file.pages) == 1


def test_places_lie_on_pages_of_their_document(truth: Truth) -> None:
    pages = {file.path: file.pages for file in truth.files}
    for document in truth.documents:
        own = {ref.page for ref in document.pages}
        assert document.pages and all(ref.page < len(pages[ref.file]) for ref in document.pages)
        for value in _values(document):
            if value.box is not None:
                assert value.page in own
                x0, y0, x1, y1 = value.box
                assert 0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1, (document.kind, value)
            else:
                assert value.sheet and value.cell, (document.kind, value)
        for seal in document.seals:
            assert seal.page in own and seal.text


def test_every_page_of_the_volume_has_one_owner_or_is_blank(truth: Truth) -> None:
    volume = next(file for file in truth.files if len(file.pages) > 30)
    owners = [ref.page for d in truth.documents for ref in d.pages if ref.file == volume.path]
    assert sorted(owners) == [i for i, page in enumerate(volume.pages) if not page.blank]
    numbers = [page.volume_label for page in volume.pages if not page.blank]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {page.rotation for page in volume.pages} >= {0, 90, 180}


def test_workbook_cells_hold_what_truth_says(truth: Truth) -> None:
    document = next(d for d in truth.documents if d.kind == "investment_list" and d.pages[0].file.startswith("申报材料") and d.subtype == "workbook")
    sheet = load_workbook(DEMO / document.pages[0].file)["表1"]
    for row in document.tables["lines"]:
        at = {column: value.cell or "" for column, value in row.items()}
        for column in ("invoice_code", "invoice_number", "payment_number"):
            cell = sheet[at[column]]
            assert cell.value == row[column].value and cell.data_type == "s", "identifiers are text"
        for column in ("net", "gross", "declared_amount"):
            assert f"{sheet[at[column]].value:.2f}" == row[column].value
        assert sheet[at["invoice_date"]].value.date().isoformat() == row["invoice_date"].value


def test_lists_add_up_and_agree(truth: Truth) -> None:
    lists = [d for d in truth.documents if d.kind == "investment_list"]
    assert len(lists) == 3
    totals = {d.fields["declared_total"].value for d in lists}
    assert len(totals) == 1
    application = _one(truth, "application_form")
    assert {application.fields["declared_investment"].value} == totals
    for document in lists:
        rows = document.tables["lines"]
        assert sum((D(row["declared_amount"].value) for row in rows), D(0)) == D(totals.copy().pop())
        for row in rows:
            assert D(row["net"].value) + D(row["tax"].value) == D(row["gross"].value)
    printed = next(d for d in lists if d.subtype is None)
    book = next(d for d in lists if d.subtype == "workbook")
    for a, b in zip(printed.tables["lines"], book.tables["lines"], strict=True):
        assert all(a[column].value == b[column].value for column in a)


def test_statements_tie_within_and_between_years(truth: Truth) -> None:
    reports = {year: _one(truth, "audit_report", year=year) for year in (2017, 2018, 2019)}
    sheets = {
        year: {row["item"].value: (D(row["current"].value), D(row["prior"].value)) for row in report.tables["statements"]}
        for year, report in reports.items()
    }
    for year, items in sheets.items():
        for side in (0, 1):
            assert items["资产总计"][side] == items["负债合计"][side] + items["所有者权益合计"][side]
            assert items["三、利润总额"][side] - items["减：所得税费用"][side] == items["四、净利润"][side]
        if year > 2017:
            for item in ("资产总计", "负债合计", "所有者权益合计", "一、营业收入", "三、利润总额", "四、净利润"):
                assert items[item][1] == sheets[year - 1][item][0], (year, item)


def test_certificates_sum_to_their_totals(truth: Truth) -> None:
    papers = [d for d in truth.documents if d.kind == "tax_certificate"]
    assert sorted(d.year or 0 for d in papers) == [2017, 2017, 2019]
    for paper in papers:
        assert sum((D(row["amount"].value) for row in paper.tables["taxes"]), D(0)) == D(paper.fields["total"].value)


def test_the_folder_holds_twenty_vouchers_of_the_list(truth: Truth) -> None:
    vouchers = [d for d in truth.documents if d.kind == "vat_invoice"]
    rows = {row["invoice_number"].value: row for d in truth.documents if d.kind == "investment_list" for row in d.tables["lines"]}
    assert len(vouchers) == 20
    assert sum(d.subtype == "e_ordinary" for d in vouchers) == 2
    for voucher in vouchers:
        row = rows[voucher.fields["invoice_number"].value]
        assert voucher.fields["invoice_code"].value == row["invoice_code"].value
        assert voucher.fields["amount"].value == row["net"].value
        assert voucher.fields["total"].value == row["gross"].value
        assert voucher.fields["issue_date"].value == row["invoice_date"].value
        assert voucher.fields["seller_name"].value == row["supplier_name"].value
    others = [d for d in vouchers if d.fields["buyer_tax_id"].value != truth.uscc]
    assert len(others) == 1 and others[0].fields["buyer_name"].value != truth.applicant


def test_evidence_of_the_defects_is_where_truth_says(truth: Truth) -> None:
    found = {d.name: d for d in truth.defects}

    def row(name: str) -> dict[str, TruthValue]:
        defect = found[name]
        assert defect.document is not None and defect.row is not None
        return truth.documents[defect.document].tables["lines"][defect.row - 1]

    assert row("invoice_of_2018")["invoice_date"].value.startswith("2018-12")
    gross = row("gross_as_net")
    assert gross["declared_amount"].value == gross["gross"].value != gross["net"].value and gross["voucher_type"].value == "special"
    twice = row("duplicate_invoice")
    index = found["duplicate_invoice"].document
    assert index is not None
    same = [r for r in truth.documents[index].tables["lines"] if r["invoice_number"].value == twice["invoice_number"].value]
    assert len(same) == 2
    unsealed = found["unsealed_material"].document
    assert unsealed is not None
    assert truth.documents[unsealed].kind == "filing_certificate" and not truth.documents[unsealed].seals
    torn = found["torn_audit_page"].document
    assert torn is not None
    labels = [ref.label for ref in truth.documents[torn].pages]
    assert labels == [None, 1, 2, 3, 4, 6]


def test_all_other_materials_bear_the_applicants_seal(truth: Truth) -> None:
    volume = [d for d in truth.documents if d.pages[0].file.endswith("扫描件.pdf") and d.kind not in ("vat_invoice", "filing_certificate")]
    assert len(volume) == 11
    for document in volume:
        own = [s for s in document.seals if s.role == "company" and s.shape == "round" and s.text == truth.applicant]
        assert own, document.title
        if len(document.pages) > 1:
            assert {s.page for s in document.seals if s.role == "seam"} == {ref.page for ref in document.pages}
