"""审计报告 (rule-book B.8): cover, contents, opinion, the four statements, notes, and copies of the firm's licences.

A report keeps to its firm's template (:mod:`.style`) and comes out at about ``report.pages`` pages; in a short world it has six or
seven: cover, opinion, balance sheet, income, cash flows, notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from samples.accounts import Books
from samples.documents.audit.figures import Line, in_unit
from samples.documents.audit.licences import licence_copies
from samples.documents.audit.notes import note_numbers, notes_pages
from samples.documents.audit.opinion import KIND, contents, cover, opinion_pages
from samples.documents.audit.statements import Accounts, StatementPrinter
from samples.documents.audit.style import Style, make_style, number_page
from samples.documents.draft import Draft, copy_remark
from samples.paper import MmBox, Paper
from samples.world.model import AuditReport, World

__all__ = ["KIND", "draw_audit_report"]


def draw_audit_report(world: World, report: AuditReport) -> Draft:
    """The report on ``report.year`` as the applicant's sealed copy."""
    key = f"{KIND}:{report.year}"
    style = _style(world, report)
    brief = world.short
    printer = _printer(world, report, style)
    front = [cover(world, report, style)]
    opinion = opinion_pages(world, report, style, key, brief=brief)
    accounts = _accounts(world, report)
    statements = _statements(world, report, printer, accounts, brief)
    enclosed = 0 if brief else 2 if report.pages < 22 else 4
    room = report.pages - len(front) - len(opinion) - len(statements) - enclosed - (0 if brief else 1)
    own = next(a for a in accounts if a.scope == "parent")
    now, before = in_unit(own.now, style.unit), in_unit(own.before, style.unit)

    def note_row(paper: Paper, item: str, amount: Decimal, box: MmBox, item_box: MmBox) -> None:
        printer.note_line(paper, "notes", "parent", Line(item, item, amount, None), item_box, box, None)

    notes = notes_pages(world, report, style, now, before, pages=max(4, room), noter=note_row, brief=brief)
    numbered = [*opinion, *statements, *notes]
    for i, paper in enumerate(numbered, start=1):
        number_page(paper, style, i, len(numbered))
    if not brief:
        front.append(contents(report, style, _entries(opinion, statements, notes, report)))
    papers = [*front, *numbered, *licence_copies(world, report.firm, enclosed, report.dated.year)]
    rng = world.rng(KIND, report.year, "copy")
    on_cover = brief or rng.random() < 0.75
    sheet = papers[0] if on_cover else opinion[0]
    copy_remark(world, key, sheet, rng.uniform(136, 166), rng.uniform(196, 212) if on_cover else rng.uniform(246, 262), rng)
    return Draft(KIND, papers, "审计报告", report.year, seam=True, key=key)


def _style(world: World, report: AuditReport) -> Style:
    style = make_style(world.rng(KIND, "style", report.firm.name), world.rng(KIND, "unit"))
    if world.short:
        return replace(style, unit="元", unit_words="单位：人民币元", balance="single", group="columns", full=False, size=10.5, leading=6.6)
    return style


def _printer(world: World, report: AuditReport, style: Style) -> StatementPrinter:
    key: tuple[object, ...] = (KIND, report.year, *(("grouped",) if report.group is not None else ()))
    printer = StatementPrinter(world, style, report.client, report.year, key, annotations=note_numbers(report.books, report.prior))
    printer.noted |= {"client_name", "fiscal_year"}  # noted on the cover
    return printer


def _accounts(world: World, report: AuditReport) -> list[Accounts]:
    """The group's books first, then the company's."""
    own = Accounts("parent", report.books, report.prior, world.books.get(report.year - 2), report.printed)
    if report.group is None:
        return [own]
    previous = next((r.group_prior for r in world.audit_reports if r.year == report.year - 1 and r.group_prior is not None), None)
    before = report.group_prior or _scaled(report.prior, report.group, report.books)
    return [Accounts("consolidated", report.group, before, previous), own]


def _scaled(prior: Books, group: Books, own: Books) -> Books:
    """Last year's group where nobody states it: this year's group less what the company itself grew."""
    ratio = prior.revenue / own.revenue if own.revenue else Decimal(1)
    return replace(group, year=group.year - 1, revenue=(group.revenue * ratio).quantize(Decimal("0.01")))


def _statements(world: World, report: AuditReport, printer: StatementPrinter, accounts: Sequence[Accounts], brief: bool) -> list[Paper]:
    """All statements; with ``body_year`` the balance sheet was taken out of that year's report."""
    if report.body_year is None or report.body_year == report.year:
        return printer.all_statements(accounts, equity=not brief)
    other = _other_report(world, report)
    foreign = replace(_printer(world, other, _style(world, other)), noted=printer.noted)
    papers = [paper for sheet in foreign.sheets_of(foreign.rounded(_accounts(world, other))) for paper in foreign.balance(sheet)]
    printer.row, printer.sheets = foreign.row, foreign.sheets
    return papers + printer.all_statements(accounts, balance=False, equity=not brief)


def _other_report(world: World, report: AuditReport) -> AuditReport:
    year = report.body_year or report.year
    found = next((r for r in world.audit_reports if r.year == year), None)
    return found or replace(report, year=year, books=world.books[year], prior=world.books.get(year - 1, world.books[year]), body_year=None, printed=())


def _entries(opinion: Sequence[Paper], statements: Sequence[Paper], notes: Sequence[Paper], report: AuditReport) -> list[tuple[str, str]]:
    a, b, c = len(opinion), len(statements), len(notes)
    lead = "已审财务报表（合并及母公司）" if report.group is not None else "已审财务报表"
    return [
        ("审计报告", f"1-{a}"), (lead, f"{a + 1}-{a + b}"), ("财务报表附注", f"{a + b + 1}-{a + b + c}"),
        ("会计师事务所营业执照及执业证书复印件", ""), ("注册会计师执业证书复印件", ""),
    ]  # fmt: skip
