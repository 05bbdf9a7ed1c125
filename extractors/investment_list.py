"""项目投入明细清单 as a sealed print (the Excel is read by ``workbook``): title, head, total, and its lines as far as they read.

A print of thirty columns on A3 is small; lines are read by the same headings as the workbook's and every number stays with its
place. The rules compare the print with the workbook (R-328), so a line that cannot be read is said, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.forms import Form, as_date, as_id, as_money, as_name, as_prose, as_uscc, best_field, id_field, sighting, sightings
from extractors.layout import Run, cells_of, columns_of, level, page_rows, slope
from extractors.list_columns import INTEREST_COLUMNS, LINE_COLUMNS, Column, column_for, head_unit, heading_unit
from extractors.page import ReadPage
from extractors.papers import ordinals, paper
from extractors.values import clean_name, number_text, parse_number, parse_rate, rate_text, squash
from extractors.vouchers import voucher_key, voucher_type
from extractors.witness import ValueType, resolve
from pipeline.model import Document, Field, PageEvidence, Row, Table, union_box

LABELS = {
    "applicant_name": ("申报单位", "申请单位", "填报单位", "单位名称", "项目单位", "企业名称"),
    "uscc": ("统一社会信用代码", "社会信用代码"),
    "project_name": ("项目名称", "申报项目名称"),
    "other": ("项目类别", "填报日期", "金额单位", "填表人", "财务负责人", "法定代表人", "联系电话", "单位："),
}
_TITLE = re.compile(r"(?:表([1-5一二三四五]))?.*(项目投入明细清单|利息费用清单)(?:.*表([1-5一二三四五]))?")
_TOTAL = re.compile(r"^(合计|总计|共计)")
_FOOT = re.compile(r"填表人|财务负责人|法定代表人|盖章|第\d+页|^注[:：]|^说明[:：]|^小计")


@dataclass(frozen=True)
class _Header:
    """The heading rows of one page: columns with their spans and where the body begins."""

    columns: dict[str, Column]
    units: dict[str, str | None]
    spans: tuple[tuple[str, float, float], ...]
    bottom: float


def extract_investment_list(pages: Sequence[ReadPage]) -> Document:
    """The printed list. ``complete`` is False when a page shows no headings or a line no voucher number."""
    forms = [Form(page, LABELS) for page in pages]
    title = next((r for p in pages for r in page_rows(p)[:6] if _TITLE.search(squash(r.text))), None)
    named = _TITLE.search(squash(title.text)) if title else None
    interest = bool(named and "利息" in named[2])
    unit_run = next((r for p in pages for r in page_rows(p)[:10] if head_unit(r.text)), None)
    unit = head_unit(unit_run.text) if unit_run else None
    rows, total, complete = _lines(pages, unit, INTEREST_COLUMNS if interest else LINE_COLUMNS, interest)
    number = (named[1] or named[3]) if named else None
    digit = str("一二三四五".find(number) + 1) if number and number in "一二三四五" else number
    fields: dict[str, Field] = {
        "table": resolve([sighting(title, digit)] if title and digit else [], label="表号"),
        "applicant_name": best_field(forms, "applicant_name", as_name, "text", "申报单位", most=1),
        "uscc": id_field(
            sightings((r for f in forms for r in f.values.get("uscc", [])), as_uscc)[:1], old_ids=False, label="统一社会信用代码"
        ),
        "project_name": best_field(forms, "project_name", as_prose, "text", "项目名称", most=1),
        "unit": resolve([sighting(unit_run, unit)] if unit_run and unit else [], label="金额单位"),
        "declared_total": total,
    }
    return paper(
        "investment_list", pages, fields, tables={"interest" if interest else "lines": Table(rows=rows, complete=complete)},
        title=named[2] if named else "项目投入明细清单", subtype="scan", confidence=0.9 if named else 0.7,
        note="" if complete else "清单纸质件有部分内容未能逐行读出，请以Excel清单为准并抽查核对。",
    )  # fmt: skip


def _lines(
    pages: Sequence[ReadPage], unit: str | None, known: tuple[Column, ...], interest: bool
) -> tuple[tuple[Row, ...], Field, bool]:
    found: list[tuple[str, PageEvidence, dict[str, Field]]] = []
    total = resolve([], label="申报合计")
    header: _Header | None = None
    complete = True
    for page in pages:
        own = _header(page, known)
        header = own or header
        if header is None:
            complete = False
            continue
        tilt = slope(page)
        top = own.bottom if own else 0.0
        for row in page_rows(page):
            if level(row, tilt) <= top or _FOOT.search(squash(row.text)):
                continue
            cells = {name: run for name, run in cells_of(row, header.spans).items() if name in header.columns}
            if _TOTAL.match(squash(row.text)) or _is_total(header, cells):
                wanted = "requested" if interest else "declared_amount"
                if wanted in cells:
                    total = _value(header.columns[wanted], cells[wanted], header.units[wanted] or unit)
                break  # below the total stand signatures and seals
            values = {name: value for name, run in cells.items() if (value := _value(header.columns[name], run, header.units[name] or unit)).raw}
            if all(header.columns[name].kind == "money" for name in values) and len(values) >= 2:
                complete = False  # amounts that nothing names are no line; most likely the total, its word under a seal
                continue
            if len(values) < 3:
                complete = complete and not values
                continue
            key = voucher_key(values["invoice_code"].value if "invoice_code" in values else None, values["invoice_number"].value) if "invoice_number" in values else None  # fmt: skip
            complete = complete and (key is not None or interest)
            where = PageEvidence(file=page.file, page=page.index, box=union_box([r.box for r in cells.values()]), text=row.text[:300])
            found.append((key or f"line|{values['sequence'].value if 'sequence' in values else len(found) + 1}", where, values))
    ids = ordinals([f"{key}#1" for key, _, _ in found])
    rows = tuple(Row(id=i, evidence=where, cells=cells) for i, (_, where, cells) in zip(ids, found, strict=True))
    return rows, total, complete and bool(rows)


def _is_total(header: _Header, cells: Mapping[str, Run]) -> bool:
    """A row of amounts alone, with no voucher and no running number, whose one word begins like 合计: half of it may lie under a seal."""
    words = [squash(run.text) for name, run in cells.items() if header.columns[name].kind != "money" and squash(run.text)]
    amounts = sum(header.columns[name].kind == "money" for name in cells)
    return amounts >= 2 and len(words) == 1 and len(words[0]) <= 2 and words[0][0] in "合总共" and not {"invoice_number", "sequence"} & set(cells)


def _header(page: ReadPage, known: tuple[Column, ...]) -> _Header | None:
    """Headings wrap over up to three lines: pieces one above the other are joined before they are looked up."""
    rows = page_rows(page)
    best: tuple[int, int, list[tuple[str, Run, str]]] | None = None
    for start in range(min(len(rows), 14)):
        for depth in (1, 2, 3):
            band = rows[start : start + depth]
            if len(band) < depth or sum(bool(re.search(r"\d{4,}", p.text)) for r in band for p in r.pieces) > 1:
                break
            named = _named(band, known)
            if best is None or _known(named) > _known(best[2]):
                best = (start, depth, named)
    if best is None or _known(best[2]) < 5:
        return None
    columns = {name: next(c for c in known if c.name == name) for name, _, _ in best[2] if not name.startswith("?")}
    spans = tuple(columns_of([(name, run.box) for name, run, _ in best[2]]))
    units = {name: heading_unit(text) for name, _, text in best[2]}
    bottom = max(run.box[3] for _, run, _ in best[2])
    return _Header(columns, units, spans, bottom - 0.002)


def _known(named: Sequence[tuple[str, Run, str]]) -> int:
    return sum(not name.startswith("?") for name, _, _ in named)


def _named(band: Sequence[Run], known: tuple[Column, ...]) -> list[tuple[str, Run, str]]:
    stacks: list[list[Run]] = []
    for row in band:
        for piece in row.pieces:
            run = Run((piece,))
            home = next((s for s in stacks if _over(s[-1], run)), None)
            if home is None:
                stacks.append([run])
            else:
                home.append(run)
    out: dict[str, tuple[str, Run, str]] = {}
    for stack in stacks:
        text = "".join(squash(run.text) for run in stack)
        column = column_for(text, known)
        run = Run(tuple(p for r in stack for p in r.pieces))
        if column is not None and column.name not in out and column.kind != "span":
            out[column.name] = (column.name, run, text)
        elif re.search(r"[一-鿿]", text):
            out[f"?{len(out)}"] = (f"?{len(out)}", run, text)  # bounds its neighbours, means nothing
    return list(out.values())


def _over(a: Run, b: Run) -> bool:
    """Do two pieces stand one above the other?"""
    shared = min(a.box[2], b.box[2]) - max(a.box[0], b.box[0])
    return shared > 0.5 * min(a.box[2] - a.box[0], b.box[2] - b.box[0])


_TYPES: dict[str, ValueType] = {"money": "money", "date": "date", "number": "number", "rate": "rate", "id": "id", "bool": "bool"}


def _value(column: Column, run: Run, unit: str | None) -> Field:
    run = run.trimmed(" |｜丨[]")
    text = squash(run.text)
    if not text or re.fullmatch(r"[-—/\\]+", text):
        return Field()
    value: str | None
    if column.kind == "money":
        value = as_money(unit or "元")(run.text)
    elif column.kind == "date":
        value = as_date(run.text)
    elif column.kind == "number":
        number = parse_number(run.text)
        value = number_text(number) if number is not None else None
    elif column.kind == "rate":
        rate = parse_rate(run.text)
        value = rate_text(rate) if rate is not None else None
    elif column.kind == "id":
        value = as_id(run.text)
    elif column.kind == "bool":
        value = {"是": "true", "否": "false", "√": "true", "×": "false"}.get(text)
    else:
        value = voucher_type(run.text) if column.name == "voucher_type" else clean_name(run.text)
    if value is None:
        read = sighting(run, text)
        return Field(
            raw=text, confidence=read.confidence, status="doubtful", reason="illegible", witnesses=(read.witness(),),
            why=f"“{text}”无法识别，请人工核对。",
        )  # fmt: skip
    field = resolve([sighting(run, value)], value_type=_TYPES.get(column.kind, "text"), label=column.name)
    if column.kind == "money" and unit is None:
        doubt = {"status": "doubtful", "reason": "unit_unknown", "confidence": 0.5, "why": "未注明金额单位，请人工核对。"}
        return field.model_copy(update=doubt)
    return field
