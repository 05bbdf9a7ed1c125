"""纳税证明 and 税收完税证明 (rule-book B.7), three layouts told apart by what they hold:

(a) 纳税证明: 税种 → 实缴税额, period in the head; (b) 税收完税证明（表格式）: 原凭证号 · 税种 · 品目名称 · 税款所属时期 · 入（退）库日期 ·
实缴（退）金额; (c) 文书式: running text 自…至…已缴纳税款…. The total is witnessed by its 大写 and by the sum of the rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.capital import find_capital
from extractors.forms import Form, as_name, as_uscc, best_field, id_field, sighting, sightings
from extractors.layout import Run, page_rows
from extractors.page import ReadPage
from extractors.papers import ordinals, paper, year_of
from extractors.tables import TableRow, anchored_rows, find_heading, rows_below
from extractors.values import find_dates, find_money, find_unit, money_text, paired_year, parse_date, parse_money, squash
from extractors.witness import Sighting, resolve
from pipeline.model import Document, Evidence, Field, PageEvidence, Row, Table, union_box

LABELS = {
    "taxpayer_name": ("纳税人名称", "纳税人姓名", "缴款单位", "纳税人"),
    "taxpayer_id": ("纳税人识别号", "纳税识别号", "社会信用代码（纳税人识别号）", "统一社会信用代码"),
    "period": ("税款所属期", "税款所属时期", "所属期间", "证明期间", "入库期间", "税款入库期间", "税款所属期间", "缴款期间"),
    "certificate_number": ("证明编号", "编号", "证明号码", "文号", "凭证编号"),
    "issue_date": ("填发日期", "开具日期", "打印日期", "开具时间", "填开日期"),
    "issuer": ("税务机关", "开具机关", "填发机关"),
    "other": ("填票人", "备注", "单位", "地址", "登记注册类型"),
}
COLUMNS = {
    "tax_type": ("税种", "税（费）种", "税种名称", "征收项目", "税费种"),
    "period": ("税款所属时期", "税款所属期", "所属时期", "所属期"),
    "paid_on": ("入（退）库日期", "入库日期", "缴款日期", "入退库日期", "入(退)库日期"),
    "amount": ("实缴（退）金额", "实缴(退)金额", "实缴税额", "实缴金额", "已缴税额", "税额", "金额", "入库税额", "实缴（退）税额"),
}
_EXTRA = ("原凭证号", "品目名称", "序号", "征收品目")
_TOTAL = re.compile(r"^(金额)?合计|^总计|合计[(（]|合计金额|共计")
_AMOUNT = re.compile(r"\d[\d,，.]*[.,]\d{2}\W*$|^[-−]?\d[\d,]*\W*$")
_RULES = " |｜丨[]【】\u2502"
"""What the grid lines of a table are read as at the ends of a cell."""
_TAXES = re.compile(r"增值税|企业所得税|个人所得税|城市维护建设税|(?<!地方)教育费附加|地方教育附加|印花税|房产税|土地使用税|土地增值税|车船税|契税|消费税|资源税|环境保护税")
_NUMBER = re.compile(r"[(（]?[0-9一-鿿]{0,14}[〔\[(（【]\s*(?:19|20)\d{2}\s*[〕\])）】]\s*第?\s*\d{2,12}\s*号|[(（]\d{2,4}[)）][一-鿿]{0,4}\d{6,12}|(?<=No)[.:： ]*\d{10,20}")
_ISSUER = re.compile(r"[一-鿿]{0,16}税务(?:局|所|分局|总局)[一-鿿]{0,16}")
_SEAL_ISSUER = re.compile(r"[一-鿿]{0,16}税务(?:总局|局|所|分局)(?:[一-鿿]{1,10}(?:分局|税务局|税务所))?")
"""On a seal 业务专用章 or its like follows at once: the name ends with the office."""
_RUNNING = re.compile(r"自.{0,4}\d{4}年.{2,8}(?:日|月).{0,4}至")


def extract_tax_certificate(pages: Sequence[ReadPage]) -> Document:
    """One certificate. ``year`` is the year of its period when both ends lie in one; the rules look at the gaps."""
    forms = [Form(page, LABELS) for page in pages]
    unit = next((u for page in pages for row in page_rows(page) if "单位" in squash(row.text) and (u := find_unit(row.text))), None)
    rows, complete = _rows(pages, unit or "元")
    table = Table(rows=rows, complete=complete)
    total = _total(pages, forms, table, unit or "元")
    start, end = _period(pages, forms, rows)
    fields: dict[str, Field] = {
        "certificate_number": _number(pages, forms),
        "issuer": _issuer(pages),
        "issue_date": _issue_date(pages, forms),
        "taxpayer_name": best_field(forms, "taxpayer_name", as_name, "text", "纳税人名称", most=1),
        "taxpayer_id": id_field(
            sightings((r for f in forms for r in f.values.get("taxpayer_id", [])), as_uscc)[:1], old_ids=True, label="纳税人识别号"
        ),
        "period_start": start,
        "period_end": end,
        "total": total,
        "total_capital": _capital(pages),
    }
    text = "".join(squash(row.text) for page in pages for row in page_rows(page)[:6])
    subtype = "table" if "完税证明" in text and rows else ("letter" if not rows else "certificate")
    year = year_of(start) if start.value and end.value and year_of(start) == year_of(end) else None
    title = "税收完税证明" if "完税证明" in text else "纳税证明"
    note = "" if rows or total.status != "missing" else "未读出任何税款金额，请人工核对。"
    return paper("tax_certificate", pages, fields, tables={"taxes": table}, title=title, year=year, subtype=subtype, note=note)


# --- rows ------------------------------------------------------------------------------------------------------------------


def _rows(pages: Sequence[ReadPage], unit: str) -> tuple[tuple[Row, ...], bool]:
    found: list[tuple[str, PageEvidence, dict[str, Field]]] = []
    complete = True
    for page in pages:
        heading = find_heading(page_rows(page), COLUMNS, ("tax_type", "amount"), extra=_EXTRA)
        if heading is None:
            continue
        lines, _ = rows_below(page, heading, stop=_TOTAL)
        for line in anchored_rows(lines, "amount", _AMOUNT):
            cells = _cells(line, unit)
            if "tax_type" not in cells or not cells["tax_type"].sure:
                complete = False
            where = PageEvidence(
                file=page.file, page=page.index, box=union_box([run.box for run in line.cells.values()]),
                text=" ".join(run.text for run in line.cells.values()),
            )  # fmt: skip
            key = f"{cells['tax_type'].value if 'tax_type' in cells else '?'}|{cells['period_start'].value if 'period_start' in cells else ''}"
            found.append((key, where, cells))
    ids = ordinals([key for key, _, _ in found])
    return tuple(Row(id=i, evidence=where, cells=cells) for i, (_, where, cells) in zip(ids, found, strict=True)), complete


def _cells(line: TableRow, unit: str) -> dict[str, Field]:
    cells: dict[str, Field] = {}
    kind = line.cells.get("tax_type")
    if kind is not None and (name := re.sub(r"[^一-鿿（）()]", "", kind.text).replace("稅", "税")):
        cells["tax_type"] = resolve([sighting(kind, name)], label="税种")
        if len(_TAXES.findall(name)) > 1:  # two rows whose texts ran together
            doubt = {"status": "doubtful", "reason": "illegible", "why": f"“{name}”疑为两行文字相连，请人工核对。", "confidence": 0.5}
            cells["tax_type"] = cells["tax_type"].model_copy(update=doubt)
    period = line.cells.get("period")
    if period is not None:
        dates = find_dates(period.text)
        if len(dates) >= 2:
            for column, date in (("period_start", dates[0]), ("period_end", dates[-1])):
                part = period.cut(date.start, date.end)
                cells[column] = resolve([sighting(part, date.value.isoformat())], value_type="date", label="税款所属时期")
    paid = line.cells.get("paid_on")
    if paid is not None and (on := parse_date(paid.text)) is not None:
        cells["paid_on"] = resolve([sighting(paid, on.isoformat())], value_type="date", label="入库日期")
    amount = line.cells.get("amount")
    if amount is not None:
        amount = amount.trimmed(_RULES)
        value = parse_money(amount.text, unit=unit)
        if value is None:
            read = sighting(amount, amount.text.strip())
            cells["amount"] = Field(
                raw=read.raw, confidence=read.confidence, status="doubtful", reason="illegible", witnesses=(read.witness(),),
                why=f"实缴金额“{read.raw}”无法识别，请人工核对。",
            )  # fmt: skip
        else:
            cells["amount"] = resolve([sighting(amount, money_text(value))], value_type="money", label="实缴金额")
    return cells


# --- total -----------------------------------------------------------------------------------------------------------------


def _total(pages: Sequence[ReadPage], forms: Sequence[Form], table: Table, unit: str) -> Field:
    """The printed total with 大写 and the sum of the rows as its witnesses."""
    printed: list[Sighting] = []
    for page in pages:
        for row in page_rows(page):
            plain = squash(row.text)
            if not re.search(r"合计|总计|共计|已缴纳税款|缴纳税款", plain):
                continue
            amounts = [m for m in find_money(row.text, unit=unit) if re.search(r"\d[.,]\d{2}$|元", m.text)]
            if amounts:
                last = amounts[-1]
                printed.append(sighting(row.cut(last.start, last.end), money_text(last.value)))
    # 文书式 texts name the total once in figures; the first amount of a running text is not always it.
    seen = printed[-1:]
    seen.extend(_capital_sightings(pages))
    amounts_read = [row.get("amount").money for row in table.rows]
    known = [a for a in amounts_read if a is not None]
    if seen and len(known) >= 2 and len(known) == len(amounts_read) and table.complete:
        seen.append(Sighting(source="arithmetic", value=money_text(sum(known, Decimal(0))), evidence=_around(table, seen[0])))
    return resolve(seen, value_type="money", label="合计金额")


def _around(table: Table, other: Sighting) -> Evidence:
    boxes = [row.evidence for row in table.rows if isinstance(row.evidence, PageEvidence)]
    if not boxes:
        return other.evidence
    same = [e for e in boxes if e.page == boxes[0].page]
    return PageEvidence(file=same[0].file, page=same[0].page, box=union_box([e.box for e in same]), text="各税种实缴金额之和")


def _capital_sightings(pages: Sequence[ReadPage]) -> list[Sighting]:
    for page in pages:
        for row in reversed(page_rows(page)):
            found = find_capital(row.text)
            if found is not None:
                value, start, end = found
                run = row.cut(start, end)
                return [
                    Sighting(
                        source="capital_amount", value=money_text(value), evidence=run.evidence(), raw=run.text, confidence=run.confidence
                    )
                ]
    return []


def _capital(pages: Sequence[ReadPage]) -> Field:
    return resolve(_capital_sightings(pages), value_type="money", label="合计金额（大写）")


# --- head and foot ---------------------------------------------------------------------------------------------------------


def _period(pages: Sequence[ReadPage], forms: Sequence[Form], rows: tuple[Row, ...]) -> tuple[Field, Field]:
    runs = [run for form in forms for run in form.values.get("period", [])]
    runs += [row for page in pages for row in page_rows(page) if _RUNNING.search(squash(row.text))]
    for run in runs:
        dates = find_dates(run.text)
        if len(dates) >= 2:
            first, last = run.cut(dates[0].start, dates[0].end), run.cut(dates[1].start, dates[1].end)
            return (
                resolve([sighting(first, dates[0].value.isoformat())], value_type="date", label="所属期起"),
                resolve([sighting(last, dates[1].value.isoformat())], value_type="date", label="所属期止"),
            )
    starts = [f for row in rows if (f := row.get("period_start")).sure]
    ends = [f for row in rows if (f := row.get("period_end")).sure]
    if len(starts) == len(ends) == len(rows) and rows:
        return min(starts, key=lambda f: f.value or ""), max(ends, key=lambda f: f.value or "")
    return resolve([], label="税款所属期起"), resolve([], label="税款所属期止")


def _number(pages: Sequence[ReadPage], forms: Sequence[Form]) -> Field:
    for page in pages:
        for row in page_rows(page):
            found = _NUMBER.search(row.text)
            if found:
                run = row.cut(found.start(), found.end()).trimmed(" :：.")
                return resolve([sighting(run, paired_year(squash(run.text)))], value_type="id", label="证明编号")

    def number(text: str) -> str | None:
        plain = squash(text)
        return paired_year(plain) if re.search(r"\d{4,}", plain) and len(plain) <= 40 else None

    return best_field(forms, "certificate_number", number, "id", "证明编号", most=1)


def _issuer(pages: Sequence[ReadPage]) -> Field:
    """The issuing office: the last line that names one by itself, and the authority's seal as a second witness."""
    printed: list[tuple[Run, str]] = []
    for page in pages:
        for row in page_rows(page):
            for piece in row.pieces:
                name = squash(piece.text)
                found = _ISSUER.search(name)
                if found and len(found[0]) >= 0.8 * len(name) and len(name) <= 30:
                    printed.append((Run((piece,)), found[0]))
    seals = [
        Sighting(source="seal", value=found[0], evidence=PageEvidence(file=page.file, page=page.index, box=seal.box, text=seal.text))
        for page in pages for seal in page.reading.seals
        if (found := _SEAL_ISSUER.search(squash(seal.text))) and seal.level == "sure"
    ]  # fmt: skip
    if not printed:
        return resolve(seals[:1], label="税务机关")
    run, name = printed[-1]
    name = re.sub(r"^(税务机关|开具机关|填发机关)[:：]?", "", name)
    whole = re.match(r"国家税务总局|[一-鿿]{2,3}(省|市|自治区)|国家", name) and name[0] not in "市省区县"
    field = resolve([sighting(run, name), *[s for s in seals[:1] if s.value == name]], label="税务机关")
    if whole:
        return field
    return field.model_copy(update={
        "status": "doubtful", "reason": "illegible", "confidence": 0.5, "why": f"税务机关名称“{name}”被印章遮挡，可能不完整，请人工核对。",
    })  # fmt: skip


def _issue_date(pages: Sequence[ReadPage], forms: Sequence[Form]) -> Field:
    """The labelled date, else the last date that stands alone."""
    labelled = best_field(forms, "issue_date", lambda t: d.isoformat() if (d := parse_date(t)) else None, "date", "填发日期", most=1)
    if labelled.status != "missing":
        return labelled
    for page in reversed(pages):
        for row in reversed(page_rows(page)):
            for piece in reversed(row.pieces):
                plain = squash(piece.text)
                if not re.match(r"(?:19|20)\d{2}[年.\-/]", plain) or len(plain) > 16:
                    continue
                found = parse_date(piece.text)
                run = Run((piece,))
                if found is not None:
                    return resolve([sighting(run, found.isoformat())], value_type="date", label="填发日期")
                read = sighting(run, plain)
                return Field(
                    raw=read.raw, confidence=read.confidence, status="doubtful", reason="illegible", witnesses=(read.witness(),),
                    why=f"填发日期处文字“{read.raw}”无法识别为日期，请人工核对。",
                )  # fmt: skip
    return resolve([], label="填发日期")

