"""What the plan and the papers beside it say about a company: words for its sentences, and figures that several papers share.

Only facts that no defect of another paper changes are used: purchases come from the contracts, results from the company's books.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samples.catalogue import GOODS, INDUSTRIES, Good, Industry
from samples.documents.draft import wan
from samples.world.model import YEARS, World


def industry_of(world: World) -> Industry:
    """The trade of the project, whose goods and products the sentences name."""
    return next((i for i in INDUSTRIES if i.code == world.project.industry_code), INDUSTRIES[0])


@dataclass(frozen=True)
class Bought:
    """A good under contract; ``amount`` is yuan with tax."""

    name: str
    spec: str
    quantity: Decimal
    unit: str
    amount: Decimal
    supplier: str
    contract: str
    signed_on: date
    imported: bool


_NOT_MACHINES = frozenset({"机动车", "家具", "汽油"})
"""Classes that nobody puts into a plan, whatever else the list claims."""


def bought(world: World) -> tuple[Bought, ...]:
    """What was bought under the contracts, dearest first."""
    found = [
        Bought(i.name, i.spec, i.quantity or Decimal(1), i.unit, i.amount + i.tax, c.seller.name, c.number, c.signed_on, not c.seller.uscc)
        for c in world.contracts for i in c.items if i.quantity is not None and i.amount > 0 and i.item_class not in _NOT_MACHINES
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda b: (-b.amount, b.name)))


def planned_goods(world: World) -> tuple[Good, ...]:
    """Machines of the trade that the applicant had in mind, dearest first: for papers that were written before anything was bought,
    and for those that must not change when one purchase does."""
    groups = industry_of(world).groups
    found = [g for g in GOODS if g.group in groups and g.kind == "设备" and g.tier == "goods" and g.price >= 60_000]
    rng = world.rng("planned goods")
    return tuple(sorted(rng.sample(found, min(len(found), 24)), key=lambda g: (-g.price, g.name)))


@dataclass(frozen=True)
class Effects:
    """Measured before and after the project; the same wherever it is told."""

    staff: tuple[int, int]
    capacity: tuple[int, int]
    capacity_unit: str
    good_rate: tuple[Decimal, Decimal]
    """Per cent."""
    energy: tuple[Decimal, Decimal]
    """kWh for one unit of product."""
    cycle: tuple[int, int]
    """Days from order to delivery."""
    failures: tuple[Decimal, Decimal]
    """Per cent of machine hours."""
    accidents: tuple[int, int]
    per_head: tuple[Decimal, Decimal]
    """Output per head and year, in 10 000 yuan."""

    def rows(self) -> tuple[tuple[str, str, str, str, str], ...]:
        """Name, unit, before, after, change."""

        def change(a: Decimal | int, b: Decimal | int) -> str:
            share = (Decimal(b) - Decimal(a)) / Decimal(a) * 100
            return f"{'提高' if share >= 0 else '降低'}{abs(share):.1f}%"

        return (
            ("用工人数", "人", str(self.staff[0]), str(self.staff[1]), f"减少{self.staff[0] - self.staff[1]}人" if self.staff[0] >= self.staff[1] else f"增加{self.staff[1] - self.staff[0]}人"),
            ("年产能", self.capacity_unit, f"{self.capacity[0]:,}", f"{self.capacity[1]:,}", change(*self.capacity)),
            ("产品一次合格率", "%", f"{self.good_rate[0]:.2f}", f"{self.good_rate[1]:.2f}", f"提高{self.good_rate[1] - self.good_rate[0]:.2f}个百分点"),
            ("人均产值", "万元/人", f"{self.per_head[0]:.2f}", f"{self.per_head[1]:.2f}", change(*self.per_head)),
            ("单位产品电耗", "千瓦时/件", f"{self.energy[0]:.2f}", f"{self.energy[1]:.2f}", change(*self.energy)),
            ("订单交付周期", "天", str(self.cycle[0]), str(self.cycle[1]), change(*self.cycle)),
            ("设备故障率", "%", f"{self.failures[0]:.2f}", f"{self.failures[1]:.2f}", f"降低{self.failures[0] - self.failures[1]:.2f}个百分点"),
            ("工伤事故", "起/年", str(self.accidents[0]), str(self.accidents[1]), "消除" if not self.accidents[1] else f"减少{self.accidents[0] - self.accidents[1]}起"),
        )  # fmt: skip


def effects(world: World) -> Effects:
    rng = world.rng("effects")
    before = rng.randint(12, 240) * 1000
    good, bad = Decimal(rng.randint(9120, 9660)) / 100, Decimal(rng.randint(180, 320)) / 100
    energy = Decimal(rng.randint(60, 480)) / 100
    cycle, failure = rng.randint(18, 35), Decimal(rng.randint(260, 610)) / 100
    gains = [rng.uniform(*span) for span in ((1.25, 1.8), (0.72, 0.9), (0.55, 0.8), (0.35, 0.6), (1.22, 1.5))]
    unit, accidents = rng.choice(("件", "套", "台")), rng.randint(1, 3)
    staff = (world.plan.staff_before, world.plan.staff_after) if world.plan is not None else (0, 0)
    heads = Decimal(max(1, staff[0]))
    base = world.books[2018].revenue / 10000 / heads
    return Effects(
        staff, (before, int(before * gains[0]) // 100 * 100), unit, (good, min(Decimal("99.60"), good + bad)), (energy, (energy * Decimal(gains[1])).quantize(Decimal("0.01"))),
        (cycle, max(7, int(cycle * gains[2]))), (failure, (failure * Decimal(gains[3])).quantize(Decimal("0.01"))), (accidents, 0),
        (base, base * Decimal(gains[4])),
    )  # fmt: skip


@dataclass(frozen=True)
class Patent:
    """A right of the applicant's own; ``kind`` is 发明, 实用新型 or 软件著作权."""

    kind: str
    name: str
    number: str
    granted_on: date
    filed_on: date
    inventors: str


def patents(world: World) -> tuple[Patent, ...]:
    """The applicant's patents and registered programs: the plan lists them, the certificates prove some."""
    rng, product = world.rng("patents"), world.project.product
    names = (
        "一种{p}的自动上下料装置", "一种用于{p}的在线检测方法及系统", "一种{p}用定位夹具", "{p}的生产控制方法、装置及存储介质", "一种{p}的密封结构", "一种防错料的{p}装配工装",
        "一种{p}老化测试架", "一种带视觉定位的{p}组装设备",
    )  # fmt: skip
    programs = ("{p}生产数据采集系统V{v}", "{p}测试管理软件V{v}", "{p}质量追溯平台V{v}", "生产排程管理系统V{v}")
    people = [world.company.legal_representative, *(rng.choice("陈林黄张李王吴") + rng.choice(("志明", "晓峰", "建国", "子涵", "嘉豪", "文杰", "海涛")) for _ in range(5))]
    out: list[Patent] = []
    for _ in range(rng.randint(5, 9)):
        draw = rng.random()
        kind = "发明" if draw < 0.25 else "实用新型" if draw < 0.72 else "软件著作权"
        filed = date(rng.randint(2014, 2018), rng.randint(1, 12), rng.randint(1, 28))
        granted = date(min(2020, filed.year + (2 if kind == "发明" else 1)), rng.randint(1, 5), rng.randint(2, 27))
        serial, check, version = rng.randint(10000, 799999), rng.choice("0123456789X"), f"{rng.randint(1, 3)}.{rng.randint(0, 2)}"
        title = rng.choice(programs if kind == "软件著作权" else names).format(p=product, v=version)
        number = f"{granted.year}SR{serial:06d}" if kind == "软件著作权" else f"ZL{filed.year}{'1' if kind == '发明' else '2'}0{serial:06d}.{check}"
        out.append(Patent(kind, title, number, granted, filed, "；".join(rng.sample(people, rng.randint(1, 3)))))
    return tuple({p.name: p for p in out}.values())


def month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def round_wan(value: Decimal) -> str:
    """Yuan as whole 万元 where it is whole, else with two decimals."""
    return wan(value, 0 if value % 10000 == 0 else 2)


def facts_before(world: World) -> dict[str, str]:
    """The words of :func:`facts_of` with the machines that were planned instead of those that were bought, at the seat of the company."""
    names = [g.name for g in planned_goods(world)]
    return facts_of(world) | {f"good_{i}": names[i % len(names)] for i in range(8)} | {"location": world.party.address}


def facts_of(world: World) -> dict[str, str]:
    """Words for the patterns of :mod:`samples.documents.plan.text`."""
    company, project, books = world.company, world.project, world.books
    rng = world.rng("company facts")
    goods, own, got = bought(world), effects(world), patents(world)
    plan = world.plan
    names = list(dict.fromkeys(b.name for b in goods)) or ["自动化生产设备"]
    full = [names[i % len(names)] for i in range(8)]
    last = books[2019]
    gain = last.net_profit * Decimal(rng.randint(25, 60)) / 100
    facts = {
        "company": company.party.name, "uscc": company.party.uscc, "legal": company.legal_representative, "founded": month(company.established_on),
        "founded_year": str(company.established_on.year), "age": str(2020 - company.established_on.year), "capital": round_wan(company.registered_capital),
        "address": company.party.address, "project": project.name, "product": project.product, "location": project.location,
        "industry": project.industry_name, "code": project.industry_code, "scope": industry_of(world).scope, "total": round_wan(project.total_investment),
        "fixed": round_wan(project.fixed_investment), "start": month(project.starts), "end": month(project.ends), "start_year": str(project.starts.year),
        "filing": project.filing_number, "project_code": project.project_code, "filed": month(project.filed_on), "content": project.content,
        "industry_kind": "技术改造" if project.renovation else "新建",
        "assets": wan(last.total_assets), "debts": wan(last.total_liabilities), "equity": wan(last.equity),
        "debt_ratio": f"{last.total_liabilities / last.total_assets * 100:.2f}",
        "growth": f"{(last.revenue / books[2018].revenue - 1) * 100:.2f}", "growth_before": f"{(books[2018].revenue / books[2017].revenue - 1) * 100:.2f}",
        "research_share": f"{last.research / last.revenue * 100:.2f}", "research_sum": wan(sum((books[y].research for y in YEARS), Decimal(0))),
        "patents": str(sum(p.kind != "软件著作权" for p in got)), "inventions": str(sum(p.kind == "发明" for p in got)),
        "programs": str(sum(p.kind == "软件著作权" for p in got)),
        "area": f"{rng.randint(40, 320) * 100:,}", "workshop": f"{rng.randint(18, 90) * 100:,}", "lines": str(rng.randint(3, 12)), "new_lines": str(rng.randint(1, 4)),
        "engineers": str(rng.randint(26, 140)), "masters": str(rng.randint(4, 22)), "share": str(rng.randint(6, 24)), "market": str(rng.randint(48, 960)),
        "market_growth": f"{rng.randint(72, 196) / 10}", "customers": str(rng.randint(28, 160)), "export_share": str(rng.randint(8, 42)),
        "automation_before": str(rng.randint(32, 51)), "automation_after": str(rng.randint(82, 95)), "collection": f"{rng.randint(905, 988) / 10}", "control": f"{rng.randint(902, 976) / 10}",
        "points": f"{rng.randint(8, 64) * 100:,}", "plots": str(rng.randint(2, 5)), "shareholder_share": str(rng.randint(51, 88)),
        "other_share": str(rng.randint(52, 71)), "home_share": str(rng.randint(62, 96)), "peer": rng.choice(("华东某上市企业", "日本同行企业", "国内同行龙头企业", "德国同类企业")),
        "revenue_after": wan(last.revenue * Decimal(rng.randint(118, 152)) / 100, 0), "more_revenue": wan(last.revenue * Decimal(rng.randint(18, 46)) / 100, 0),
        "more_profit": wan(gain, 0), "more_tax": wan(gain * Decimal(rng.randint(28, 45)) / 100, 0), "new_jobs": str(rng.randint(20, 90)),
        "return_rate": f"{rng.randint(1620, 3180) / 100:.2f}", "loan_years": f"{rng.randint(26, 48) / 10}", "even": f"{rng.randint(412, 586) / 10}",
        "staff_before": str(own.staff[0]), "staff_after": str(own.staff[1]), "staff_saved": str(own.staff[0] - own.staff[1]),
        "cap_before": f"{own.capacity[0]:,}", "cap_after": f"{own.capacity[1]:,}", "cap_unit": own.capacity_unit,
        "cap_gain": f"{(own.capacity[1] / own.capacity[0] - 1) * 100:.1f}", "good_before": f"{own.good_rate[0]:.2f}", "good_after": f"{own.good_rate[1]:.2f}",
        "good_gain": f"{own.good_rate[1] - own.good_rate[0]:.2f}", "energy_before": f"{own.energy[0]:.2f}", "energy_after": f"{own.energy[1]:.2f}",
        "energy_gain": f"{(1 - own.energy[1] / own.energy[0]) * 100:.1f}", "fail_before": f"{own.failures[0]:.2f}", "fail_after": f"{own.failures[1]:.2f}",
        "cycle_before": str(own.cycle[0]), "cycle_after": str(own.cycle[1]), "head_before": f"{own.per_head[0]:.2f}", "head_after": f"{own.per_head[1]:.2f}",
        "head_gain": f"{(own.per_head[1] / own.per_head[0] - 1) * 100:.1f}", "accidents": str(own.accidents[0]),
        "coal": f"{float(own.energy[0] - own.energy[1]) * own.capacity[1] * 0.1229 / 1000:.2f}",
        "saved_power": f"{float(own.energy[0] - own.energy[1]) * own.capacity[1] / 10000:.2f}",
        "kinds": str(len(names)), "pieces": f"{sum((b.quantity for b in goods), Decimal(0)):.0f}", "contracts": str(len(world.contracts)),
    }  # fmt: skip
    facts |= {f"good_{i}": name for i, name in enumerate(full)}
    for year in YEARS:
        own_books = books[year]
        facts |= {
            f"revenue_{year}": wan(own_books.revenue), f"profit_{year}": wan(own_books.total_profit), f"net_{year}": wan(own_books.net_profit),
            f"tax_{year}": wan(own_books.taxes_paid), f"cost_{year}": wan(own_books.cost), f"research_{year}": wan(own_books.research),
        }  # fmt: skip
    if plan is not None:
        facts |= {
            "irr": f"{plan.irr:.2f}", "payback": f"{plan.payback_years:.2f}", "planned": round_wan(plan.planned_total), "mode": plan.modes[0] if plan.modes else "离散型智能制造",
        }  # fmt: skip
    return facts
