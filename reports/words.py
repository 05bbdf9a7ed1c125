"""Chinese words for the codes of the model, as people at the window say them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from extractors import vocabulary
from pipeline.model import (
    SEVERITY_WORDS,
    Audience,
    Category,
    ChecklistStatus,
    Document,
    Field,
    FieldStatus,
    FileRole,
    Finding,
    Media,
    Stage,
)
from reports.writing import one_line

FIELD_STATUS: dict[FieldStatus, str] = {"proved": "已印证", "read": "已读取", "doubtful": "存疑", "missing": "缺失"}
CHECKLIST_STATUS: dict[ChecklistStatus, str] = {
    "present": "已提供",
    "missing": "缺失",
    "incomplete": "不完整",
    "substituted": "替代材料",
    "not_applicable": "不适用",
    "person": "需人工核对",
}
STAGE: dict[Stage, str] = {"prereview": "网上预审", "window": "窗口收文", "audit": "专项审计"}
CATEGORY: dict[Category, str] = {"1": "类别1", "2": "类别2", "3": "类别3", "4a": "类别4（贷款贴息）", "4b": "类别4（融资租赁）", "5": "类别5"}
ROLE: dict[FileRole, str] = {
    "original": "申报材料",
    "second_copy": "第二份",
    "list": "投入明细清单",
    "statistics": "统计数据",
    "ledger": "台账导出",
    "unknown": "未识别",
}
MEDIA: dict[Media, str] = {
    "pdf": "PDF",
    "image": "图片",
    "ofd": "OFD",
    "workbook": "电子表格",
    "csv": "CSV",
    "xml": "XML",
    "archive": "压缩包",
    "folder": "文件夹",
    "unknown": "未识别",
}
AUDIENCE: dict[Audience, str] = {"applicant": "申报单位", "internal": "仅内部"}
PAGE_SOURCE = {"text": "文字层", "ocr": "识别", "none": "—"}
SEAL_ROLE = {
    "company": "公章",
    "invoice": "发票专用章",
    "finance": "财务专用章",
    "contract": "合同专用章",
    "legal_person": "法人章",
    "firm": "事务所章",
    "authority": "机关章",
    "printed": "监制章",
    "seam": "骑缝章",
    "unknown": "印章",
}
_CJK = re.compile("[\u4e00-\u9fff]")
_LARGE = 100_000
_MONEY = re.compile(r"-?\d{4,13}\.\d{1,2}")
"""Money in ``Finding.data``; two decimals and four digits before them, so neither a rate nor an id."""

HIDDEN = frozenset({
    "power", "document", "code", "likeness", "left_source", "right_source", "third_source", "first", "again", "before", "after", "last", "total",
    "missing",
})  # fmt: skip
"""Keys of ``Finding.data`` that machines need, or whose value the sentence already says; people are not shown them."""

LEDGERS = {
    "portal": "网上申报系统",
    "filings": "技术改造备案系统",
    "statistics": "统计部门数据",
    "major_projects": "重大工业项目名录",
    "weak_link_awards": "薄弱环节奖励名单",
    "dishonest": "失信联合惩戒名单",
    "acceptance": "项目验收台账",
    "payouts": "历年扶持与拨付",
    "e_licences": "电子证照清单",
    "claims": "历年申报票据",
    "verifications": "发票查验结果",
}

LEFT_KEYS = (
    "declared", "found", "value", "stated", "printed", "actual", "read", "seen", "on_paper", "list", "left", "a", "got",
    "given", "date", "amount", "application", "capital",
)  # fmt: skip
"""Keys of ``Finding.data`` that hold what stands in the papers, in order of preference."""

RIGHT_KEYS = (
    "expected", "should_be", "should", "required", "computed", "allowed", "limit", "other", "reference", "statistics", "voucher",
    "right", "b", "wanted", "until", "from", "sum", "figures",
)  # fmt: skip
"""Keys of ``Finding.data`` that hold what it is compared with."""

_FIELD_HOMES = (("investment_list", "lines."), ("vat_invoice", ""), ("application_form", ""))
"""Where a bare field name in ``Finding.data`` is looked up, in this order."""

_DATA = {
    "severity_if_confirmed": "核实后",
    "declared": "申报值",
    "found": "所见",
    "value": "读到的值",
    "stated": "所写",
    "printed": "票面所印",
    "actual": "实际",
    "read": "读到",
    "seen": "所见",
    "on_paper": "票面",
    "list": "清单值",
    "left": "一方",
    "given": "提供",
    "expected": "应为",
    "should_be": "应为",
    "should": "应为",
    "required": "要求",
    "computed": "计算值",
    "allowed": "允许",
    "limit": "限额",
    "other": "对照值",
    "reference": "对照值",
    "statistics": "统计值",
    "voucher": "票据值",
    "right": "另一方",
    "wanted": "应为",
    "difference": "差额",
    "diff": "差额",
    "share": "占比",
    "ratio": "比例",
    "threshold": "门槛",
    "tolerance": "容差",
    "row": "行",
    "rows": "涉及行",
    "row_a": "行",
    "row_b": "另一行",
    "year": "年度",
    "month": "月份",
    "date": "日期",
    "from": "起",
    "to": "止",
    "until": "截止",
    "count": "数量",
    "pages": "页",
    "page": "页",
    "unit": "单位",
    "name": "名称",
    "code": "代码",
    "number": "号码",
    "amount": "金额",
    "tax": "税额",
    "total": "合计",
    "gross": "含税金额",
    "net": "不含税金额",
    "sum": "合计",
    "owner": "印章单位",
    "applicant": "申报单位",
    "material": "材料",
    "document": "文件",
    "voucher_key": "票据代码与号码",
    "seals": "所见印章",
    "received": "已收到",
    "third": "第三处",
    "missing": "缺少",
    "candidates": "可能的读法",
    "reason": "原因",
    "before": "原为",
    "after": "现为",
    "invoice": "发票",
    "left_source": "出处",
    "right_source": "对照出处",
    "likeness": "相似度",
    "power": "数量级",
    "shown": "显示为",
    "note": "说明",
    "first": "首",
    "last": "末",
    "again": "再次出现",
    "figures": "小写",
    "capital": "大写",
    "field": "字段",
    "column": "列",
    "excess": "超出",
    "entry": "登记号",
    "category": "类别",
    "application": "申请书",
    "uscc": "统一社会信用代码",
    "expected_id": "应为证号",
    "found_id": "实际证号",
}


def kind_title(kind: str) -> str:
    """The Chinese name of a kind of document."""
    return vocabulary.kind_title(kind)


def field_label(kind: str, name: str) -> str:
    """The Chinese name of a field or column; the raw name where nobody gave one."""
    return vocabulary.field_label(kind, name) or name


def field_type(kind: str, name: str) -> vocabulary.ValueType:
    """What a field's value is."""
    return vocabulary.field_type(kind, name)


def table_label(kind: str, name: str) -> str:
    """The Chinese name of a table of a kind."""
    known = vocabulary.KINDS.get(kind)
    return known.tables[name].label if known and name in known.tables else name


def field_words(kind: str, name: str, field: Field) -> str:
    """A field's value as people write it: money with commas, choices and yes or no in Chinese."""
    if field.value is None:
        return field.raw or ""
    of_type = vocabulary.field_type(kind, name)
    if of_type == "money":
        return yuan(field.value)
    if of_type == "bool":
        return {"true": "是", "false": "否"}.get(field.value, field.value)
    word = vocabulary.choice_word(kind, name, field.value)
    # Lists name kinds of vouchers by the words of the vouchers.
    return vocabulary.choice_word("vat_invoice", "invoice_type", word) if name.endswith(".voucher_type") else word


def data_label(key: str) -> str:
    """The Chinese name of a key of ``Finding.data``."""
    return _DATA.get(key, key)


def data_words(key: str, value: str | int | float | bool | list[str] | None) -> str:
    """A value of ``Finding.data`` as text."""
    if value is None:
        return "（无）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(one_line(v) for v in value)
    if key == "severity_if_confirmed":
        return next((word for code, word in SEVERITY_WORDS.items() if code == value), str(value))
    if key in ("field", "column") and isinstance(value, str):
        return next((label for kind, name in _FIELD_HOMES if (label := field_label(kind, name + value)) != name + value), value)
    if isinstance(value, str) and _MONEY.fullmatch(value):
        return yuan(value)
    if key == "voucher_key" and isinstance(value, str):
        return voucher_words(value)
    return one_line(value)


def facts_of(finding: Finding) -> list[tuple[str, str]]:
    """``Finding.data`` for people: (label, value); sums with their units, named by the paper they stand in where that is known."""
    out = []
    for key, value in finding.data.items():
        if key in HIDDEN or value is None or value in ([], ""):
            continue
        source = finding.data.get(f"{key}_source")
        text = money_words(value) if isinstance(value, str) and _MONEY.fullmatch(value) else data_words(key, value)
        out.append((one_line(source) if isinstance(source, str) else data_label(key), text))
    return out


def money_words(text: str | None) -> str:
    """Yuan as people at the window read it: ``12,345.60 元``, from 100,000 on with 万元 beside it."""
    value = amount(text)
    if value is None:
        return text or ""
    return f"{yuan(text)} 元（{value / 10000:,.2f} 万元）" if abs(value) >= _LARGE else f"{yuan(text)} 元"


def voucher_words(key: str) -> str:
    """Code and number of an invoice apart; they are kept in one run."""
    return f"{key[:-8]} {key[-8:]}" if key.isdigit() and len(key) in (18, 20) else one_line(key)


def clause_words(clause: str, clauses: Mapping[str, str], most: int = 400) -> str:
    """A clause with the guide's own words: ``申请指南六（二）（1）：“税务部门提供的……”``; facts outside the guide in their words alone."""
    text = one_line(clauses.get(clause, "")).rstrip("；;")
    if not text:
        return one_line(clause)
    if not _CJK.match(clause):
        return text
    return f"申请指南{one_line(clause)}：“{_cut(text, most)}”"


def _cut(text: str, most: int) -> str:
    """Cut behind a clause of the sentence, not inside it."""
    if len(text) <= most:
        return text
    end = max(text.rfind(mark, most // 2, most) for mark in "，；。）")
    return f"{text[: end + 1 if end > 0 else most]}……"


def document_title(document: Document) -> str:
    """What to call a document: its own title, else its kind, with the year."""
    title = document.title or kind_title(document.kind)
    return f"{document.year}年度{title}" if document.year and str(document.year) not in title else title


def amount(text: str | None) -> Decimal | None:
    """Canonical money as a number, or None."""
    try:
        value = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None


def yuan(text: str | None) -> str:
    """``"12345.6"`` → ``12,345.60``; what is no number stays as it is."""
    value = amount(text)
    return f"{value:,.2f}" if value is not None else (text or "")
