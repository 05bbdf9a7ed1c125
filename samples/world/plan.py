"""What the implementation plan says beyond the project."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal

from samples.world.frame import Frame
from samples.world.model import PlanFacts, Project

_HUNDRED_THOUSAND = Decimal(100_000)


def make_plan(rng: random.Random, frame: Frame, project: Project, staff: Mapping[int, int], done: Mapping[int, Decimal], raised: Decimal = Decimal(0)) -> PlanFacts | None:
    """``done`` is the fixed investment listed by year, which the yearly plan covers; ``raised`` is the planned money from the market.
    None where the category asks for no plan."""
    if frame.outline is None:
        return None
    total = project.total_investment
    years = range(project.starts.year, project.ends.year + 1)
    yearly: list[tuple[int, Decimal]] = []
    left = total
    for year in years:
        covered = -(-done.get(year, Decimal(0)) // _HUNDRED_THOUSAND) * _HUNDRED_THOUSAND
        share = left if year == project.ends.year else min(left, covered)
        yearly.append((year, share))
        left -= share
    loan = (total * Decimal(rng.randint(15, 40)) / 100).quantize(Decimal("1e5")) if rng.random() < 0.7 and not raised else Decimal(0)
    sources = [("自有资金", total - loan - raised)]
    if loan:
        sources.append(("银行贷款", loan))
    if raised:
        sources.append(("募集资金", raised))
    return PlanFacts(
        outline=frame.outline, irr=Decimal(rng.randint(1480, 2590)) / 100, payback_years=Decimal(rng.randint(36, 62)) / 10, staff_before=staff[2018],
        staff_after=staff[2019], planned_total=total, yearly_plan=tuple((y, a) for y, a in yearly if a), sources=tuple(sources),
        modes=(rng.choice(("离散型智能制造", "离散型智能制造", "流程型智能制造", "网络协同制造", "大规模个性化定制")),),
    )  # fmt: skip
