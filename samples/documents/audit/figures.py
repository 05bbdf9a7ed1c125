"""The lines of the four statements out of two years' books: what 企业会计准则 formats of 2017–2019 print, with the figures that tie.

Cash flows and the statement of changes in equity follow from the balance sheets and the income statement alone, by the same rule every
year, so that last year's column of one report is this year's column of the report before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from samples.accounts import Books, Roll
from samples.money import cents
from samples.world.model import ZERO

Statement = Literal["balance_sheet", "income_statement", "cash_flow", "equity_changes"]
Scope = Literal["parent", "consolidated"]
UNITS: Mapping[str, tuple[Decimal, int]] = {"元": (Decimal(1), 2), "千元": (Decimal(1000), 0), "万元": (Decimal(10000), 2)}
"""Unit in the head → yuan, and the decimals it is printed with."""


@dataclass(frozen=True)
class Line:
    """One line: ``item`` is its plain name (numbering, 减：, brackets off), ``label`` what is printed. ``None`` amounts stay blank."""

    item: str
    label: str
    current: Decimal | None
    prior: Decimal | None
    bold: bool = False
    indent: int = 0

    @property
    def heading(self) -> bool:
        """A group head, which never carries an amount."""
        return self.label.endswith(("：", ":"))


@dataclass(frozen=True)
class EquityColumn:
    name: str
    this_year: tuple[Decimal | None, ...]
    last_year: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class EquityChanges:
    labels: tuple[str, ...]
    columns: tuple[EquityColumn, ...]
    """The last one is the total."""


_CURRENT = ("货币资金", "交易性金融资产", "应收票据", "应收账款", "预付款项", "其他应收款", "存货", "一年内到期的非流动资产", "其他流动资产")
_LONG = ("可供出售金融资产", "长期应收款", "长期股权投资", "投资性房地产", "固定资产", "在建工程", "无形资产", "开发支出", "商誉", "长期待摊费用", "递延所得税资产", "其他非流动资产")
_OWED = ("短期借款", "应付票据", "应付账款", "预收款项", "应付职工薪酬", "应交税费", "其他应付款", "一年内到期的非流动负债", "其他流动负债")
_OWED_LONG = ("长期借款", "应付债券", "长期应付款", "预计负债", "递延收益", "递延所得税负债", "其他非流动负债")
_OWNERS = ("实收资本", "资本公积", "其他综合收益", "专项储备", "盈余公积", "未分配利润")
_TEMPLATE: Mapping[str, tuple[str, ...]] = {
    "流动资产：": _CURRENT, "非流动资产：": _LONG, "流动负债：": _OWED, "非流动负债：": _OWED_LONG,
    "所有者权益：": _OWNERS,
}  # fmt: skip
_INCOME = (
    ("加：其他收益", ("投资收益（损失以“－”号填列）", "公允价值变动收益（损失以“－”号填列）", "资产减值损失（损失以“－”号填列）", "资产处置收益（损失以“－”号填列）")),
)
_LABELS = {
    "营业利润": "{}（亏损以“－”号填列）", "利润总额": "{}（亏损总额以“－”号填列）", "净利润": "{}（净亏损以“－”号填列）",
    "所有者权益合计": "所有者权益（或股东权益）合计", "实收资本": "实收资本（或股本）",
}  # fmt: skip


@lru_cache(maxsize=1024)
def plain_name(label: str) -> str:
    """``减：营业成本`` → ``营业成本``, ``二、营业利润（亏损…）`` → ``营业利润``."""
    bare = re.sub(r"^(?:[一二三四五六七八九]、|（[一二三四五六]）|\d\.|加：|减：|其中：)+", "", label.replace("　", "").strip())
    return re.sub(r"（(?:损失|亏损|净亏损|或)[^（）]*）", "", bare)


def in_unit(books: Books, unit: str) -> Books:
    """``books`` with every leaf rounded to what ``unit`` prints; a difference of rounding between the sides goes to 应付账款, as
    accountants do, and an imbalance that was there before stays."""
    scale, places = UNITS[unit]
    if unit == "元":
        return books

    def at(value: Decimal) -> Decimal:
        return (value / scale).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) * scale

    changed: dict[str, object] = {}
    for one in fields(books):
        value = getattr(books, one.name)
        if isinstance(value, Decimal):
            changed[one.name] = at(value)
        elif isinstance(value, Roll):
            changed[one.name] = Roll(at(value.opening), at(value.opening + value.more - value.less) - at(value.opening) + at(value.less), at(value.less))
        elif isinstance(value, tuple):
            changed[one.name] = tuple((item[0], at(item[1])) if isinstance(item, tuple) and len(item) == 2 and isinstance(item[1], Decimal) else item for item in value)
    rounded = replace(books, **changed)  # type: ignore[arg-type]
    gap = (rounded.total_assets - rounded.total_liabilities - rounded.equity) - at(books.total_assets - books.total_liabilities - books.equity)
    owed = tuple((name, amount + gap if name == "应付账款" else amount) for name, amount in rounded.current_liabilities)
    return replace(rounded, current_liabilities=owed)


def estimate_before(books: Books) -> Books:
    """Plausible books of the year before ``books`` where nobody states them (only for the prior column of cash flows and equity)."""
    tenth = Decimal("0.9")

    def less(items: tuple[tuple[str, Decimal], ...]) -> tuple[tuple[str, Decimal], ...]:
        return tuple((name, cents(amount * tenth)) for name, amount in items)

    owners, earned = [], books.net_profit
    for name, amount in books.owners:
        if name == "未分配利润":
            amount -= earned - cents(earned / 10)
        elif name == "盈余公积":
            amount -= cents(earned / 10)
        owners.append((name, amount))
    return replace(
        books, year=books.year - 1, current_assets=less(books.current_assets), long_assets=less(books.long_assets),
        current_liabilities=less(books.current_liabilities), owners=tuple(owners),
    )  # fmt: skip


# --- balance sheet and income statement ------------------------------------------------------------------------------------


def balance_lines(now: Books, before: Books, *, full: bool = True) -> list[Line]:
    """The balance sheet from top to bottom. ``full`` adds the lines of the format that the company does not use."""
    sections: list[tuple[str, list[str]]] = []
    for label, _ in now.balance_rows():
        if label.endswith("："):
            sections.append((label, []))
        else:
            sections[-1][1].append(label)
    current = {label: amount for label, amount in now.balance_rows() if amount is not None}
    prior = {label: amount for label, amount in before.balance_rows() if amount is not None}
    out: list[Line] = []
    for head, labels in sections:
        out.append(Line(head, head, None, None))
        items = [name for name in labels if not name.endswith(("合计", "总计"))]
        # 未使用的项目 of the format stand between the used ones, in the format's order.
        for name in _merged(_TEMPLATE.get(head, ()), items) if full else items:
            out.append(Line(name, _LABELS.get(name, name), current.get(name), prior.get(name), indent=1))
        for name in labels:
            if name.endswith(("合计", "总计")):
                out.append(Line(name, _LABELS.get(name, name), current.get(name), prior.get(name), bold=True))
    return out


def _merged(template: Sequence[str], used: Sequence[str]) -> list[str]:
    """``template`` in its order with all of ``used``; what the template lacks follows its neighbour in ``used``."""
    out = list(template)
    for i, name in enumerate(used):
        if name not in out:
            out.insert(out.index(used[i - 1]) + 1 if i else 0, name)
    return out


def side_by_side(parts: Sequence[list[Line]]) -> list[list[Line]]:
    """The lines of several scopes, each with every line that one of them has: what a scope does not use stays empty there."""
    names = [line.item for line in parts[0]]
    for part in parts[1:]:
        names = _merged(names, [line.item for line in part])
    known = {line.item: line for part in reversed(parts) for line in part}
    own = [{line.item: line for line in part} for part in parts]
    return [[lines.get(name) or replace(known[name], current=None, prior=None) for name in names] for lines in own]


def income_lines(now: Books, before: Books, *, full: bool = True) -> list[Line]:
    """The income statement from 一、营业收入 to 四、净利润."""
    prior = {plain_name(label): amount for label, amount in before.income_rows()}
    rows = now.income_rows()
    used = {plain_name(label) for label, _ in rows}
    out: list[Line] = []
    for label, amount in rows:
        name = plain_name(label)
        numbered = label[1:2] == "、"
        shown = _LABELS.get(name, "{}").format(label)
        out.append(Line(name, shown, amount, prior.get(name), bold=numbered, indent=0 if numbered else 1 if label[:2] in ("减：", "加：") else 2))
        if full:
            for after, extras in _INCOME:
                if label == after:
                    out.extend(Line(plain_name(x), x, None, None, indent=2) for x in extras if plain_name(x) not in used)
    if full:
        total = Line("综合收益总额", "六、综合收益总额", now.net_profit, before.net_profit, bold=True)
        out += [Line("其他综合收益的税后净额", "五、其他综合收益的税后净额", None, None, bold=True), total]
    return out


# --- cash flows ------------------------------------------------------------------------------------------------------------


def _of(books: Books, *names: str) -> Decimal:
    groups = (books.current_assets, books.long_assets, books.current_liabilities, books.long_liabilities, books.owners)
    return sum((amount for group in groups for name, amount in group if name in names), ZERO)


def _cash(now: Books, before: Books) -> dict[str, Decimal]:
    """The year's cash flows: financing and investing as the books show them, operating what is left."""
    cash, opening = _of(now, "货币资金"), _of(before, "货币资金")

    def moved(*names: str) -> Decimal:
        return _of(now, *names) - _of(before, *names)

    sold = cents(now.revenue * Decimal("1.13")) - moved("应收票据", "应收账款") + moved("预收款项")
    other_in = now.other_income + now.outside_income
    overhead = now.selling + now.administration + now.research
    staff = cents(overhead * Decimal("0.6")) - moved("应付职工薪酬")
    taxes, other_out = now.taxes_paid, overhead - cents(overhead * Decimal("0.6")) + now.outside_cost
    scrapped = max(ZERO, cents((now.original_value.less - now.depreciation.less) * Decimal("0.8")))
    spent = now.original_value.more + now.construction.more - now.construction.less + max(ZERO, moved("无形资产"))
    drawn, repaid_share = moved("长期借款", "短期借款"), cents(_of(before, "短期借款", "长期借款") / 5)
    repaid = repaid_share if drawn >= 0 else repaid_share - drawn
    paid_in = moved("实收资本", "资本公积")
    dividends = now.net_profit - moved("盈余公积", "未分配利润")
    interest = max(ZERO, now.finance)
    borrowed = drawn + repaid
    financing = paid_in + borrowed - repaid - max(ZERO, dividends) - interest
    investing = scrapped - spent
    operating = cash - opening - investing - financing
    bought = sold + other_in - staff - taxes - other_out - operating
    return {
        "sold": sold, "other_in": other_in, "in": sold + other_in, "bought": bought, "staff": staff, "taxes": taxes, "other_out": other_out,
        "out": bought + staff + taxes + other_out, "operating": operating, "scrapped": scrapped, "spent": spent, "investing": investing,
        "paid_in": paid_in, "borrowed": borrowed, "fin_in": paid_in + borrowed, "repaid": repaid, "dividends": max(ZERO, dividends) + interest,
        "fin_out": repaid + max(ZERO, dividends) + interest, "financing": financing, "change": cash - opening, "opening": opening, "closing": cash,
    }  # fmt: skip


_CASH: tuple[tuple[str, str, int], ...] = (
    ("一、经营活动产生的现金流量：", "", 0), ("销售商品、提供劳务收到的现金", "sold", 1), ("收到的税费返还", "", 1),
    ("收到其他与经营活动有关的现金", "other_in", 1), ("经营活动现金流入小计", "in", 2), ("购买商品、接受劳务支付的现金", "bought", 1),
    ("支付给职工以及为职工支付的现金", "staff", 1), ("支付的各项税费", "taxes", 1), ("支付其他与经营活动有关的现金", "other_out", 1),
    ("经营活动现金流出小计", "out", 2), ("经营活动产生的现金流量净额", "operating", 2),
    ("二、投资活动产生的现金流量：", "", 0), ("收回投资收到的现金", "", 1), ("取得投资收益收到的现金", "", 1),
    ("处置固定资产、无形资产和其他长期资产收回的现金净额", "scrapped", 1), ("收到其他与投资活动有关的现金", "", 1),
    ("投资活动现金流入小计", "scrapped", 2), ("购建固定资产、无形资产和其他长期资产支付的现金", "spent", 1), ("投资支付的现金", "", 1),
    ("支付其他与投资活动有关的现金", "", 1), ("投资活动现金流出小计", "spent", 2), ("投资活动产生的现金流量净额", "investing", 2),
    ("三、筹资活动产生的现金流量：", "", 0), ("吸收投资收到的现金", "paid_in", 1), ("取得借款收到的现金", "borrowed", 1),
    ("收到其他与筹资活动有关的现金", "", 1), ("筹资活动现金流入小计", "fin_in", 2), ("偿还债务支付的现金", "repaid", 1),
    ("分配股利、利润或偿付利息支付的现金", "dividends", 1), ("支付其他与筹资活动有关的现金", "", 1), ("筹资活动现金流出小计", "fin_out", 2),
    ("筹资活动产生的现金流量净额", "financing", 2), ("四、汇率变动对现金及现金等价物的影响", "", 0),
    ("五、现金及现金等价物净增加额", "change", 0), ("加：期初现金及现金等价物余额", "opening", 1), ("六、期末现金及现金等价物余额", "closing", 0),
)


def cash_lines(now: Books, before: Books, earlier: Books | None) -> list[Line]:
    """The cash-flow statement; ``earlier`` are the books two years back, for the opening cash of the prior column."""
    current, prior = _cash(now, before), _cash(before, earlier or estimate_before(before))
    out = []
    for label, key, level in _CASH:
        name = label if label.endswith("：") else plain_name(label)
        amount, last = (current[key], prior[key]) if key else (None, None)
        out.append(Line(name, label, amount, last, bold=level == 2 or label[1:2] == "、", indent=1 if level else 0))
    return out


# --- changes in equity -----------------------------------------------------------------------------------------------------

_EQUITY_ROWS = (
    "一、上年年末余额", "加：会计政策变更", "前期差错更正", "二、本年年初余额", "三、本年增减变动金额", "（一）综合收益总额", "（二）所有者投入和减少资本",
    "1.所有者投入的普通股", "（三）利润分配", "1.提取盈余公积", "2.对所有者（或股东）的分配", "3.其他", "（四）所有者权益内部结转", "四、本年年末余额",
)


def _equity_year(now: Books, before: Books) -> dict[str, tuple[Decimal | None, ...]]:
    """Column → its rows for one year, in the order of ``_EQUITY_ROWS``."""
    names = [n for n in ("实收资本", "资本公积") if _of(now, n) or _of(before, n) or n == "实收资本"] + ["盈余公积", "未分配利润"]
    earned, reserve = now.net_profit, _of(now, "盈余公积") - _of(before, "盈余公积")
    out: dict[str, tuple[Decimal | None, ...]] = {}
    for name in names:
        opening, closing = _of(before, name), _of(now, name)
        profit = paid = shared = set_aside = other = None
        if name in ("实收资本", "资本公积"):
            paid = (closing - opening) or None
        elif name == "盈余公积":
            set_aside = reserve or None
        else:
            profit, set_aside = earned, -reserve or None
            rest = closing - opening - earned + reserve
            if rest < -1000:
                shared = rest
            else:
                other = rest or None
        split = None if set_aside is None and shared is None and other is None else (set_aside or ZERO) + (shared or ZERO) + (other or ZERO)
        out[name] = (opening, None, None, opening, (closing - opening) or None, profit, paid, paid, split, set_aside, shared, other, None, closing)
    rows = zip(*out.values(), strict=True)
    out["所有者权益合计"] = tuple(None if all(v is None for v in row) else sum((v for v in row if v is not None), ZERO) for row in rows)
    return out


def equity_changes(now: Books, before: Books, earlier: Books | None) -> EquityChanges:
    """The statement of changes in equity: each column for this year and last."""
    this, last = _equity_year(now, before), _equity_year(before, earlier or estimate_before(before))
    blank: tuple[Decimal | None, ...] = (None,) * len(_EQUITY_ROWS)
    names = [n for n in ("实收资本", "资本公积", "盈余公积", "未分配利润") if n in this or n in last]
    columns = [EquityColumn(n, this.get(n, blank), last.get(n, blank)) for n in (*names, "所有者权益合计")]
    return EquityChanges(_EQUITY_ROWS, tuple(columns))
