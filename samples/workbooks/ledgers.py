"""Extracts of other offices' systems: CSV or xlsx, headings in each office's own words, sometimes a title above them."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pipeline.model import PageRef
from samples.truth import TruthDocument, TruthValue
from samples.workbooks.book import Book, Content, Sheet, Style, address
from samples.workbooks.files import save
from samples.workbooks.lines import plain_number
from samples.world.model import LedgerTable, World

_TITLES = {
    "portal": "网上申报系统导出", "filings": "技术改造备案系统导出", "statistics": "统计数据导出", "major_projects": "重大工业项目名录",
    "weak_link_awards": "产业链薄弱环节奖励名单", "dishonest": "失信联合惩戒名单", "acceptance": "项目验收台账", "payouts": "历年扶持与拨付",
    "e_licences": "电子证照关联清单", "claims": "历年申报票据", "verifications": "发票查验结果",
}  # fmt: skip
_HEADS: Mapping[str, str] = {
    "application_no": "申报编号|申请编号|业务流水号", "applicant_name": "申报单位|单位名称|企业名称", "applicant": "申报单位|企业名称", "uscc": "统一社会信用代码|社会信用代码|信用代码",
    "category": "项目类别|类别", "project_name": "项目名称|申报项目名称", "first_submitted_at": "首次提交时间|首次在线提交时间", "returned_at": "退回时间|退回修改时间",
    "resubmitted_at": "再次提交时间|重新提交时间", "withdrawn_at": "撤回时间|撤销时间", "pre_review_status": "预审状态|预审结果|当前状态", "appointment_at": "预约时间|预约递交时间",
    "handed_in_at": "纸质材料递交时间|收文时间|书面材料收件时间", "form_version": "版本号|表单版本|申请书版本", "filing_number": "备案编号|备案证号|备案证编号",
    "project_code": "项目代码", "industry_code": "行业代码|行业分类代码", "location": "建设地点|项目地址|实施地点", "total_investment": "总投资|计划总投资|项目总投资额",
    "period_start": "建设起始时间|计划开工时间|开工日期", "period_end": "竣工日期|计划竣工时间|完成时间", "filed_on": "备案日期|备案时间", "status": "状态",
    "form": "报表|报表名称|表号", "period": "报告期|所属期", "indicator": "指标名称|指标", "code": "代码", "value": "数值|指标值", "unit": "计量单位|单位",
    "listed_on": "列入时间|入库日期|纳入时间", "planned_total": "计划总投资|总投资", "year": "年度|资助年度|年份", "amount": "金额|资助金额|扶持资金", "reason": "列入原因|失信事由|失信情形",
    "from": "列入日期|惩戒开始日期|起始日期", "to": "移出日期|惩戒结束日期|截止日期", "programme": "专项资金名称|计划类型|扶持计划", "result": "验收结果|验收结论", "due_on": "应验收日期|计划验收时间|验收截止日期",
    "decided_on": "验收完成日期|验收通过时间", "district": "区|所属区|资金级次", "linked": "是否关联|关联状态|是否已关联电子证照", "name": "单位名称|企业名称",
    "number": "发票号码|票据号码|号码", "date": "开票日期|票据日期", "net": "不含税金额|净额", "tax": "税额", "gross": "价税合计|含税金额", "checked_at": "查验时间|查验日期",
}  # fmt: skip
_OWN: Mapping[tuple[str, str], str] = {
    ("statistics", "name"): "单位详细名称|企业名称", ("statistics", "code"): "指标代码|代码", ("claims", "code"): "发票代码|票据代码", ("verifications", "code"): "发票代码|票据代码",
    ("claims", "amount"): "申报金额|认定金额|申报投入金额", ("claims", "status"): "审核状态|认定结果|状态", ("verifications", "status"): "查验结果|发票状态|状态",
    ("acceptance", "result"): "验收结果|结论|验收状态", ("payouts", "amount"): "拨付金额|扶持金额|到账金额", ("payouts", "applicant_name"): "获奖单位|企业名称|单位名称",
    ("dishonest", "name"): "失信主体名称|单位名称|企业名称", ("filings", "applicant_name"): "建设单位|企业名称|项目单位", ("filings", "status"): "备案状态|状态",
}  # fmt: skip
"""Words that one office has for a column, where others say it otherwise."""
_MONEY = frozenset({"total_investment", "planned_total", "amount", "net", "tax", "gross"})
_DATES = frozenset({"listed_on", "from", "to", "due_on", "decided_on", "filed_on", "period_start", "period_end", "date"})
_LARGE = frozenset({"total_investment", "planned_total"})


def ledger_tables(world: World) -> tuple[LedgerTable, ...]:
    """The world's extracts, and the statistics as the statisticians' system gives them."""
    if any(t.stem == "statistics" for t in world.ledgers) or not world.statistics:
        return world.ledgers
    columns = ("uscc", "name", "form", "period", "indicator", "code", "value", "unit")
    rows = tuple(
        {"uscc": world.party.uscc, "name": world.party.name, "form": v.form, "period": v.period, "indicator": v.indicator, "code": v.code,
         "value": plain_number(v.value), "unit": v.unit}
        for v in world.statistics
    )  # fmt: skip
    return (*world.ledgers, LedgerTable("statistics", columns, rows))


def write_ledgers(world: World, folder: Path, where: str = "") -> list[TruthDocument]:
    """One file for each extract in ``folder``, called by its stem; ``where`` stands before the names in truth.

    Documents have the kind ``ledger``, the stem as subtype and the key ``ledger:STEM``; values are those of the world.
    """
    return [_write(world, table, folder, where) for table in ledger_tables(world)]


def _write(world: World, table: LedgerTable, folder: Path, where: str) -> TruthDocument:
    rng = world.rng("ledger file", table.stem)
    form = rng.choices(("xlsx", "bom", "gbk"), (5, 3, 1))[0]
    english = rng.random() < 0.12
    titled = form == "xlsx" and rng.random() < 0.4
    numbers, real_dates = rng.random() < 0.7, rng.random() < 0.5
    units = {c: "万元" if c in _LARGE and world.rng("ledger file", table.stem, c).random() < 0.4 else "元" for c in table.columns if c in _MONEY}
    heads = [column if english else _head(table.stem, column, units.get(column), world.rng("ledger file", table.stem, "head", column)) for column in table.columns]
    cells = [[_shown(column, row.get(column, ""), units.get(column), english) for column in table.columns] for row in table.rows]
    name = f"{table.stem}.{'xlsx' if form == 'xlsx' else 'csv'}"
    folder.mkdir(parents=True, exist_ok=True)
    sheet_name, top = table.stem, 1
    if form == "xlsx":
        sheet = _sheet(_TITLES.get(table.stem, table.stem), heads, table, cells, titled, numbers, real_dates, rng)
        save(Book([sheet], world.created_at, creator="系统导出", application=""), folder / name)
        sheet_name, top = sheet.name, 2 if titled else 1
    else:
        (folder / name).write_bytes(_csv(heads, cells, "utf-8-sig" if form == "bom" else "gb18030"))
    rows = tuple(
        {c: TruthValue(value=row[c], sheet=sheet_name, cell=address(at, i)) for i, c in enumerate(table.columns) if row.get(c)}
        for at, row in enumerate(table.rows, start=top)
    )  # fmt: skip
    key = f"ledger:{table.stem}"
    return TruthDocument(
        kind="ledger", key=key, subtype=table.stem, title=_TITLES.get(table.stem, table.stem), pages=(PageRef(file=where + name, page=0),), tables={"rows": rows}
    )


def _head(stem: str, column: str, unit: str | None, rng: random.Random) -> str:
    head = rng.choice(_OWN.get((stem, column), _HEADS[column]).split("|"))
    return f"{head}（{unit}）" if unit == "万元" or (unit and rng.random() < 0.4) else head


def _shown(column: str, value: str, unit: str | None, english: bool) -> str:
    """The value as the file has it; money in its column's unit."""
    if unit == "万元" and value and not english:
        return plain_number(Decimal(value) / 10_000)
    return value


def _csv(heads: Sequence[str], cells: Sequence[Sequence[str]], encoding: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(cells)
    return out.getvalue().encode(encoding)


def _sheet(
    title: str, heads: Sequence[str], table: LedgerTable, cells: Sequence[Sequence[str]], titled: bool, numbers: bool, real_dates: bool, rng: random.Random,
) -> Sheet:  # fmt: skip
    style = Style(font=rng.choice(("宋体", "等线", "Arial")), size=rng.choice((10, 11)), border=rng.random() < 0.6, align="left", wrap=False)
    sheet = Sheet(rng.choice(("Sheet1", title[:20], "导出结果")))
    at = 0
    if titled:
        sheet.span(0, 0, 0, len(heads) - 1, title, replace(style, size=14, bold=True, align="center"))
        at = 1
    for column, head in enumerate(heads):
        sheet.put(at, column, head, replace(style, bold=True))
        longest = max((len(row[column].encode("gb18030", "replace")) for row in cells), default=8)
        sheet.widths[column] = min(40.0, max(10.0, longest + 2, len(head) * 2.2))
    for row, texts in enumerate(cells, start=at + 1):
        for column, (key, text) in enumerate(zip(table.columns, texts, strict=True)):
            content, look = _content(key, text, style, numbers, real_dates)
            if content is not None:
                sheet.put(row, column, content, look)
    return sheet


def _content(key: str, text: str, style: Style, numbers: bool, real_dates: bool) -> tuple[Content, Style]:
    if not text:
        return None, style
    if key in _MONEY | {"value"} and numbers:
        try:
            return Decimal(text), replace(style, align="right", format="General" if key == "value" else "0.00####")
        except InvalidOperation:
            return text, style
    if key in _DATES and real_dates:
        try:
            return date.fromisoformat(text), replace(style, format="yyyy/m/d")
        except ValueError:
            return text, style
    return text, replace(style, format="@")
