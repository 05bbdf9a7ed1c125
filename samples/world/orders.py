"""What is bought from whom, before dates and papers: one order becomes one voucher."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from samples.catalogue import COMMON_GROUPS, GOODS, IMPORTS, Good, ImportGood, Industry, Seller
from samples.world.company import sellers_of
from samples.world.frame import Frame
from samples.world.model import ZERO

What = Literal["special", "ordinary", "e_ordinary", "blockchain", "agent", "customs"]

_SHARES: tuple[tuple[What, float], ...] = (("ordinary", 0.08), ("e_ordinary", 0.05), ("blockchain", 0.03), ("agent", 0.03))
"""Shares of the vouchers; imports take 3–8 %, special invoices the rest."""
_SMART_GOAL = Decimal(6_800_000)
_PLAIN_GOAL = Decimal(3_000_000)
_MAJOR_GOAL = Decimal(60_000_000)
_FINANCED_GOAL = Decimal(24_000_000)
_OTHERS_SHARE = Decimal("0.12")
"""What is not a fixed asset stays below this share of the whole: the guide asks for 80 % and 70 %."""


@dataclass(frozen=True)
class Line:
    good: Good
    quantity: int
    price: Decimal
    """Yuan without tax for one piece, about."""

    @property
    def worth(self) -> Decimal:
        return self.price * self.quantity


@dataclass(frozen=True)
class Order:
    """``lines`` of one seller, or an import of ``imported`` in ``pieces``."""

    what: What
    seller: Seller | None
    lines: tuple[Line, ...] = ()
    imported: ImportGood | None = None
    pieces: int = 0
    goods_list: bool = False

    @property
    def worth(self) -> Decimal:
        return sum((line.worth for line in self.lines), ZERO)

    @property
    def fixed(self) -> bool:
        return not self.lines or self.lines[0].good.fixed


def kinds_of(rng: random.Random, count: int) -> list[What]:
    """Kinds of ``count`` vouchers, every kind present from about 30 vouchers on."""
    kinds: list[What] = []
    imports = max(1, round(count * rng.uniform(0.03, 0.08))) if count >= 6 else 0
    kinds += ["customs"] * imports
    for kind, share in _SHARES:
        wanted = count * share
        whole = int(wanted) + (rng.random() < wanted - int(wanted)) if count < 28 else max(1, round(wanted))
        kinds += [kind] * whole
    kinds = kinds[: max(1, count // 3)] if count < 12 else kinds[:count]
    return kinds + ["special"] * (count - len(kinds))


def _price(rng: random.Random, good: Good) -> Decimal:
    return (Decimal(good.price) * Decimal(rng.randint(940, 1060)) / 1000).quantize(Decimal(1))


def _line(rng: random.Random, good: Good) -> Line:
    most = max(1, good.most)
    quantity = 1 if most == 1 else 1 + int(most * rng.random() ** 1.6)
    return Line(good, min(quantity, most), _price(rng, good))


class Planner:
    """Chooses goods and sellers for one applicant; all chance from ``rng``."""

    def __init__(self, rng: random.Random, frame: Frame, industry: Industry, count: int, without: frozenset[str]) -> None:
        self.rng = rng
        self.frame = frame
        self.own_groups = industry.groups
        self.without = without
        self.goods: dict[str, tuple[Good, ...]] = {}
        for good in GOODS:
            if good.name not in without:
                self.goods[good.group] = (*self.goods.get(good.group, ()), good)
        self.small_things = min(0.93, 0.6 + count / 8000) if count > 120 else 0.0
        """Long lists are long by many small things."""

    def orders(self, count: int) -> list[Order]:
        kinds = kinds_of(self.rng, count)
        specials = kinds.count("special")
        anchors = self._anchors(min(6, max(2, specials - 2)))[:specials]
        orders = list(anchors)
        orders += [self._order(kind) for kind in kinds if kind != "special"]
        orders += [self._order("special") for _ in range(specials - len(anchors))]
        if not self.frame.only_fixed and specials - len(anchors) >= 2:
            for i in range(max(1, round(count * 0.04))):
                at = len(orders) - 1 - i
                if at >= len(anchors) and orders[at].what == "special":
                    orders[at] = self._single("special", "service")
        orders = self._bounded(orders)
        self.rng.shuffle(orders)
        return orders

    def _anchors(self, count: int) -> list[Order]:
        """Large orders that carry the project past the thresholds of its category whatever else is drawn."""
        frame = self.frame
        if frame.main in ("3", "5"):
            goal = _MAJOR_GOAL
        elif frame.main in ("4a", "4b"):
            goal = _FINANCED_GOAL
        else:
            goal = _SMART_GOAL if frame.smart else _PLAIN_GOAL
        each = goal / count
        pool = [g for group in (*self.own_groups, "robot", "logistics") for g in self.goods[group] if g.price >= 150_000 and (g.smart or not frame.smart)]
        # Dear machines in small numbers rather than dozens of cheap ones, as far as the trade has them.
        pool = [g for g in pool if g.price * 6 >= each] or sorted(pool, key=lambda g: -g.price)[:4]
        self.rng.shuffle(pool)
        chosen: list[Order] = []
        for i in range(count):
            group = "plant" if frame.plant and i % 3 == 0 else ""
            good = self.rng.choice(self.goods[group]) if group else pool[i % len(pool)]
            price = _price(self.rng, good)
            quantity = max(1, math.ceil(each / price))
            seller = self.rng.choice(sellers_of(good.group))
            if good.most == 1 and good.tier == "construction":
                price, quantity = price * quantity, 1
            chosen.append(Order("special", seller, (Line(good, quantity, price),)))
        return chosen

    def _group(self, *, shenzhen: bool = False, small: bool = False) -> str:
        rng = self.rng
        if small:
            return "fixture"
        if rng.random() < self.small_things:
            return "fixture"
        draw = rng.random()
        if draw < 0.44:
            return rng.choice(self.own_groups)
        if draw < 0.84:
            return rng.choice(COMMON_GROUPS)
        if draw < 0.92:
            return "software"
        return "works"

    def _order(self, what: What) -> Order:
        rng = self.rng
        if what == "customs":
            return self._import()
        if what == "agent":
            return self._many(what, "fixture", rng.randint(1, 3), rng.choice(sellers_of("fixture", small=True)))
        if what in ("ordinary", "e_ordinary", "blockchain"):
            group = rng.choice(("fixture", "fixture", "test", "utility"))
            seller = rng.choice(sellers_of(group, shenzhen=what == "blockchain"))
            cheap = tuple(g for g in self.goods[group] if g.price <= 60_000)
            return self._many(what, group, rng.choice((1, 1, 1, 2, 3)), seller, cheap)
        group = self._group()
        if group in ("works", "software"):
            return self._single(what, group)
        draw = rng.random()
        if draw < 0.045:
            seller = rng.choice(sellers_of("fixture"))
            return self._many(what, "fixture", rng.randint(9, 24), seller)
        count = 1 if draw < 0.64 else 2 if draw < 0.8 else 3 if draw < 0.89 else rng.randint(4, 8)
        return self._many(what, group, count, rng.choice(sellers_of(group)))

    def _single(self, what: What, group: str) -> Order:
        return Order(what, self.rng.choice(sellers_of(group)), (_line(self.rng, self.rng.choice(self.goods[group])),))

    def _many(self, what: What, group: str, count: int, seller: Seller, pool: tuple[Good, ...] = ()) -> Order:
        """Different goods of one group; many lines only of small things."""
        goods = pool or self.goods[group]
        if count > 1:
            goods = tuple(g for g in goods if g.price <= (400_000 if count <= 3 else 130_000)) or goods
        picked = self.rng.sample(goods, min(count, len(goods)))
        lines = tuple(_line(self.rng, g) for g in picked)
        return Order(what, seller, lines, goods_list=len(lines) > 8)

    def _import(self) -> Order:
        rng = self.rng
        free = [g for g in IMPORTS if g.name not in self.without]
        pool = [g for g in free if g.group in self.own_groups] or [g for g in free if g.group in COMMON_GROUPS]
        good = rng.choice(pool)
        return Order("customs", None, imported=good, pieces=rng.randint(1, good.most))

    def _bounded(self, orders: list[Order]) -> list[Order]:
        """The part that is no fixed asset scaled down to its share."""
        others = sum((o.worth for o in orders if not o.fixed), ZERO)
        limit = sum((o.worth for o in orders if o.fixed), ZERO) * _OTHERS_SHARE
        if others <= limit:
            return orders
        factor = limit / others
        return [
            o if o.fixed else replace(o, lines=tuple(replace(x, price=max(Decimal(2000), (x.price * factor).quantize(Decimal(100)))) for x in o.lines))
            for o in orders
        ]  # fmt: skip
