"""M32: 募集资金年度存放与实际使用情况的专项报告 with its comparison table on a landscape sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samples.documents.draft import Draft, chinese_date, copy_remark, wan
from samples.documents.flow import grid_row
from samples.documents.listing_papers.approval import KIND
from samples.documents.listing_papers.notice import Notice, notice_style
from samples.documents.plan.text import Table, Teller
from samples.money import cents, grouped
from samples.paper import Paper
from samples.world.days import workday
from samples.world.model import ZERO, Listing, PaperKey, World


@dataclass(frozen=True)
class Funds:
    """The raised money at the end of ``year``, yuan. ``other`` is what was set aside for 补充流动资金."""

    year: int
    net: Decimal
    planned: Decimal
    this: Decimal
    """Used for the project in the year."""
    until: Decimal
    other: Decimal
    other_this: Decimal
    other_until: Decimal
    interest: Decimal

    @property
    def balance(self) -> Decimal:
        return self.net - self.until - self.other_until + self.interest


def funds(world: World, listing: Listing, year: int) -> Funds:
    used = dict(listing.used)
    until = max((v for y, v in listing.used if y <= year), default=ZERO)
    before = max((v for y, v in listing.used if y < year), default=ZERO)
    rng = world.rng("raised funds")
    other = max(ZERO, listing.raised_net - listing.planned)
    share = Decimal(rng.randint(40, 75)) / 100
    spent = {y: cents(other * min(Decimal(1), share * (y - 2016) * Decimal("0.6"))) for y in (2017, 2018, 2019, 2020)}
    rate = Decimal(rng.randint(9, 26)) / 1000
    interest = cents((listing.raised_net - until / 2) * rate * (year - listing.arrived_on.year + 1) / 2)
    return Funds(year, listing.raised_net, listing.planned, used.get(year, until) - before, until, other, spent[year] - spent[year - 1] if year > 2017 else spent[year], spent[year], interest)


def draw_use_report(world: World, listing: Listing, key: PaperKey, year: int) -> Draft:
    """The report on ``year``, published in the spring after it."""
    rng, f = world.rng(KIND, key), funds(world, listing, year)
    day = workday(date(year + 1, 4, rng.randint(8, 26)))
    title = rng.choice((f"关于{year}年度募集资金存放与使用情况的专项报告", f"{year}年度募集资金存放与实际使用情况的专项报告", f"董事会关于{year}年度募集资金存放与实际使用情况的专项报告"))
    account = next((r.special_account for r in world.rows if r.special_account), "755900000000000")
    tell = Teller(world, key, {}, brief=world.short)
    notice = Notice(world, listing, notice_style(world), f"{year + 1}-{rng.randint(12, 48):03d}")
    notice.head(title)
    flow = notice.flow
    flow.prose(f"根据中国证券监督管理委员会《上市公司监管指引第2号——上市公司募集资金管理和使用的监管要求》及证券交易所的有关规定，现将公司{year}年度募集资金存放与使用情况专项说明如下：")
    flow.heading("一、募集资金基本情况", 2)
    flow.prose(
        f"（一）实际募集资金金额和资金到账时间。经中国证券监督管理委员会{listing.approval_number}文核准，公司向社会发行人民币普通股（A股），募集资金总额为人民币{grouped(listing.raised_gross)}元，"
        f"扣除发行费用{grouped(listing.raised_gross - listing.raised_net)}元后，实际募集资金净额为人民币{grouped(listing.raised_net)}元。上述资金已于{chinese_date(listing.arrived_on)}到账，"
        f"经{listing.verifier}审验，并出具{listing.verification_number}《验资报告》。"
    )
    flow.prose(
        f"（二）募集资金使用和结余情况。本公司以前年度已使用募集资金{grouped(f.until - f.this + f.other_until - f.other_this)}元；{year}年度实际使用募集资金{grouped(f.this + f.other_this)}元；"
        f"累计已使用募集资金{grouped(f.until + f.other_until)}元，累计收到的银行存款利息及理财收益扣除手续费净额为{grouped(f.interest)}元。截至{year}年12月31日，募集资金余额为{grouped(f.balance)}元。"
    )
    flow.heading("二、募集资金存放和管理情况", 2)
    flow.prose(tell.say("managed", "为规范募集资金的管理和使用，保护投资者权益，公司{制定并不断完善《募集资金管理制度》|按照有关法律法规制定了《募集资金管理制度》}，{在银行设立募集资金专户，并与保荐机构、存放银行签订三方监管协议|对募集资金实行专户存储}，{明确了各方的权利和义务|三方监管协议与证券交易所范本不存在重大差异，履行情况良好}。"))
    flow.prose(f"截至{year}年12月31日，募集资金存放情况如下：")
    half = cents(f.balance * Decimal(rng.randint(35, 90)) / 100)
    second = account[:-2] + f"{(int(account[-2:]) + 37) % 100:02d}"
    notice.table(Table(
        "金额单位：人民币元", ("开户银行", "银行账号", "募集资金余额", "备注"), ((world.party.bank, account, grouped(half), "募集资金专户"), (world.party.bank, second, grouped(f.balance - half), "募集资金专户"), ("合计", "", grouped(f.balance), "")),
        (4.4, 4, 3, 2.4), frozenset({0, 1, 3}),
    ))  # fmt: skip
    flow.heading("三、本年度募集资金的实际使用情况", 2)
    flow.prose(f"（一）募集资金使用情况对照表详见本报告附件。本年度“{listing.raised_project}”投入募集资金{wan(f.this)}万元，截至期末累计投入{wan(f.until)}万元，投资进度{f.until / f.planned * 100:.2f}%，由{listing.implementer}实施。")
    flow.prose(tell.say("abnormal", "（二）募集资金投资项目{未出现异常情况|不存在出现异常情况的说明}。"))
    flow.prose(tell.say("no gain", "（三）{本公司不存在募集资金投资项目无法单独核算效益的情况|补充流动资金项目无法单独核算效益，其有助于改善公司财务结构}。"))
    flow.heading("四、变更募集资金投资项目的资金使用情况", 2)
    flow.prose(tell.say("change", "{报告期内，公司不存在变更募集资金投资项目的情况|本公司不存在变更募集资金投资项目的情况}。"))
    flow.heading("五、募集资金使用及披露中存在的问题", 2)
    flow.prose(tell.say("problem", f"{year}年度，公司{{已按规定及时、真实、准确、完整地披露募集资金使用情况|严格按照有关规定使用和管理募集资金}}，{{募集资金使用及披露不存在重大问题|不存在违规情形}}。"))
    if not world.short:
        flow.prose("附件：募集资金使用情况对照表")
    notice.sign(day)
    papers = notice.finish([_comparison(world, listing, f, notice.style.border == "open", rng.choice((8.0, 8.5, 9.0)))])
    copy_remark(world, key, papers[0], rng.uniform(130, 164), rng.uniform(226, 250), world.rng(KIND, key, "copy"))
    return Draft(KIND, papers, f"{year}年度募集资金存放与使用情况专项报告", year, subtype="M32", seam=True, key=key)


def _comparison(world: World, listing: Listing, f: Funds, open_sides: bool, size: float) -> Paper:
    """募集资金使用情况对照表 on a landscape sheet."""
    paper = Paper(297, 210)
    paper.text(148.5, 26, "募集资金使用情况对照表", 16, face="sans", bold=True, align="c")
    paper.text(148.5, 34, f"{f.year}年度", 11, align="c")
    paper.text(20, 42, f"编制单位：{world.party.name}", 9.5)
    paper.text(277, 42, "金额单位：人民币万元", 9.5, align="r")
    y, border = 46.0, "open" if open_sides else "grid"
    xs = [20.0, 70.0, 105.0, 190.0, 277.0]
    top = (
        ("募集资金总额", wan(f.net), "本年度投入募集资金总额", wan(f.this + f.other_this)), ("报告期内变更用途的募集资金总额", "—", "已累计投入募集资金总额", wan(f.until + f.other_until)),
        ("累计变更用途的募集资金总额", "—", "累计变更用途的募集资金总额比例", "—"),
    )  # fmt: skip
    for sums in top:
        grid_row(paper, xs, y, 7.4, sums, size, aligns=["l", "r", "l", "r"], border=border)  # type: ignore[arg-type]
        y += 7.4
    shares = (46.0, 17.0, 25.0, 25.0, 25.0, 25.0, 20.0, 28.0, 22.0, 24.0)
    edges = [20.0]
    for share in shares:
        edges.append(edges[-1] + share)
    heads = ("承诺投资项目和超募资金投向", "是否已变更项目", "募集资金承诺投资总额", "调整后投资总额(1)", "本年度投入金额", "截至期末累计投入金额(2)", "投资进度(%) (3)=(2)/(1)", "项目达到预定可使用状态日期", "本年度实现的效益", "项目可行性是否发生重大变化")
    grid_row(paper, edges, y, 19, heads, size, border=border)  # type: ignore[arg-type]
    y += 19
    ends = world.project.ends

    def line(name: str, planned: Decimal, this: Decimal, until: Decimal, day: str) -> tuple[str, ...]:
        return (name, "否", wan(planned), wan(planned), wan(this), wan(until), f"{until / planned * 100:.2f}" if planned else "—", day, "不适用", "否")

    rows = [line(f"1．{listing.raised_project}", f.planned, f.this, f.until, f"{ends.year}年{ends.month}月")]
    if f.other:
        rows.append(line("2．补充流动资金", f.other, f.other_this, f.other_until, "不适用"))
    rows.append(("承诺投资项目小计", "", wan(f.planned + f.other), wan(f.planned + f.other), wan(f.this + f.other_this), wan(f.until + f.other_until), "", "", "", ""))
    rows.append(("合　计", "", wan(f.planned + f.other), wan(f.planned + f.other), wan(f.this + f.other_this), wan(f.until + f.other_until), "", "", "", ""))
    for row in rows:
        tall = 13.0 if len(row[0]) > 14 else 8.2
        grid_row(paper, edges, y, tall, row, size, aligns=["l", "c", "r", "r", "r", "r", "r", "c", "c", "c"], border=border)  # type: ignore[arg-type]
        y += tall
    for label, text in (
        ("未达到计划进度或预计收益的情况和原因", "无"), ("项目可行性发生重大变化的情况说明", "项目可行性未发生重大变化"), ("募集资金投资项目先期投入及置换情况", "不适用"),
        ("用闲置募集资金暂时补充流动资金情况", "不适用"), ("尚未使用的募集资金用途及去向", f"尚未使用的募集资金余额{wan(f.balance)}万元（含利息）存放于募集资金专户"), ("募集资金使用及披露中存在的问题", "无"),
    ):  # fmt: skip
        grid_row(paper, [20.0, 108.0, 277.0], y, 7.4, (label, text), size, aligns=["l", "l"], border=border)  # type: ignore[arg-type]
        y += 7.4
    return paper
