"""Tax certificates, audit reports, statistics: sums, periods, columns that must tie."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from samples.accounts import Books
from samples.forger.model import FORM, LIST, STATISTICS, Forged, NotHere, Spot, defect, innocent
from samples.forger.tools import change_application, change_handling, pick, report, tax_paper
from samples.world.change import replace_part
from samples.world.model import AuditReport, Category, StatValue, World

YEARLY: tuple[Category, ...] = ("2", "3", "5")


def _report(world: World, key_year: int, note: str, *also: int) -> Forged:
    keys = tuple(f"audit_report:{y}" for y in (key_year, *also))
    return Forged(world, tuple(Spot(k) for k in keys), (keys[0],), note)


# ---------------------------------------------------------------- tax


@defect("tax_sum_wrong", "纳税证明合计与各税种之和不符", "R-271", categories=YEARLY)
def _tax_sum_wrong(world: World) -> Forged:
    paper = tax_paper(world, 2019)
    changed = replace_part(world, "tax_papers", paper.key, stated_total=paper.total + Decimal("100000.00"))
    return Forged(changed, (Spot(paper.key),), (paper.key,), "合计多10万元")


@defect("tax_period_short", "纳税证明期间未覆盖全年", "R-270", "R-095", categories=YEARLY)
def _tax_period_short(world: World) -> Forged:
    paper = tax_paper(world, 2019)
    end = date(2019, 9, 30)
    taxes = tuple(replace(t, period_end=min(t.period_end, end)) for t in paper.taxes if t.period_start <= end)
    changed = replace_part(world, "tax_papers", paper.key, period_end=end, taxes=taxes)
    return Forged(changed, (Spot(paper.key), Spot()), (paper.key,), "证明只到2019年9月")


@innocent("old_tax_id", "2017年的纳税证明用15位识别号", "R-007", "R-250", "R-272", categories=YEARLY)
def _old_tax_id(world: World) -> Forged:
    paper = tax_paper(world, 2017)
    if not world.party.old_tax_id:
        raise NotHere("没有15位旧号")
    changed = replace_part(world, "tax_papers", paper.key, taxpayer_id=world.party.old_tax_id)
    return Forged(changed, (Spot(paper.key),), (paper.key,), "15位旧识别号与统一社会信用代码第9–17位相同")


# ---------------------------------------------------------------- audit reports


def _shifted(books: Books, by: Decimal) -> Books:
    """The same books with more stock: the balance sheet no longer balances."""
    return replace(books, current_assets=_more(books.current_assets, "存货", by))


def _more(items: tuple[tuple[str, Decimal], ...], name: str, by: Decimal) -> tuple[tuple[str, Decimal], ...]:
    return tuple((n, amount + by if n == name else amount) for n, amount in items)


@defect("unbalanced", "资产不等于负债加所有者权益", "R-282", "R-284", "E-31", categories=YEARLY)
def _unbalanced(world: World) -> Forged:
    found = report(world, 2019)
    changed = replace_part(world, "audit_reports", 2019, books=_shifted(found.books, Decimal("1000000.00")))
    return _report(changed, 2019, "资产总计多100万元")


@defect("prior_year_break", "期初数与上年期末数不符", "R-284", "E-31", categories=YEARLY)
def _prior_year_break(world: World) -> Forged:
    found = report(world, 2019)
    by = Decimal("2350000.00")
    prior = replace(_shifted(found.prior, by), owners=_more(found.prior.owners, "未分配利润", by))
    return _report(replace_part(world, "audit_reports", 2019, prior=prior), 2019, "期初资产和权益都多235万元，报告未说明", 2018)


@innocent("restated", "追溯调整使期初数与上年期末数不同", "R-284", "R-282", "E-31", categories=YEARLY)
def _restated(world: World) -> Forged:
    forged = _prior_year_break(world)
    return replace(forged, world=replace_part(forged.world, "audit_reports", 2019, restated=True), note="附注披露了追溯调整")


@defect("qualified_opinion", "审计报告为保留意见", "R-280", categories=YEARLY)
def _qualified_opinion(world: World) -> Forged:
    matter = "公司未能提供部分存货的盘点记录，我们无法实施满意的审计程序，以获取充分、适当的审计证据"
    report(world, 2018)
    return _report(replace_part(world, "audit_reports", 2018, opinion="qualified", opinion_matter=matter), 2018, "保留意见")


@innocent("emphasis", "无保留意见带强调事项段", "R-096", "R-282", categories=YEARLY)
def _emphasis(world: World) -> Forged:
    matter = "如财务报表附注所述，公司于资产负债表日后签订了厂房续租协议。本段内容不影响已发表的审计意见"
    report(world, 2018)
    return _report(replace_part(world, "audit_reports", 2018, opinion="unqualified_emphasis", opinion_matter=matter), 2018, "强调事项不改变意见")


@defect("one_accountant", "审计报告缺少事务所公章", "R-281", categories=YEARLY)
def _one_accountant(world: World) -> Forged:
    key = f"audit_report:{report(world, 2017).year}"
    return Forged(change_handling(world, no_firm_seal=world.handling.no_firm_seal | {key}), (Spot(key),), (key,), "报告没有事务所和注册会计师的章")


@defect("profit_does_not_tie", "利润表勾稽不符", "R-283", categories=YEARLY)
def _profit_does_not_tie(world: World) -> Forged:
    found: AuditReport = report(world, 2017)
    changed = replace_part(world, "audit_reports", 2017, printed=(("净利润", found.books.net_profit + Decimal("500000.00")),))
    return _report(changed, 2017, "净利润比利润总额减所得税多50万元")


# ---------------------------------------------------------------- statistics


def _value(world: World, form: str, year: int, indicator: str) -> StatValue:
    values = [v for v in world.statistics if v.form == form and v.period.startswith(str(year)) and v.indicator == indicator]
    return pick(world, f"{form}{indicator}", values, f"{year}年{form}表的{indicator}")


def _with_value(world: World, old: StatValue, value: Decimal) -> World:
    values = tuple(replace(v, value=value) if v is old else v for v in world.statistics)
    return replace(world, statistics=values)


def _statistics(world: World, old: StatValue, value: Decimal, note: str, *more: str) -> Forged:
    claim = frozenset({f"statistics {old.form} {old.period} {old.indicator}"})
    return Forged(_with_value(world, old, value), (Spot(STATISTICS), *(Spot(k) for k in more)), (STATISTICS, "ledger:statistics"), note, claim)


@defect("unit_slip", "统计数据按万元填入千元栏", "R-352", "R-015", "R-342", "E-04")
def _unit_slip(world: World) -> Forged:
    old = _value(world, "B203", 2019, "营业收入")
    return _statistics(world, old, (old.value / 10).quantize(Decimal(1), ROUND_HALF_UP), "B203表2019年营业收入按万元填入千元栏")


@defect("revenue_differs", "申请书营业收入与统计、审计不一致", "R-015", "R-341", "R-342")
def _revenue_differs(world: World) -> Forged:
    application = world.application
    target = next((i for i in application.indicators if i.name == "营业收入" and i.year == 2018), None)
    if target is None:
        raise NotHere("申请书没有营业收入")
    indicators = tuple(replace(i, value=(i.value * Decimal("1.18")).quantize(Decimal("0.01"))) if i is target else i for i in application.indicators)
    return Forged(change_application(world, indicators=indicators), (Spot(FORM), Spot(STATISTICS)), (FORM,), "申请书2018年营业收入多18%", frozenset({"form revenue"}))


@defect("profit_differs", "统计利润总额与审计报告不一致", "R-345", "R-015", categories=YEARLY)
def _profit_differs(world: World) -> Forged:
    old = _value(world, "B203", 2019, "利润总额")
    return _statistics(world, old, (old.value * Decimal("1.31")).quantize(Decimal(1)), "B203表2019年利润总额多31%", "audit_report:2019")


@defect("statistics_lower", "统计投资完成额低于申报投入", "R-061", "R-062", "R-346", "R-348", "E-19")
def _statistics_lower(world: World) -> Forged:
    """The parts, the sum of the years and what was put to use go down with it, so that the form ties."""
    old = _value(world, "206", 2019, "本年完成投资")
    parts = ("建筑工程", "安装工程", "设备工器具购置", "其他费用")
    lower = {v.indicator: v.value * 55 // 100 for v in world.statistics if v.form == "206" and v.period == old.period and v.indicator in parts}
    this = sum(lower.values(), Decimal(0))
    lower |= {"本年完成投资": this, "本年新增固定资产": this}

    def reported(v: StatValue) -> StatValue:
        if v.form != "206":
            return v
        if v.indicator == "自开始建设累计完成投资" and v.period[:4] >= "2019":
            return replace(v, value=v.value - old.value + this)
        return replace(v, value=lower[v.indicator]) if v.period == old.period and v.indicator in lower else v

    changed = replace(world, statistics=tuple(reported(v) for v in world.statistics))
    claim = frozenset({"statistics 206"})
    return Forged(changed, (Spot(STATISTICS), Spot(LIST)), (STATISTICS, "ledger:statistics"), "206表本年完成投资只有申报的一半多", claim)


@defect("claim_above_books", "申报固定资产大于账面增加", "R-290", "R-350", "R-284", "R-285", "E-18", categories=("2",))
def _claim_above_books(world: World) -> Forged:
    """A report whose roll of fixed assets was changed: the notes show fewer additions to fixed assets than the list claims; the balance sheet still balances."""
    found = report(world, 2019)
    roll = found.books.original_value
    less = roll.more * Decimal("0.5")
    books = replace(found.books, original_value=replace(roll, opening=roll.opening + less, more=roll.more - less))
    return _report(replace_part(world, "audit_reports", 2019, books=books), 2019, "附注固定资产本期增加只有一半")


@innocent("vat_not_equal", "应交增值税与实缴增值税不同", "R-343", "R-015", "R-344", categories=YEARLY)
def _vat_not_equal(world: World) -> Forged:
    old = _value(world, "B203", 2019, "应交增值税")
    return _statistics(world, old, (old.value * Decimal("1.12")).quantize(Decimal(1)), "留抵和跨期使两者不同")
