"""设备采购合同 of the applicant with its sellers: items, price with tax, payment, delivery, small print, both sides' seals.

Two to six pages. These are the originals (or colour scans of them) in the auditors' folder, so seals are red. Rule-book B.3.
"""

from __future__ import annotations

import random
from decimal import Decimal

from samples.documents.contract_clauses import SUPPLY_TERMS
from samples.documents.contract_pages import (
    Blank,
    Cell,
    Column,
    ContractPages,
    Span,
    draw_style,
    invented_person,
    rate_text,
    write_block,
    written,
)
from samples.documents.draft import Draft, chinese_date, seal_by_applicant, sign
from samples.documents.loan_contract import number_line, numbered
from samples.fonts import typefaces
from samples.money import capital, cents, grouped, plain
from samples.paper import photocopied
from samples.seals import company_die, strike
from samples.world.model import CustomsEntry, Item, Party, PurchaseContract, World

KIND = "purchase_contract"
_TITLES = ("设备采购合同", "设备购销合同", "产品购销合同", "工业品买卖合同", "采购合同")
_SIDES = (("需方", "供方"), ("甲方", "乙方"), ("买方", "卖方"), ("甲方（买方）", "乙方（卖方）"))
_SOFTWARE = ("软件", "服务", "系统集成")


def _title(contract: PurchaseContract, variant: int) -> str:
    classes = "".join(item.item_class + item.name for item in contract.items)
    if "建筑服务" in classes or "工程" in classes:
        return "建设工程施工合同"
    if contract.items and all(any(word in item.item_class + item.name for word in _SOFTWARE) for item in contract.items):
        return "软件开发合同"
    return _TITLES[variant]


def _entry(world: World, contract: PurchaseContract) -> CustomsEntry | None:
    """The import under the contract, where the seller is abroad."""
    return next((e for e in world.imports if e.key in contract.vouchers), None)


def _foreign(party: Party) -> bool:
    return not any("\u4e00" <= c <= "\u9fff" for c in party.name)


def _import_items(pages: ContractPages, entry: CustomsEntry) -> None:
    """Goods from abroad: prices in the seller's currency, without any tax."""
    columns = [Column("序号", 12), Column("货物名称", 50, "l"), Column("规格型号", 30), Column("单位", 12), Column("数量", 14), Column(f"单价（{entry.currency}）", 24, "r"), Column(f"总价（{entry.currency}）", 26, "r")]
    rows = [
        [Cell(str(i)), Cell(item.name, "name"), Cell(item.spec, "spec"), Cell(item.unit, "unit"), Cell(f"{item.quantity.normalize():f}", "quantity"),
         Cell(grouped(item.unit_price), "unit_price", plain(item.unit_price)), Cell(grouped(item.total), "amount", plain(item.total))]
        for i, item in enumerate(entry.items, start=1)
    ]  # fmt: skip
    pages.table("items", columns, [*rows, [Cell("合计"), *([Cell("")] * 5), Cell(grouped(entry.foreign_total))]], height=8.5, size=8.5)


def _number(value: Decimal | None, places: int = 2) -> str:
    return "" if value is None else grouped(value, places)


def _items(pages: ContractPages, contract: PurchaseContract, *, with_tax: bool) -> None:
    """The table of goods: prices with tax in one column, or net, rate, tax and both apart."""
    rows = []
    for index, item in enumerate(contract.items, start=1):
        cells = [Cell(str(index)), Cell(item.name, "name"), Cell(item.spec, "spec"), Cell(item.unit, "unit"), Cell(f"{item.quantity.normalize():f}" if item.quantity else "", "quantity")]
        rows.append(cells + (_gross_cells(item) if with_tax else _net_cells(item)))
    if with_tax:
        columns = [Column("序号", 11), Column("产品名称", 42, "l"), Column("型号规格", 28), Column("单位", 12), Column("数量", 13), Column("含税单价（元）", 30, "r"), Column("含税总价（元）", 32, "r")]
        tail = [Cell("合计"), *([Cell("")] * 5), Cell(grouped(contract.total))]
    else:
        columns = [Column("序号", 10), Column("名称", 33, "l"), Column("规格型号", 21), Column("单位", 10), Column("数量", 10), Column("不含税单价", 24, "r"), Column("不含税金额", 25, "r"), Column("税率", 11), Column("税额", 23, "r")]
        tail = [Cell("合计"), *([Cell("")] * 5), Cell(grouped(sum((i.amount for i in contract.items), Decimal(0)))), Cell(""), Cell(grouped(sum((i.tax for i in contract.items), Decimal(0))))]
    pages.table("items", columns, [*rows, tail], height=8.0, size=8.5)


def _gross_cells(item: Item) -> list[Cell]:
    gross = item.amount + item.tax
    price = gross / item.quantity if item.quantity else None
    return [Cell(_number(price), "unit_price", plain(price) if price is not None else ""), Cell(grouped(gross), "amount", plain(gross))]


def _net_cells(item: Item) -> list[Cell]:
    return [
        Cell(_number(item.unit_price), "unit_price", plain(item.unit_price) if item.unit_price is not None else ""), Cell(grouped(item.amount), "amount", plain(item.amount)),
        Cell(f"{item.rate * 100:.0f}%", "tax_rate", rate_text(item.rate)), Cell(grouped(item.tax), "tax", plain(item.tax)),
    ]  # fmt: skip


def _payment(contract: PurchaseContract, buyer: str, seller: str, variant: int) -> tuple[str, ...]:
    shares = ((30, 60, 10), (30, 30, 40), (100, 0, 0), (50, 45, 5))[variant]

    def part(share: int) -> str:
        return f"合同总价的{share}%即人民币{grouped(cents(contract.total * share / 100))}元"

    if variant == 2:
        return (f"产品验收合格并收到{seller}开具的全额增值税发票后六十日内，{buyer}以银行转账或银行承兑汇票方式一次性支付全部货款。",)
    words = (
        f"合同生效后十五日内，{buyer}支付{part(shares[0])}作为预付款；", f"货到现场安装调试验收合格并收到全额增值税发票后，{buyer}支付{part(shares[1])}；",
        f"余款{part(shares[2])}于质保期满后十日内付清，不计利息。" if variant != 1 else f"验收合格满三个月后十日内，{buyer}付清余款{part(shares[2])}。",
    )  # fmt: skip
    return ("".join(words), f"付款方式：银行转账或承兑汇票，{buyer}将款项汇入本合同载明的{seller}账户，汇入其他账户的视为未付款。")


def draw_purchase_contract(world: World, contract: PurchaseContract) -> Draft:
    """The contract of the world; its number is its key."""
    key = f"{KIND}::{contract.number}"
    rng = world.rng(KIND, contract.number)
    title = _title(contract, rng.randrange(len(_TITLES)))
    buyer, seller = rng.choice(_SIDES)
    style, with_tax, terms, months = draw_style(rng), rng.random() < 0.55, rng.randrange(4), rng.choice((12, 12, 18, 24))
    days, copied = rng.choice((30, 45, 60, 90)), rng.random() < 0.15
    with typefaces(world.rng(KIND, "faces", contract.number)), photocopied(copied):
        pages = ContractPages(style, running_head=f"{title}　　{contract.number}")
        entry = _entry(world, contract) if _foreign(contract.seller) else None
        _head(pages, contract, title, buyer, seller, english=entry is not None)
        count = 0

        def chapter(heading: str, *clauses: tuple[Span, ...]) -> None:
            nonlocal count
            pages.heading(numbered(style, count, heading))
            for spans in clauses:
                pages.clause(*spans)
            count += 1

        chapter("产品名称、规格型号、数量及价款", (f"{buyer}向{seller}购买下列产品{'' if entry is not None else '，单位：人民币元'}。",))
        pages.skip(1.5)
        if entry is not None:
            _import_items(pages, entry)
            pages.clause(
                f"合同总价：{entry.currency} ", Blank(grouped(entry.foreign_total)), f"（{entry.terms} 深圳），按约定汇率折合人民币（大写）", Blank(capital(contract.total, "元")),
                "（￥", Blank(grouped(contract.total), "total", plain(contract.total)), "元）。",
                f"进口环节关税、增值税由{buyer.partition('（')[0]}缴纳，不包含在上述价格内。",
            )  # fmt: skip
        else:
            _items(pages, contract, with_tax=with_tax)
            _price(pages, contract)
        chapter("交货时间、地点", (f"{seller}应于合同生效且收到预付款后", Blank(str(days)), "日内交货。交货地点：", Blank(contract.delivery_place), f"，收货人由{buyer}另行书面指定。"))
        buyer, seller = buyer.partition("（")[0], seller.partition("（")[0]
        if entry is not None:
            chapter("付款方式", (f"{buyer}以电汇（T/T）方式付款，装运前或到货后由{buyer}通过其开户银行汇至{seller}账户，汇款手续费各自承担。",))
        else:
            invoicing = f"{seller}应向{buyer}开具符合税法规定的增值税发票，发票所载名称、规格应与本合同一致。"
            chapter("付款方式与发票", *((text,) for text in (*_payment(contract, buyer, seller, terms), invoicing)))
        for heading, clauses in SUPPLY_TERMS if not world.short else SUPPLY_TERMS[-3:]:
            said = (text.replace("{buyer}", buyer).replace("{seller}", seller).replace("{months}", str(months)) for text in clauses)
            chapter(heading, *((text,) for text in said))
        _signatures(world, key, pages, contract, (buyer, seller), rng)
        papers = pages.finish()
    return Draft(KIND, papers, title, contract.signed_on.year, seam=len(papers) > 1, key=key)


def _price(pages: ContractPages, contract: PurchaseContract) -> None:
    pages.clause(
        "合同总价（含税）：人民币（大写）", Blank(capital(contract.total, "元")), "（￥", Blank(grouped(contract.total), "total", plain(contract.total)),
        "元）。该价格包含设备价款、包装、运输、保险、安装调试、培训及税金等全部费用；合同履行期间国家调整增值税税率的，不含税价不变，按新税率开具发票结算。",
    )  # fmt: skip


def _head(pages: ContractPages, contract: PurchaseContract, title: str, buyer: str, seller: str, *, english: bool) -> None:
    pages.skip(3)
    pages.title(title, 20, spread=1.5)
    if english:
        pages.paper.text(pages.paper.width / 2, pages.y - 3.5, "PURCHASE CONTRACT", 11, align="c")
        pages.skip(4)
    number_line(pages, contract.number, pages.y, 10)
    paper, style = pages.paper, pages.style
    for role, party, field in ((buyer, contract.buyer, "buyer_name"), (seller, contract.seller, "seller_name")):
        label = paper.text(style.left, pages.y, f"{role}：", style.size, face=style.face)
        paper.put(field, party.name, label[2], pages.y, party.name, min(style.size, 62 / max(1, len(party.name)) / 0.3528 * 1.35), face=style.fill_face)
        pages.skip(style.leading)
    label = paper.text(paper.width - style.right - 52, pages.y - style.leading, "签订日期：", 10, face=style.face)
    paper.put("signed_on", contract.signed_on.isoformat(), label[2], pages.y - style.leading, chinese_date(contract.signed_on), 10, face=style.fill_face)
    pages.skip(2)
    pages.clause(f"根据《中华人民共和国合同法》及有关法律法规的规定，{buyer.partition('（')[0]}、{seller.partition('（')[0]}双方本着平等互利的原则，经友好协商，就设备买卖事宜达成如下条款，共同遵守执行。")


def _signatures(world: World, key: str, pages: ContractPages, contract: PurchaseContract, sides: tuple[str, str], rng: random.Random) -> None:
    agent, seller_agent = world.company.contact, invented_person(rng)
    by_hand, company_seal, shift = rng.random() < 0.6, rng.random() < 0.35, rng.uniform(-5, 5)
    pages.room(88)
    pages.skip(6)
    y, paper, style, half = pages.y, pages.paper, pages.style, pages.width / 2

    def rows(role: str, party: Party) -> list[Span]:
        return [
            f"{role}：{party.name}", f"地址：{party.address}", f"法定代表人：{party.legal_representative}", "委托代理人：", f"电话：{party.phone}", f"开户银行：{party.bank}",
            f"账号：{party.account}", f"税号：{party.uscc}",
        ]  # fmt: skip

    lowest = y
    for x, role, party in ((style.left, sides[0], contract.buyer), (style.left + half + 2, sides[1], contract.seller)):
        low = write_block(pages, x, y, half - 3, rows(role, party), step=7.2, size=9.5)
        agent_y = _line_of(pages, party, role, half - 3, y)
        own = party is contract.buyer
        if own:
            sign(world, key, paper, x + 24, agent_y, agent, rng, 14)
        else:
            written(paper, x + 24, agent_y, seller_agent if not _foreign(party) else party.name.split()[0].title(), rng, size=14)
        label = paper.text(x, low, "日期：", 9.5, face=style.face)
        how = {"face": "hand", "size": 12.5} if by_hand else {"face": style.fill_face, "size": 9.5}
        seen = paper.text(label[2] + 1, low, chinese_date(contract.signed_on), **how)
        if "signed_on" not in paper.fields:
            paper.note("signed_on", contract.signed_on.isoformat(), seen)
        lowest = max(lowest, low)
        at = (x + 46 + shift, y + 20 + rng.uniform(-4, 4))
        if own and company_seal and party.name == world.party.name:
            seal_by_applicant(world, key, paper, *at, rng)
        elif not _foreign(party) and (not own or key not in world.handling.unsealed):
            number = world.company.seal_number if party.name == world.party.name else ""
            strike(paper, company_die(party.name, number, line="合同专用章", role="contract"), *at, rng)
    pages.y = lowest + 8


def _line_of(pages: ContractPages, party: Party, role: str, width: float, y: float) -> float:
    """Height of the agent's line: what stands above it may have wrapped."""
    for text in (f"{role}：{party.name}", f"地址：{party.address}", f"法定代表人：{party.legal_representative}"):
        label, _, value = text.partition("：")
        room = width - pages.paper.text_width(label + "：", 9.5, pages.style.face)
        lines = len(pages.paper.wrap(value, room, 9.5, pages.style.fill_face))
        y += 7.2 + 7.2 * 0.68 * max(0, lines - 1)
    return y
