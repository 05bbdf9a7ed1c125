"""融资租赁合同 (直租 or 售后回租): cover, clauses with the facts, signatures, 租赁物清单, 租金支付表, 租赁物接收证书.

Rule-book B.9. A copy in the volume, as the loan contract is.
"""

from __future__ import annotations

import random
from decimal import Decimal

from samples.documents.contract_clauses import LEASE_TERMS
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
from samples.documents.loan_contract import day_blank, months_between, number_line, numbered, plan_table
from samples.fonts import typefaces
from samples.money import capital, grouped, plain
from samples.paper import photocopied
from samples.seals import Die, company_die, name_die, strike
from samples.world.model import Lease, World

KIND = "lease_contract"


def _title(lease: Lease, variant: int) -> str:
    return ("融资租赁合同", "融资租赁合同（直租）", "融资租赁合同")[variant] if lease.direct else ("融资租赁合同（售后回租）", "售后回租合同", "融资租赁合同（售后回租）")[variant]


def _facts(lease: Lease, style: Style) -> list[tuple[str, list[tuple[Span, ...]]]]:
    sellers = "、".join(dict.fromkeys(good.supplier for good in lease.goods))
    term = months_between(lease.start, lease.end)
    if lease.direct:
        how: list[tuple[Span, ...]] = [
            ("出租人根据承租人对租赁物和供应商的自主选择，向供应商", Blank(sellers), "购买本合同附件一所列租赁物，出租给承租人使用，承租人承租并支付租金。租赁方式为", Blank("直接租赁"), "。"),
            ("租赁物由供应商直接交付承租人。承租人应在交付后五日内完成验收，并向出租人出具《租赁物接收证书》。",),
        ]  # fmt: skip
    else:
        how = [
            ("承租人将其自有的本合同附件一所列设备以协议价款转让给出租人，再由出租人出租给承租人使用。租赁方式为", Blank("售后回租"), "。"),
            ("出租人支付转让价款之日，租赁物的所有权转移至出租人，租赁物以占有改定方式交付，承租人应提供购置发票、付款凭证等权属证明文件。设备原供应商为", Blank(sellers), "。"),
        ]  # fmt: skip
    goods_total = sum((good.price * good.quantity for good in lease.goods), Decimal(0))
    money: list[tuple[Span, ...]] = [
        ("租赁物总价款为人民币", Blank(grouped(goods_total)), "元，其中承租人以自有资金支付首付款人民币", Blank(grouped(lease.down_payment)), "元，其余为租赁本金。"),
        ("租赁本金（融资金额）为人民币（大写）", Blank(capital(lease.financed, "元")), "（￥", Blank(grouped(lease.financed), "principal", plain(lease.financed)), "）。"),
        ("承租人应于本合同签订后五日内向出租人一次性支付租赁保证金人民币", Blank(grouped(lease.deposit)), "元、手续费人民币", Blank(grouped(lease.fee)), "元，手续费支付后不予退还。"),
    ]  # fmt: skip
    return [
        ("租赁方式与租赁物", how),
        ("租赁用途", [("租赁物专用于", Blank("承租人生产线设备购置及技术改造", "purpose", "承租人生产线设备购置及技术改造"), "，承租人不得改变其用途。")]),
        ("租赁本金与费用", money),
        ("租赁期限", [
            ("租赁期限共", Blank(str(term)), "个月，起租日为", day_blank(lease.start, "start_date"), "，租赁期届满日为", day_blank(lease.end, "end_date"), "。"),
            ("起租日为出租人支付租赁物价款之日；各期租金支付日以附件二《租金支付表》为准，遇法定节假日提前至最近一个工作日。",),
        ]),
        ("租赁利率与租金", [
            ("租赁年利率为", Blank(percent(lease.annual_rate), "annual_rate", rate_text(lease.annual_rate)), "，租赁期内不作调整。租金由租赁本金和租赁利息组成，共", Blank(str(len(lease.schedule))), "期，各期支付日及金额见附件二。"),
            ("出租人收到租金后，就租赁利息及本金按税法规定向承租人开具增值税发票。",),
        ]),
        ("期满处理", [("租赁期限届满且承租人付清全部租金及其他应付款项后，承租人以名义货价人民币", Blank(grouped(lease.nominal_price)), "元留购租赁物，租赁物所有权转移至承租人。")]),
    ]  # fmt: skip


def draw_lease_contract(world: World, lease: Lease) -> Draft:
    """The whole copy: 8 to 13 pages; 4 or 5 in a short world."""
    key = f"{KIND}::{lease.key}"
    rng = world.rng(KIND, lease.key)
    title = _title(lease, rng.randrange(3))
    style = draw_style(rng, size=10.5 if world.short else 12.0, airy=not world.short)
    copied = rng.random() < 0.6
    with typefaces(world.rng(KIND, "faces", lease.key)), photocopied(copied):
        pages = ContractPages(style, running_head=f"{title}　　合同编号：{lease.contract_number}", cover=not world.short)
        if world.short:
            number_line(pages, lease.contract_number, pages.y, 9.5)
            pages.skip(11)
            pages.title(title, 18)
        else:
            _cover(pages, lease, title)
            pages.page()
        _opening(pages, lease)
        count = 0
        for heading, paragraphs in _facts(lease, style):
            pages.heading(numbered(style, count, heading))
            for spans in paragraphs:
                pages.clause(*spans)
            count += 1
        for heading, clauses in LEASE_TERMS if not world.short else LEASE_TERMS[-2:]:
            pages.heading(numbered(style, count, heading))
            for clause in clauses:
                pages.clause(clause)
            count += 1
        _signatures(world, key, pages, lease, rng)
        pages.page()
        _goods(pages, lease)
        _rents(pages, lease, new_page=not world.short)
        if not world.short:
            pages.page()
            _received(world, key, pages, lease, rng)
        papers = pages.finish()
    copy_remark(world, key, papers[0], 156, 240 if not world.short else 262, world.rng(KIND, lease.key, "copy seal"))
    return Draft(KIND, papers, title, lease.signed_on.year, seam=True, key=key)


def _cover(pages: ContractPages, lease: Lease, title: str) -> None:
    paper, middle = pages.paper, pages.paper.width / 2
    number_line(pages, lease.contract_number, 36, 12)
    paper.text(middle, 96, title.partition("（")[0], 32, face=pages.style.head_face, bold=True, align="c", spread=3.0)
    if "（" in title:
        paper.text(middle, 112, "（" + title.partition("（")[2], 18, face=pages.style.head_face, align="c")
    y = 158.0
    for role, name, field in (("出租人（甲方）", lease.lessor.name, "lessor_name"), ("承租人（乙方）", lease.lessee.name, "lessee_name")):
        paper.text(40, y, f"{role}：", 14, face=pages.style.face)
        paper.put(field, name, 80, y, name, min(14.0, 108 / max(1, len(name)) / 0.3528), face=pages.style.fill_face)
        paper.line(79, y + 4, 186, y + 4, 0.2)
        y += 18
    paper.text(40, y, "签订日期：", 14, face=pages.style.face)
    paper.put("signed_on", lease.signed_on.isoformat(), 80, y, chinese_date(lease.signed_on), 13, face=pages.style.fill_face)
    paper.text(40, y + 16, "签订地点：深圳市福田区", 14, face=pages.style.face)


def _opening(pages: ContractPages, lease: Lease) -> None:
    for role, party, field in (("甲方（出租人）", lease.lessor, "lessor_name"), ("乙方（承租人）", lease.lessee, "lessee_name")):
        pages.clause(f"{role}：", Blank(party.name, field, party.name), indent=False)
        pages.clause("住所：", Blank(party.address), indent=False)
        pages.clause("统一社会信用代码：", Blank(party.uscc), "　　法定代表人：", Blank(party.legal_representative or "　　　　"), indent=False)
        if party is lease.lessor and lease.lessor_licence:
            pages.clause("融资租赁业务批准文号：", Blank(lease.lessor_licence), indent=False)
    pages.skip(pages.style.leading * 0.4)
    pages.clause("甲乙双方根据《中华人民共和国合同法》及有关法律法规，本着平等自愿、诚实信用的原则，就融资租赁事宜经协商一致，订立本合同，共同遵守。")


def _signatures(world: World, key: str, pages: ContractPages, lease: Lease, rng: random.Random) -> None:
    drawn, shift, by_hand, named = invented_person(rng), rng.uniform(-4, 4), rng.random() < 0.5, rng.random() < 0.6
    person = lease.lessor.legal_representative or drawn
    pages.room(88)
    pages.skip(8)
    paper, left, half = pages.paper, pages.style.left, pages.width / 2
    pages.clause("（本页以下为签章栏）", indent=False)
    pages.skip(4)
    y = pages.y
    for x, label, name, own in ((left, "甲方（盖章）：", lease.lessor.name, False), (left + half, "乙方（盖章）：", lease.lessee.name, True)):
        paper.text(x, y, label, 10.5, face=pages.style.face)
        for i, part in enumerate(paper.wrap(name, half - 6, 10, pages.style.fill_face)):
            paper.text(x + 3, y + 7 + 5 * i, part, 10, face=pages.style.fill_face)
        paper.text(x, y + 24, "法定代表人或", 10.5, face=pages.style.face)
        paper.text(x, y + 30, "授权代表（签字）：", 10.5, face=pages.style.face)
        paper.text(x, y + 46, "日期：", 10.5, face=pages.style.face)
        if own:
            sign(world, key, paper, x + 34, y + 28, world.company.legal_representative, rng)
        elif named:
            strike(paper, name_die(person), x + 44, y + 28, rng)
        else:
            written(paper, x + 34, y + 28, person, rng)
        how = {"face": "hand", "size": 13.0} if by_hand and own else {"face": pages.style.fill_face, "size": 10.5}
        paper.put("signed_on", lease.signed_on.isoformat(), x + 13, y + 46, chinese_date(lease.signed_on), **how)
        number = world.company.seal_number if name == world.party.name else ""
        # The 合同专用章 also on the applicant's side: only the fresh seal of the copy is a 公章.
        die = company_die(name, number if own else "", line="合同专用章", role="contract")
        strike(paper, die, x + 38 + shift, y + 12 + rng.uniform(-3, 3), rng)
    pages.skip(58)


def _goods(pages: ContractPages, lease: Lease) -> None:
    pages.clause("附件一：", indent=False)
    pages.title("租赁物清单", 15)
    pages.clause("合同编号：", Blank(lease.contract_number), "　　单位：元", indent=False)
    pages.skip(3)
    columns = [Column("序号", 12), Column("设备名称", 38, "l"), Column("规格型号", 24), Column("机身编号", 30), Column("数量", 12), Column("单价", 26, "r"), Column("金额", 28, "r")]
    rows = [
        [Cell(str(i)), Cell(good.name), Cell(good.spec), Cell(good.serial), Cell(str(good.quantity)), Cell(grouped(good.price)), Cell(grouped(good.price * good.quantity))]
        for i, good in enumerate(lease.goods, start=1)
    ]  # fmt: skip
    total = sum((good.price * good.quantity for good in lease.goods), Decimal(0))
    rows.append([Cell("合计"), Cell(""), Cell(""), Cell(""), Cell(""), Cell(""), Cell(grouped(total))])
    pages.table("goods", columns, rows, height=8.5)
    pages.clause("供应商：", Blank("、".join(dict.fromkeys(good.supplier for good in lease.goods))), "。设置地点：", Blank(lease.lessee.address), "。", indent=False)


def _rents(pages: ContractPages, lease: Lease, *, new_page: bool) -> None:
    if new_page:
        pages.page()
    else:
        pages.skip(6)
        pages.room(60)
    pages.clause("附件二：", indent=False)
    pages.title("租金支付表", 15)
    pages.clause("起租日：", Blank(chinese_date(lease.start)), "　　租赁年利率：", Blank(percent(lease.annual_rate)), "　　单位：人民币元", indent=False)
    pages.skip(3)
    plan_table(pages, lease.schedule, ("支付日期", "租金", "其中：本金", "其中：利息", "剩余本金"), rent_first=True)
    pages.clause("承租人应在各期支付日或之前将当期租金汇入出租人指定账户：", Blank(f"{lease.lessor.name}，{lease.lessor.bank}，{lease.lessor.account}"), "。", indent=False)


def _received(world: World, key: str, pages: ContractPages, lease: Lease, rng: random.Random) -> None:
    pages.clause("附件三：", indent=False)
    pages.title("租赁物接收证书", 16)
    pages.skip(4)
    pages.clause("致：", Blank(lease.lessor.name), indent=False)
    names = "、".join(f"{good.name}（{good.spec}）{good.quantity}台" for good in lease.goods)
    pages.clause("根据贵我双方签订的编号为", Blank(lease.contract_number), "的融资租赁合同，我司已收到下列租赁物：", Blank(names), "。经检验，租赁物的名称、规格、数量与合同一致，外观完好、运转正常，我司予以接收。自本证书签发之日起，租赁物毁损灭失的风险由我司承担。")
    pages.clause("特此证明。")
    pages.skip(14)
    paper, x, y = pages.paper, pages.style.left + pages.width * 0.46, pages.y
    paper.text(x, y, "承租人（盖章）：", 11, face=pages.style.face)
    paper.text(x + 2, y + 8, lease.lessee.name, 10.5, face=pages.style.fill_face)
    paper.text(x, y + 22, "经办人：", 11, face=pages.style.face)
    sign(world, key, paper, x + 18, y + 22, world.company.contact, rng)
    paper.text(x, y + 34, chinese_date(lease.start), 11, face=pages.style.fill_face)
    strike(paper, Die("round", "contract", lease.lessee.name, ("合同专用章",)), x + 28, y + 10, rng)


__all__ = ["KIND", "draw_lease_contract"]
