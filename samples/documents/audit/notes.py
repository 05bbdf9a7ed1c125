"""财务报表附注: running text and a table for every item of the statements, made to run over about as many pages as asked.

The tables split the statements' figures by fixed shares, so that closing figures of one year are opening figures of the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samples.accounts import Books, Roll
from samples.documents.audit.figures import UNITS, plain_name
from samples.documents.audit.opinion import KIND
from samples.documents.audit.policies import BASIS, CHANGES, COMPLIANCE, LAWS, POLICIES, RESTATED
from samples.documents.audit.style import Style
from samples.documents.draft import chinese_date
from samples.documents.flow import Flow, Grid
from samples.money import cents, grouped
from samples.paper import MmBox, Paper, blueprint
from samples.world.model import ZERO, AuditReport, World

_CHAPTER = "六"
"""Number of the chapter that explains the items; the statements' column 附注 points into it."""
_CLASSES = (("房屋及建筑物", "0.21"), ("机器设备", "0.58"), ("运输设备", "0.06"), ("电子设备及其他", ""))
_ENDS, _FLOWS = ("期末余额", "期初余额"), ("本期发生额", "上期发生额")


@dataclass(frozen=True)
class Split:
    """How a figure is taken apart in its note: names with fixed shares, the last takes the rest."""

    item: str
    parts: tuple[tuple[str, str], ...]
    flow: bool = False
    text: str = ""


_SPLITS: tuple[Split, ...] = (
    Split("货币资金", (("库存现金", "0.002"), ("银行存款", "0.928"), ("其他货币资金", "")), text="其他货币资金为银行承兑汇票保证金，使用受到限制。"),
    Split("应收票据", (("银行承兑汇票", "0.83"), ("商业承兑汇票", ""))),
    Split("应收账款", (("1年以内", "0.891"), ("1至2年", "0.073"), ("2至3年", "0.025"), ("3年以上", "")), text="按账龄披露，以上为扣除坏账准备后的账面价值。"),
    Split("预付款项", (("1年以内", "0.94"), ("1至2年", ""))),
    Split("其他应收款", (("押金及保证金", "0.52"), ("备用金", "0.17"), ("出口退税", "0.21"), ("其他", ""))),
    Split("存货", (("原材料", "0.41"), ("在产品", "0.19"), ("库存商品", "0.24"), ("发出商品", "0.13"), ("低值易耗品", ""))),
    Split("固定资产", ()), Split("在建工程", ()),
    Split("无形资产", (("土地使用权", "0.55"), ("软件", "0.31"), ("专利权", ""))),
    Split("长期待摊费用", (("厂房装修费", "0.86"), ("其他", ""))),
    Split("递延所得税资产", (("资产减值准备", "0.71"), ("可抵扣亏损及其他", ""))),
    Split("短期借款", (("保证借款", "0.64"), ("抵押借款", ""))),
    Split("应付票据", (("银行承兑汇票", "1"),)),
    Split("应付账款", (("应付材料款", "0.79"), ("应付设备款", "0.14"), ("应付工程款及其他", ""))),
    Split("预收款项", (("1年以内", "0.96"), ("1年以上", ""))),
    Split("应付职工薪酬", (("工资、奖金、津贴和补贴", "0.95"), ("职工福利费", "0.02"), ("工会经费和职工教育经费", ""))),
    Split("应交税费", (("增值税", "0.46"), ("企业所得税", "0.34"), ("城市维护建设税", "0.08"), ("教育费附加及地方教育附加", "0.06"), ("个人所得税", ""))),
    Split("其他应付款", (("押金及保证金", "0.31"), ("往来款", "0.44"), ("预提费用", ""))),
    Split("长期借款", (("抵押借款", "0.7"), ("信用借款", "")), text="长期借款用于固定资产投资项目，利率参照中国人民银行同期贷款基准利率确定。"),
    Split("实收资本", (("自然人股东", "0.35"), ("法人股东", ""))), Split("资本公积", (("资本溢价", "1"),)), Split("盈余公积", (("法定盈余公积", "1"),)),
    Split("未分配利润", (("期末未分配利润", "1"),)),
    Split("营业收入", (("主营业务收入", "0.985"), ("其他业务收入", "")), True), Split("营业成本", (("主营业务成本", "0.989"), ("其他业务成本", "")), True),
    Split("税金及附加", (("城市维护建设税", "0.48"), ("教育费附加", "0.2"), ("地方教育附加", "0.14"), ("印花税", "")), True),
    Split("销售费用", (("职工薪酬", "0.46"), ("运输费", "0.22"), ("业务招待费", "0.11"), ("差旅费", "0.09"), ("其他", "")), True),
    Split("管理费用", (("职工薪酬", "0.51"), ("折旧及摊销", "0.17"), ("办公费", "0.09"), ("租赁及物业费", "0.11"), ("中介机构费", "0.05"), ("其他", "")), True),
    Split("研发费用", (("职工薪酬", "0.57"), ("直接材料", "0.24"), ("折旧及摊销", "0.11"), ("其他", "")), True),
    Split("财务费用", (("利息支出", "0.88"), ("手续费及其他", "")), True),
    Split("其他收益", (("技术改造投资补贴", "0.38"), ("研究开发资助", "0.41"), ("稳岗补贴及其他", "")), True),
    Split("营业外收入", (("赔款及罚款收入", "0.6"), ("其他", "")), True), Split("营业外支出", (("非流动资产毁损报废损失", "0.7"), ("其他", "")), True),
    Split("所得税费用", (("按税法及相关规定计算的当期所得税", "1"),), True),
)  # fmt: skip


def shared(amount: Decimal, parts: Sequence[tuple[str, str]]) -> list[tuple[str, Decimal]]:
    """``amount`` by shares to the cent; the last part takes the rest."""
    out, left = [], amount
    for i, (name, share) in enumerate(parts):
        part = left if i == len(parts) - 1 else cents(amount * Decimal(share))
        out.append((name, part))
        left -= part
    return out


def figure(books: Books, item: str) -> Decimal:
    """The figure of a line, by its plain name."""
    for label, amount in (*books.balance_rows(), *books.income_rows()):
        if amount is not None and plain_name(label) == item:
            return amount
    return ZERO


def explained(now: Books, before: Books) -> list[Split]:
    """The items that have a note of their own, in order."""
    return [s for s in _SPLITS if figure(now, s.item) or figure(before, s.item) or s.item in ("固定资产", "在建工程")]


def note_numbers(now: Books, before: Books) -> dict[str, str]:
    """Item → number of its note, for the statements' column 附注."""
    return {s.item: f"{_CHAPTER}、{i}" for i, s in enumerate(explained(now, before), start=1)}


RowNoter = Callable[[Paper, str, Decimal, MmBox, MmBox], None]
"""Notes a row of the notes: paper, item, amount, box of the amount, box of the item."""


@dataclass
class _Writer:
    world: World
    report: AuditReport
    style: Style
    now: Books
    before: Books
    flow: Flow
    depth: int
    """How many accounting policies are explained."""
    brief: bool

    def money(self, value: Decimal) -> str:
        scale, places = UNITS[self.style.unit]
        return grouped(value / scale, places) if value else ("-" if self.style.dash else grouped(ZERO, places))

    def write(self) -> None:
        """All notes into the flow."""
        flow, report = self.flow, self.report
        company, party = self.world.company, self.world.party
        own = report.client == party.name
        flow.heading("一、公司基本情况")
        flow.prose(
            f"{report.client}（以下简称“本公司”或“公司”）成立于{chinese_date(company.established_on)}，"
            + (f"取得{company.registrar}核发的统一社会信用代码为{party.uscc}的《营业执照》，注册资本人民币{grouped(company.registered_capital)}元，"
               f"法定代表人：{company.legal_representative}，住所：{party.address}。" if own else "为在深圳市登记注册的企业。")
        )  # fmt: skip
        if not self.brief and own:
            flow.prose(f"经营范围：{company.scope}")
            flow.prose(f"本财务报表业经本公司董事会于{chinese_date(report.dated)}批准报出。")
        self._text("二、财务报表的编制基础", BASIS if not self.brief else BASIS[:1])
        flow.heading("三、遵循企业会计准则的声明")
        flow.prose(COMPLIANCE)
        self._text("四、重要会计政策和会计估计", POLICIES[: self.depth])
        flow.heading("五、税项及会计政策变更")
        if not self.brief:
            self._taxes()
            for text in CHANGES:
                flow.prose(text.format(law=LAWS.get(report.year, "")))
        else:
            flow.prose("增值税按应税收入计缴；城市维护建设税7%；教育费附加3%；地方教育附加2%；企业所得税税率15%。")
        lead = "母公司财务报表" if report.group is not None else "财务报表"
        flow.heading(f"{_CHAPTER}、{lead}主要项目注释")
        before, now = report.year - 1, report.year
        flow.prose(f"以下注释项目除非特别指出，期初余额指{now}年1月1日，期末余额指{now}年12月31日，上期指{before}年度，本期指{now}年度。金额{self.style.unit_words.replace('金额', '')}。")
        self._items()
        self._closing()

    def _text(self, title: str, policies: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        self.flow.heading(title)
        for i, (heading, paragraphs) in enumerate(policies, start=1):
            self.flow.heading(f"{i}. {heading}" if self.depth % 2 else f"（{i}）{heading}", 2)
            for text in paragraphs:
                self.flow.prose(text)

    def _taxes(self) -> None:
        rates = "17%、16%" if self.report.year == 2018 else "16%、13%" if self.report.year == 2019 else "17%"
        rows = (
            ("增值税", "销售货物或提供应税劳务过程中产生的增值额", rates), ("城市维护建设税", "应缴流转税税额", "7%"), ("教育费附加", "应缴流转税税额", "3%"),
            ("地方教育附加", "应缴流转税税额", "2%"), ("企业所得税", "应纳税所得额", "15%"),
        )  # fmt: skip
        self.flow.grid(Grid(("税　种", "计税依据", "税率"), rows, (3, 5, 2), frozenset({0, 1})))
        self.flow.prose("本公司已取得高新技术企业证书，报告期内企业所得税减按15%的税率计缴。")

    # --- items

    def _items(self) -> None:
        for i, split in enumerate(explained(self.now, self.before), start=1):
            if self.brief and split.item not in ("固定资产", "在建工程", "营业收入", "营业成本", "长期借款"):
                continue
            self.flow.heading(f"{i}. {split.item}" if not self.brief else f"{i}、{split.item}", 2, with_table=True)
            if split.item == "固定资产":
                self._fixed_assets()
            elif split.item == "在建工程":
                self._construction()
            elif split.item == "未分配利润":
                self._retained()
            else:
                self._split(split)
            if split.text and not self.brief:
                self.flow.prose(split.text)

    def _split(self, split: Split) -> None:
        now, before = figure(self.now, split.item), figure(self.before, split.item)
        pairs = zip(shared(now, split.parts), shared(before, split.parts), strict=True)
        rows = [(name, self.money(a), self.money(b)) for (name, a), (_, b) in pairs]
        if len(rows) > 1:
            rows.append(("合　计", self.money(now), self.money(before)))
        self.flow.grid(Grid(("项　目", *(_FLOWS if split.flow else _ENDS)), tuple(rows), (5, 3.4, 3.4)))
        if split.item in ("应收账款", "应付账款") and not self.brief:
            words = "欠款方" if split.item == "应收账款" else "供应商"
            top = shared(cents(now * Decimal("0.62")), (("第一名", "0.34"), ("第二名", "0.24"), ("第三名", "0.18"), ("第四名", "0.13"), ("第五名", "")))
            ranked = tuple((f"{words}{name}", "非关联方", self.money(a), f"{a * 100 / now:.2f}%" if now else "-") for name, a in top)
            self.flow.heading("期末余额前五名情况：", 3, with_table=True)
            self.flow.grid(Grid(("单位名称", "与本公司关系", "期末余额", "占比"), ranked, (4, 3, 3.4, 2), frozenset({0, 1})))

    def _retained(self) -> None:
        opening, closing, profit = figure(self.before, "未分配利润"), figure(self.now, "未分配利润"), figure(self.now, "净利润")
        reserve = figure(self.now, "盈余公积") - figure(self.before, "盈余公积")
        rest = opening + profit - reserve - closing
        rows = [("期初未分配利润", opening), ("加：本期净利润", profit), ("减：提取法定盈余公积", reserve)]
        if rest:
            rows.append(("减：应付股利及其他", rest))
        rows.append(("期末未分配利润", closing))
        self.flow.grid(Grid(("项　目", "本期金额"), tuple((name, self.money(v)) for name, v in rows), (6, 4)))

    def _rolls(self, roll: Roll) -> list[tuple[str, Roll]]:
        """A roll-forward by class of asset: shares of opening and closing are fixed, so the years tie."""
        opening, closing, less = (shared(v, _CLASSES) for v in (roll.opening, roll.closing, roll.less))
        return [(name, Roll(o, c - o + out, out)) for (name, o), (_, c), (_, out) in zip(opening, closing, less, strict=True)]

    def _fixed_assets(self) -> None:
        original, worn = self.now.original_value, self.now.depreciation
        names = {"original": "固定资产原值本期增加", "worn": "累计折旧本期增加"}
        sideways = self.world.rng(KIND, "fixed", self.report.firm.name).random() < 0.35 and not self.brief
        if sideways:
            self._fixed_by_class(original, worn, names)
            return

        def row(name: str, roll: Roll) -> tuple[str, ...]:
            return (name, *(self.money(v) for v in (roll.opening, roll.more, roll.less, roll.closing)))

        rows: list[tuple[str, ...]] = []
        noted: dict[tuple[int, int], str] = {}
        for title, roll, key in (("一、账面原值合计", original, "original"), ("二、累计折旧合计", worn, "worn")):
            noted[(len(rows), 2)] = names[key]
            rows.append(row(title, roll))
            rows += [row(f"　{'其中：' if i == 0 else '　　　'}{name}", part) for i, (name, part) in enumerate(self._rolls(roll))]
        rows.append(("三、账面价值合计", self.money(original.opening - worn.opening), "", "", self.money(original.closing - worn.closing)))
        self.flow.grid(Grid(("项　目", "期初余额", "本期增加", "本期减少", "期末余额"), tuple(rows), (4.4, 3, 3, 3, 3), noted=noted))

    def _fixed_by_class(self, original: Roll, worn: Roll, names: Mapping[str, str]) -> None:
        """The way of listed companies: classes are columns, movements are rows."""
        heads = ("项　目", *(name for name, _ in _CLASSES), "合　计")
        rows: list[tuple[str, ...]] = []
        noted: dict[tuple[int, int], str] = {}
        for title, more, roll, key in (("一、账面原值：", "购置及在建工程转入", original, "original"), ("二、累计折旧：", "计提", worn, "worn")):
            parts = [part for _, part in self._rolls(roll)]
            rows.append((title, "", "", "", "", ""))
            for label, pick in (("1.期初余额", "opening"), ("2.本期增加金额", "more"), (f"（1）{more}", "more"), ("3.本期减少金额", "less"), ("4.期末余额", "closing")):
                if pick == "more" and label.startswith("2"):
                    noted[(len(rows), 5)] = names[key]
                rows.append((label, *(self.money(getattr(part, pick)) for part in parts), self.money(getattr(roll, pick))))
        for label, left, right in (("1.期末账面价值", original.closing, worn.closing), ("2.期初账面价值", original.opening, worn.opening)):
            if label.startswith("1"):
                rows.append(("三、账面价值：", "", "", "", "", ""))
            halves = zip(shared(left, _CLASSES), shared(right, _CLASSES), strict=True)
            rows.append((label, *(self.money(a - b) for (_, a), (_, b) in halves), self.money(left - right)))
        self.flow.grid(Grid(heads, tuple(rows), (3.4, 2.8, 2.8, 2.6, 2.8, 2.9), noted=noted))

    def _construction(self) -> None:
        roll, project = self.now.construction, self.world.project.product
        parts = ((f"{project[:8]}生产线安装工程" if project else "生产线安装工程", "0.77"), ("车间改造工程", ""))
        opening, closing, less = (shared(v, parts) for v in (roll.opening, roll.closing, roll.less))
        rows: list[tuple[str, ...]] = [
            (name, self.money(o), self.money(c - o + out), self.money(out), self.money(c)) for (name, o), (_, c), (_, out) in zip(opening, closing, less, strict=True)
        ]
        rows.append(("合　计", *(self.money(v) for v in (roll.opening, roll.more, roll.less, roll.closing))))
        noted = {(len(rows) - 1, 2): "在建工程本期增加"}
        if self.brief:
            rows, noted = rows[-1:], {(0, 2): "在建工程本期增加"}
        heads = ("工程项目", "期初余额", "本期增加", "本期转入固定资产", "期末余额") if not self.brief else ("项　目", "期初余额", "本期增加", "本期转出", "期末余额")
        self.flow.grid(Grid(heads, tuple(rows), (4.4, 3, 3, 3.2, 3), noted=noted))

    # --- the rest

    def _closing(self) -> None:
        flow, world = self.flow, self.world
        if not self.brief:
            flow.heading("七、关联方及关联交易")
            sister = world.company.sister.name
            rows = ((world.company.legal_representative, "实际控制人", "—"), (sister, "受同一实际控制人控制", "—"))
            flow.grid(Grid(("关联方名称", "与本公司关系", "持股比例"), rows, (5, 4, 2), frozenset({0, 1, 2})))
            flow.prose("报告期内，本公司与关联方之间的交易按市场价格结算，未发生重大关联交易。关键管理人员薪酬按公司薪酬制度执行。")
            flow.heading("八、承诺及或有事项")
            flow.prose("截至资产负债表日，本公司已签约但尚未支付的购建固定资产合同款属正常经营付款安排，除此之外不存在需要披露的重大承诺事项及或有事项。")
            flow.heading("九、资产负债表日后事项")
            flow.prose("截至财务报表批准报出日，本公司不存在应披露的重大资产负债表日后事项。")
        flow.heading("十、其他重要事项" if not self.brief else "七、其他重要事项")
        if self.report.restated:
            flow.prose(RESTATED)
        if self.report.opinion == "unqualified_emphasis" and self.report.opinion_matter:
            flow.prose(f"{self.report.opinion_matter.rstrip('。')}。")
        if not self.report.restated:
            flow.prose("截至财务报表批准报出日，本公司无其他需要披露的重要事项。")
        flow.skip(flow.leading)
        flow.need(flow.leading * 2)
        flow.line_of(self.report.client, align="r")
        flow.line_of(chinese_date(self.report.dated), align="r")


def notes_pages(
    world: World, report: AuditReport, style: Style, now: Books, before: Books, *, pages: int, noter: RowNoter, brief: bool = False,
) -> list[Paper]:  # fmt: skip
    """The notes on about ``pages`` pages: first with fewer policies, then with wider lines. ``noter`` hears of the movements of
    fixed assets and construction (R-290)."""
    tries = [(depth, style.size, style.leading) for depth in (8, 12, 16, 19, len(POLICIES))]
    tries += [(len(POLICIES), 11.0, 8.0), (len(POLICIES), 12.0, 8.8), (len(POLICIES), 12.0, 9.6), (len(POLICIES), 12.0, 10.4), (len(POLICIES), 12.0, 11.2), (len(POLICIES), 12.0, 12.0)]
    low, high = 0, len(tries)  # the longest that still fits lies in [low, high)
    while not brief and high - low > 1:
        middle = (low + high) // 2
        with blueprint():
            fits = len(_write(world, report, style, now, before, tries[middle], brief, lambda *_: None)) <= pages
        low, high = (middle, high) if fits else (low, middle)
    return _write(world, report, style, now, before, (4, 10.0, 6.0) if brief else tries[low], brief, noter)


def _write(
    world: World, report: AuditReport, style: Style, now: Books, before: Books, shape: tuple[int, float, float], brief: bool, noter: RowNoter,
) -> list[Paper]:  # fmt: skip
    depth, size, leading = shape

    def start() -> tuple[Paper, float]:
        paper = Paper()
        top = 26.0
        if style.header_line:
            paper.text(24, 15, report.client, 9, face=style.body)
            paper.text(186, 15, f"{report.year}年度财务报表附注", 9, face=style.body, align="r")
            paper.line(24, 18, 186, 18, 0.2)
        if not flow.papers:
            paper.text(105, top, "财 务 报 表 附 注", 16, face=style.head, bold=True, align="c")
            paper.text(105, top + 9, f"{report.year}年度", 10.5, face=style.body, align="c")
            paper.text(105, top + 15, f"（除特别说明外，{style.unit_words.replace('单位：', '金额单位均为').replace('金额金额', '金额')}）", 9, face=style.body, align="c")
            return paper, top + 26
        return paper, top

    flow = Flow(start, size=size, leading=leading, face=style.body, head_face=style.head, figures=style.figures, border=style.border)
    flow.row_height = max(6.2, min(11.0, 6.6 * leading / 7.4))  # wide lines go with wide tables
    writer = _Writer(world, report, style, now, before, flow, depth, brief)
    values = {
        "固定资产原值本期增加": now.original_value.more, "累计折旧本期增加": now.depreciation.more, "在建工程本期增加": now.construction.more,
    }  # fmt: skip
    flow.on_cell = lambda paper, name, text, box, item: noter(paper, name, values[name], box, item)
    writer.write()
    return flow.papers
