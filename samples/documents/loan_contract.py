"""固定资产借款合同: cover, clauses with the facts, signatures, 还款计划表 and 借款借据, as the copy that lies in the volume.

Rule-book B.9. The copy carries 与原件一致 with the applicant's seal; what was red on the original is grey where the copier was.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from samples.documents.contract_clauses import LOAN_TERMS, Chapter
from samples.documents.contract_pages import (
    Blank,
    Cell,
    Column,
    ContractPages,
    Span,
    Style,
    draw_style,
    invented_person,
    percent,
    rate_text,
    written,
)
from samples.documents.draft import Draft, chinese_date, copy_remark, sign
from samples.fonts import typefaces
from samples.money import capital, grouped, plain
from samples.paper import photocopied
from samples.seals import Die, company_die, name_die, strike
from samples.world.model import Instalment, Loan, Party, World

KIND = "loan_contract"
_TITLES = ("固定资产借款合同", "固定资产借款合同", "固定资产贷款合同", "项目融资借款合同")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十", "二十一", "二十二", "二十三", "二十四")


def numbered(style: Style, index: int, title: str) -> str:
    """The heading of clause ``index`` (from 0) in the contract's own way of counting."""
    return {"第一条": f"第{_NUMERALS[index]}条　{title}", "一、": f"{_NUMERALS[index]}、{title}", "1.": f"{index + 1}.　{title}"}[style.clause_style]


def day_blank(day: date, field: str = "") -> Blank:
    return Blank(chinese_date(day), field, day.isoformat())


def months_between(start: date, end: date) -> int:
    """Whole months from ``start`` to ``end``, the last day counted in."""
    return max(1, round((end - start).days / 30.4375))


def rate_clause(loan: Loan, variant: int) -> tuple[Span, ...]:
    """How the rate is worded: a share above or below the benchmark, or plainly fixed."""
    rate = Blank(percent(loan.annual_rate), "annual_rate", rate_text(loan.annual_rate))
    if variant == 0 or not loan.benchmark_rate:
        return ("借款利率为固定利率，年利率为", rate, "，在借款期限内不作调整。")
    part = ((loan.annual_rate / loan.benchmark_rate - 1) * 100).quantize(Decimal("0.01"))
    how = "不浮动" if part == 0 else f"{'上浮' if part > 0 else '下浮'}{abs(part).normalize():f}%"
    base = Blank(percent(loan.benchmark_rate))
    if variant == 1:
        return ("借款利率以起息日中国人民银行公布的同期同档次贷款基准利率", base, "为基础，", Blank(how), "，即执行年利率", rate, "。")
    return (
        "本合同项下借款利率为浮动利率，以合同生效日的中国人民银行同期限档次贷款基准利率（", base, "）", Blank(how),
        "确定，首期执行年利率为", rate, "；遇基准利率调整的，自次年1月1日起按调整后的基准利率执行，浮动幅度不变。",
    )  # fmt: skip


def _facts(loan: Loan, style: Style, rng: random.Random) -> list[tuple[str, list[tuple[Span, ...]]]]:
    """The chapters that carry facts, first in every loan contract."""
    variant = rng.randrange(3)
    months = months_between(loan.start, loan.end)
    return [
        ("借款金额", [("借款人向贷款人借款，币种为人民币，金额（大写）", Blank(capital(loan.principal, "元")), "（小写：￥", Blank(grouped(loan.principal), "principal", plain(loan.principal)), "元）。大小写不一致时，以大写为准。")]),
        ("借款用途", [
            ("本合同项下借款", Blank(loan.purpose.rstrip("。"), "purpose", loan.purpose), "。未经贷款人书面同意，借款人不得改变借款用途。"),
            (loan.use_clause if loan.use_clause.endswith("。") else loan.use_clause + "。",),
        ]),
        ("借款期限", [
            ("借款期限为", Blank(str(months)), "个月，自", day_blank(loan.start, "start_date"), "起至", day_blank(loan.end, "end_date"), "止。实际提款日与上述起始日不一致的，以借款借据记载的日期为准，到期日不变。"),
            ("首次提款日预计为", day_blank(loan.drawn_on), "，借款借据为本合同的组成部分。"),
        ]),
        ("利率与计息", [
            rate_clause(loan, variant),
            ("借款利息自借款发放之日起按实际发放额和占用天数计算，日利率＝年利率÷360，按季结息，结息日为每季末月的20日，付息日为结息日次日；到期利随本清。",),
        ]),
        ("还款方式", [
            ("还款方式为", Blank(loan.repayment.rstrip("。")), "。借款人应按附件一《还款计划表》列明的日期和金额归还借款本金。",),
            ("借款人归还的款项按照实现债权的费用、罚息及复利、利息、本金的顺序清偿。",),
        ]),
    ]  # fmt: skip


def _chapters(world: World) -> Sequence[Chapter]:
    return LOAN_TERMS if not world.short else LOAN_TERMS[-2:]


def draw_loan_contract(world: World, loan: Loan) -> Draft:
    """The whole copy: 10 to 14 pages; 4 or 5 in a short world."""
    key = f"{KIND}::{loan.key}"
    rng = world.rng(KIND, loan.key)
    title = rng.choice(_TITLES)
    style = draw_style(rng, size=10.5 if world.short else 12.0, airy=not world.short)
    copied = rng.random() < 0.6
    with typefaces(world.rng(KIND, "faces", loan.key)), photocopied(copied):
        pages = ContractPages(style, running_head=f"{title}　　编号：{loan.contract_number}", cover=not world.short)
        if world.short:
            _short_head(pages, loan, title)
        else:
            _cover(pages, loan, title, rng)
            pages.page()
            _opening(pages, loan)
        count = 0
        for heading, paragraphs in _facts(loan, style, rng):
            pages.heading(numbered(style, count, heading))
            for spans in paragraphs:
                pages.clause(*spans)
            count += 1
        for heading, clauses in _chapters(world):
            pages.heading(numbered(style, count, heading))
            for clause in clauses:
                pages.clause(clause)
            count += 1
        _signatures(world, key, pages, loan, rng)
        pages.page()
        _plan(pages, loan)
        _debt_note(pages, loan, rng, new_page=not world.short)
        papers = pages.finish()
    copy_remark(world, key, papers[0], 158, 238 if not world.short else 262, world.rng(KIND, loan.key, "copy seal"))
    return Draft(KIND, papers, title, loan.signed_on.year, seam=True, key=key)


def _party_rows(loan: Loan) -> list[tuple[str, Party, str]]:
    return [("借款人", loan.borrower, "borrower_name"), ("贷款人", loan.lender, "lender_name")]


def number_line(pages: ContractPages, number: str, y: float, size: float, label: str = "合同编号：") -> None:
    """The contract's number at the right edge of a page."""
    paper, style = pages.paper, pages.style
    seen = paper.put("contract_number", number, paper.width - style.right, y, number, size, face=style.fill_face, align="r")
    paper.text(seen[0], y, label, size, face=style.face, align="r")


def _cover(pages: ContractPages, loan: Loan, title: str, rng: random.Random) -> None:
    paper, middle = pages.paper, pages.paper.width / 2
    number_line(pages, loan.contract_number, 34, 11.5)
    paper.text(middle, 92, title, 30, face=pages.style.head_face, bold=True, align="c", spread=2.0)
    y = 150.0
    for role, party, field in _party_rows(loan):
        head = paper.text(38, y, f"{role}：", 15, face=pages.style.face)
        size = min(15.0, 132 / max(1, len(party.name)) / 0.3528)
        paper.put(field, party.name, head[2] + 1, y, party.name, size, face=pages.style.fill_face)
        paper.line(head[2], y + 4.2, 188, y + 4.2, 0.2)
        y += 20
    head = paper.text(38, y, "签订日期：", 15, face=pages.style.face)
    paper.put("signed_on", loan.signed_on.isoformat(), head[2] + 1, y, chinese_date(loan.signed_on), 14, face=pages.style.fill_face)
    paper.text(middle, 276, rng.choice(("（本合同文本适用于固定资产类贷款）", "客户提示：签署前请仔细阅读全部条款", "")), 9, align="c", face=pages.style.face)


def _short_head(pages: ContractPages, loan: Loan, title: str) -> None:
    number_line(pages, loan.contract_number, pages.y, 9.5)
    pages.skip(11)
    pages.title(title, 19)
    _opening(pages, loan)


def _opening(pages: ContractPages, loan: Loan) -> None:
    for role, party, field in _party_rows(loan):
        pages.clause(f"{role}（{'乙' if role == '借款人' else '甲'}方）：", Blank(party.name, field, party.name), indent=False)
        pages.clause("住所：", Blank(party.address if party is loan.borrower else loan.lender_address), indent=False)
        if party is loan.borrower:
            pages.clause("法定代表人：", Blank(party.legal_representative or "　　　　"), "　　统一社会信用代码：", Blank(party.uscc), indent=False)
        elif party.legal_representative:
            pages.clause("负责人：", Blank(party.legal_representative), "　　电话：", Blank(party.phone or "　　　　"), indent=False)
    pages.skip(pages.style.leading * 0.4)
    pages.clause("借款人因项目建设需要向贷款人申请借款，贷款人同意发放。为明确双方权利义务，根据《中华人民共和国合同法》《贷款通则》《固定资产贷款管理暂行办法》等规定，经协商一致，订立本合同。")


def _signatures(world: World, key: str, pages: ContractPages, loan: Loan, rng: random.Random) -> None:
    drawn = invented_person(rng)
    lender_head = loan.lender.legal_representative or drawn
    word, shift = rng.choice(("合同专用章", "信贷合同专用章", "合同专用章")), rng.uniform(-4, 4)
    own_word = rng.choice(("合同专用章", "合同专用章", ""))
    seal_with_name, day_by_hand = rng.random() < 0.5, rng.random() < 0.6
    pages.room(128)
    pages.skip(6)
    pages.clause("（以下无正文，为签署页）", indent=False)
    pages.skip(4)
    paper, left, step = pages.paper, pages.style.left, 17.0
    blocks = (
        ("借款人（公章或合同专用章）：", loan.borrower.name, True), ("贷款人（公章或合同专用章）：", loan.lender.name, False),
    )  # fmt: skip
    for label, name, own in blocks:
        y = pages.y
        paper.text(left, y, label, 11, face=pages.style.face)
        paper.text(left + 4, y + 7, name, 11, face=pages.style.fill_face)
        paper.text(left, y + step + 4, "法定代表人（负责人）或授权代理人（签字或盖章）：", 10.5, face=pages.style.face)
        paper.text(left, y + 2 * step + 4, "签订日期：", 10.5, face=pages.style.face)
        people = world.company.legal_representative if own else lender_head
        if own:
            sign(world, key, paper, left + 88, y + step + 3, people, rng)
        else:
            written(paper, left + 88, y + step + 3, people, rng)
            if seal_with_name:
                strike(paper, name_die(people), left + 122, y + step + 3, rng)
        where = {"face": "hand", "size": 13.0} if day_by_hand else {"face": pages.style.fill_face, "size": 10.5}
        paper.put("signed_on", loan.signed_on.isoformat(), left + 22, y + 2 * step + 4, chinese_date(loan.signed_on), **where)
        die = _borrower_die(world, loan, own_word) if own else Die("round", "contract", name, (word,), width=42, height=42)
        strike(paper, die, left + 62 + shift, y + 12 + rng.uniform(-4, 4), rng)
        pages.skip(3 * step + 4)
    paper.text(left, pages.y, "签订地点：广东省深圳市", 10.5, face=pages.style.face)
    pages.skip(8)


def _borrower_die(world: World, loan: Loan, word: str) -> Die:
    number = world.company.seal_number if loan.borrower.name == world.party.name else ""
    # A 公章 on the original would stand for the fresh one that a copy must carry; contracts are sealed with the 合同专用章.
    return company_die(loan.borrower.name, number, line=word or "合同专用章", role="contract")


def _plan(pages: ContractPages, loan: Loan) -> None:
    pages.clause("附件一：", indent=False)
    pages.title("还款计划表", 15)
    pages.clause("借款合同编号：", Blank(loan.contract_number), "　　单位：元", indent=False)
    pages.skip(3)
    plan_table(pages, loan.schedule, ("还款日期", "归还本金", "应付利息（预计）", "本息合计", "剩余本金"))
    pages.clause("注：利息按实际占用天数计算，以贷款人结息通知为准。", indent=False)


def plan_table(pages: ContractPages, schedule: Sequence[Instalment], heads: tuple[str, str, str, str, str], *, rent_first: bool = False) -> None:
    """期次, day, principal, interest, both, what is left, and a line of sums; noted as table ``schedule``."""
    order = ("rent", "principal", "interest") if rent_first else ("principal", "interest", "rent")
    columns = [Column("期次", 14), Column(heads[0], 31), *(Column(head, 29, "r") for head in heads[1:4]), Column(heads[4], 31, "r")]
    rows = []
    for part in schedule:
        amounts = {"rent": part.rent, "principal": part.principal, "interest": part.interest}
        rows.append([
            Cell(str(part.number)), Cell(f"{part.due_on:%Y-%m-%d}", "due_on", part.due_on.isoformat()),
            *(Cell(grouped(amounts[name]), name, plain(amounts[name])) for name in order), Cell(grouped(part.outstanding)),
        ])  # fmt: skip
    sums = {"rent": sum((p.rent for p in schedule), Decimal(0)), "principal": sum((p.principal for p in schedule), Decimal(0)), "interest": sum((p.interest for p in schedule), Decimal(0))}
    rows.append([Cell("合计"), Cell("—"), *(Cell(grouped(sums[name])) for name in order), Cell("—")])
    pages.table("schedule", columns, rows, height=7.2)


def _debt_note(pages: ContractPages, loan: Loan, rng: random.Random, *, new_page: bool) -> None:
    """附件二 借款借据: the bank's form of the day of the drawing."""
    if new_page:
        pages.page()
    else:
        pages.room(124)
        pages.skip(4)
    pages.clause("附件二：", indent=False)
    pages.title("借款借据", 16, spread=3)
    paper, left, y = pages.paper, pages.style.left, pages.y
    right = paper.width - pages.style.right
    paper.text(left, y, f"借款合同编号：{loan.contract_number}", 9)
    paper.text(right, y, f"借据日期：{chinese_date(loan.drawn_on)}", 9, align="r")
    y += 5
    width = right - left
    account = loan.borrower.account or "—"
    rows = (
        (("借款人名称", loan.borrower.name), ("贷款人", loan.lender.name)), (("结算账号", account), ("贷款账号", "".join(rng.choice("0123456789") for _ in range(19)))),
        (("借款金额（大写）", capital(loan.principal, "元")), ("小写", f"￥{grouped(loan.principal)}")),
        (("起息日", chinese_date(loan.drawn_on)), ("到期日", chinese_date(loan.end))), (("年利率", percent(loan.annual_rate)), ("结息方式", "按季结息")),
        (("借款用途", loan.purpose), ("借款种类", "固定资产贷款")),
    )  # fmt: skip
    for pair_left, pair_right in rows:
        for x, wide, (label, text) in ((left, width * 0.56, pair_left), (left + width * 0.56, width * 0.44, pair_right)):
            paper.cell((x, y, x + 26, y + 11), label, 9, face=pages.style.face)
            paper.cell((x + 26, y, x + wide, y + 11), text, 9, face=pages.style.fill_face, align="l")
        y += 11
    paper.frame((left, y, right, y + 26))
    paper.text(left + 3, y + 5, "上列款项已转入借款人账户。", 9, face=pages.style.face)
    paper.text(left + 3, y + 20, "借款人（签章）　　　　　　　　　　　　　　贷款人（签章）　　　　　　经办", 9, face=pages.style.face)
    strike(paper, Die("round", "unknown", loan.lender.name, ("业务专用章",), width=38, height=38), left + width * 0.66, y + 13, rng)
    pages.y = y + 34
