"""The notice: everything curable once, nothing internal ever, a draft while a person has to look."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from report_builder import APPLICANT, FACTS, HOSTILE, SECRET, build, finding, hundred, late_row, twelve

from pipeline.model import Finding, Report
from reports import applicant_findings, render_notice, undecided
from reports.notice import build_notice


def every_text(package: bytes) -> str:
    """All text and all raw XML of all parts: nothing hides in a header, a comment or a property."""
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        raw = "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return raw + re.sub(r"<[^>]+>", "", raw)


def body(package: bytes) -> str:
    document = docx.Document(io.BytesIO(package))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


@pytest.mark.parametrize("findings", [twelve(), hundred()], ids=["twelve", "hundred"])
def test_every_demand_stands_once_and_nothing_else(findings: list[Finding]) -> None:
    report = build(findings)
    text = body(render_notice(report, FACTS))
    wanted = applicant_findings(report)
    assert wanted
    for item in wanted:
        assert text.count(item.message) == 1, item.message
    for item in report.findings:
        if item not in wanted:
            assert item.message not in text


@pytest.mark.parametrize("findings", [twelve(), hundred()], ids=["twelve", "hundred"])
def test_no_internal_word_reaches_the_applicant(findings: list[Finding]) -> None:
    internal = [f for f in findings if f.audience == "internal"]
    assert {f.severity for f in internal} >= {"correct", "review"}, "the builder must hold internal findings of the dangerous kind"
    package = every_text(render_notice(build(findings), FACTS))
    for item in internal:
        for secret in (item.message, SECRET, "另一单位", "2019-0007", item.rule if item.rule == "R-277" else SECRET):
            assert secret not in package


def test_internal_places_of_an_open_finding_stay_inside() -> None:
    from pipeline.model import LedgerEvidence, RegisterEvidence

    leaky = finding("R-010", "correct", "名称不一致", "申请书单位名称与营业执照不一致。", evidence=(
        RegisterEvidence(entry="2018-0042", text="他人申报"), LedgerEvidence(ledger="payouts", file="f4", row=9, column="amount", text="777777.00")))  # fmt: skip
    package = every_text(render_notice(build([leaky]), FACTS))
    assert "申请书单位名称与营业执照不一致。" in package
    assert not [secret for secret in ("2018-0042", "他人申报", "777777.00", "payouts") if secret in package]


def test_twenty_late_invoices_are_one_item_with_a_table() -> None:
    notice = build_notice(build([late_row(n) for n in range(20)]), FACTS)
    assert len(notice.items) == 1
    assert len(notice.items[0].lines) == 20
    assert notice.items[0].hint.startswith("请删除该行")
    document = docx.Document(io.BytesIO(render_notice(build([late_row(n) for n in range(20)]), FACTS)))
    assert len(document.tables) == 1
    assert len(document.tables[0].rows) == 21


def test_lines_say_row_document_and_page() -> None:
    (item,) = build_notice(build([late_row(3)]), FACTS).items
    assert item.lines[0].where == "〔表1〕第9行；增值税发票 第64页（页码62）"


def test_draft_while_a_review_may_become_a_demand() -> None:
    open_review = build(twelve())
    assert len(undecided(open_review)) == 1
    package = every_text(render_notice(open_review, FACTS))
    assert "草稿：尚有1项需人工核验" in package
    assert 'string="草 稿"' in package
    settled = build([f for f in twelve() if f.severity != "review"])
    assert "草稿" not in every_text(render_notice(settled, FACTS))


def test_internal_reviews_hold_no_notice_back() -> None:
    internal_only = build([f for f in twelve() if f.severity != "review" or f.audience == "internal"])
    assert build_notice(internal_only, FACTS).draft == ""


def test_a_rejected_file_gets_no_rejection_here_but_a_warning() -> None:
    rejected = build([*twelve(), finding("R-001", "reject", "逾期提交", "您单位于2020年6月25日首次在线提交，已超过截止时间。")])
    package = render_notice(rejected, FACTS)
    assert "已超过截止时间" not in every_text(package)
    assert "不予受理事项待经办人核定" in every_text(package)


def test_nothing_to_mend_is_a_paper_too() -> None:
    text = body(render_notice(build([]), FACTS))
    assert "未发现需补正事项" in text
    assert "收件告知书" in text
    assert APPLICANT in text


def test_nothing_to_mend_does_not_go_out_over_an_internal_matter() -> None:
    internal = [f for f in twelve() if f.audience == "internal" and f.severity == "correct"]
    package = every_text(render_notice(build(internal), FACTS))
    assert "核定前不得发出" in package
    assert SECRET not in package


def test_deadline_place_phone_and_receipt() -> None:
    text = body(render_notice(build(twelve()), FACTS))
    for part in ("2020年7月24日", FACTS.place, FACTS.phones[0], FACTS.guide_title, "回　　执", "签收人"):
        assert part in text


def test_waived_findings_are_not_demanded() -> None:
    from pipeline.model import Correction

    waived = late_row(0).model_copy(update={"waived": Correction(by="李四", at="2020-07-01", why="已当面补交")})
    assert applicant_findings(build([waived])) == ()


def test_hostile_text_makes_a_valid_paper(hostile: Report) -> None:
    package = render_notice(hostile, FACTS)
    text = body(package)
    assert "alert(1)" in text
    assert not set(text) & {"\u202e", "\x07"}
    assert HOSTILE not in text


def test_equal_reports_give_equal_bytes() -> None:
    assert render_notice(build(twelve()), FACTS) == render_notice(build(twelve()), FACTS)


def test_page_is_an_office_page() -> None:
    section = docx.Document(io.BytesIO(render_notice(build(twelve()), FACTS))).sections[0]
    assert [round(x.mm) for x in (section.page_width, section.page_height, section.top_margin, section.left_margin)] == [210, 297, 37, 28]


def test_what_was_told_before_is_marked() -> None:
    from pipeline.model import Rounds

    report = build([late_row(0), late_row(1)])
    report = report.model_copy(update={"rounds": Rounds(open=(report.findings[0].id,), new=(report.findings[1].id,))})
    first, second = build_notice(report, FACTS).items[0].lines
    assert first.message.endswith("（前次已告知，仍未补正）")
    assert "前次" not in second.message


def test_the_clause_of_form_is_quoted_once() -> None:
    from dataclasses import replace

    facts = replace(FACTS, clauses={FACTS.seal_clause: FACTS.seal_sentence, "六（二）（1）": "税务部门提供的上三个年度纳税证明；"})
    items = [finding("R-082", "correct", "未盖章", "未盖章。", clause=FACTS.seal_clause), finding("R-095", "correct", "缺证明", "缺证明。", clause="六（二）（1）", n=1)]
    text = body(render_notice(build(items), facts))
    assert text.count(FACTS.seal_sentence) == 1
    assert f"申请指南{FACTS.seal_clause}（见第三部分）" in text
    assert "申请指南六（二）（1）：“税务部门提供的上三个年度纳税证明”" in text
