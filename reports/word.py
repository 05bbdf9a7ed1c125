"""``补正通知书.docx``: the paper an applicant gets, set like an office paper (GB/T 9704-2012)."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from pipeline.model import Report
from reports import words
from reports.base import NoticeFacts
from reports.docx_tools import FANG, HEI, KAI, SONG, body_style, mark_draft, official_page, paragraph, rule, run, table
from reports.notice import Notice, NoticeItem, build_notice
from reports.writing import clean, same_bytes, stamp_of

_RED = RGBColor(0xD0, 0x00, 0x00)
_BLANK = "　　　　"
_QUOTE = 100
"""Characters of a clause quoted under an item; the whole of it stands in the report."""


def render_notice(report: Report, facts: NoticeFacts) -> bytes:
    """The paper as DOCX bytes; equal reports give equal bytes."""
    notice = build_notice(report, facts)
    stamp = stamp_of(report.made_by.created_at)
    document = docx.Document()
    body_style(document)
    official_page(document)
    _properties(document, facts, notice)
    if notice.draft:
        mark_draft(document, notice.draft)
    _head(document, facts, notice)
    if notice.items:
        _demands(document, facts, notice)
    else:
        _nothing(document, facts, notice, rejected=report.verdict == "reject")
    _signature(document, facts)
    _receipt(document, notice)
    out = io.BytesIO()
    document.save(out)
    return same_bytes(out.getvalue(), stamp)


def _properties(document: Any, facts: NoticeFacts, notice: Notice) -> None:
    core = document.core_properties
    core.title = _title(notice)
    core.subject = clean(facts.programme)
    core.author = core.last_modified_by = "审材"
    core.comments = core.keywords = ""
    core.language = "zh-CN"
    core.revision = 1


def _title(notice: Notice) -> str:
    return "补正通知书" if notice.items or notice.draft else "收件告知书"


def _head(document: Any, facts: NoticeFacts, notice: Notice) -> None:
    centre = WD_ALIGN_PARAGRAPH.CENTER
    office = paragraph(document, facts.office, SONG, 30, bold=True, indent=False, align=centre, colour=_RED)
    office.paragraph_format.line_spacing = Pt(44)
    number = paragraph(document, f"编号：{_BLANK}〔{_BLANK}〕{_BLANK}号", FANG, 16, indent=False, align=centre)
    rule(number, "D00000", size=16)
    title = paragraph(document, _title(notice), SONG, 22, bold=True, indent=False, align=centre)
    title.paragraph_format.line_spacing = Pt(36)
    title.paragraph_format.space_before = Pt(22)
    title.paragraph_format.space_after = Pt(10)
    paragraph(document, f"{notice.applicant or _BLANK * 4}：", indent=False)


def _demands(document: Any, facts: NoticeFacts, notice: Notice) -> None:
    categories = f"（{notice.categories}）" if notice.categories else ""
    paragraph(
        document,
        f"你单位{f'（统一社会信用代码：{notice.uscc}）' if notice.uscc else ''}申报的{facts.programme}{categories}材料收悉。"
        f"依据《{facts.guide_title}》，经核对，以下{len(notice.items)}项需要补正，现一次性告知如下。",
    )
    paragraph(document, "一、需补正事项", HEI, keep=True)
    for number, item in enumerate(notice.items, 1):
        _item(document, facts, number, item)
    paragraph(document, "二、补正期限、地点和联系方式", HEI, keep=True)
    last = facts.deadline
    deadline_clause = f"（依据：申请指南{facts.deadline_clause}）" if facts.deadline_clause else ""
    _labelled(document, ("期限：", f"请于{last.year}年{last.month}月{last.day}日前（含当日，工作时间）递交补正材料{deadline_clause}。"))
    _labelled(document, ("地点：", f"{facts.place}。"))
    if facts.appointment:
        _labelled(document, ("预约：", facts.appointment))
    _labelled(document, ("业务咨询：", "、".join(facts.phones)))
    _labelled(document, ("技术支持：", "、".join(facts.support_phones)))
    if facts.seal_sentence:
        paragraph(document, "三、补正材料的形式", HEI, keep=True)
        paragraph(document, facts.seal_sentence + (f"（依据：申请指南{facts.seal_clause}）" if facts.seal_clause else ""))


def _item(document: Any, facts: NoticeFacts, number: int, item: NoticeItem) -> None:
    count = f"（共{len(item.lines)}项）" if len(item.lines) > 1 else ""
    paragraph(document, f"{number}．{item.title}{count}", KAI, bold=True, keep=True)
    single = item.lines[0] if len(item.lines) == 1 else None
    if single:
        _labelled(document, ("情况：", single.message), ("位置：", f"{single.where}。" if single.where else ""))
    # What to do comes before a long table, not pages after the heading.
    basis = "；".join(_clause(clause, facts) for clause in item.clauses)
    _labelled(document, ("请补正：", item.hint), ("依据：", f"{basis}。" if basis else ""), keep=single is None)
    if single is None:
        _lines(document, item)


def _clause(clause: str, facts: NoticeFacts) -> str:
    """The clause in its words; that of form is quoted once, in the part on form."""
    if facts.seal_sentence and clause == facts.seal_clause:
        return f"申请指南{clause}（见第三部分）"
    return words.clause_words(clause, facts.clauses, _QUOTE)


def _lines(document: Any, item: NoticeItem) -> None:
    own_hints, places = any(line.hint for line in item.lines), any(line.where for line in item.lines)
    heads = ["序号", "情况"]
    widths = [15.0, 141.0]
    if places:
        heads.insert(1, "位置")
        widths = [15.0, 61.0, 80.0]
    if own_hints:
        heads.append("请补正")
        widths = [15.0, 40.0, 54.0, 47.0] if places else [15.0, 78.0, 63.0]
    rows = []
    for number, line in enumerate(item.lines, 1):
        cells = [str(number), line.message]
        if places:
            cells.insert(1, line.where or "—")
        if own_hints:
            cells.append(line.hint or "—")
        rows.append(tuple(cells))
    table(document, tuple(heads), tuple(widths), rows)
    # Word glues two tables together without a paragraph between them.
    gap = paragraph(document, indent=False)
    gap.paragraph_format.line_spacing = Pt(8)


def _nothing(document: Any, facts: NoticeFacts, notice: Notice, *, rejected: bool) -> None:
    categories = f"（{notice.categories}）" if notice.categories else ""
    paragraph(document, f"你单位申报的{facts.programme}{categories}材料收悉。")
    if rejected:
        paragraph(document, f"依据《{facts.guide_title}》核对，未发现需补正事项；其他事项另行告知。")
    else:
        paragraph(document, f"依据《{facts.guide_title}》核对，未发现需补正事项，予以收件。收件不代表审核结论，后续环节如需补充材料将另行通知。")
    _labelled(document, ("业务咨询：", "、".join(facts.phones)))


def _signature(document: Any, facts: NoticeFacts) -> None:
    paragraph(document, indent=False).paragraph_format.line_spacing = Pt(12)
    right = WD_ALIGN_PARAGRAPH.RIGHT
    for text, keep in ((facts.office, True), (f"{_BLANK}年{_BLANK[:2]}月{_BLANK[:2]}日", False)):
        line = paragraph(document, text, indent=False, align=right, keep=keep)
        line.paragraph_format.right_indent = Mm(11)


def _receipt(document: Any, notice: Notice) -> None:
    """The slip that the applicant signs and the office keeps; it stays on one page."""
    cut = paragraph(document, "剪 切 线", FANG, 10.5, indent=False, align=WD_ALIGN_PARAGRAPH.CENTER, keep=True)
    cut.paragraph_format.space_before = Pt(10)
    cut.paragraph_format.line_spacing = Pt(18)
    rule(cut, "808080", style="dashed", size=8)
    title = paragraph(document, "回　　执", SONG, 18, bold=True, indent=False, align=WD_ALIGN_PARAGRAPH.CENTER, keep=True)
    title.paragraph_format.space_before = Pt(6)
    told = f"共{len(notice.items)}项、{notice.findings}处" if notice.items else "无需补正"
    lines = (
        f"《{_title(notice)}》（编号：{_BLANK}，{told}）已收到。",
        f"申报单位：{notice.applicant or _BLANK * 3}",
        f"签收人：{_BLANK * 3}联系电话：{_BLANK * 3}",
        f"签收日期：{_BLANK}年{_BLANK[:2]}月{_BLANK[:2]}日",
        "送达方式：□当面　□邮寄　□网上",
    )
    for number, text in enumerate(lines, 1):
        line = document.add_paragraph()
        line.paragraph_format.keep_with_next = number < len(lines)
        line.paragraph_format.line_spacing = Pt(20)
        run(line, text, FANG, 14)


def _labelled(document: Any, *parts: tuple[str, str], keep: bool = False) -> None:
    """One paragraph of labels with their texts; parts without text are left out."""
    told = [(label, text) for label, text in parts if text]
    if told:
        line = paragraph(document, keep=keep)
        for label, text in told:
            run(line, label, HEI)
            run(line, text)
