"""Extracts of other offices' systems that fit the clean submission, with other companies' rows around its own."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from samples import ids
from samples.money import cents, plain
from samples.world.company import unrelated_party
from samples.world.model import Category, LedgerTable, Party, World

PROGRAMME = "企业技术改造扶持计划"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "portal": ("application_no", "applicant_name", "uscc", "category", "project_name", "first_submitted_at", "returned_at", "resubmitted_at", "withdrawn_at",
               "pre_review_status", "appointment_at", "handed_in_at", "form_version"),
    "filings": ("filing_number", "project_code", "project_name", "applicant_name", "uscc", "industry_code", "location", "total_investment", "period_start",
                "period_end", "filed_on", "status"),
    "major_projects": ("project_name", "applicant_name", "uscc", "listed_on", "planned_total"),
    "weak_link_awards": ("uscc", "project_name", "year", "amount"),
    "dishonest": ("uscc", "name", "reason", "from", "to"),
    "acceptance": ("uscc", "project_name", "programme", "result", "due_on", "decided_on"),
    "payouts": ("uscc", "applicant_name", "project_name", "programme", "category", "year", "amount", "district"),
    "e_licences": ("uscc", "name", "linked"),
    "claims": ("applicant", "uscc", "year", "programme", "category", "code", "number", "date", "net", "tax", "gross", "amount", "status"),
    "verifications": ("code", "number", "status", "checked_at"),
}  # fmt: skip
"""Stem → columns, as the contract names them."""
_PROJECTS = ("自动化生产线技术改造项目", "智能化车间升级项目", "精密加工设备更新改造项目", "绿色制造技术改造项目", "产品检测能力提升项目")
_REASONS = ("环境保护领域严重失信", "拖欠劳动者工资", "统计领域严重失信", "税收违法", "被执行人未履行生效法律文书")


@dataclass(frozen=True)
class _Neighbour:
    party: Party
    project: str


def make_ledgers(world: World) -> World:
    """``world`` with the ten extracts of the contract (statistics apart, which are drawn from ``world.statistics``)."""
    makers = {
        "portal": _portal, "filings": _filings, "major_projects": _major, "weak_link_awards": _weak, "dishonest": _dishonest, "acceptance": _acceptance,
        "payouts": _payouts, "e_licences": _licences, "claims": _claims, "verifications": _verifications,
    }  # fmt: skip
    tables = tuple(LedgerTable(stem, COLUMNS[stem], tuple(make(world, world.rng("ledger", stem)))) for stem, make in makers.items())
    return replace(world, ledgers=tables)


def _neighbours(rng: random.Random, least: int, most: int) -> list[_Neighbour]:
    out = []
    for _ in range(rng.randint(least, most)):
        party = unrelated_party(rng)
        out.append(_Neighbour(party, party.name[3:6] + rng.choice(_PROJECTS)))
    return out


def _mixed(rng: random.Random, own: list[dict[str, str]], others: list[dict[str, str]]) -> list[dict[str, str]]:
    """The applicant's rows somewhere among the others, in their own order."""
    rows = list(others)
    at = rng.randint(0, len(rows))
    return rows[:at] + own + rows[at:]


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _passage(rng: random.Random, first: datetime) -> dict[str, str]:
    """How an application went through the portal from its first submission to the window."""
    out = {"first_submitted_at": _moment(first), "returned_at": "", "resubmitted_at": "", "withdrawn_at": "", "pre_review_status": "预审通过"}
    if rng.random() < 0.3:
        back = first + timedelta(days=rng.randint(1, 3), minutes=rng.randint(1, 300))
        out |= {"returned_at": _moment(back), "resubmitted_at": _moment(back + timedelta(days=rng.randint(1, 4), minutes=rng.randint(1, 200)))}
    handed = datetime(2020, 7, rng.choice((1, 2, 3, 6, 7, 8, 9, 10, 13, 14, 15, 16)), rng.choice((9, 10, 11, 14, 15, 16)), rng.randint(0, 59), tzinfo=None)  # noqa: DTZ001
    return out | {"appointment_at": _moment(handed.replace(minute=0)), "handed_in_at": _moment(handed)}


def _portal(world: World, rng: random.Random) -> list[dict[str, str]]:
    form = world.application
    first = datetime(2020, 6, form.applied_on.day, rng.randint(9, 17), rng.randint(0, 59), rng.randint(0, 59))  # noqa: DTZ001
    own = {
        "application_no": form.number, "applicant_name": world.party.name, "uscc": world.party.uscc, "category": ",".join(world.categories),
        "project_name": world.project.name, "form_version": form.form_version,
    } | _passage(rng, first)  # fmt: skip
    others = []
    kinds: tuple[Category, ...] = ("1", "1", "2", "4a", "3")
    for n in _neighbours(rng, 3, 9):
        moment = datetime(2020, 6, rng.randint(12, 23), rng.randint(8, 22), rng.randint(0, 59), rng.randint(0, 59))  # noqa: DTZ001
        others.append(
            {"application_no": f"2020JG{rng.randint(100000, 999999)}", "applicant_name": n.party.name, "uscc": n.party.uscc, "category": rng.choice(kinds),
             "project_name": n.project, "form_version": form.form_version} | _passage(rng, moment)
        )  # fmt: skip
    return _mixed(rng, [own], others)


def _filings(world: World, rng: random.Random) -> list[dict[str, str]]:
    project = world.project
    own = {
        "filing_number": project.filing_number, "project_code": project.project_code, "project_name": project.name, "applicant_name": world.party.name,
        "uscc": world.party.uscc, "industry_code": project.industry_code, "location": project.location, "total_investment": plain(project.total_investment),
        "period_start": project.starts.isoformat(), "period_end": project.ends.isoformat(), "filed_on": project.filed_on.isoformat(), "status": "有效",
    }  # fmt: skip
    others = []
    for n in _neighbours(rng, 3, 9):
        year, code = rng.choice((2017, 2018, 2019)), rng.choice(("3921", "3525", "2929", "3849", "2319", "3489"))
        others.append(
            {"filing_number": f"深{n.party.address[3:5]}技备〔{year}〕{rng.randint(900, 1990):04d}号", "project_code": f"{year}-440300-{code[:2]}-03-{rng.randint(730000, 799999)}",
             "project_name": n.project, "applicant_name": n.party.name, "uscc": n.party.uscc, "industry_code": code, "location": n.party.address,
             "total_investment": plain(Decimal(rng.randint(30, 900) * 100_000)), "period_start": f"{year}-{rng.randint(1, 6):02d}-01", "period_end": f"{year + 1}-12-31",
             "filed_on": f"{year}-{rng.randint(1, 6):02d}-{rng.randint(10, 27)}", "status": rng.choice(("有效", "有效", "已变更", "已注销"))}
        )  # fmt: skip
    return _mixed(rng, [own], others)


def _major(world: World, rng: random.Random) -> list[dict[str, str]]:
    own = []
    if "3" in world.categories:
        own = [{"project_name": world.project.name, "applicant_name": world.party.name, "uscc": world.party.uscc, "listed_on": f"2018-{rng.randint(3, 11):02d}-{rng.randint(10, 27)}",
                "planned_total": plain(world.project.total_investment)}]  # fmt: skip
    others = [
        {"project_name": n.project.replace("技术改造", "产业化"), "applicant_name": n.party.name, "uscc": n.party.uscc, "listed_on": f"{rng.choice((2018, 2019))}-{rng.randint(1, 12):02d}-15",
         "planned_total": plain(Decimal(rng.randint(100, 1800) * 1_000_000))}
        for n in _neighbours(rng, 3, 8)
    ]  # fmt: skip
    return _mixed(rng, own, others)


def _weak(world: World, rng: random.Random) -> list[dict[str, str]]:
    return [{"uscc": n.party.uscc, "project_name": n.project, "year": str(rng.choice((2018, 2019))), "amount": plain(Decimal(rng.randint(10, 90) * 100_000))} for n in _neighbours(rng, 3, 7)]


def _dishonest(world: World, rng: random.Random) -> list[dict[str, str]]:
    rows = []
    for n in _neighbours(rng, 3, 10):
        year = rng.choice((2018, 2019))
        month, day = rng.randint(1, 12), rng.randint(10, 27)
        rows.append({"uscc": n.party.uscc, "name": n.party.name, "reason": rng.choice(_REASONS), "from": f"{year}-{month:02d}-{day}", "to": f"{year + 3}-{month:02d}-{day}"})
    return rows


def _acceptance(world: World, rng: random.Random) -> list[dict[str, str]]:
    own = []
    if rng.random() < 0.5:
        own = [{"uscc": world.party.uscc, "project_name": f"{world.project.product}研发中试项目", "programme": "技术创新计划", "result": "合格", "due_on": "2018-12-31",
                "decided_on": f"2018-{rng.randint(6, 11):02d}-{rng.randint(10, 27)}"}]  # fmt: skip
    others = [
        {"uscc": n.party.uscc, "project_name": n.project, "programme": rng.choice(("技术创新计划", "绿色制造扶持计划", PROGRAMME)), "result": rng.choice(("合格", "合格", "合格", "不合格")),
         "due_on": f"{2018 + i % 2}-12-31", "decided_on": f"{2018 + i % 2}-{rng.randint(6, 11):02d}-{rng.randint(10, 27)}"}
        for i, n in enumerate(_neighbours(rng, 3, 9))
    ]  # fmt: skip
    return _mixed(rng, own, others)


def _payouts(world: World, rng: random.Random) -> list[dict[str, str]]:
    own = []
    if world.categories[-1] in ("1", "2") and rng.random() < 0.5:
        own = [{"uscc": world.party.uscc, "applicant_name": world.party.name, "project_name": f"{world.project.product}生产线改造一期项目", "programme": PROGRAMME, "category": "1",
                "year": "2018", "amount": plain(Decimal(rng.randint(20, 160) * 10_000)), "district": ""}]  # fmt: skip
    others = [
        {"uscc": n.party.uscc, "applicant_name": n.party.name, "project_name": n.project, "programme": PROGRAMME, "category": rng.choice(("1", "1", "2", "3")),
         "year": str(rng.choice((2018, 2019))), "amount": plain(Decimal(rng.randint(10, 900) * 10_000)), "district": rng.choice(("", "", "宝安区", "龙岗区"))}
        for n in _neighbours(rng, 3, 10)
    ]  # fmt: skip
    return _mixed(rng, own, others)


def _licences(world: World, rng: random.Random) -> list[dict[str, str]]:
    own = {"uscc": world.party.uscc, "name": world.party.name, "linked": "是" if rng.random() < 0.7 else "否"}
    others = [{"uscc": n.party.uscc, "name": n.party.name, "linked": rng.choice(("是", "是", "否"))} for n in _neighbours(rng, 3, 9)]
    return _mixed(rng, [own], others)


def _claims(world: World, rng: random.Random) -> list[dict[str, str]]:
    """Vouchers of former years, the applicant's own among them; none of this submission."""
    taken = {(i.code, i.number) for i in world.invoices}

    def claim(party: Party, year: int) -> dict[str, str]:
        code = ids.special_code(rng.choice(("4403", "4403", "4400", "3200")), year - 1, rng.randint(1, 4))
        number = f"{rng.randint(150_000, 98_000_000):08d}"
        while (code, number) in taken:
            number = f"{rng.randint(150_000, 98_000_000):08d}"
        taken.add((code, number))
        net = cents(Decimal(rng.randint(2_000_000, 180_000_000)) / 100)
        tax = cents(net * (Decimal("0.17") if year == 2018 else Decimal("0.16")))
        return {
            "applicant": party.name, "uscc": party.uscc, "year": str(year), "programme": PROGRAMME, "category": rng.choice(("1", "2")), "code": code, "number": number,
            "date": f"{year - 1}-{rng.randint(6, 12):02d}-{rng.randint(10, 27)}", "net": plain(net), "tax": plain(tax), "gross": plain(net + tax), "amount": plain(net), "status": "已认定",
        }  # fmt: skip

    own = [claim(world.party, rng.choice((2018, 2019))) for _ in range(rng.randint(0, 6))]
    others = [claim(n.party, rng.choice((2018, 2019))) for n in _neighbours(rng, 3, 10) for _ in range(rng.randint(1, 3))]
    return _mixed(rng, own, others)


def _verifications(world: World, rng: random.Random) -> list[dict[str, str]]:
    """Every invoice of the list verified as 正常 some days after the window closed; customs papers are not verified here."""
    start = datetime(2020, 7, 28, 9, 0)  # noqa: DTZ001
    return [
        {"code": i.code, "number": i.number, "status": "正常", "checked_at": _moment(start + timedelta(seconds=11 * n + n % 7))} for n, i in enumerate(world.invoices)
    ]  # fmt: skip
