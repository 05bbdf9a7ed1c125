"""Papers of a reconciliation for auditors: ``reconcile.json``, ``reconcile.html``, ``核对结果.xlsx``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from markupsafe import Markup

from pipeline.model import Document, SourceFile
from reports import words
from reports.base import RECONCILE_HTML, RECONCILE_JSON, RECONCILE_XLSX, Pictures, ReconciliationSet
from reports.html import content_policy, environment, style_and_script
from reports.ordering import Numbered, numbered
from reports.places import Place, Places
from reports.view_findings import view_findings
from reports.workbook import finding_sheet
from reports.writing import clean, one_line, stamp_of, write_atomic
from reports.xlsx_tools import Book, Column, Entry, Value, fitting
from validators.matching import STATUS_WORDS, STATUSES, LineStatus, Paper, ReconciledLine, Reconciliation

_LIST, _LINES = "investment_list", "lines"
_MISSING, _DIFFERS = "R-402", "R-401"
_LAMP_WORDS = {"found": "已见", "listed": "仅列", "absent": "缺"}
_FILL: dict[LineStatus, str] = {
    "ineligible": "reject", "duplicate": "reject", "missing_scan": "correct", "mismatched": "correct", "review": "review", "matched": "good",
}  # fmt: skip
_TONE: dict[LineStatus, str] = {
    "ineligible": "reject", "duplicate": "reject", "missing_scan": "correct", "mismatched": "correct", "review": "review", "matched": "pass",
}  # fmt: skip
"""Colours of the page, those of the verdicts."""
_SHOWN = ("sequence", "name", "supplier_name", "invoice_code", "invoice_number", "invoice_date", "gross", "net", "tax", "declared_amount")
"""Declared columns that the auditor needs beside the outcome, as far as the list has them."""


@dataclass(frozen=True)
class DifferenceView:
    label: str
    declared: str
    found: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class LineView:
    """One line of the list, in words."""

    line: ReconciledLine
    where: str
    word: str
    tone: str
    name: str
    voucher: str
    declared: str
    recognised: str
    vouchers: tuple[str, ...]
    payments: tuple[str, ...]
    lamps: tuple[tuple[str, str, str], ...]
    differences: tuple[DifferenceView, ...]
    reasons: tuple[Numbered, ...]
    findings: tuple[Numbered, ...]

    @property
    def told(self) -> str:
        """Why the line is in trouble, for a cell: the findings in their words, the differences with both sides."""
        return "\n".join([f"{n.number}. {one_line(n.finding.message)}" for n in self.reasons] + [
            f"{d.label}：申报 {d.declared}，票面 {d.found}" for d in self.differences
        ])  # fmt: skip


def write_reconciliation(
    result: Reconciliation,
    files: Sequence[SourceFile],
    out: Path,
    pictures: Pictures,
    *,
    sources: Mapping[str, Path] | None = None,
    clauses: Mapping[str, str] | None = None,
) -> ReconciliationSet:
    """Write the papers of one reconciliation into ``out``; rules of writing as in ``write_report_set``.

    Args:
        files: the files that evidence points into.
        sources: file id → path on disk, for links into the originals.
        clauses: clause → the guide's own words.

    Raises:
        ReportWriteError: when a paper cannot be written.
    """
    paths = ReconciliationSet(json=out / RECONCILE_JSON, html=out / RECONCILE_HTML, workbook=out / RECONCILE_XLSX)
    write_atomic(paths.json, (result.model_dump_json(by_alias=True, indent=1) + "\n").encode())
    write_atomic(paths.html, render_reconciliation_html(result, files, pictures, out=out, sources=sources, clauses=clauses).encode())
    write_atomic(paths.workbook, render_reconciliation_workbook(result, files, out=out, sources=sources))
    return paths


def render_reconciliation_html(
    result: Reconciliation,
    files: Sequence[SourceFile],
    pictures: Pictures,
    *,
    out: Path | None = None,
    sources: Mapping[str, Path] | None = None,
    clauses: Mapping[str, str] | None = None,
) -> str:
    """The page as text."""
    places = Places(files, result.documents, out, sources)
    found = view_findings(result.findings, places, pictures, clauses=clauses)
    lines = _views(result, places)
    css, script = style_and_script()
    return environment().get_template("reconcile.html.j2").render(
        result=result,
        css=Markup(css),
        script=Markup(script),
        policy=content_policy(css, script),
        applicant=_applicant(result),
        lines=lines,
        counts=found.counts,
        statuses=[(STATUS_WORDS[s], _TONE[s], sum(1 for v in lines if v.line.status == s)) for s in STATUSES],
        found=found,
        unlisted=_unlisted(result, places),
        totals=_totals(result),
        workbook=RECONCILE_XLSX,
    )


def render_reconciliation_workbook(
    result: Reconciliation, files: Sequence[SourceFile], *, out: Path | None = None, sources: Mapping[str, Path] | None = None
) -> bytes:
    """The workbook as XLSX bytes."""
    places = Places(files, result.documents, out, sources)
    views = _views(result, places)
    book = Book()
    book.card("概览", _overview(result, views))
    shown = tuple(name for name in _SHOWN if any(name in v.line.declared for v in views))
    book.sheet("逐行核对", _line_columns(shown, result.lines), [_line_row(v, shown, places) for v in views], frozen=3)
    book.sheet("差异", _DIFFERENCE_COLUMNS, [row for v in views for row in _difference_rows(v)])
    book.sheet("未列入清单的票据", (Column("票据", 30), Column("所在", 70)), [list(pair) for pair in _unlisted(result, places)])
    finding_sheet(book, numbered(result.findings), places, RECONCILE_HTML)
    return book.save("核对结果", stamp_of(result.made_by.created_at if result.made_by else ""))


def _views(result: Reconciliation, places: Places) -> tuple[LineView, ...]:
    """Lines worst first, as the list has them within one status."""
    documents = {d.id: d for d in result.documents}
    findings = {n.finding.id: n for n in numbered(result.findings)}
    ordered = sorted(result.lines, key=lambda line: STATUSES.index(line.status))
    return tuple(_view(line, documents, findings, places) for line in ordered)


def _view(line: ReconciledLine, documents: Mapping[str, Document], findings: Mapping[str, Numbered], places: Places) -> LineView:
    def papers(of: tuple[Paper, ...]) -> tuple[str, ...]:
        return tuple(
            f"{places.pages_words(documents[p.document].pages) if p.document in documents else clean(p.document)}"
            f"{f'，{words.yuan(p.amount)} 元' if p.amount else '，金额待核'}"
            for p in of
        )

    declared = line.declared
    mine = tuple(sorted((findings[i] for i in set(line.findings) if i in findings), key=lambda n: n.number))
    number = declared.get("invoice_number") or line.row.key or ""
    lamps = line.lamps
    return LineView(
        line=line,
        where=clean(f"〔{line.row.sheet}〕第{line.row.row}行" if line.row.sheet else f"第{line.row.row}行"),
        word=STATUS_WORDS[line.status],
        tone=_TONE[line.status],
        name=one_line(declared.get("name") or ""),
        voucher=one_line(f"{declared.get('invoice_code') or ''} {number}"),
        declared=words.yuan(declared.get("declared_amount")),
        recognised=words.yuan(line.recognised) if line.recognised is not None else "待定",
        vouchers=papers(line.vouchers),
        payments=papers(line.payments),
        lamps=tuple(
            (title, state, _LAMP_WORDS[state])
            for title, state in (
                ("合同", lamps.contract), ("票据", lamps.voucher), ("记账", lamps.bookkeeping), ("付款", lamps.payment),
            )
        ),
        differences=tuple(
            DifferenceView(
                label=words.field_label(_LIST, f"{_LINES}.{d.field}").removeprefix(f"{_LINES}."),
                declared=words.data_words(d.field, d.declared),
                found=words.data_words(d.field, d.found),
                places=tuple(dict.fromkeys(places.of(e) for e in d.evidence)),
            )
            for d in line.differences
        ),
        # A missing scan says so in its status; a difference is told with both sides below.
        reasons=tuple(n for n in mine if n.finding.rule not in (_MISSING, _DIFFERS)),
        findings=mine,
    )  # fmt: skip


def _applicant(result: Reconciliation) -> str:
    names = (d.get("applicant_name").value for d in result.documents if d.kind == _LIST)
    return one_line(next((name for name in names if name), "（清单未写明申报单位）"))


def _unlisted(result: Reconciliation, places: Places) -> list[tuple[str, str]]:
    """Scanned papers that no line of the list names."""
    documents = {d.id: d for d in result.documents}
    out = []
    for name in result.unlisted_documents:
        document = documents.get(name)
        title = clean(words.document_title(document)) if document else clean(name)
        number = (document.get("invoice_number").value or document.get("payment_number").value) if document else None
        out.append((f"{title} {clean(number)}" if number else title, places.pages_words(document.pages) if document else ""))
    return out


def _totals(result: Reconciliation) -> list[tuple[str, str]]:
    totals = result.totals
    rows = [
        ("清单行数", str(totals.lines)),
        ("申报合计", words.money_words(totals.declared)),
        ("可认定合计", words.money_words(totals.recognised)),
        ("核减合计", words.money_words(totals.deducted)),
    ]
    for status in STATUSES:
        lost = sum((_lost(line) for line in result.lines if line.status == status), Decimal(0))
        if lost:
            later = "（补齐票据后另行核对）" if status == "missing_scan" else ""
            rows.append((f"　其中{STATUS_WORDS[status]}", words.money_words(str(lost)) + later))
    return [*rows, ("待定（申报额）", words.money_words(totals.open))]


def _lost(line: ReconciledLine) -> Decimal:
    """What of a decided line is not recognised."""
    declared, recognised = words.amount(line.declared.get("declared_amount")), words.amount(line.recognised)
    return declared - recognised if declared is not None and recognised is not None else Decimal(0)


def _overview(result: Reconciliation, views: tuple[LineView, ...]) -> list[tuple[str, Entry]]:
    rows: list[tuple[str, Entry]] = [("申报单位", Value(_applicant(result), bold=True))]
    rows += [(label, value) for label, value in _totals(result)]
    for status in STATUSES:
        count = sum(1 for v in views if v.line.status == status)
        rows.append((f"{STATUS_WORDS[status]}（行）", Value(count, fill=_FILL[status] if count else "")))
    rows.append(("未列入清单的票据（份）", len(result.unlisted_documents)))
    rows += [("建议的修正", one_line(repair)) for repair in result.repairs]
    rows += [(f"抽样 {one_line(name)}", one_line(value)) for name, value in result.sampling.items()]
    if result.made_by:
        made = result.made_by
        rows.append(("生成", f"审材 {made.shencai}，识别器 {made.reader}，政策 {made.policy}（{made.policy_sha256[:12]}），{made.created_at}"))
    rows.append(("网页", Value(RECONCILE_HTML, file=RECONCILE_HTML)))
    rows.append(("说明", "机器核对结果，供审计人员核对；“待定”的行须由人员判断，未计入可认定合计。"))
    return rows


def _line_columns(shown: tuple[str, ...], lines: Sequence[ReconciledLine]) -> tuple[Column, ...]:
    declared = [
        Column(
            f"申报：{words.field_label(_LIST, f'{_LINES}.{name}')}",
            14 if words.field_type(_LIST, f"{_LINES}.{name}") == "money" else fitting([line.declared.get(name) or "" for line in lines]),
            money=words.field_type(_LIST, f"{_LINES}.{name}") == "money",
        )
        for name in shown
    ]
    return (
        Column("行", 14), Column("结果", 12, centre=True), Column("票据号", 24), *declared, Column("可认定金额", 15, money=True), Column("原因与差异", 56),
        Column("标记", 22), Column("合同", 7, centre=True), Column("票据", 7, centre=True), Column("记账", 7, centre=True), Column("付款", 7, centre=True),
        Column("票据所在", 34), Column("付款所在", 34), Column("问题", 30),
    )  # fmt: skip


def _line_row(view: LineView, shown: tuple[str, ...], places: Places) -> list[Entry]:
    line = view.line
    told = "；".join(f"{n.number}. {one_line(n.finding.title)}" for n in view.findings)
    return [
        Value(view.where, file=places.link(line.row.file) if line.row.file else ""),
        Value(view.word, fill=_FILL[line.status], bold=True),
        view.voucher,
        *(one_line(line.declared.get(name) or "") for name in shown),
        line.recognised if line.recognised is not None else Value("待定", fill="review"),
        view.told,
        "、".join(one_line(flag) for flag in line.flags),
        *(Value(word, fill={"found": "good", "listed": "", "absent": "correct"}[state]) for _, state, word in view.lamps),
        "\n".join(view.vouchers),
        "\n".join(view.payments),
        Value(told, file=RECONCILE_HTML, spot=view.findings[0].anchor) if view.findings else "",
    ]


_DIFFERENCE_COLUMNS = (
    Column("行", 14), Column("结果", 12, centre=True), Column("票据号", 24), Column("项目", 18), Column("申报", 24), Column("票面", 24), Column("文件", 34),
    Column("页码", 14), Column("单元格", 14), Column("原文", 30),
)  # fmt: skip


def _difference_rows(view: LineView) -> list[list[Entry]]:
    rows: list[list[Entry]] = []
    for difference in view.differences:
        # The paper is what the auditor has to open; the cell is the line itself.
        place = next((p for p in difference.places if p.page), next(iter(difference.places), Place()))
        rows.append([
            view.where, Value(view.word, fill=_FILL[view.line.status]), view.voucher, difference.label, difference.declared, difference.found,
            Value(place.file, file=place.href.partition("#")[0], spot=place.href.partition("#")[2]), place.page, place.cell, place.text,
        ])  # fmt: skip
    return rows
