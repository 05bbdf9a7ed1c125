"""Extracts of the statistical reports (B203, B103, B204-1, 206) as they come in workbooks.

Two shapes: the report itself (one indicator a row, columns 指标名称 · 代码 · 本期 · 上年同期) and a flat list (one value a row
with company, form and period beside it). ``value`` is the number as reported, ``unit`` the unit it is reported in
(千元 for B203 and B204-1, 万元 for 206, rule-book D.1): the unit is read, never assumed. Indicators are known by name; codes
change each year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.cell_values import Place, doubted, is_empty, read_id, read_number
from extractors.grid import Grid, cell_evidence, squeeze, tidy
from extractors.identifiers import is_uscc, normal_id
from extractors.values import clean_name
from pipeline.model import Cell, CellEvidence, Field, FieldStatus, Row, Table, Witness

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("B204-1", re.compile(r"B204|工业产销总值|产销总值及主要产品")),
    ("B203", re.compile(r"B203|财务状况表?\(?[^年]*月|财务状况")),
    ("B103", re.compile(r"B103")),
    ("206", re.compile(r"(?<!\d)206(-[12])?表|固定资产投资项目情况|投资项目情况")),
    ("611-5", re.compile(r"611-5")),
)
INDICATORS = (
    "资产总计", "负债合计", "所有者权益合计", "应收账款", "存货", "产成品", "流动资产合计", "固定资产原价", "累计折旧", "本年折旧", "实收资本",
    "营业收入", "营业成本", "税金及附加", "销售费用", "管理费用", "研发费用", "财务费用", "营业利润", "营业外收入", "营业外支出", "利润总额",
    "所得税费用", "应付职工薪酬", "应交增值税", "平均用工人数", "工业总产值", "工业销售产值", "出口交货值", "计划总投资",
    "自开始建设累计完成投资", "本年完成投资", "建筑工程", "安装工程", "设备工器具购置", "购置旧设备", "其他费用", "旧建筑物购置费", "建设用地费",
    "新增固定资产", "到位资金",
)  # fmt: skip
_ALIASES = {
    "自年初累计完成投资": "本年完成投资", "本年累计完成投资": "本年完成投资", "累计完成投资": "自开始建设累计完成投资",
    "工业总产值（当年价格）": "工业总产值", "全部从业人员年平均人数": "平均用工人数",
}  # fmt: skip
_COUNTED = {"平均用工人数": "人"}
_NAME_HEAD = re.compile(r"^(指标名称|指标|项目|名称|项目名称)$")
_CODE_HEAD = re.compile(r"^(代码|指标代码|编码)$")
_UNIT_HEAD = re.compile(r"^(计量单位|单位)$")
_CURRENT_HEAD = re.compile(r"本期|本年|1[-—–至]本月|本月止?累计|期末|^(数值|数量|金额|累计|年末余?额?|合计|\d{4}年?)$")
_PRIOR_HEAD = re.compile(r"上年|同期|期初|年初")
_PERIOD = re.compile(r"((?:19|20)\d{2})年(?:度)?(?:\(?(\d{1,2})[-—–~至]?(\d{1,2})?月\)?)?")
_UNIT = re.compile(r"(?:计量|金额|货币)?单位[:：]?(?:人民币)?(千元|万元|百万元|亿元|元)")
_FLAT = {
    "uscc": re.compile(r"统一社会信用代码|信用代码|^uscc$", re.I),
    "name": re.compile(r"单位(详细)?名称|企业名称|^name$", re.I),
    "form": re.compile(r"^(报表|表号|报表名称|form)$", re.I),
    "period": re.compile(r"^(报告期|所属期|期间|period)$", re.I),
    "indicator": re.compile(r"^(指标名称|指标|indicator)$", re.I),
    "code": re.compile(r"^(指标代码|代码|code)$", re.I),
    "value": re.compile(r"^(数值|指标值|值|本期|value)$", re.I),
    "unit": re.compile(r"^(计量单位|单位|unit)$", re.I),
}


@dataclass(frozen=True)
class StatisticsSheet:
    """A read statistics sheet."""

    title: str
    fields: dict[str, Field]
    table: Table
    note: str = ""


@dataclass(frozen=True)
class _Told:
    """A value found on the sheet with its cell."""

    value: str
    cell: Cell


@dataclass
class _Head:
    form: _Told | None = None
    period: _Told | None = None
    unit: _Told | None = None
    uscc: _Told | None = None
    name: _Told | None = None
    title: str = ""
    extra: list[str] = field(default_factory=list)


def indicator_name(text: str) -> str:
    """An indicator's plain name: without numbering, ``其中：``, unit or brackets (``一、营业收入（千元）`` → ``营业收入``)."""
    plain = re.sub(r"\(.*?\)|（.*?）", "", squeeze(text))
    plain = re.sub(r"^(?:[一二三四五六七八九十]+[、.]|\d+[、.]|[(（][一二三四五六七八九十\d]+[)）])", "", plain)
    plain = re.sub(r"^(其中|加|减|#|\*)[:：]?", "", plain).strip("：:")
    return _ALIASES.get(plain, plain)


def read_statistics(file: str, grid: Grid) -> StatisticsSheet | None:
    """The sheet as statistics, or None when it is none (no form title and fewer than three known indicators)."""
    flat = _flat(file, grid)
    return flat if flat is not None else _report(file, grid)


# --- the flat list -----------------------------------------------------------------------------------------------------------


def _flat(file: str, grid: Grid) -> StatisticsSheet | None:
    for row in grid.filled_rows[:10]:
        columns: dict[str, int] = {}
        for cell in grid.row(row):
            text = squeeze(cell.text)
            for name, pattern in _FLAT.items():
                if name not in columns and pattern.search(text):
                    columns[name] = cell.column
                    break
        if {"indicator", "value"} <= columns.keys() and columns.keys() & {"period", "form", "uscc"}:
            return _flat_rows(file, grid, row, columns)
    return None


def _flat_rows(file: str, grid: Grid, header: int, columns: dict[str, int]) -> StatisticsSheet:
    rows: list[Row] = []
    for row in grid.filled_rows:
        cells: dict[str, Field] = {}
        if row <= header:
            continue
        for name, column in columns.items():
            cell = grid.seen(row, column)
            if cell is None or is_empty(cell):
                continue
            place = Place(file, grid.sheet.name, cell)
            if name == "value":
                cells[name] = read_number(place)
            elif name == "uscc":
                cells[name] = read_id(place)
            elif name == "indicator":
                cells[name] = place.field(indicator_name(cell.text))
            elif name == "period":
                cells[name] = place.field(_period_text(cell.text) or tidy(cell.text))
            else:
                cells[name] = place.field(tidy(cell.text))
        if "indicator" in cells and "value" in cells:
            key = "|".join(cells[n].value or "" for n in ("form", "period", "indicator") if n in cells)
            if "unit" not in cells:
                cells["value"] = doubted(cells["value"], "未注明计量单位，请核实。", "unit_unknown")
            rows.append(Row(id=key, evidence=_evidence(file, grid, row), hidden=grid.hidden_row(row), cells=cells))
    return StatisticsSheet(title="统计数据", fields={}, table=Table(rows=_unique(rows)))


# --- the report itself -------------------------------------------------------------------------------------------------------


def _report(file: str, grid: Grid) -> StatisticsSheet | None:
    head = _read_head(grid)
    header, columns = _report_columns(grid)
    known = sum(indicator_name(c.text) in INDICATORS for c in grid.sheet.cells if isinstance(c.value, str))
    if header is None or known < (1 if head.form else 3):
        return None
    rows: list[Row] = []
    bad = 0
    for row in grid.filled_rows:
        if row <= header:
            continue
        name_cell = grid.seen(row, columns["indicator"])
        if name_cell is None or is_empty(name_cell):
            continue
        name = indicator_name(name_cell.text)
        for which in ("value", "prior"):
            cell = grid.seen(row, columns[which]) if which in columns else None
            if cell is None or is_empty(cell) or not name or len(name) > 30:
                continue
            value = read_number(Place(file, grid.sheet.name, cell))
            bad += value.value is None
            rows.append(_report_row(file, grid, row, head, columns, name, name_cell, value, prior=which == "prior"))
    if not any(r.get("value").value is not None for r in rows):
        return None
    note = "" if head.form else "未见报表表号，请核对报表名称。"
    return StatisticsSheet(
        title=head.title or "统计数据", fields=_head_fields(file, grid, head), note=note, table=Table(rows=_unique(rows), complete=not bad)
    )


def _report_row(
    file: str, grid: Grid, row: int, head: _Head, columns: dict[str, int], name: str, name_cell: Cell, value: Field, *, prior: bool
) -> Row:
    sheet = grid.sheet.name
    cells: dict[str, Field] = {"indicator": Place(file, sheet, name_cell).field(name)}
    for column, told in (("uscc", head.uscc), ("name", head.name), ("form", head.form)):
        if told is not None:
            cells[column] = Place(file, sheet, told.cell).field(told.value)
    if head.period is not None:
        period = _year_before(head.period.value) if prior else head.period.value
        cells["period"] = Place(file, sheet, head.period.cell).field(period, "上年同期数。" if prior else "")
    code_cell = grid.seen(row, columns["code"]) if "code" in columns else None
    if code_cell is not None and not is_empty(code_cell):
        cells["code"] = read_id(Place(file, sheet, code_cell))
    unit_cell = grid.seen(row, columns["unit"]) if "unit" in columns else None
    own = re.search(r"[(（](千元|万元|元|人|亿元)[)）]", name_cell.text)
    if unit_cell is not None and not is_empty(unit_cell):
        cells["unit"] = Place(file, sheet, unit_cell).field(tidy(unit_cell.text))
    elif own is not None:
        cells["unit"] = Place(file, sheet, name_cell).field(own[1])
    elif name in _COUNTED:
        cells["unit"] = Place(file, sheet, name_cell).field(_COUNTED[name], "人数指标。")
    elif head.unit is not None:
        cells["unit"] = Place(file, sheet, head.unit.cell).field(head.unit.value)
    cells["value"] = value if "unit" in cells else doubted(value, "表内未注明计量单位，请核实。", "unit_unknown")
    key = "|".join(cells[n].value or "" for n in ("form", "period", "indicator") if n in cells)
    return Row(id=key, evidence=_evidence(file, grid, row), hidden=grid.hidden_row(row), cells=cells)


def _report_columns(grid: Grid) -> tuple[int | None, dict[str, int]]:
    for row in grid.filled_rows[:25]:
        columns: dict[str, int] = {}
        for cell in grid.row(row):
            text = re.sub(r"[(（].*?[)）]", "", squeeze(cell.text)) or squeeze(cell.text)
            if _NAME_HEAD.match(text):
                columns.setdefault("indicator", cell.column)
            elif _CODE_HEAD.match(text):
                columns.setdefault("code", cell.column)
            elif _UNIT_HEAD.match(text):
                columns.setdefault("unit", cell.column)
            elif _PRIOR_HEAD.search(text):
                columns.setdefault("prior", cell.column)
            elif _CURRENT_HEAD.search(text):
                columns.setdefault("value", cell.column)
        if {"indicator", "value"} <= columns.keys():
            return row, columns
    return None, {}


def _read_head(grid: Grid) -> _Head:
    head = _Head()
    for row in grid.filled_rows[:15]:
        for cell in grid.row(row):
            text = squeeze(cell.text)
            right = next((c for c in grid.row(row) if c.column > cell.column and c.text.strip()), None)
            form = next((name for name, pattern in _FORMS if pattern.search(text)), None)
            if form and (head.form is None or re.search(r"[B]\d{3}|\d{3}(-\d)?表", text)):
                head.form = _Told(form, cell)
            if form and not head.title and re.search(r"[一-鿿]{4}", text):
                head.title = tidy(cell.text)
            if head.period is None and (period := _period_text(cell.text)):
                head.period = _Told(period, cell)
            if head.unit is None and (unit := _UNIT.search(text)):
                head.unit = _Told(unit[1], cell)
            if head.uscc is None and "信用代码" in text:
                head.uscc = _labelled(cell, right, r"(?:统一)?社会?信用代码[:：]?([0-9A-Z]{18})")
            if head.name is None and re.search(r"单位(?:详细)?名称|企业名称|填报单位", text):
                head.name = _labelled(cell, right, r"(?:单位(?:详细)?名称|企业名称|填报单位)[:：]?([^:：]{4,60})")
    if head.period is None and (period := _period_text(grid.sheet.name)) and grid.filled_rows:
        head.period = _Told(period, grid.row(grid.filled_rows[0])[0])
    return head


def _labelled(cell: Cell, right: Cell | None, pattern: str) -> _Told | None:
    found = re.search(pattern, squeeze(cell.text))
    if found:
        value = re.split(r"(?:统一社会|组织机构|20\d\d年|计量单位|单位:)", found[1])[0]
        return _Told(clean_name(value), cell)
    return _Told(clean_name(tidy(right.text)), right) if right is not None else None


def _head_fields(file: str, grid: Grid, head: _Head) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for name, told in (("form", head.form), ("period", head.period), ("unit", head.unit), ("name", head.name)):
        if told is not None:
            fields[name] = Place(file, grid.sheet.name, told.cell).field(told.value)
    if head.uscc is not None:
        fields["uscc"] = _uscc(file, grid, head.uscc)
    return fields


def _uscc(file: str, grid: Grid, told: _Told) -> Field:
    code = normal_id(told.value)
    place = Place(file, grid.sheet.name, told.cell)
    if not is_uscc(code):
        return doubted(place.field(code), f"统一社会信用代码“{code}”校验位不符，请核对。", "check_digit")
    witness = Witness(
        source="check_digit", kind="derived", group="check_digit", value=code, evidence=cell_evidence(file, grid.sheet.name, told.cell)
    )  # fmt: skip
    status: FieldStatus = "proved"
    read = place.field(code)
    return read.model_copy(update={"status": status, "witnesses": (*read.witnesses, witness)})


def _period_text(text: str) -> str | None:
    """The reporting period as people write it: ``2019年1-12月``, ``2019年``; ``201912`` becomes ``2019年12月``."""
    plain = squeeze(text)
    found = _PERIOD.search(plain)
    if found:
        year, first, last = found.groups()
        months = f"{int(first)}-{int(last)}月" if first and last else (f"{int(first)}月" if first else "")
        return f"{year}年{months}"
    if found := re.fullmatch(r"((?:19|20)\d{2})[-./]?(0[1-9]|1[0-2])", plain):
        return f"{found[1]}年{int(found[2])}月"
    return f"{plain}年" if re.fullmatch(r"(?:19|20)\d{2}", plain) else None


def _year_before(period: str) -> str:
    return f"{int(period[:4]) - 1}{period[4:]}"


def _unique(rows: list[Row]) -> tuple[Row, ...]:
    """Equal keys get ordinals, so that ids stay ids."""
    seen: dict[str, int] = {}
    out: list[Row] = []
    for row in rows:
        seen[row.id] = seen.get(row.id, 0) + 1
        out.append(row if seen[row.id] == 1 else row.model_copy(update={"id": f"{row.id}#{seen[row.id]}"}))
    return tuple(out)


def _evidence(file: str, grid: Grid, row: int) -> CellEvidence:
    own = [c for c in grid.row(row) if c.text.strip()]
    return CellEvidence(file=file, sheet=grid.sheet.name, cell=own[0].address, text=" ".join(c.text.strip() for c in own)[:300])
