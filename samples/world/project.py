"""The project: its days, its place, its money."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from samples.catalogue import Industry
from samples.world.days import workday
from samples.world.frame import Frame
from samples.world.model import Company, Project

_HUNDRED_THOUSAND = Decimal(100_000)


@dataclass(frozen=True)
class Schedule:
    """When and where the project is carried out, known before anything is bought."""

    starts: date
    ends: date
    filed_on: date
    first_contract: date
    """No purchase contract is older."""
    place: str
    name: str
    product: str


def make_schedule(rng: random.Random, frame: Frame, company: Company, industry: Industry) -> Schedule:
    """Days of the project so that every voucher lies inside them."""
    main = frame.main
    if main in ("3", "5"):
        starts, ends = date(2018, rng.randint(1, 2), 1), date(rng.choice((2020, 2021)), rng.choice((6, 12)), 30)
    elif main in ("4a", "4b"):
        starts, ends = date(2017, rng.randint(2, 5), 1), date(2019, rng.choice((10, 11, 12)), 30)
    else:
        starts, ends = date(2018, rng.randint(9, 12), 1), date(2019, 12, 31)
    filed = workday(starts - timedelta(days=rng.randint(8, 40)))
    product = rng.choice(industry.products)
    if main == "3":
        name = rng.choice(("{p}产能提升技术改造项目", "{p}生产基地升级改造项目"))
    else:
        name = rng.choice(("{p}智能化生产线技术改造项目", "{p}生产线技术改造项目", "{p}扩产增效技术改造项目", "{p}自动化车间升级改造项目"))
    site = company.party.address
    district = site[: site.index("区") + 1]
    street = site[site.index("区") + 1 : site.index("街道")]
    return Schedule(
        starts, ends, filed, workday(filed + timedelta(days=5)), f"{district}{street}厂区{rng.choice(('1号厂房', '2号厂房', 'A栋', '3栋'))}",
        name.format(p=product), product,
    )  # fmt: skip


def make_project(rng: random.Random, frame: Frame, company: Company, industry: Industry, schedule: Schedule, declared: Decimal, fixed: Decimal) -> Project:
    """The project around its purchases: totals above what is declared; a major project has done 25 to 75 % of its fixed assets."""
    if frame.main == "3":
        planned_fixed = _up(fixed / (Decimal(rng.randint(28, 72)) / 100))
        total = _up(planned_fixed * Decimal(rng.randint(106, 122)) / 100)
    elif frame.main == "5":
        planned_fixed = _up(fixed * Decimal(rng.randint(105, 160)) / 100)
        total = _up(planned_fixed * Decimal(rng.randint(104, 125)) / 100)
    else:
        total = _up(declared * Decimal(rng.randint(104, 128)) / 100)
        planned_fixed = _up(max(fixed * Decimal("1.01"), total * Decimal(rng.randint(86, 95)) / 100))
        total = max(total, planned_fixed)
    year = schedule.filed_on.year
    return Project(
        name=schedule.name, industry_code=industry.code, industry_name=industry.name, location=company.party.address, total_investment=total,
        fixed_investment=planned_fixed, starts=schedule.starts, ends=schedule.ends,
        filing_number=f"深{company.party.address[3:5]}技备〔{year}〕{rng.randint(21, 890):04d}号",
        project_code=f"{year}-440300-{industry.code[:2]}-03-{rng.randint(700100, 729900)}", filed_on=schedule.filed_on,
        filing_valid_until=schedule.filed_on.replace(year=max(year + 2, 2020), month=12, day=31),
        construction_kind="技术改造",
        content=f"购置{industry.scope.split('、')[0]}生产、检测及自动化设备，配套信息系统，对现有生产线进行智能化改造，建成后形成{schedule.product}的规模化生产能力。",
        product=schedule.product,
    )  # fmt: skip


def _up(value: Decimal) -> Decimal:
    """Rounded up to a hundred thousand yuan."""
    return -(-value // _HUNDRED_THOUSAND) * _HUNDRED_THOUSAND
