"""The statistics as they leave 联网直报: forms B203, B103, B204-1 (千元) and 206 (万元), a sheet for each form and period, or one flat
export of them all (rule-book D.1). Heads are those of the printed forms; the layouts of a form change with the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from pipeline.model import PageRef
from samples.truth import TruthDocument, TruthValue
from samples.workbooks.book import Book, Sheet, Style
from samples.workbooks.files import save
from samples.workbooks.lines import plain_number
from samples.world.model import StatValue, World

STATISTICS_KEY = "workbook:statistics"
_TITLES = {"B203": "财务状况", "B103": "财务状况", "B204-1": "工业产销总值及主要产品产量", "206": "固定资产投资项目情况"}
_HEADS: Mapping[str, tuple[str, str]] = {
    "B203": ("1-本月", "上年同期"), "B103": ("本年", "上年"), "B204-1": ("1-本月", "上年同期"), "206": ("", ""),
}  # fmt: skip
"""Headings of the two figure columns; 206 has no column for the year before, and its own words for the other."""
_INVESTED = ("本年累计", "1-本月", "自年初累计")
_DECREES = {"2017": "国统字〔2016〕158号", "2018": "国统字〔2017〕126号", "2019": "国统字〔2018〕120号", "2020": "国统字〔2019〕101号"}
_SEAT = "单位负责人：{boss}　　统计负责人：{head}　　填表人：{clerk}　　报出日期：{year}年{month}月{day}日"


@dataclass(frozen=True)
class _Form:
    """One form for one period, with the values of the year before where another form tells them."""

    form: str
    period: str
    values: tuple[StatValue, ...]
    prior: Mapping[str, StatValue]

    @property
    def unit(self) -> str:
        return next(v.unit for v in self.values if v.unit not in ("人", "个"))

    @property
    def sheet(self) -> str:
        return f"{self.form}表{self.period[:4]}"


def write_statistics(world: World, path: Path, name: str) -> tuple[TruthDocument, ...]:
    """The statistics of all years as one workbook at ``path``; ``name`` is its path in truth. One document for each sheet, all
    of key ``workbook:statistics``."""
    rng = world.rng("statistics", "look")
    style = Style(font=rng.choice(("宋体", "宋体", "仿宋_GB2312")), size=rng.choice((10, 10.5, 11)))
    flat = world.rng("statistics", "flat").random() < 0.2
    forms = _forms(world.statistics)
    made = [_flat(world, style)] if flat else [_form(world, form, style) for form in forms]
    save(Book([sheet for sheet, _, _ in made], world.created_at, creator="统计联网直报"), path)
    return tuple(
        TruthDocument(
            kind="statistics", key=STATISTICS_KEY, title=title, pages=(PageRef(file=name, page=index),), tables={"indicators": tuple(rows)},
        )
        for index, (_, title, rows) in enumerate(made)
    )  # fmt: skip


def _forms(values: Sequence[StatValue]) -> list[_Form]:
    out = []
    for form, period in dict.fromkeys((v.form, v.period) for v in values):
        before = f"{int(period[:4]) - 1}{period[4:]}"
        own = tuple(v for v in values if (v.form, v.period) == (form, period))
        out.append(_Form(form, period, own, {v.indicator: v for v in values if (v.form, v.period) == (form, before)}))
    return out


_Made = tuple[Sheet, str, list[dict[str, TruthValue]]]


def _form(world: World, form: _Form, style: Style) -> _Made:
    """The form itself: title, its number and decree on the right, the unit's names on the left, then one indicator a row."""
    sheet = Sheet(form.sheet, widths={0: 36, 1: 12, 2: 8, 3: 18, 4: 18}, footer="第 &P 页")
    bare, rng = replace(style, border=False, wrap=False), world.rng("statistics", "form", form.form)
    left = replace(bare, align="left")
    title = _TITLES[form.form]
    sheet.span(0, 0, 0, 4, title, replace(bare, size=16, bold=True))
    sheet.heights[0] = 28
    number = f"表　　号：{form.form}表" if rng.random() < 0.6 else f"表    号： {form.form} 表"
    form_cell = sheet.put(1, 3, number, left)
    sheet.put(2, 3, "制定机关：国家统计局", left)
    sheet.put(3, 3, f"文　　号：{_DECREES.get(form.period[:4], _DECREES['2019'])}", left)
    uscc_cell = sheet.put(2, 0, f"统一社会信用代码：{world.party.uscc}", left)
    name_cell = sheet.put(3, 0, f"单位详细名称：{world.party.name}", left)
    at = 4
    if form.form == "206":
        sheet.put(at, 0, f"项目名称：{world.project.name}", left)
        sheet.put(at, 3, f"项目代码：{world.project.project_code}", left)
        at += 1
    period_cell = sheet.put(at, 1, form.period, bare)
    unit_cell = sheet.put(at, 3, f"计量单位：{form.unit}", left)
    at += 1
    heads = _HEADS[form.form] if form.form != "206" else (rng.choice(_INVESTED), "")
    own_unit = form.form != "206" or rng.random() < 0.7
    columns = ["指标名称", *(["计量单位"] if own_unit else []), "代码", *(h for h in heads if h)]
    bold = replace(style, bold=True, fill="F2F2F2" if rng.random() < 0.4 else "")
    for column, head in enumerate(columns):
        sheet.put(at, column, head, bold)
    for column, mark in enumerate(("甲", *(["乙"] if own_unit else []), "丙" if own_unit else "乙", "1", "2")[: len(columns)]):
        sheet.put(at + 1, column, mark, style)
    sheet.freeze = (at + 2, 1)
    at += 2

    def told(value: str, cell: str) -> TruthValue:
        return TruthValue(value=value, sheet=sheet.name, cell=cell)

    rows: list[dict[str, TruthValue]] = []
    where = {title: i for i, title in enumerate(columns)}
    for value in form.values:
        indent = "　" if value.indicator.startswith("其中") else ""
        indicator = sheet.put(at, 0, indent + value.indicator, replace(style, align="left", format="@"))
        code = sheet.put(at, where["代码"], value.code, replace(style, format="@"))
        # Counts of people are their own unit on the form, whatever the head says.
        unit = sheet.put(at, where["计量单位"], value.unit, style) if own_unit else unit_cell
        common = {
            "uscc": told(world.party.uscc, uscc_cell), "name": told(world.party.name, name_cell), "form": told(form.form, form_cell),
            "indicator": told(_plain(value.indicator), indicator), "code": told(value.code, code), "unit": told(value.unit, unit),
        }  # fmt: skip
        figures = [(heads[0], form.period, value.value)]
        if heads[1]:
            before = form.prior.get(value.indicator)
            sheet.put(at, where[heads[1]], None, style)
            if before is not None:
                figures.append((heads[1], f"{int(form.period[:4]) - 1}{form.period[4:]}", before.value))
        for head, period, amount in figures:
            cell = sheet.put(at, where[head], amount, replace(style, align="right", format="0"))
            rows.append({**common, "period": told(period, period_cell), "value": told(plain_number(amount), cell)})
        at += 1
    year = int(form.period[:4]) + 1 if form.form != "206" or "12月" in form.period else int(form.period[:4])
    seat = _SEAT.format(boss=world.company.legal_representative, head=world.company.finance_head, clerk=world.company.contact, year=year, month=rng.randint(1, 6), day=rng.randint(5, 26))
    sheet.put(at + 1, 0, seat, left)
    return sheet, title, rows


def _plain(indicator: str) -> str:
    """The indicator by its own name, as the contract knows it."""
    return indicator.removeprefix("其中：").replace("（当年价格）", "")


_FLAT = (
    ("uscc", "统一社会信用代码", 22), ("name", "单位详细名称", 34), ("form", "报表", 10), ("period", "报告期", 14), ("indicator", "指标名称", 28),
    ("code", "指标代码", 10), ("value", "数值", 16), ("unit", "计量单位", 10),
)  # fmt: skip


def _flat(world: World, style: Style) -> _Made:
    """The export of the reporting system: a value a row."""
    sheet = Sheet("导出数据", widths={i: w for i, (_, _, w) in enumerate(_FLAT)}, freeze=(1, 0))
    for column, (_, head, _) in enumerate(_FLAT):
        sheet.put(0, column, head, replace(style, bold=True))
    rows = []
    for at, value in enumerate(world.statistics, start=1):
        texts = {
            "uscc": world.party.uscc, "name": world.party.name, "form": value.form, "period": value.period, "indicator": value.indicator,
            "code": value.code, "value": plain_number(value.value), "unit": value.unit,
        }  # fmt: skip
        row = {}
        for column, (key, _, _) in enumerate(_FLAT):
            content: str | Decimal = value.value if key == "value" else texts[key]
            where = sheet.put(at, column, content, replace(style, format="0" if key == "value" else "@", align="right" if key == "value" else "left"))
            row[key] = TruthValue(value=_plain(texts[key]) if key == "indicator" else texts[key], sheet=sheet.name, cell=where)
        rows.append(row)
    return sheet, "统计数据", rows
