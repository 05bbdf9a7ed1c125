"""The planted defects: each changes one thing in a clean world and says which rules may answer it.

A defect is a pure function of a world; what follows from the change (totals, the printed list beside the Excel one, the
declared sum of the application) follows by itself, because everything is drawn from the world.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from samples.truth import TruthDefect, TruthDocument
from samples.world import World

OLD_INVOICE_ROW = 9
DOUBLED_ROW = 13
GROSS_ROW = 16
OTHER_BUYER_ROW = 23
TORN_REPORT, TORN_PAGE = 2018, 5


@dataclass(frozen=True)
class Defect:
    """``rules`` may answer it; ``moves`` names what may differ in truth from the clean submission, as ``kind`` or
    ``kind.field`` or ``kind.table``; ``place`` finds the document, page and row of the evidence."""

    name: str
    title: str
    rules: tuple[str, ...]
    moves: tuple[str, ...]
    plant: Callable[[World], World]
    place: Callable[[tuple[TruthDocument, ...]], TruthDefect]


def _replace_line(world: World, sequence: int, **changes: object) -> World:
    lines = tuple(replace(line, **changes) if line.sequence == sequence else line for line in world.lines)  # type: ignore[arg-type]
    return replace(world, lines=lines)


def _missing_tax_year(world: World) -> World:
    return replace(world, tax_papers=tuple(paper for paper in world.tax_papers if paper.year != 2018))


def _old_invoice(world: World) -> World:
    line = world.lines[OLD_INVOICE_ROW - 1]
    # The code is of 2018 already and 16 % was in force in December 2018: the date is all that is wrong.
    return _replace_line(world, OLD_INVOICE_ROW, issued_on=date(2018, 12, 18), code=line.code[:4] + "18" + line.code[6:])


def _doubled(world: World) -> World:
    line = next(x for x in world.lines if x.sequence == DOUBLED_ROW)
    return replace(world, lines=(*world.lines, replace(line, sequence=len(world.lines) + 1)))


def _gross(world: World) -> World:
    line = next(x for x in world.lines if x.sequence == GROSS_ROW)
    return _replace_line(world, GROSS_ROW, declared=line.gross)


def _unit_slip(world: World) -> World:
    def slipped(form: str, period: str, indicator: str) -> bool:
        return form == "B203" and period.startswith("2019") and indicator == "营业收入"

    values = tuple(
        replace(v, value=(v.value / 10).quantize(Decimal(1))) if slipped(v.form, v.period, v.indicator) else v for v in world.statistics
    )
    return replace(world, statistics=values)


def _unsealed(world: World) -> World:
    return replace(world, unsealed=world.unsealed | {"filing_certificate"})


def _torn(world: World) -> World:
    return replace(world, torn_out=world.torn_out | {("audit_report", TORN_REPORT, TORN_PAGE)})


def _other_buyer(world: World) -> World:
    return replace(world, other_buyer=world.other_buyer | {OTHER_BUYER_ROW})


def _find(documents: tuple[TruthDocument, ...], kind: str, *, year: int | None = None, subtype: str | None = None, number: str | None = None) -> int | None:
    for i, document in enumerate(documents):
        if document.kind != kind or (year and document.year != year) or (subtype and document.subtype != subtype):
            continue
        if number and document.fields["invoice_number"].value != number:
            continue
        return i
    return None


def _at_row(name: str, row: int, note: str, rules: tuple[str, ...]) -> Callable[[tuple[TruthDocument, ...]], TruthDefect]:
    return lambda documents: TruthDefect(name=name, rules=rules, document=_find(documents, "investment_list", subtype="workbook"), page=0, row=row, note=note)


def _place_absent(documents: tuple[TruthDocument, ...]) -> TruthDefect:
    return TruthDefect(name="missing_tax_year", rules=_R["missing_tax_year"], note="2018年度纳税证明不在册内")


def _place_doubled(documents: tuple[TruthDocument, ...]) -> TruthDefect:
    index = _find(documents, "investment_list", subtype="workbook")
    last = len(documents[index].tables["lines"]) if index is not None else None
    return TruthDefect(name="duplicate_invoice", rules=_R["duplicate_invoice"], document=index, page=0, row=last, note=f"与第{DOUBLED_ROW}行为同一张发票")


def _place_unit(documents: tuple[TruthDocument, ...]) -> TruthDefect:
    return TruthDefect(name="unit_slip", rules=_R["unit_slip"], document=_find(documents, "statistics"), page=2, note="B203表2019年营业收入按万元填入千元栏")


def _place_unsealed(documents: tuple[TruthDocument, ...]) -> TruthDefect:
    index = _find(documents, "filing_certificate")
    page = documents[index].pages[0].page if index is not None else None
    return TruthDefect(name="unsealed_material", rules=_R["unsealed_material"], document=index, page=page, note="备案表未加盖申报单位公章")


def _place_torn(documents: tuple[TruthDocument, ...]) -> TruthDefect:
    index = _find(documents, "audit_report", year=TORN_REPORT)
    page = None
    if index is not None:
        page = next(p.page for p in documents[index].pages if p.label == TORN_PAGE + 1)
    return TruthDefect(name="torn_audit_page", rules=_R["torn_audit_page"], document=index, page=page, note=f"{TORN_REPORT}年度审计报告缺第{TORN_PAGE}页")


def _place_buyer(documents: tuple[TruthDocument, ...]) -> TruthDefect:
    lists = _find(documents, "investment_list", subtype="workbook")
    number = documents[lists].tables["lines"][OTHER_BUYER_ROW - 1]["invoice_number"].value if lists is not None else None
    index = _find(documents, "vat_invoice", number=number)
    page = documents[index].pages[0].page if index is not None else None
    return TruthDefect(name="other_buyer", rules=_R["other_buyer"], document=index, page=page, row=OTHER_BUYER_ROW, note="发票购买方为关联公司")


_R: dict[str, tuple[str, ...]] = {
    "missing_tax_year": ("R-080", "R-095", "R-270"),
    "invoice_of_2018": ("R-051", "R-052", "R-053", "E-02"),
    "duplicate_invoice": ("R-042", "R-205", "R-322", "E-05", "E-24"),
    "gross_as_net": ("R-050", "R-215", "E-03"),
    "unit_slip": ("R-352", "R-015", "R-342", "E-04"),
    "unsealed_material": ("R-082",),
    "torn_audit_page": ("R-083", "R-088", "R-080", "R-096"),
    "other_buyer": ("R-221", "R-007", "E-06"),
}

DEFECTS: dict[str, Defect] = {
    defect.name: defect
    for defect in (
        Defect("missing_tax_year", "缺少2018年度纳税证明", _R["missing_tax_year"], ("tax_certificate", "supporting"), _missing_tax_year, _place_absent),
        Defect(
            "invoice_of_2018", "清单中有2018年开具的发票", _R["invoice_of_2018"],
            ("investment_list.lines", "vat_invoice.issue_date", "vat_invoice.invoice_code"), _old_invoice,
            _at_row("invoice_of_2018", OLD_INVOICE_ROW, "2018年12月开具", _R["invoice_of_2018"]),
        ),
        Defect(
            "duplicate_invoice", "同一张发票列示两次", _R["duplicate_invoice"],
            ("investment_list.lines", "investment_list.declared_total", "application_form.declared_investment"), _doubled, _place_doubled,
        ),
        Defect(
            "gross_as_net", "含税金额作为申报金额", _R["gross_as_net"],
            ("investment_list.lines", "investment_list.declared_total", "application_form.declared_investment"), _gross,
            _at_row("gross_as_net", GROSS_ROW, "申报金额等于价税合计", _R["gross_as_net"]),
        ),
        Defect("unit_slip", "统计数据与申请书计量单位不一致", _R["unit_slip"], ("statistics.indicators",), _unit_slip, _place_unit),
        Defect("unsealed_material", "备案表未盖公章", _R["unsealed_material"], ("filing_certificate.seals",), _unsealed, _place_unsealed),
        Defect("torn_audit_page", "审计报告缺页", _R["torn_audit_page"], ("audit_report", "supporting"), _torn, _place_torn),
        Defect(
            "other_buyer", "凭证中发票的购买方不是申报单位", _R["other_buyer"], ("vat_invoice.buyer_name", "vat_invoice.buyer_tax_id"),
            _other_buyer, _place_buyer,
        ),
    )
}  # fmt: skip


