"""验资报告: of paid-in capital, handed in for a year without audit (guide 六（二）（2）), and of raised funds (M33, category 5).

Cover, report, table of the paid-in capital, explanations, the bank's answer, copies of the firm's licences: six to ten pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from samples import ids
from samples.catalogue import FIRMS, GIVEN_NAMES, SURNAMES
from samples.documents.audit.licences import licence_copies
from samples.documents.audit.style import Style, make_style, number_page
from samples.documents.draft import Draft, chinese_date, copy_remark, sign
from samples.documents.flow import Flow, Grid, grid_row
from samples.documents.qr import qr_picture
from samples.money import capital, cents, grouped, plain
from samples.paper import Paper
from samples.seals import accountant_die, company_die, firm_die, strike
from samples.world.model import ZERO, Firm, Substitute, World

KIND = "capital_verification"


@dataclass(frozen=True)
class Verification:
    """What a report verifies. ``paid_in`` is 实收资本 (股本) after it, ``contributed`` what of it came now, ``premium`` what went to
    资本公积; ``gross`` and ``fees`` are those of an issue of shares."""

    key: str
    year: int
    number: str
    dated: date
    arrived_on: date
    firm: Firm
    paid_in: Decimal
    contributed: Decimal
    premium: Decimal = ZERO
    gross: Decimal = ZERO
    fees: Decimal = ZERO
    raised: bool = False

    @property
    def before(self) -> Decimal:
        return self.paid_in - self.contributed


def draw_capital_verification(world: World, substitute: Substitute) -> Draft:
    """The report handed in for ``substitute.year``."""
    rng = world.rng(KIND, substitute.year, "facts")
    founded = world.company.established_on
    start = founded if founded.year == substitute.year else date(substitute.year, rng.randint(2, 9), rng.randint(2, 27))
    arrived = start + timedelta(days=rng.randint(6, 30))
    firm = world.audit_reports[0].firm if world.audit_reports else _firm(world, "")
    paid_in = world.company.registered_capital
    contributed = paid_in if founded.year == substitute.year else cents(paid_in * Decimal(rng.choice(("0.2", "0.25", "0.4"))))
    number = f"深{firm.name[2]}验字[{arrived.year}]第{rng.randint(11, 390):03d}号"
    facts = Verification(f"{KIND}:{substitute.year}", substitute.year, number, arrived + timedelta(days=rng.randint(2, 9)), arrived, firm, paid_in, contributed)
    return _draw(world, facts)


def draw_raised_funds_verification(world: World) -> Draft:
    """M33: the report on the money that the issue of shares raised. Raises ``ValueError`` in a world without a listing."""
    listing = world.listing
    if listing is None:
        raise ValueError("世界中没有上市募资信息：验资报告（募集资金）只用于类别5。")
    books = world.books.get(listing.arrived_on.year)
    paid_in = books.line("实收资本") if books else world.company.registered_capital
    earlier = world.books.get(listing.arrived_on.year - 1)
    shares = paid_in - earlier.line("实收资本") if earlier and paid_in > earlier.line("实收资本") else cents(listing.raised_gross / 12).quantize(Decimal(1))
    facts = Verification(
        f"{KIND}::raised", listing.verified_on.year, listing.verification_number, listing.verified_on, listing.arrived_on, _firm(world, listing.verifier),
        paid_in, shares, listing.raised_net - shares, listing.raised_gross, listing.raised_gross - listing.raised_net, True,
    )  # fmt: skip
    return _draw(world, facts)


def _firm(world: World, name: str) -> Firm:
    """The firm of that name, with accountants of its own where no audit report names them."""
    known = next((r.firm for r in world.audit_reports if r.firm.name == name), None)
    if known is not None:
        return known
    rng = world.rng(KIND, "firm", name)
    picked = rng.choice(FIRMS)
    people = tuple((rng.choice(SURNAMES) + rng.choice(GIVEN_NAMES), "4403" + ids.digits(rng, 8)) for _ in range(2))
    return Firm(name or picked[0], picked[2], people)


def _draw(world: World, facts: Verification) -> Draft:
    style = make_style(world.rng(KIND, "style", facts.firm.name), world.rng(KIND, "unit", "none"))
    rng = world.rng(KIND, facts.key, "pages")
    body = [*_report(world, facts, style), _table(world, facts, style), *_explanations(world, facts, style)]
    for i, paper in enumerate(body, start=1):
        number_page(paper, style, i, len(body))
    papers = [_cover(world, facts, style), *body, _bank_answer(world, facts, style), *licence_copies(world, facts.firm, rng.choice((2, 3, 4)), facts.dated.year)]
    copy_remark(world, facts.key, papers[0], rng.uniform(138, 164), rng.uniform(196, 212), world.rng(KIND, facts.key, "copy"))
    return Draft(KIND, papers, "验资报告", facts.year, subtype="M33" if facts.raised else None, seam=True, key=facts.key)


def _stock(facts: Verification) -> str:
    return "股本" if facts.raised else "实收资本"


def _cover(world: World, facts: Verification, style: Style) -> Paper:
    rng = world.rng(KIND, facts.key, "cover")
    paper = Paper()
    paper.put("client_name", world.party.name, 105, 74, world.party.name, 19, face=style.head, bold=True, align="c")
    paper.text(105, 108, "验 资 报 告", 34, face=style.head, bold=True, align="c")
    paper.put("report_number", facts.number, 105, 126, facts.number, 12, face=style.body, align="c")
    if rng.random() < 0.7:
        code = "".join(rng.choice("0123456789ABCDEFGHJK") for _ in range(16))
        paper.picture(qr_picture(f"https://report.szicpa.sample/q?c={code}", paper.dpi), 26, 20)
        paper.text(26, 50, f"防伪编码：{code}", 8, face="sans")
    paper.put("firm_name", facts.firm.name, 105, 244, facts.firm.name, 16, face=style.head, align="c")
    paper.text(105, 256, chinese_date(facts.dated), 13, face=style.body, align="c")
    return paper


def _report(world: World, facts: Verification, style: Style) -> list[Paper]:
    """The report itself: what was verified, by what right, how much has come in."""
    rng, name = world.rng(KIND, facts.key, "report"), world.party.name

    def start() -> tuple[Paper, float]:
        paper = Paper()
        if flow.papers:
            return paper, 26.0
        paper.text(105, 28, "验 资 报 告", 20, face=style.head, bold=True, align="c")
        paper.text(184, 39, facts.number, 10.5, face=style.body, align="r")
        return paper, 48.0

    flow = Flow(start, bottom=268, size=max(11.0, style.size), leading=8.2, face=style.body, head_face=style.head)
    flow.line_of(f"{name}{'全体股东' if facts.raised else ''}：")
    day, stock, paid_in = chinese_date(facts.arrived_on), _stock(facts), grouped(facts.paid_in)
    if facts.raised and world.listing is not None:
        flow.prose(
            f"我们接受委托，审验了{name}（以下简称“贵公司”）截至{day}止公开发行人民币普通股（A股）新增注册资本及股本的实收情况。按照法律法规以及协议、章程的要求出资，"
            "提供真实、合法、完整的验资资料，保护资产的安全、完整是全体股东及贵公司的责任。我们的责任是对贵公司新增注册资本及股本情况发表审验意见。"
            "我们的审验是依据《中国注册会计师审计准则第1602号——验资》进行的。在审验过程中，我们结合贵公司的实际情况，实施了检查等必要的审验程序。"
        )  # fmt: skip
        flow.prose(
            f"贵公司经中国证券监督管理委员会{world.listing.ipo_number}文核准，向社会公开发行人民币普通股，募集资金总额为人民币{grouped(facts.gross)}元，"
            f"扣除发行费用人民币{grouped(facts.fees)}元后，募集资金净额为人民币{grouped(facts.gross - facts.fees)}元。"
            f"经我们审验，截至{day}止，上述募集资金净额已全部到位，其中新增注册资本（股本）人民币{grouped(facts.contributed)}元，资本公积人民币{grouped(facts.premium)}元。"
        )  # fmt: skip
    else:
        flow.prose(
            f"我们接受委托，审验了{name}（以下简称“贵公司”）截至{day}止{'设立登记的' if not facts.before else '新增'}注册资本的实收情况。按照法律法规以及协议、章程的要求出资，"
            "提供真实、合法、完整的验资资料，保护资产的安全、完整是全体股东及贵公司的责任。我们的责任是对贵公司注册资本的实收情况发表审验意见。"
            "我们的审验是依据《中国注册会计师审计准则第1602号——验资》进行的。在审验过程中，我们结合贵公司的实际情况，实施了检查等必要的审验程序。"
        )  # fmt: skip
        flow.prose(
            f"贵公司原实收资本为人民币{grouped(facts.before)}元。根据贵公司股东会决议和章程的规定，贵公司申请的注册资本为人民币{grouped(facts.paid_in)}元。"
            f"经我们审验，截至{day}止，贵公司已收到全体股东本次缴纳的出资合计人民币{grouped(facts.contributed)}元（大写：{capital(facts.contributed, '元')}），均以货币出资。"
        )  # fmt: skip
    text = f"截至{day}止，变更后的累计注册资本为人民币{paid_in}元，累计{stock}为人民币{paid_in}元。"
    flow.prose(f"同时我们注意到，{text}", {"paid_in_capital": (f"累计{stock}为人民币{paid_in}", plain(facts.paid_in))})
    flow.prose(
        "本验资报告供贵公司申请办理工商变更登记及据以向全体股东签发出资证明时使用，不应被视为是对贵公司验资报告日后资本保全、偿债能力和持续经营能力等的保证。"
        "因使用不当造成的后果，与执行本验资业务的注册会计师及本会计师事务所无关。"
    )  # fmt: skip
    for i, text in enumerate(("注册资本及实收资本变更前后对照表", "验资事项说明", "银行询证函回函复印件", "会计师事务所执业证书复印件"), start=1):
        flow.need(flow.leading)
        flow.paper.text(32, flow.y, f"附件{i}：{text}", 10.5, face=style.body)
        flow.y += 7
    flow.need(70)
    paper, y = flow.paper, flow.y + 8
    paper.text(26, y, facts.firm.name, 11, face=style.body)
    if facts.key not in world.handling.no_firm_seal:
        strike(paper, firm_die(facts.firm.name), 60 + rng.uniform(-6, 6), y + 14, rng)
    for i, (person, number) in enumerate(facts.firm.accountants):
        own = world.rng(KIND, facts.key, "accountant", i)
        head = paper.text(116, y + 25 * i, "中国注册会计师：", 10, face=style.body)
        sign(world, facts.key, paper, head[2] + 1, y + 25 * i + 8, person, own, 16)
        strike(paper, accountant_die(person, number), 176, y + 25 * i + 4, own, angle=own.uniform(-6, 6))
    paper.text(26, y + 44, f"地址：{facts.firm.address}", 9, face=style.body)
    paper.put("report_date", facts.dated.isoformat(), 142, y + 54, chinese_date(facts.dated), 11, face=style.body)
    flow.y = y + 62
    return flow.papers


def _holders(world: World, facts: Verification) -> list[tuple[str, Decimal, Decimal]]:
    """Holder, share before, share now contributed; sums to the facts."""
    names: list[tuple[str, str]] = [(world.company.legal_representative, "0.62"), (world.company.sister.name, "")]
    if facts.raised:
        return [("有限售条件的流通股", facts.before, ZERO), ("无限售条件的流通股（本次发行）", ZERO, facts.contributed)]
    first = cents(facts.before * Decimal(names[0][1])), cents(facts.contributed * Decimal(names[0][1]))
    return [(names[0][0], *first), (names[1][0], facts.before - first[0], facts.contributed - first[1])]


def _table(world: World, facts: Verification, style: Style) -> Paper:
    """附件1, landscape: paid-in capital before and after."""
    paper = Paper(297, 210)
    paper.text(148.5, 26, f"{'股本' if facts.raised else '注册资本及实收资本'}变更前后对照表", 16, face=style.head, bold=True, align="c")
    paper.text(148.5, 35, f"截至{chinese_date(facts.arrived_on)}止", 10, face=style.body, align="c")
    paper.text(20, 43, f"被审验单位名称：{world.party.name}", 9.5, face=style.body)
    paper.text(277, 43, "货币单位：人民币元", 9.5, face=style.body, align="r")
    xs, y = [20.0, 76.0, 112.0, 132.0, 168.0, 204.0, 240.0, 277.0], 47.0
    grid_row(paper, xs, y, 11, ["股东名称", "变更前金额", "占比", "本次增加额", "其中：货币出资", "变更后金额", "占比"], 9.5, face=style.head, bold=True, border=style.border)
    for name, before, more in [*_holders(world, facts), ("合　计", facts.before, facts.contributed)]:
        y += 11
        shares = [f"{v * 100 / t:.2f}%" if t else "-" for v, t in ((before, facts.before), (before + more, facts.paid_in))]
        texts = [name, grouped(before), shares[0], grouped(more), grouped(more), grouped(before + more), shares[1]]
        grid_row(paper, xs, y, 11, texts, 9.5, aligns=("l", "r", "c", "r", "r", "r", "c"), face=style.body, figures=style.figures, border=style.border)
    paper.text(20, y + 22, f"会计师事务所：{facts.firm.name}", 9.5, face=style.body)
    paper.text(160, y + 22, f"中国注册会计师：{'　'.join(name for name, _ in facts.firm.accountants)}", 9.5, face=style.body)
    return paper


def _explanations(world: World, facts: Verification, style: Style) -> list[Paper]:
    """附件2 验资事项说明."""
    company = world.company

    def start() -> tuple[Paper, float]:
        paper = Paper()
        if not flow.papers:
            paper.text(105, 28, "验资事项说明", 16, face=style.head, bold=True, align="c")
        return paper, 42.0 if not flow.papers else 26.0

    flow = Flow(start, bottom=268, size=style.size, leading=style.leading + 0.6, face=style.body, head_face=style.head, figures=style.figures, border=style.border)
    flow.heading("一、基本情况")
    flow.prose(
        f"{world.party.name}于{chinese_date(company.established_on)}成立，统一社会信用代码：{world.party.uscc}，法定代表人：{company.legal_representative}，住所：{world.party.address}。经营范围：{company.scope}"
    )
    flow.heading("二、注册资本及出资规定")
    flow.prose(f"根据决议和修改后的章程，变更后的注册资本为人民币{grouped(facts.paid_in)}元。出资方式为货币，由各股东于{chinese_date(facts.arrived_on)}之前缴足。")
    flow.heading("三、审验结果")
    flow.prose(f"截至{chinese_date(facts.arrived_on)}止，贵公司收到的出资情况如下：")
    slips = _slips(world, facts)
    rows = [(chinese_date(day), bank, account, grouped(amount)) for day, bank, account, amount in slips]
    rows.append(("合　计", "", "", grouped(sum((s[3] for s in slips), ZERO))))
    flow.grid(Grid(("缴存日期", "开户银行", "账号", "金额（元）"), tuple(rows), (3, 5, 4, 3.4), frozenset({0, 1, 2})))
    if facts.raised:
        flow.prose(
            f"本次发行募集资金总额人民币{grouped(facts.gross)}元，扣除承销、保荐、审计、律师等发行费用（不含税）人民币{grouped(facts.fees)}元，"
            f"募集资金净额人民币{grouped(facts.gross - facts.fees)}元，其中计入股本{grouped(facts.contributed)}元，计入资本公积（股本溢价）{grouped(facts.premium)}元。"
        )  # fmt: skip
        costs = ("承销及保荐费用", "0.74"), ("审计及验资费用", "0.12"), ("律师费用", "0.08"), ("信息披露及其他费用", "")
        left, listed = facts.fees, []
        for name, share in costs:
            part = cents(facts.fees * Decimal(share)) if share else left
            left -= part
            listed.append((name, grouped(part)))
        flow.grid(Grid(("发行费用项目", "不含税金额（元）"), (*listed, ("合　计", grouped(facts.fees))), (6, 4)))
    flow.heading("四、其他事项")
    flow.prose("上述出资款项已经银行询证确认。截至验资报告日止，贵公司尚未办理本次变更的工商登记手续。")
    return flow.papers


def _slips(world: World, facts: Verification) -> list[tuple[date, str, str, Decimal]]:
    """Deposits of the money: day, bank, account, amount; they sum to what came in."""
    rng, amount = world.rng(KIND, facts.key, "slips"), facts.gross - facts.fees if facts.raised else facts.contributed
    first = cents(amount * Decimal("0.6"))
    own = (world.party.bank, world.party.account)
    other = ("中国银行深圳福田支行", "74" + ids.digits(rng, 10))
    return [(facts.arrived_on - timedelta(days=1), *own, first), (facts.arrived_on, *other, amount - first)]


def _bank_answer(world: World, facts: Verification, style: Style) -> Paper:
    """附件3: the bank's confirmation, sealed by the bank."""
    rng = world.rng(KIND, facts.key, "bank")
    slips: Sequence[tuple[date, str, str, Decimal]] = _slips(world, facts)
    paper = Paper()
    paper.text(105, 30, "银 行 询 证 函", 20, face=style.head, bold=True, align="c")
    paper.text(184, 42, f"编号：{rng.randint(1, 99):03d}", 10, face=style.body, align="r")
    paper.text(24, 52, f"{slips[0][1]}：", 11, face=style.body)
    y = paper.paragraph(24, 62, 160, (
        f"本公司聘请的{facts.firm.name}正在对本公司注册资本的实收情况进行审验。按照国家有关法规的规定和中国注册会计师审计准则的要求，"
        f"应当询证本公司出资者向贵行缴存的出资额。下列信息出自本公司账簿记录，如与贵行记录相符，请在本函下端“信息证明无误”处签章证明；如有不符，请列明不符事项。"
        f"截至{chinese_date(facts.arrived_on)}止，本公司出资者缴入的出资额列示如下："), 11, leading=8, face=style.body)  # fmt: skip
    xs = [24.0, 60.0, 108.0, 146.0, 184.0]
    grid_row(paper, xs, y, 10, ["缴款日期", "银行账号", "币种及金额", "款项用途"], 10, face=style.head, bold=True, border=style.border)
    for day, _, account, amount in slips[:1]:
        y += 10
        grid_row(paper, xs, y, 10, [chinese_date(day), account, grouped(amount), "募集资金" if facts.raised else "投资款"], 9.5, face=style.body, border=style.border)
    y += 26
    paper.text(120, y, f"（公司签章）{chinese_date(facts.arrived_on)}", 10.5, face=style.body)
    strike(paper, company_die(world.party.name, world.company.seal_number), 136, y + 2, rng)
    y += 34
    paper.text(24, y, "结论：1. 信息证明无误。", 11, face=style.body)
    paper.text(110, y + 18, f"（银行盖章）{chinese_date(facts.arrived_on)}", 10.5, face=style.body)
    strike(paper, company_die(slips[0][1], line="业务专用章", role="finance"), 150, y + 20, rng)
    paper.text(24, y + 18, "经办人：", 10.5, face=style.body)
    return paper
