"""决算报表 handed in instead of an audit report (guide 六（二）（2）, R-097): three statements, two signatures, the company's seal."""

from __future__ import annotations

from dataclasses import replace

from samples.documents.audit.statements import Accounts, StatementPrinter
from samples.documents.audit.style import Style, make_style
from samples.documents.draft import Draft, chinese_date, seal_by_applicant, sign
from samples.paper import Paper
from samples.world.model import Substitute, World

KIND = "financial_statement"


def draw_financial_statement(world: World, substitute: Substitute) -> Draft:
    """The statements of ``substitute.year`` as the company's own software prints them, with a cover or a page of explanation."""
    year, key = substitute.year, f"{KIND}:{substitute.year}"
    rng = world.rng(KIND, year, "style")
    style = _style(world, substitute)

    def signer(paper: Paper, x: float, y: float, name: str, which: int) -> None:
        """The second and third line are the finance head's; the third is often left to the second."""
        if (which == 0 and not substitute.signed_by_legal_representative) or (which > 0 and not substitute.signed_by_finance_head):
            return
        if which < 2:
            sign(world, key, paper, x + 1, y - 0.5, name, world.rng(KIND, year, "signature", printer.sheets, which), 15)
        else:
            paper.text(x, y, world.company.finance_head, 9, face=style.body)

    printer = StatementPrinter(world, style, world.party.name, year, (KIND, year), signer=signer)
    now, before = world.books[year], world.books[year - 1]
    papers = printer.all_statements([Accounts("parent", now, before, world.books.get(year - 2))], equity=False)
    if rng.random() < 0.6:
        for i, paper in enumerate(papers, start=1):
            paper.label = i
            paper.text(paper.width / 2, paper.height - 12, f"第{i}页 共{len(papers)}页" if len(key) % 2 else f"- {i} -", 8.5, face=style.body, align="c")
    if rng.random() < 0.6:
        papers.insert(0, _cover(world, substitute, style))
    for i, paper in enumerate(papers):
        own = world.rng(KIND, year, "seal", i)
        seal_by_applicant(world, key, paper, own.uniform(56, 100), min(paper.height - 38, own.uniform(236, 256)), own)
    return Draft(KIND, papers, f"{year}年度财务决算报表", year, seam=True, key=key)


def _style(world: World, substitute: Substitute) -> Style:
    """Printed by bookkeeping software: numbered lines, one face, no notes."""
    rng = world.rng(KIND, substitute.year, "software")
    base = make_style(rng, world.rng("audit_report", "unit"))
    return replace(
        base, body=rng.choice(("sans", "serif")), figures=rng.choice(("sans", "mono", "serif")), border=rng.choice(("grid", "bold")), notes_column=False,
        line_numbers=rng.random() < 0.75, group="sheets", full=True, ends=rng.choice((("期末余额", "年初余额"), ("期末余额", "期初余额"))),
        flows=rng.choice((("本年累计金额", "上年金额"), ("本期金额", "上期金额"))), unit="元", unit_words="单位：元",
    )  # fmt: skip


def _cover(world: World, substitute: Substitute, style: Style) -> Paper:
    rng = world.rng(KIND, substitute.year, "cover")
    key, party = f"{KIND}:{substitute.year}", world.party
    paper = Paper()
    paper.text(105, 84, f"{substitute.year} 年度", 22, face=style.head, align="c")
    paper.text(105, 104, "财 务 决 算 报 表", 30, face=style.head, bold=True, align="c")
    y = 150.0
    for label, text in (("单位名称：", party.name), ("统一社会信用代码：", party.uscc)):
        box = paper.text(42, y, label, 13, face=style.body)
        paper.text(box[2], y, text, 13, face=style.body)
        y += 13
    for label, name, signed in (
        ("单位负责人（签字）：", world.company.legal_representative, substitute.signed_by_legal_representative),
        ("财务负责人（签字）：", world.company.finance_head, substitute.signed_by_finance_head),
    ):  # fmt: skip
        box = paper.text(42, y, label, 13, face=style.body)
        if signed:
            sign(world, key, paper, box[2] + 2, y, name, rng, 18)
        paper.line(box[2], y + 4, 150, y + 4, 0.2)
        y += 13
    box = paper.text(42, y, "编制日期：", 13, face=style.body)
    paper.text(box[2], y, chinese_date(world.application.applied_on.replace(day=1)), 13, face=style.body)
    paper.paragraph(42, y + 18, 126, f"说明：{substitute.year}年度{substitute.reason}，现提供财务决算报表，内容真实、完整，与账簿记录相符。", 11, leading=7.5, face=style.body)
    return paper
