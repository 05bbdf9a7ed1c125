"""What stands at the end of a report: copies of the firm's licences and of the accountants' certificates. Nothing of them is noted."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

from samples import ids
from samples.documents.backdrop import meander, waves
from samples.documents.draft import chinese_date
from samples.documents.licence import LicenceFacts, licence_paper
from samples.fonts import Face
from samples.paper import Paper
from samples.seals import authority_die, strike
from samples.world.model import Firm, World

_BROWN = (150, 84, 44)


def licence_copies(world: World, firm: Firm, count: int, year: int) -> list[Paper]:
    """Up to ``count`` pages (4 at most): business licence, practising certificate, the accountants' certificates;
    the yearly stamps end with ``year``."""
    rng = world.rng("firm", firm.name)
    papers = [_practising(world, firm, rng.randint(1000, 9999))]
    papers += [_certificates(world, firm)] if count < 4 else [_certificate_page(world, firm, i, year) for i in range(len(firm.accountants))]
    if count >= 3:
        papers.insert(0, _business_licence(world, firm))
    return papers[:count]


def _city(firm: Firm) -> str:
    """The city whose offices license the firm."""
    at = firm.address.find("市")
    return firm.address[:at] if 0 < at < 5 else "深圳"


def _business_licence(world: World, firm: Firm) -> Paper:
    rng = world.rng("firm", firm.name, "licence")
    facts = LicenceFacts(
        ids.random_uscc(rng, "440300" if _city(firm) == "深圳" else "110105"), firm.name, "普通合伙" if "合伙" in firm.name else "有限责任公司", firm.accountants[0][0] if firm.accountants else "",
        Decimal(rng.choice((1, 2, 3))) * 1_000_000, date(rng.randint(1999, 2010), rng.randint(1, 12), rng.randint(2, 27)), None, firm.address,
        "审查企业会计报表，出具审计报告；验证企业资本，出具验资报告；办理企业合并、分立、清算事宜中的审计业务，出具有关报告；代理记账；会计咨询、税务咨询、管理咨询、会计培训。",
        f"{_city(firm)}市市场监督管理局", date(2016, rng.randint(3, 12), rng.randint(2, 27)),
    )  # fmt: skip
    return licence_paper(world, facts, "firm", firm.name, noting=False)


def _practising(world: World, firm: Firm, number: int) -> Paper:
    """会计师事务所执业证书, landscape in a brown border."""
    rng = world.rng("firm", firm.name, "practising")
    paper = Paper(297, 210, ground=(253, 250, 242))
    meander(paper, (16, 14, 281, 196), _BROWN, 6)
    waves(paper, (26, 24, 271, 186), rng, (244, 236, 222), 3.6)
    paper.text(148.5, 44, "会计师事务所", 24, face="serif", bold=True, align="c", spread=1)
    paper.text(148.5, 60, "执 业 证 书", 32, face="serif", bold=True, align="c", ink=(120, 30, 30))
    head = firm.accountants[0][0] if firm.accountants else ""
    lines = (
        ("名　　　称：", firm.name), ("首席合伙人：", head), ("主任会计师：", head), ("经 营 场 所：", firm.address),
        ("组 织 形 式：", "普通合伙" if "合伙" in firm.name else "有限责任"), ("执业证书编号：", f"4747{rng.randint(1000, 9999)}"),
        ("批准执业文号：", f"{_city(firm)[0]}财会〔{rng.randint(2000, 2012)}〕{rng.randint(10, 99)}号"),
        ("批准执业日期：", chinese_date(date(rng.randint(2000, 2012), rng.randint(1, 12), rng.randint(1, 28)))),
    )  # fmt: skip
    for i, (label, text) in enumerate(lines):
        paper.text(44, 80 + 11 * i, label, 12, face="serif")
        paper.text(80, 80 + 11 * i, text, 12, face="kai")
    paper.text(206, 30, f"证书序号：{number:07d}", 9, face="serif")
    paper.text(196, 148, f"发证机关：{_city(firm)}市财政局", 12, face="serif")
    paper.text(204, 166, chinese_date(date(2018, rng.randint(1, 12), rng.randint(1, 28))), 12, face="serif")
    strike(paper, authority_die(f"{_city(firm)}市财政局"), 224, 158, rng)
    paper.text(148.5, 190, "中华人民共和国财政部制", 9, face="serif", align="c")
    return paper


def _certificates(world: World, firm: Firm) -> Paper:
    """Both accountants' certificates on one copied sheet."""
    paper = Paper()
    for i, (name, number) in enumerate(firm.accountants[:2]):
        _booklet(world, firm, paper, 26, 30 + 126 * i, name, number, i)
    return paper


def _certificate_page(world: World, firm: Firm, index: int, last: int) -> Paper:
    paper = Paper()
    name, number = firm.accountants[index]
    _booklet(world, firm, paper, 26, 34, name, number, index)
    rng = world.rng("firm", firm.name, "yearly", index)
    paper.frame((26, 166, 184, 268), 0.3, _BROWN)
    paper.text(105, 176, "年度检验登记", 14, face="serif", bold=True, align="c")
    paper.text(105, 184, "Annual Renewal Registration", 9, face="serif", align="c")
    paper.text(40, 198, "本证书经检验合格，继续有效一年。", 11, face="serif")
    for i, year in enumerate((last - 2, last - 1, last)):
        x = 58 + 47 * i
        strike(paper, authority_die(f"{_city(firm)}注册会计师协会", f"{year}年检"), x, 232, rng, angle=rng.uniform(-20, 20))
    return paper


def _booklet(world: World, firm: Firm, paper: Paper, x: float, y: float, name: str, number: str, index: int) -> None:
    """An opened 注册会计师证书: photograph at the left, person at the right."""
    rng = world.rng("firm", firm.name, "booklet", index)
    body: Face = "kai"
    paper.frame((x, y, x + 158, y + 112), 0.4, _BROWN)
    paper.line(x + 78, y, x + 78, y + 112, 0.3, _BROWN)
    paper.text(x + 118, y + 10, "中国注册会计师", 12, face="serif", bold=True, align="c", ink=(120, 30, 30))
    _portrait(paper, x + 26, y + 12, rng)
    strike(paper, authority_die(f"{_city(firm)}注册会计师协会"), x + 50, y + 46, rng)
    lines = (
        ("证 书 编 号", number), ("批准注册协会", f"{_city(firm)}注册会计师协会"),
        ("发 证 日 期", chinese_date(date(rng.randint(1998, 2012), rng.randint(1, 12), rng.randint(1, 28)))),
    )  # fmt: skip
    for i, (label, text) in enumerate(lines):
        paper.text(x + 8, y + 74 + 11 * i, f"{label}：", 9, face="serif")
        paper.text(x + 32, y + 74 + 11 * i, text, 9.5, face=body)
        paper.line(x + 31, y + 77 + 11 * i, x + 72, y + 77 + 11 * i, 0.15)
    born = date(rng.randint(1962, 1984), rng.randint(1, 12), rng.randint(1, 28))
    own = (
        ("姓　名", "Full name", name), ("性　别", "Sex", rng.choice(("男", "女"))), ("出生日期", "Date of birth", f"{born:%Y-%m-%d}"),
        ("工作单位", "Working unit", firm.name), ("身份证号码", "Identity card No.", f"44030{rng.randint(1, 9)}{born:%Y}********"),
    )  # fmt: skip
    for i, (label, english, text) in enumerate(own):
        top = y + 24 + 17 * i
        paper.text(x + 84, top, label, 9, face="serif")
        paper.text(x + 84, top + 4.4, english, 6, face="serif")
        for k, line in enumerate(paper.wrap(text, 48, 9.5, body)[:2]):
            paper.text(x + 106, top + 4.6 * k, line, 9.5, face=body)
        paper.line(x + 105, top + 7.4, x + 154, top + 7.4, 0.15)


def _portrait(paper: Paper, x: float, y: float, rng: random.Random) -> None:
    """A grey photograph: head and shoulders as shapes."""
    paper.fill((x, y, x + 28, y + 38), (206, 212, 218))
    tone = rng.randint(70, 120)
    paper.fill((x + 3, y + 28, x + 25, y + 38), (tone - 30, tone - 30, tone - 24))
    paper.text(x + 14, y + 16, "●", 66, face="sans", ink=(tone + 70, tone + 56, tone + 48), align="c")
    paper.frame((x, y, x + 28, y + 38), 0.2)
