"""审计报告: cover, opinion, balance sheet, income statement, cash flows, two pages of notes; the applicant's copy."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from samples.accounts import Books, Roll
from samples.documents.draft import Draft, chinese_date, copy_remark, foot, label_row, seam
from samples.money import grouped, plain
from samples.paper import MmBox, Paper
from samples.seals import accountant_die, firm_die, strike
from samples.world import World

KIND = "audit_report"
_X, _W = 22.0, 166.0


def draw_audit_report(world: World, year: int) -> Draft:
    """The report on ``year``; pages torn out leave a gap in the printed numbers and in the seam seal."""
    number, reported_on = world.auditor.reports[year]
    now, before = world.books[year], world.books[year - 1]
    inner = [
        _opinion(world, year), _balance(world, year, now, before), _income(world, year, now, before),
        _cash_flows(world, year, now, before), _policies(world, year), _details(world, year, now, before),
    ]  # fmt: skip
    cover = _cover(world, year, number, reported_on)
    for i, paper in enumerate(inner, start=1):
        foot(paper, i, len(inner))
    draft = Draft(KIND, [cover, *inner], "审计报告", year)
    seam(world, draft, world.rng(KIND, year, "seam"))
    draft.papers = [p for p in draft.papers if (KIND, year, p.label or 0) not in world.torn_out]
    if len(draft.papers) <= len(inner):
        _renumber_rows(draft)
    return draft


def _renumber_rows(draft: Draft) -> None:
    """Rows of the statements count through what is left."""
    names = sorted({row for paper in draft.papers for row, _, _ in paper.rows.get("statements", [])})
    order = {old: new for new, old in enumerate(names)}
    for paper in draft.papers:
        if "statements" in paper.rows:
            paper.rows["statements"] = [(order[row], column, noted) for row, column, noted in paper.rows["statements"]]


def _cover(world: World, year: int, number: str, reported_on: date) -> Paper:
    rng = world.rng(KIND, year, "cover")
    paper = Paper()
    paper.put("client_name", world.company.party.name, 105, 70, world.company.party.name, 20, bold=True, align="c")
    paper.put("fiscal_year", str(year), 105, 88, f"{year}年度", 18, align="c")
    paper.text(105, 110, "审 计 报 告", 32, bold=True, align="c")
    paper.text(78, 130, "报告文号：", 12, align="r")
    paper.put("report_number", number, 80, 130, number, 12)
    paper.text(105, 150, f"防伪编码：0755{year}{world.seed % 10000:04d}{number[-5:-1]}", 9, face="sans", align="c")
    paper.put("firm_name", world.auditor.name, 105, 236, world.auditor.name, 16, align="c")
    paper.put("report_date", reported_on.isoformat(), 105, 250, chinese_date(reported_on), 13, align="c")
    copy_remark(world, KIND, paper, 150, 192, rng)
    return paper


def _opinion(world: World, year: int) -> Paper:
    rng = world.rng(KIND, year, "opinion")
    number, reported_on = world.auditor.reports[year]
    name = world.company.party.name
    paper = Paper()
    paper.text(105, 26, "审 计 报 告", 20, bold=True, align="c")
    paper.text(_X + _W, 36, number, 10.5, align="r")
    paper.text(_X, 45, f"{name}全体股东：", 10.5)
    y = 53.0
    top = y
    for heading, text in (
        ("一、审计意见", f"我们审计了{name}（以下简称“贵公司”）财务报表，包括{year}年12月31日的资产负债表，{year}年度的利润表、现金流量表以及相关财务报表附注。"
         f"我们认为，后附的财务报表在所有重大方面按照企业会计准则的规定编制，公允反映了贵公司{year}年12月31日的财务状况以及{year}年度的经营成果和现金流量。"),
        ("二、形成审计意见的基础", "我们按照中国注册会计师审计准则的规定执行了审计工作。按照中国注册会计师职业道德守则，我们独立于贵公司，"
         "并履行了职业道德方面的其他责任。我们相信，我们获取的审计证据是充分、适当的，为发表审计意见提供了基础。"),
        ("三、管理层和治理层对财务报表的责任", "管理层负责按照企业会计准则的规定编制财务报表，使其实现公允反映，并设计、执行和维护必要的内部控制，"
         "以使财务报表不存在由于舞弊或错误导致的重大错报。治理层负责监督贵公司的财务报告过程。"),
        ("四、注册会计师对财务报表审计的责任", "我们的目标是对财务报表整体是否不存在由于舞弊或错误导致的重大错报获取合理保证，并出具包含审计意见的审计报告。"
         "合理保证是高水平的保证，但并不能保证按照审计准则执行的审计在某一重大错报存在时总能发现。"),
    ):  # fmt: skip
        paper.text(_X, y, heading, 10.5, bold=True)
        y = paper.paragraph(_X, y + 6.4, _W - 2, text, 10.5, leading=6.4) + 1
        if heading.startswith("一"):
            paper.note("opinion", "unqualified", (_X, top, _X + _W, y - 4))
    paper.text(_X, y + 10, world.auditor.name, 11)
    paper.text(_X, y + 18, world.auditor.address, 10)
    strike(paper, firm_die(world.auditor.name), 58, y + 18, rng)
    for i, (person, licence) in enumerate(world.auditor.accountants):
        top = y + 12 + 26 * i
        paper.text(118, top, "中国注册会计师：", 10.5)
        strike(paper, accountant_die(person, licence), 166, top, rng, angle=rng.uniform(-4, 4))
    names = "、".join(person for person, _ in world.auditor.accountants)
    paper.note("accountants", names, (118, y, 182, y + 50))
    paper.text(140, y + 60, chinese_date(reported_on), 11)
    return paper


def _statement_head(world: World, title: str, when: str) -> Paper:
    paper = Paper()
    paper.text(105, 24, title, 18, bold=True, align="c")
    paper.text(105, 33, when, 10.5, align="c")
    paper.text(_X, 41, f"编制单位：{world.company.party.name}", 9.5)
    paper.text(_X + _W, 41, "单位：人民币元", 9.5, align="r")
    return paper


def _statement_rows(
    paper: Paper, statement: str, first_row: int, heads: tuple[str, str, str], now: list[tuple[str, Decimal | None]],
    before: list[tuple[str, Decimal | None]], height: float, world: World, y: float = 45.0,
) -> None:  # fmt: skip
    """The lines of one statement, this year beside last year."""
    widths = [74.0, 46.0, 46.0]
    label_row(paper, _X, y, widths, height + 0.6, list(heads), size=9.5, bold=True)
    y += height + 0.6
    row = first_row
    for (name, amount), (_, prior) in zip(now, before, strict=True):
        total = name.endswith(("合计", "总计")) or name[1:2] == "、"
        left = 0.0 if total or name.endswith("：") else 4.0
        paper.frame((_X, y, _X + 74, y + height))
        name_box = paper.cell((_X + 0.6 + left, y, _X + 74, y + height), name, 9.5, align="l", bold=total, border=0)
        boxes: list[MmBox] = []
        for i, value in enumerate((amount, prior)):
            x = _X + 74 + 46 * i
            text = "" if value is None else grouped(value) if value else "-"
            boxes.append(paper.cell((x, y, x + 46, y + height), text, 9.5, align="r", bold=total))
        if amount is not None and prior is not None:
            paper.note_row("statements", row, "statement", statement, name_box)
            paper.note_row("statements", row, "item", name, name_box)
            paper.note_row("statements", row, "scope", "parent", name_box)
            paper.note_row("statements", row, "current", plain(amount), boxes[0])
            paper.note_row("statements", row, "prior", plain(prior), boxes[1])
            row += 1
        y += height
    paper.text(_X, y + 7, f"法定代表人：{world.company.legal_representative}", 9)
    paper.text(_X + 54, y + 7, f"主管会计工作负责人：{world.company.finance_head}", 9)
    paper.text(_X + 116, y + 7, f"会计机构负责人：{world.company.finance_head}", 9)


def _balance(world: World, year: int, now: Books, before: Books) -> Paper:
    paper = _statement_head(world, "资 产 负 债 表", f"{year}年12月31日")
    paper.note("unit", "元", (_X + 136, 39, _X + _W, 43))
    paper.note("scope", "parent", (_X, 39, _X + 80, 43))
    _statement_rows(paper, "balance_sheet", 0, ("项　目", "期末余额", "期初余额"), now.balance_rows(), before.balance_rows(), 6.1, world)
    return paper


def _income(world: World, year: int, now: Books, before: Books) -> Paper:
    paper = _statement_head(world, "利 润 表", f"{year}年度")
    _statement_rows(paper, "income_statement", 100, ("项　目", "本期金额", "上期金额"), now.income_rows(), before.income_rows(), 9.5, world)
    return paper


def _cash_rows(book: Books, before: Books | None) -> list[tuple[str, Decimal | None]]:
    """Cash flows by the indirect way, closed against the cash of the balance sheet."""
    opening = before.cash if before else Decimal(0)
    investing = -(book.original_value.more + book.construction.more - book.construction.less)
    loan = book.long_liabilities[0][1] - (before.long_liabilities[0][1] if before else Decimal(0))
    operating = book.cash - opening - investing - loan
    return [
        ("一、经营活动产生的现金流量净额", operating),
        ("购建固定资产、无形资产和其他长期资产支付的现金", -investing),
        ("二、投资活动产生的现金流量净额", investing),
        ("取得（偿还）借款收到（支付）的现金净额", loan),
        ("三、筹资活动产生的现金流量净额", loan),
        ("四、现金及现金等价物净增加额", book.cash - opening),
        ("加：期初现金及现金等价物余额", opening),
        ("五、期末现金及现金等价物余额", book.cash),
    ]


def _cash_flows(world: World, year: int, now: Books, before: Books) -> Paper:
    paper = _statement_head(world, "现 金 流 量 表", f"{year}年度")
    current, prior = _cash_rows(now, before), _cash_rows(before, world.books.get(year - 2))
    _statement_rows(paper, "cash_flow", 200, ("项　目", "本期金额", "上期金额"), current, prior, 10.5, world)
    return paper


def _policies(world: World, year: int) -> Paper:
    name = world.company.party.name
    paper = Paper()
    paper.text(105, 24, "财 务 报 表 附 注", 16, bold=True, align="c")
    paper.text(105, 32, f"{year}年度（除特别说明外，金额单位均为人民币元）", 9.5, align="c")
    y = 42.0
    for heading, text in (
        ("一、公司基本情况", f"{name}（以下简称“本公司”）成立于{chinese_date(world.company.established_on)}，取得统一社会信用代码为{world.company.party.uscc}的营业执照，"
         f"注册资本人民币{grouped(world.company.registered_capital)}元，法定代表人{world.company.legal_representative}，住所为{world.company.party.address}。"),
        ("二、财务报表的编制基础", "本公司财务报表以持续经营为基础，根据实际发生的交易和事项，按照财政部颁布的《企业会计准则》及其应用指南的规定编制。"),
        ("三、会计期间和记账本位币", "会计年度自公历1月1日起至12月31日止，以人民币为记账本位币。"),
        ("四、重要会计政策", "应收款项按账龄组合计提坏账准备。存货按加权平均法计价，期末按成本与可变现净值孰低计量。固定资产按年限平均法计提折旧，"
         "房屋及建筑物20年、机器设备10年、运输设备5年、电子设备及其他3至5年，残值率5%。在建工程达到预定可使用状态时转入固定资产。"
         "商品销售收入在将商品所有权上的主要风险和报酬转移给购货方、收入金额能够可靠计量时确认。"),
        ("五、税项", "本公司适用的主要税种：增值税按应税收入计缴；城市维护建设税7%；教育费附加3%；地方教育附加2%；企业所得税按高新技术企业15%的优惠税率计缴。"),
    ):  # fmt: skip
        paper.text(_X, y, heading, 10.5, bold=True)
        y = paper.paragraph(_X, y + 6.8, _W - 2, text, 10.5, leading=6.8) + 2.5
    return paper


def _details(world: World, year: int, now: Books, before: Books) -> Paper:
    paper = Paper()
    paper.text(_X, 26, "六、财务报表主要项目注释", 11, bold=True)
    paper.text(_X, 35, "1. 固定资产及累计折旧", 10.5, bold=True)
    widths = [46.0, 30.0, 30.0, 30.0, 30.0]
    y = 40.0
    label_row(paper, _X, y, widths, 9, ["项　目", "期初余额", "本期增加", "本期减少", "期末余额"], size=9, bold=True)

    def roll_row(y: float, name: str, roll: Roll) -> None:
        label_row(paper, _X, y, widths, 9, [name, *(grouped(v) for v in (roll.opening, roll.more, roll.less, roll.closing))], size=8.5)

    roll_row(y + 9, "固定资产原值", now.original_value)
    roll_row(y + 18, "累计折旧", now.depreciation)
    opening = now.original_value.opening - now.depreciation.opening
    closing = now.original_value.closing - now.depreciation.closing
    label_row(paper, _X, y + 27, widths, 9, ["固定资产账面价值", grouped(opening), "", "", grouped(closing)], size=8.5)
    y += 44
    paper.text(_X, y, "2. 在建工程", 10.5, bold=True)
    label_row(paper, _X, y + 5, widths, 9, ["项　目", "期初余额", "本期增加", "本期转出", "期末余额"], size=9, bold=True)
    roll_row(y + 14, "设备安装工程", now.construction)
    y += 31
    paper.text(_X, y, "3. 营业收入和营业成本", 10.5, bold=True)
    label_row(paper, _X, y + 5, [86.0, 40.0, 40.0], 9, ["项　目", "本期金额", "上期金额"], size=9, bold=True)
    label_row(paper, _X, y + 14, [86.0, 40.0, 40.0], 9, ["营业收入", grouped(now.revenue), grouped(before.revenue)], size=8.5)
    label_row(paper, _X, y + 23, [86.0, 40.0, 40.0], 9, ["营业成本", grouped(now.cost), grouped(before.cost)], size=8.5)
    y += 40
    paper.text(_X, y, "七、其他事项", 11, bold=True)
    y = paper.paragraph(_X, y + 8, _W - 2, "截至财务报表批准报出日，本公司无需要披露的重大或有事项、承诺事项和资产负债表日后事项。", 10.5)
    paper.text(_X + _W, y + 10, world.company.party.name, 10.5, align="r")
    return paper
