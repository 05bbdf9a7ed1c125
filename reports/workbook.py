"""``核查表.xlsx``: the findings as a table to filter, sort and tick off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.model import (
    SEVERITIES,
    SEVERITY_WORDS,
    VERDICT_WORDS,
    CellEvidence,
    ChecklistStatus,
    Document,
    Field,
    FieldStatus,
    Finding,
    PageEvidence,
    Report,
    Row,
)
from reports import words
from reports.base import REPORT_HTML, NoticeFacts
from reports.ordering import Numbered, numbered
from reports.places import Place, Places, row_words
from reports.view_papers import page_spans
from reports.writing import clean, one_line, stamp_of
from reports.xlsx_tools import Book, Column, Entry, Value, fitting

_CHECK_FILL: dict[ChecklistStatus, str] = {
    "missing": "reject", "incomplete": "correct", "person": "review", "substituted": "review", "present": "good", "not_applicable": "",
}  # fmt: skip
_FIELD_FILL: dict[FieldStatus, str] = {"proved": "good", "read": "", "doubtful": "correct", "missing": "reject"}
_LIST_TABLES = ("lines", "interest")
_MOST_ROWS = 100_000


def render_workbook(
    report: Report, notice: NoticeFacts, *, out: Path | None = None, sources: Mapping[str, Path] | None = None
) -> bytes:
    """The workbook as XLSX bytes. ``out`` and ``sources`` as in ``render_html``."""
    places = Places(report.files, report.documents, out, sources)
    items = numbered(report.findings)
    book = Book()
    book.card("概览", list(_overview(report, notice, items)))
    materials = {(key, c.year): _check_title(c.title, c.year) for c in report.checklist for key in (c.material, c.code)}
    finding_sheet(book, items, places, REPORT_HTML, materials)
    book.sheet("材料清单", _CHECK_COLUMNS, list(_checks(report, places)))
    for number, (document, name) in enumerate(_lists(report), 1):
        columns, rows = _list_sheet(document, name, items, places, judged=number == 1)
        paper = any(isinstance(row.evidence, PageEvidence) for row in document.rows(name)[:1])
        title = "纸质清单" if paper and number > 1 else "清单核查"
        book.sheet(f"{title}{'' if number == 1 or (paper and number == 2) else number}", columns, rows, frozen=3)
    book.sheet("字段", _FIELD_COLUMNS, list(_fields(report, places)), frozen=1)
    book.sheet("文件与页", _FILE_COLUMNS, list(_files(report, places)))
    return book.save(f"核查表 {report.submission.applicant or ''}", stamp_of(report.made_by.created_at))


def _overview(report: Report, notice: NoticeFacts, items: tuple[Numbered, ...]) -> Iterator[tuple[str, Entry]]:
    submission = report.submission
    verdict = report.verdict
    yield "申报单位", Value(submission.applicant or "（未识别）", bold=True)
    yield "统一社会信用代码", submission.uscc or "（未识别）"
    yield "扶持计划", notice.programme
    yield "申报类别", "、".join(notice.category_titles.get(c, words.CATEGORY[c]) for c in submission.categories) or "（未识别）"
    yield "是否续报", "是" if submission.renewal else "否"
    yield "环节", words.STAGE[submission.stage]
    yield "结论", Value(VERDICT_WORDS[verdict], fill="good" if verdict == "pass" else verdict, bold=True)
    for severity in SEVERITIES:
        count = sum(1 for i in items if i.finding.severity == severity and i.finding.waived is None)
        yield f"{SEVERITY_WORDS[severity]}（条）", Value(count, fill=severity if count else "")
    waived = sum(1 for i in items if i.finding.waived is not None)
    if waived:
        yield "已由人员处理（条）", waived
    for status in ("missing", "incomplete", "person"):
        titles = [_check_title(c.title, c.year) for c in report.checklist if c.required and c.status == status]
        if titles:
            yield f"材料{words.CHECKLIST_STATUS[status]}", Value("、".join(titles), fill=_CHECK_FILL[status])
    for funding in report.funding:
        title = notice.category_titles.get(funding.category, f"类别{funding.category}")
        reading = "" if funding.reading == "default" else f"（{funding.reading}）"
        yield f"{funding.label}{reading}", f"{title}：{words.yuan(funding.amount)} 元"
    yield "页数", report.timing.pages or sum(len(f.pages) for f in report.files)
    yield "运行规则（条）", report.coverage.rules_run
    for skipped in report.coverage.rules_skipped:
        yield f"未运行 {skipped.id}", skipped.why
    made = report.made_by
    yield "生成", f"审材 {made.shencai}，识别器 {made.reader}，政策 {made.policy}（{made.policy_sha256[:12]}），{made.created_at}"
    yield "完整报告", Value(REPORT_HTML, file=REPORT_HTML)
    yield "说明", "机器预审结果，供工作人员核对；“仅内部”的内容不得提供给申报单位。"


_FINDING_COLUMNS = (
    Column("序号", 6, centre=True), Column("级别", 11, centre=True), Column("规则", 8, centre=True), Column("标题", 24), Column("说明", 46), Column("建议", 30),
    Column("条款", 14), Column("材料", 18), Column("文件", 24), Column("页码", 13), Column("行/单元格", 15), Column("票面/申报值", 18), Column("应为/对照值", 18),
    Column("涉及金额", 15, money=True), Column("核减建议", 15, money=True), Column("受众", 9, centre=True), Column("人员处理", 18),
)  # fmt: skip


def finding_sheet(
    book: Book,
    items: tuple[Numbered, ...],
    places: Places,
    html: str,
    materials: Mapping[tuple[str, int | None], str] | None = None,
) -> None:
    """The sheet 问题清单. ``html`` is the page its titles lead to, ``materials`` maps code and year to a title."""
    book.sheet("问题清单", _FINDING_COLUMNS, [_finding(item, places, html, materials or {}) for item in items], frozen=4)


def _finding(item: Numbered, places: Places, html: str, materials: Mapping[tuple[str, int | None], str]) -> list[Entry]:
    finding = item.finding
    at = places.of_finding(finding)
    left, right = sides(finding)
    first = next((p for p in at if p.file), Place())
    waived = finding.waived
    return [
        item.number,
        Value(SEVERITY_WORDS[finding.severity], fill=finding.severity, bold=True),
        finding.rule,
        Value(one_line(finding.title), file=html, spot=item.anchor),
        finding.message,
        finding.hint,
        finding.clause,
        _joined(p.document for p in at) or _material(finding, materials),
        Value(_joined(p.cell if p.absent else p.file for p in at), file=first.href.partition("#")[0], spot=first.href.partition("#")[2]),
        _joined(p.page for p in at),
        _joined((row_words(finding), *(p.cell for p in at if not p.absent))),
        left,
        right,
        finding.at_stake,
        finding.deduct.amount if finding.deduct else None,
        words.AUDIENCE[finding.audience],
        clean(f"{waived.by}：{waived.why}") if waived else None,
    ]


def _material(finding: Finding, materials: Mapping[tuple[str, int | None], str]) -> str:
    material, year = finding.subject.material or "", finding.subject.year
    return materials.get((material, year)) or materials.get((finding.subject.id or "", year)) or words.kind_title(material)


def sides(finding: Finding) -> tuple[str, str]:
    """Both sides of a comparison, from ``data``; what is neither stands with its label on the left.

    A finding without such data shows what is written at its first places.
    """
    right_key = next((k for k in words.RIGHT_KEYS if k in finding.data), None)
    left_key = next((k for k in words.LEFT_KEYS if k in finding.data and k != right_key), None)
    if right_key is None and left_key is not None and left_key != "found" and "found" in finding.data:
        right_key = "found"
    if left_key is None and right_key is None:
        seen = [one_line(e.text) for e in finding.evidence if e.type != "absence"]
        return (seen[0] if seen else "", "")
    return _side(finding, left_key), _side(finding, right_key)


def _side(finding: Finding, key: str | None) -> str:
    """One side of a comparison, with the paper it stands in where the rule names it."""
    if key is None:
        return ""
    source = finding.data.get(f"{key}_source")
    value = words.data_words(key, finding.data[key])
    return f"{one_line(source)} {value}" if isinstance(source, str) else value


_CHECK_COLUMNS = (
    Column("编号", 8, centre=True), Column("材料", 40), Column("是否必备", 10, centre=True), Column("状态", 13, centre=True),
    Column("所在文件与页", 50), Column("说明", 40), Column("条款", 16),
)  # fmt: skip


def _check_title(title: str, year: int | None) -> str:
    return f"{year}年度{title}" if year and str(year) not in title else title


def _checks(report: Report, places: Places) -> Iterator[list[Entry]]:
    for item in report.checklist:
        yield [
            item.code,
            _check_title(item.title, item.year),
            "必备" if item.required else "选交",
            Value(words.CHECKLIST_STATUS[item.status], fill=_CHECK_FILL[item.status]),
            places.documents_words(item.documents),
            item.note,
            item.clause,
        ]


def _lists(report: Report) -> Iterator[tuple[Document, str]]:
    """Tables of declared lists that have rows."""
    books = {f.id for f in report.files if f.media in ("workbook", "csv")}
    lists = [d for d in report.documents if d.kind == "investment_list" and d.copy_of is None]
    # The workbook is what was declared; findings stand on its rows, the print of it comes after.
    for document in sorted(lists, key=lambda d: not any(r.file in books for r in d.pages)):
        for name in _LIST_TABLES:
            if document.rows(name):
                yield document, name


def _list_sheet(
    document: Document, name: str, items: tuple[Numbered, ...], places: Places, *, judged: bool
) -> tuple[tuple[Column, ...], list[list[Entry]]]:
    """The declared list as it came, every line with what was found on it. Only where the rules ``judged`` its lines are they called fine."""
    rows = document.rows(name)
    names = tuple(dict.fromkeys(column for row in rows for column in row.cells))
    types = {column: words.field_type(document.kind, f"{name}.{column}") for column in names}
    columns = (
        Column("所在", 16),
        Column("级别", 11, centre=True),
        Column("问题", 44),
        *(
            Column(
                words.field_label(document.kind, f"{name}.{c}"),
                14 if types[c] == "money" else fitting([words.field_words(document.kind, f"{name}.{c}", r.get(c)) for r in rows]),
                money=types[c] == "money",
            )
            for c in names
        ),
    )
    by_row = _findings_by_row(document, name, items)
    out: list[list[Entry]] = []
    for row in rows:
        found = by_row.get(row.id, [])
        worst = min(found, key=lambda n: SEVERITIES.index(n.finding.severity)).finding.severity if found else None
        where = places.of(row.evidence)
        told = "\n".join(f"{n.number}. {one_line(n.finding.message)}" for n in found)
        line: list[Entry] = [
            Value(where.cell or where.short, file=where.href.partition("#")[0]),
            Value(SEVERITY_WORDS[worst], fill=worst) if worst else Value("隐藏行", fill="note") if row.hidden else Value("未见问题", fill="good") if judged else "",
            Value(("（隐藏行）" if row.hidden and worst else "") + told, file=REPORT_HTML, spot=found[0].anchor) if found else "",
        ]
        line += [_cell(document.kind, f"{name}.{c}", row.get(c)) for c in names]
        out.append(line)
    return columns, out


def _findings_by_row(document: Document, table: str, items: tuple[Numbered, ...]) -> dict[str, list[Numbered]]:
    """Row id → its findings: by the row's id where the rule gives it, else by sheet and row number."""
    rows = document.rows(table)
    by_id = {(row.evidence.file if isinstance(row.evidence, CellEvidence | PageEvidence) else None, row.id): row.id for row in rows}
    by_place = {place: row.id for row in reversed(rows) if (place := _row_place(row)) is not None}
    out: dict[str, list[Numbered]] = {}
    for item in items:
        subject = item.finding.subject
        if subject.type != "row" or item.finding.waived is not None:
            continue
        # A duplicate is about its second row, but whoever goes down the list must stop at the first one too.
        spots = [(subject.file, subject.sheet, subject.row), *(_cell_place(e) for e in item.finding.evidence if isinstance(e, CellEvidence))]
        rows_met = [by_id.get((subject.file, subject.id)), *(by_place.get(spot) for spot in spots)]
        for row_id in dict.fromkeys(r for r in rows_met if r is not None):
            out.setdefault(row_id, []).append(item)
    return out


def _cell_place(evidence: CellEvidence) -> tuple[str | None, str | None, int | None]:
    digits = re.search(r"\d+", evidence.cell)
    return (evidence.file, evidence.sheet, int(digits.group()) if digits else None)


def _row_place(row: Row) -> tuple[str | None, str | None, int | None] | None:
    return _cell_place(row.evidence) if isinstance(row.evidence, CellEvidence) else None


def _cell(kind: str, name: str, field: Field) -> Value:
    """Money stays canonical (it becomes a number), everything else is text as people write it."""
    money = words.field_type(kind, name) == "money" and field.money is not None
    text = field.value if money else words.field_words(kind, name, field)
    return Value(text, fill=_FIELD_FILL["doubtful"] if field.status == "doubtful" else "")


_FIELD_COLUMNS = (
    Column("材料", 28), Column("字段", 26), Column("值", 36), Column("状态", 10, centre=True), Column("说明", 36), Column("原文", 28), Column("文件", 28),
    Column("页码", 14), Column("单元格", 14), Column("人工更正", 20),
)  # fmt: skip


def _fields(report: Report, places: Places) -> Iterator[list[Entry]]:
    count = 0
    for document in report.documents:
        listed = {f"{t}[" for t in _LIST_TABLES} if document.kind == "investment_list" else set()
        title = clean(words.document_title(document))
        for name, field in document.walk():
            if any(name.startswith(prefix) for prefix in listed):
                continue
            count += 1
            if count > _MOST_ROWS:
                yield ["（行数过多，其余见 report.json）", *[""] * (len(_FIELD_COLUMNS) - 1)]
                return
            place = places.of(field.evidence[0]) if field.evidence else Place()
            corrected = field.corrected
            yield [
                title,
                _walk_label(document.kind, name),
                words.field_words(document.kind, name, field),
                Value(words.FIELD_STATUS[field.status], fill=_FIELD_FILL[field.status]),
                field.why,
                field.raw if field.raw != field.value else "",
                Value(place.file, file=place.href.partition("#")[0], spot=place.href.partition("#")[2]),
                place.page,
                place.cell,
                clean(f"{corrected.by}（{corrected.at}）：{corrected.why}") if corrected else "",
            ]


def _walk_label(kind: str, name: str) -> str:
    """``items[3].amount`` → ``明细〔3〕金额``."""
    found = re.fullmatch(r"(\w+)\[(.*)\]\.(\w+)", name)
    if found is None:
        return words.field_label(kind, name)
    table, row, column = found.groups()
    return f"{words.table_label(kind, table)}〔{row}〕{words.field_label(kind, f'{table}.{column}')}"


_FILE_COLUMNS = (
    Column("文件", 44), Column("类型", 14), Column("用途", 14), Column("页", 14), Column("归入", 34), Column("说明", 44), Column("SHA-256", 22),
)  # fmt: skip


def _files(report: Report, places: Places) -> Iterator[list[Entry]]:
    for source in report.files:
        facts: list[Entry] = [Value(one_line(source.path), file=places.link(source.id)), words.MEDIA[source.media], words.ROLE[source.role]]
        lines = list(page_spans(source, report))
        if source.error or not lines:
            fill = "reject" if source.error else ""
            yield [*facts, "", "", Value(clean(source.error.message) if source.error else "", fill=fill), source.sha256]
        for line in lines:
            yield [*facts, line.pages, line.belongs, Value(line.notes, fill="reject" if line.bad else ""), source.sha256]


def _joined(parts: Iterator[str] | tuple[str, ...]) -> str:
    return "\n".join(dict.fromkeys(p for p in parts if p))
