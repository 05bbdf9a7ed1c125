"""Extracts of other offices' systems (contract, "Ledgers"): a table with headings by synonyms → rows of canonical columns.

Values are text as the rules want it: money as a plain number in yuan where a unit is told (``金额（万元）``), dates ISO, ids whole;
what cannot be read stays as it was written. A ledger never proves a paper; it is compared with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extractors.cell_values import Place, id_text, is_empty, lost_digits, read_date, read_money, read_number
from extractors.grid import Grid, squeeze, tidy
from extractors.list_columns import head_unit, heading_unit, plain_heading
from extractors.page import ReadBook
from extractors.values import clean_name
from pipeline.errors import FileProblem
from pipeline.model import Cell, LedgerRow

_USCC = r"统一社会信用代码|社会信用代码|信用代码|纳税人识别号|uscc"
_APPLICANT = r"(申报|申请|建设|项目|承担|企业|获奖|被扶持)?(单位|企业|主体|公司)(名称)?|applicant(_name)?|名称"
_PROJECT = r"(申报)?项目(名称)?|project(_name)?"
_AMOUNT = r"(扶持|资助|奖励|拨付|支持|补助|到账|申报|获)?(金额|资金|款额|额)|amount"
_YEAR = r"(计划|扶持|资助|奖励|申报)?年[度份]?|year"
_PROGRAMME = r"(专项|计划|资金|扶持|项目)?(计划|类型|专项|渠道|资金名称|扶持计划)(名称)?|programme"

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "portal": {
        "application_no": r"(申报|申请|受理|业务)(编?号|流水号)|application_no", "applicant_name": _APPLICANT, "uscc": _USCC,
        "category": r"(项目)?类别|申报类别|category", "project_name": _PROJECT,
        "first_submitted_at": r"(首次|第一次)(在线)?(提交|申报)(时间|日期)|first_submitted_at",
        "returned_at": r"退回(修改)?(时间|日期)|returned_at", "resubmitted_at": r"(再次|重新)(提交|申报)(时间|日期)|resubmitted_at",
        "withdrawn_at": r"(撤回|撤销)(时间|日期)|withdrawn_at", "pre_review_status": r"预审(状态|结果|意见)|(当前)?状态|pre_review_status",
        "appointment_at": r"预约(递交)?(时间|日期)|appointment_at", "handed_in_at": r"(纸质|书面)?(材料)?(递交|收件|收文|受理)(时间|日期)|handed_in_at",
        "form_version": r"(表单|申请书)?版本(号)?|form_version",
    },
    "filings": {
        "filing_number": r"备案(证)?(编?号|证号)|filing_number", "project_code": r"项目代码|project_code", "project_name": _PROJECT,
        "applicant_name": _APPLICANT, "uscc": _USCC, "industry_code": r"行业(分类)?代码|industry_code",
        "location": r"(建设|实施|项目)?(地点|地址)|location", "total_investment": r"(项目|计划|备案)?总投资(额|金额)?|total_investment",
        "period_start": r"(建设|计划|起始)?(开工|开始|起始|起)(时间|日期|年月)?|period_start",
        "period_end": r"(建设|计划)?(竣工|完工|结束|终止|止|完成)(时间|日期|年月)?|period_end",
        "filed_on": r"备案(通过)?(时间|日期)|filed_on", "status": r"(备案)?状态|status",
    },
    "statistics": {
        "uscc": _USCC, "name": r"单位(详细)?名称|企业名称|name", "form": r"报表(名称)?|表号|form",
        "period": r"报告期|所属期|期间|年份|period", "indicator": r"指标(名称)?|indicator", "code": r"(指标)?代码|code",
        "value": r"(指标)?数?值|本期(数)?|value", "unit": r"(计量)?单位|unit",
    },
    "major_projects": {
        "project_name": _PROJECT, "applicant_name": _APPLICANT, "uscc": _USCC, "listed_on": r"(列入|入库|纳入)(时间|日期)|listed_on",
        "planned_total": r"(计划)?总投资(额|金额)?|planned_total",
    },
    "weak_link_awards": {"uscc": _USCC, "applicant_name": _APPLICANT, "project_name": _PROJECT, "year": _YEAR, "amount": _AMOUNT},
    "dishonest": {
        "uscc": _USCC, "name": r"(失信)?(单位|企业|主体|被执行人)?名称|(单位|企业)|name",
        "reason": r"(列入|失信|惩戒)?(原因|事由|事项|情形)|reason", "from": r"(列入|起始|开始|惩戒开始)(时间|日期)|from",
        "to": r"(移出|截止|结束|到期|惩戒结束)(时间|日期)|to",
    },
    "acceptance": {
        "uscc": _USCC, "applicant_name": _APPLICANT, "project_name": _PROJECT, "programme": _PROGRAMME, "result": r"(验收)?(结果|结论|状态)|result",
        "due_on": r"(应|计划|到期|规定)?(验收)?(截止|到期|期限)?(时间|日期)|due_on", "decided_on": r"(验收)?(完成|通过|决定|结论)(时间|日期)|decided_on",
    },
    "payouts": {
        "uscc": _USCC, "applicant_name": _APPLICANT, "project_name": _PROJECT, "programme": _PROGRAMME, "category": r"(项目)?类别|category",
        "year": _YEAR, "amount": _AMOUNT, "district": r"(所属|辖)?区|区县|级别|资金级次|district",
    },
    "e_licences": {"uscc": _USCC, "name": r"(单位|企业|主体)?名称|name", "linked": r"(是否)?(已)?(关联|电子证照)(状态|情况|电子证照)?|linked"},
    "claims": {
        "applicant": _APPLICANT, "uscc": _USCC, "year": _YEAR, "programme": _PROGRAMME, "category": r"(项目)?类别|category",
        "code": r"(发票|票据)?代码|code", "number": r"(发票|票据|报关单|凭证)?号码?|发票号|number", "date": r"(开票|发票|票据)?(日期|时间)|date",
        "net": r"不含税(金额|价)?|净额|net", "tax": r"税额|tax", "gross": r"价税合计|含税(金额|价)?|gross",
        "amount": r"(申报|申请|认定)(投入)?(金额|额)|amount", "status": r"(审核|认定)?(状态|结果)|status",
    },
    "verifications": {
        "code": r"(发票|票据)?代码|code", "number": r"(发票|票据)?号码?|发票号|number", "status": r"(查验|发票)?(状态|结果)|status",
        "checked_at": r"查验(时间|日期)|checked_at",
    },
}  # fmt: skip
"""File stem → canonical column → heading (whole text, case ignored); the English names are accepted too."""

_IDS = {"uscc", "application_no", "filing_number", "project_code", "industry_code", "code", "number"}
_MONEY = {"total_investment", "planned_total", "amount", "net", "tax", "gross"}
_DATES = {"listed_on", "from", "to", "due_on", "decided_on", "filed_on", "period_start", "period_end", "date"}
_MOMENTS = {"first_submitted_at", "returned_at", "resubmitted_at", "withdrawn_at", "appointment_at", "handed_in_at", "checked_at"}
_NAMES = {"applicant_name", "applicant", "name"}
_KEYS = {"uscc", "applicant_name", "applicant", "name", "project_name", "number", "filing_number", "application_no", "indicator"}


@dataclass(frozen=True)
class _Header:
    row: int
    columns: dict[str, int]
    units: dict[str, str | None]


def is_ledger(stem: str) -> bool:
    """Is ``stem`` the file stem of a ledger of the contract?"""
    return stem in COLUMNS


def read_ledger(stem: str, book: ReadBook) -> tuple[LedgerRow, ...]:
    """The rows of one extract, over all its sheets; ``LedgerRow.row`` is the row as seen in the sheet (from 1).

    Raises :class:`FileProblem` (``ledger_unknown``, ``ledger_header``) when the stem is none of the contract's or no sheet
    has its headings.
    """
    if stem not in COLUMNS:
        raise FileProblem("ledger_unknown", f"“{book.path}”不是约定的台账文件。", f"文件名应为：{'、'.join(COLUMNS)}。")
    rows: list[LedgerRow] = []
    seen_header = False
    for sheet in book.book.sheets:
        grid = Grid(sheet)
        header = _find_header(stem, grid)
        if header is None:
            continue
        seen_header = True
        above = next((u for r in range(header.row) for c in grid.row(r) if (u := head_unit(c.text))), None)
        for row in grid.filled_rows:
            if row <= header.row:
                continue
            values = _values(grid, book.file, row, header, above)
            if values.keys() & _KEYS:
                rows.append(LedgerRow(file=book.file, row=row + 1, values=values))
    if not seen_header:
        wanted = "、".join(COLUMNS[stem])
        raise FileProblem("ledger_header", f"台账“{book.path}”未找到可识别的表头。", f"请保留表头行，列名可用中文或英文，例如：{wanted}。")
    return tuple(rows)


def _find_header(stem: str, grid: Grid) -> _Header | None:
    best: _Header | None = None
    for row in grid.filled_rows[:30]:
        columns: dict[str, int] = {}
        units: dict[str, str | None] = {}
        for cell in grid.row(row):
            name = _column(stem, cell.text)
            if name is not None and name not in columns:
                columns[name] = cell.column
                units[name] = heading_unit(cell.text)
        if len(columns) >= 2 and columns.keys() & _KEYS and (best is None or len(columns) > len(best.columns)):
            best = _Header(row, columns, units)
    return best


def _column(stem: str, heading: str) -> str | None:
    text = plain_heading(heading)
    return next((name for name, pattern in COLUMNS[stem].items() if re.fullmatch(pattern, text, re.IGNORECASE)), None)


def _values(grid: Grid, file: str, row: int, header: _Header, unit: str | None) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, column in header.columns.items():
        cell = grid.seen(row, column)
        if cell is not None and not is_empty(cell):
            values[name] = _value(name, Place(file, grid.sheet.name, cell), header.units.get(name) or unit)
    return values


def _value(name: str, place: Place, unit: str | None) -> str:
    cell: Cell = place.cell
    if name in _IDS:
        # A lost tail must not turn into a wrong match: the cell is given back as shown (``5.3182E+17``).
        return tidy(cell.text) if lost_digits(cell) else re.sub(r"\s", "", id_text(cell)).upper()
    if name in _MONEY:
        return read_money(place, unit or "元").value or tidy(cell.text)
    if name in _DATES:
        return read_date(place).value or tidy(cell.text)
    if name in _MOMENTS:
        return _moment(place)
    if name == "value":
        return read_number(place).value or tidy(cell.text)
    if name == "year":
        found = re.match(r"((?:19|20)\d{2})", squeeze(cell.text))
        return found[1] if found else tidy(cell.text)
    return clean_name(cell.text) if name in _NAMES else tidy(cell.text)


def _moment(place: Place) -> str:
    """A date with its time of day kept: ``2020/6/24 17:59`` → ``2020-06-24T17:59:00``; a bare date stays a date."""
    found = re.fullmatch(
        r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]*(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2}))?(?:\.\d+)?[分秒]?", tidy(place.raw)
    )  # fmt: skip
    if found is None:
        return read_date(place).value or tidy(place.raw)
    year, month, day, hour, minute = (int(g) for g in found.groups()[:5])
    return f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{int(found[6] or 0):02d}"
