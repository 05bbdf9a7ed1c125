"""Financial statements (rule-book B.8): balance sheet, income statement, cash flows and the roll-forward of fixed assets.

Printed in one block (项目 · 期末 · 期初) or two side by side (资产 … 负债和所有者权益), with or without columns for line and note
numbers, for the company alone, for the group, or both beside each other. Amounts come out in yuan; the unit is read from the
head of each statement and doubtful where it is not printed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from extractors.forms import sighting
from extractors.layout import Piece, Run, body_rows, cells_of, columns_of, find_in_row, level, page_rows, slope
from extractors.page import ReadPage
from extractors.papers import ordinals
from extractors.statement_items import ITEMS, plain_item
from extractors.statement_notes import is_of_notes, movements
from extractors.values import find_unit, money_text, parse_money, squash
from extractors.witness import Sighting, resolve
from pipeline.model import Field, PageEvidence, Row, union_box

Statement = Literal["balance_sheet", "income_statement", "cash_flow", "equity_changes", "notes"]
Scope = Literal["parent", "consolidated"]

TITLES: tuple[tuple[Statement, re.Pattern[str]], ...] = (
    ("balance_sheet", re.compile(r"^(合并|母公司|公司|合并及母公司|合并及公司)?资产负债表([(（]?(续|一|二|1|2).*)?$")),
    ("income_statement", re.compile(r"^(合并|母公司|公司|合并及母公司|合并及公司)?(利润表|损益表|利润及利润分配表)([(（]?续.*)?$")),
    ("cash_flow", re.compile(r"^(合并|母公司|公司|合并及母公司|合并及公司)?现金流量表([(（]?续.*)?$")),
    ("equity_changes", re.compile(r"^(合并|母公司|公司|合并及母公司|合并及公司)?(所有者|股东)权益(\(股东权益\))?变动表([(（]?续.*)?$")),
)
_ITEM_HEADS = ("项目", "资产", "负债和所有者权益", "负债及所有者权益", "负债和股东权益", "负债和所有者权益（或股东权益）", "负债及股东权益", "负债和所有者权益(或股东权益)")
_CURRENT_HEADS = ("期末余额", "期未余额", "期末数", "期末金额", "年末余额", "年未余额", "年末数", "本期金额", "本期数", "本年金额", "本年数", "本期发生额", "本年累计数", "本年累计金额", "本年发生额")
_PRIOR_HEADS = ("期初余额", "期初数", "期初金额", "年初余额", "年初数", "上期金额", "上期数", "上年金额", "上年数", "上期发生额", "上年同期数", "上年累计数", "上年年末余额", "上年期末余额", "上年发生额", "上年累计金额")
_OTHER_HEADS = ("行次", "附注", "注释", "附注号", "附注编号", "注释号", "注")
_RULES = " |｜丨[]【】│"
_DASH = re.compile(r"^[-—–−一]+$")
_FOOT = re.compile(r"法定代表人|企业负责人|主管会计|会计机构|财务负责人|制表人|后附|附注为|所附|编制单位[:：]|第\d+页|^\d{1,3}$")


@dataclass(frozen=True)
class _Column:
    block: int
    kind: Literal["item", "current", "prior", "other"]
    run: Run
    scope: Scope | None = None


@dataclass(frozen=True)
class _Head:
    """What is known of the statement under reading; it holds for its continuation pages."""

    statement: Statement
    scope: Scope
    unit: str | None
    unit_run: Run | None


@dataclass(frozen=True)
class _Line:
    statement: Statement
    scope: Scope
    item: str
    item_run: Run
    current: Run | None
    prior: Run | None
    unit: str | None
    scope_sure: bool


@dataclass(frozen=True)
class Statements:
    """All statement rows of some pages. ``unit`` and ``scopes`` are as printed; ``titled`` are the pages with a title."""

    rows: tuple[Row, ...]
    unit: Field
    scopes: frozenset[Scope]
    titled: tuple[ReadPage, ...]


def statement_title(page: ReadPage) -> tuple[Statement, Run] | None:
    """The statement whose title stands by itself in the upper third of the page."""
    for row in page_rows(page):
        if row.box[1] > 0.34:
            break
        text = squash(row.text).strip("*#")
        for name, pattern in TITLES:
            if pattern.match(text):
                return name, row
    return None


def read_statements(pages: Sequence[ReadPage]) -> Statements:
    """All rows with at least one amount, in page order."""
    lines: list[_Line] = []
    units: list[Sighting] = []
    titled: list[ReadPage] = []
    head: _Head | None = None
    for page in pages:
        title = statement_title(page)
        if title is not None:
            titled.append(page)
            unit, run = _unit(page)
            if unit and run:
                units.append(sighting(run, unit))
            scope: Scope = "consolidated" if "合并" in squash(title[1].text) else "parent"
            head = _Head(title[0], scope, unit or (head.unit if head else None), run)
        elif is_of_notes(page):
            head = None
        if head is not None and head.statement != "equity_changes":
            found = _page_lines(page, head)
            lines.extend(found)
            if not found and title is None:
                head = None
        if head is None:
            unit_before = units[-1].value if units else None
            lines.extend(_Line("notes", "parent", m.item, m.item_run, m.amount, None, unit_before, True) for m in movements(page))
    scopes = frozenset(line.scope for line in lines if line.statement != "notes")
    unit_field = resolve(_one_of_each(units), label="金额单位")
    return Statements(_rows(lines), unit_field, scopes, tuple(titled))


def _one_of_each(units: list[Sighting]) -> list[Sighting]:
    """Statements of one report may be drawn up in different units: the field keeps the first of each."""
    seen: dict[str, Sighting] = {}
    for one in units:
        seen.setdefault(one.value, one)
    return list(seen.values()) if len(seen) > 1 else units[:2]


def _unit(page: ReadPage) -> tuple[str | None, Run | None]:
    for row in page_rows(page):
        if row.box[1] > 0.45:
            break
        for piece in row.pieces:
            if re.search(r"单位|人民币", piece.text) and (unit := find_unit(piece.text)):
                return unit, Run((piece,))
    return None, None


# --- columns ---------------------------------------------------------------------------------------------------------------


def _headings(row: Run) -> list[tuple[str, int, int]]:
    """All heading words of a row with their spans; longer wordings first."""
    words = [(k, w) for k, ws in (("item", _ITEM_HEADS), ("current", _CURRENT_HEADS), ("prior", _PRIOR_HEADS), ("other", _OTHER_HEADS)) for w in ws]
    taken: list[tuple[str, int, int]] = []
    for kind, word in sorted(words, key=lambda item: -len(item[1])):
        for start, end, _ in find_in_row(row, word, least=1.0):  # 上期金额 is one character from 本期金额: no near misses
            if not any(start < e and s < end for _, s, e in taken):
                taken.append((kind, start, end))
    years = [(int(m[1]), m.start(), m.end()) for m in re.finditer(r"(20\d\d)\s*年(?:\s*度|\s*\d{1,2}\s*月\s*\d{1,2}\s*日)?", row.text)]
    if len({y for y, _, _ in years}) == 2:
        newest = max(y for y, _, _ in years)
        for year, start, end in years:
            if not any(start < e and s < end for _, s, e in taken):
                taken.append(("current" if year == newest else "prior", start, end))
    return sorted(taken, key=lambda item: item[1])


def _columns(rows: Sequence[Run]) -> tuple[int, list[_Column]] | None:
    """The heading row's place and its columns, blocks counted from the left."""
    for place, row in enumerate(rows):
        found = _headings(row)
        kinds = [k for k, _, _ in found]
        if "current" not in kinds or not ("item" in kinds or "prior" in kinds):
            continue
        columns: list[_Column] = []
        block = -1 if "item" in kinds else 0
        if "item" not in kinds:  # 项目 on its own line beside a wrapped heading
            columns.append(_Column(0, "item", row.cut(0, 0)))
        for kind, start, end in found:
            if kind == "item":
                block += 1
            if block < 0:
                continue
            columns.append(_Column(block, kind, row.cut(start, end)))  # type: ignore[arg-type]
        return place, _scoped(columns, rows[max(0, place - 2) : place])
    return None


def _scoped(columns: list[_Column], above: Sequence[Run]) -> list[_Column]:
    """Scopes of amount columns where group and company stand side by side, from their own or the upper heading."""
    marks: list[tuple[Scope, float]] = []
    for row in above:
        for word, scope in (("合并", "consolidated"), ("母公司", "parent"), ("公司数", "parent")):
            for start, end, _ in find_in_row(row, word):
                box = row.cut(start, end).box
                if not TITLES[0][1].match(squash(row.text)):
                    marks.append((scope, (box[0] + box[2]) / 2))  # type: ignore[arg-type]
    if len({s for s, _ in marks}) < 2:
        return columns
    out = []
    for column in columns:
        if column.kind in ("current", "prior"):
            x = (column.run.box[0] + column.run.box[2]) / 2
            out.append(replace(column, scope=min(marks, key=lambda m: abs(m[1] - x))[0]))
        else:
            out.append(column)
    return out


# --- lines -----------------------------------------------------------------------------------------------------------------


def _page_lines(page: ReadPage, head: _Head) -> list[_Line]:
    rows = body_rows(page)
    found = _columns(rows)
    if found is None:
        return []
    place, columns = found
    names = [f"{i}" for i in range(len(columns))]
    spans = columns_of([(name, column.run.box) for name, column in zip(names, columns, strict=True)])
    tilt, at = slope(page), level(rows[place], slope(page))
    cents = _prints_cents(rows[place + 1 :])
    out: list[_Line] = []
    before: dict[int, Run] = {}
    for row in rows:
        if level(row, tilt) <= at + 0.3 * (row.box[3] - row.box[1]) or row is rows[place]:
            continue
        if _FOOT.search(squash(row.text)) and not re.search(r"\d[.,]\d{2}", row.text):
            continue
        cells = {i: kept for i, run in _cells(row, spans, columns).items() if (kept := _cell(run, columns[i], cents)) is not None}
        cells = _unwrapped(cells, before, columns)
        before = {i: run for i, run in cells.items() if columns[i].kind == "item"}
        for block in sorted({c.block for c in columns}):
            out.extend(_block_lines(block, columns, cells, head))
    return out


def _unwrapped(cells: dict[int, Run], before: Mapping[int, Run], columns: Sequence[_Column]) -> dict[int, Run]:
    """Names of lines that go over two rows (购建固定资产、……支付 / 的现金) made whole, where the two together are a known name."""
    whole = dict(cells)
    for i, run in cells.items():
        if columns[i].kind == "item" and i in before and plain_item(run.text) not in ITEMS:
            joined = Run((*before[i].pieces, *run.pieces))
            if plain_item(joined.text) in ITEMS and plain_item(joined.text) != plain_item(run.text):
                whole[i] = joined
    return whole


def _cells(row: Run, spans: Sequence[tuple[str, float, float]], columns: Sequence[_Column]) -> dict[int, Run]:
    """A row's texts by column. A piece that holds an amount and other words is cut where the amount begins."""
    pieces: list[Piece] = []
    for piece in row.pieces:
        found = re.match(r"^([^\d]*[一-鿿][^\d]*?)\s*([-−]?\d[\d,，.]*[.,]\d{2})$", piece.text)
        if found and piece.box[2] - piece.box[0] > 0.25:
            pieces += [piece.cut(0, len(found[1])), piece.cut(found.start(2), found.end(2))]
        else:
            pieces.append(piece)
    cells = {int(name): run for name, run in cells_of(Run(tuple(pieces)), spans).items()}
    return {i: run for i, run in cells.items() if run.text.strip() and i < len(columns)}


def _prints_cents(rows: Sequence[Run]) -> bool:
    """Do the amounts of this statement carry two decimals? Then a bare integer between them is no amount."""
    numbers = [t for row in rows for p in row.pieces if (t := squash(p.text).strip(_RULES)) and re.fullmatch(r"[-−(（]?\d[\d,，.]*[)）]?", t)]
    with_cents = sum(bool(re.search(r"[.,]\d{2}[)）]?$", t)) for t in numbers)
    return len(numbers) >= 4 and with_cents >= 0.7 * len(numbers)


def _cell(run: Run, column: _Column, cents: bool) -> Run | None:
    """What of a cell's text is its amount: words and numbers that strayed into an amount column are left out."""
    if column.kind not in ("current", "prior"):
        return run
    pieces = [p for p in run.pieces if re.search(r"\d", p.text) or _DASH.match(squash(p.text).strip(_RULES))]
    if cents and len(pieces) > 1:
        pieces = [p for p in pieces if re.search(r"[.,]\s?\d{2}\W*$", p.text)] or pieces
    if cents and len(pieces) == 1 and re.fullmatch(r"\d+", squash(pieces[0].text)):
        return None
    return Run(tuple(pieces)) if pieces else None


def _block_lines(block: int, columns: Sequence[_Column], cells: dict[int, Run], head: _Head) -> list[_Line]:
    mine = [(i, c) for i, c in enumerate(columns) if c.block == block]
    item_at = next((i for i, c in mine if c.kind == "item"), None)
    run = cells.get(item_at) if item_at is not None else None
    if run is None:
        return []
    name = plain_item(run.text)
    if not name or not re.search(r"[一-鿿]{2}", name):
        return []
    currents = [(i, c) for i, c in mine if c.kind == "current"]
    priors = [(i, c) for i, c in mine if c.kind == "prior"]
    out: list[_Line] = []
    for place, (index, column) in enumerate(currents):
        scope = column.scope or head.scope
        prior = next((i for i, c in priors if c.scope == column.scope and c.scope), None)
        if prior is None and place < len(priors):
            prior = priors[place][0]
        current_run, prior_run = cells.get(index), cells.get(prior) if prior is not None else None
        if current_run is None and prior_run is None:
            continue
        sure = len(currents) == 1 or column.scope is not None
        out.append(_Line(head.statement, scope, name, run, current_run, prior_run, head.unit, sure))
    return out


# --- rows ------------------------------------------------------------------------------------------------------------------


def _money(run: Run | None, unit: str | None, label: str) -> Field | None:
    if run is None:
        return None
    run = run.trimmed(_RULES)
    plain = squash(run.text)
    if not plain:
        return None
    if _DASH.match(plain):
        return resolve([sighting(run, "0.00")], value_type="money", label=label)
    value = parse_money(re.sub(r"^[(（](.*)[)）]$", r"-\1", plain), unit=unit or "元")
    if value is None:
        read = sighting(run, plain)
        return Field(
            raw=read.raw, confidence=read.confidence, status="doubtful", reason="illegible", witnesses=(read.witness(),),
            why=f"“{label}”处文字“{read.raw}”无法识别为金额，请人工核对。",
        )  # fmt: skip
    field = resolve([sighting(run, money_text(value))], value_type="money", label=label)
    if unit is None:
        doubt = {"status": "doubtful", "reason": "unit_unknown", "confidence": 0.5, "why": "报表未注明金额单位，请人工核对。"}
        return field.model_copy(update=doubt)
    return field


def _rows(lines: Sequence[_Line]) -> tuple[Row, ...]:
    built: list[tuple[_Line, dict[str, Field]]] = []
    for line in lines:
        amounts = {
            name: field
            for name, run in (("current", line.current), ("prior", line.prior))
            if (field := _money(run, line.unit, line.item)) is not None
        }
        if any(f.value is not None or f.status == "doubtful" for f in amounts.values()):
            built.append((line, amounts))
    _tie(built)
    ids = ordinals([f"{line.statement}|{line.scope}|{line.item}" for line, _ in built])
    return tuple(_row(i, line, amounts) for i, (line, amounts) in zip(ids, built, strict=True))


def _row(row_id: str, line: _Line, amounts: dict[str, Field]) -> Row:
    page = line.item_run.pieces[0].page
    name = resolve([sighting(line.item_run, line.item)], label="项目")
    scope = resolve([sighting(line.item_run, line.scope)], label="口径").model_copy(update={"why": "由报表标题或栏目得出。"})
    if not line.scope_sure:
        doubt = {"status": "doubtful", "reason": "scope_unknown", "why": "合并与母公司数据并列但未见栏目名称，请人工核对。", "confidence": 0.5}
        amounts = {n: f.model_copy(update=doubt) for n, f in amounts.items()}
        scope = scope.model_copy(update=doubt)
    title = resolve([sighting(line.item_run, line.statement)], label="报表").model_copy(update={"why": "由报表标题得出。"})
    boxes = [run.box for run in (line.item_run, line.current, line.prior) if run is not None]
    text = " ".join(run.text for run in (line.item_run, line.current, line.prior) if run is not None)
    where = PageEvidence(file=page.file, page=page.index, box=union_box(boxes), text=text)
    return Row(id=row_id, evidence=where, cells={"statement": title, "item": name, "scope": scope, **amounts})


_TIES: tuple[tuple[Statement, str, tuple[tuple[int, str], ...]], ...] = (
    ("balance_sheet", "资产总计", ((1, "流动资产合计"), (1, "非流动资产合计"))),
    ("balance_sheet", "资产总计", ((1, "负债合计"), (1, "所有者权益合计"))),
    ("balance_sheet", "负债合计", ((1, "流动负债合计"), (1, "非流动负债合计"))),
    ("balance_sheet", "负债和所有者权益总计", ((1, "负债合计"), (1, "所有者权益合计"))),
    ("income_statement", "利润总额", ((1, "营业利润"), (1, "营业外收入"), (-1, "营业外支出"))),
    ("income_statement", "净利润", ((1, "利润总额"), (-1, "所得税费用"))),
)  # fmt: skip
"""Sums that statements print (R-282, R-283): the sum is a derived witness of every member."""
_TOLERANCE = Decimal(1)
"""Yuan, R-282."""


def _tie(built: list[tuple[_Line, dict[str, Field]]]) -> None:
    """Adds the sums as arithmetic witnesses: a sum that fits proves all its members, one that does not makes them doubtful."""
    for column in ("current", "prior"):
        for scope in ("parent", "consolidated"):
            at = {(b[0].statement, b[0].item): i for i, b in reversed(list(enumerate(built))) if b[0].scope == scope}
            derived: dict[int, list[Decimal]] = {}
            for statement, total, parts in _TIES:
                places = [at.get((statement, name)) for name in (total, *(n for _, n in parts))]
                values = [built[p][1][column].money if p is not None and column in built[p][1] else None for p in places]
                if any(v is None for v in values) or any(p is None for p in places):
                    continue
                signs = [-1, *(s for s, _ in parts)]
                gap = sum((s * v for s, v in zip(signs, values, strict=True) if v is not None), Decimal(0))
                for sign, place, value in zip(signs, places, values, strict=True):
                    if place is not None and value is not None:
                        # Within the rounding of a printed statement the sum says the same number.
                        derived.setdefault(place, []).append(value if abs(gap) <= _TOLERANCE else value - sign * gap)
            for place, sums in derived.items():
                line, amounts = built[place]
                amounts[column] = _with_sums(amounts[column], sums, line.item)


def _with_sums(field: Field, sums: Sequence[Decimal], label: str) -> Field:
    observed = next((w for w in field.witnesses if w.kind == "observed"), None)
    if observed is None or field.value is None or field.status == "doubtful":
        return field
    printed = Sighting(source=observed.source, value=observed.value, evidence=observed.evidence, raw=field.raw or "", confidence=field.confidence)
    extra = [Sighting(source="arithmetic", value=money_text(s), evidence=observed.evidence) for s in sums]
    return resolve([printed, *extra], value_type="money", label=label)

