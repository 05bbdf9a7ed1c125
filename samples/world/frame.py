"""What a category asks of a world: its windows, and how large things are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from samples.world.model import Category

CATEGORY_SETS: tuple[tuple[Category, ...], ...] = (("1",), ("2",), ("1", "2"), ("3",), ("4a",), ("4b",), ("5",))
"""The sets of categories for which worlds are made: the one list of a submission answers all of them."""


@dataclass(frozen=True)
class Frame:
    """Bounds of the purchases of one submission."""

    categories: tuple[Category, ...]
    first: date
    """No voucher is dated earlier."""
    last: date
    """No voucher is dated later."""
    smart: bool
    """The list has smart columns, and at least five million in them."""
    only_fixed: bool
    """Nothing but fixed assets is listed (categories 3 to 5 support nothing else)."""
    plant: bool
    """Whole buildings are built: a major project."""
    outline: Literal["1-1", "1-2", "1-3"] | None
    yearly_papers: bool
    """Tax certificates and audit reports are handed in."""

    @property
    def main(self) -> Category:
        return self.categories[-1]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(range(self.first.year, self.last.year + 1))


def frame_of(categories: tuple[Category, ...]) -> Frame:
    """The frame of a set of categories; raises ``ValueError`` for a set that no single list can answer."""
    if categories not in CATEGORY_SETS:
        known = "；".join(",".join(c) for c in CATEGORY_SETS)
        raise ValueError(f"类别组合 {','.join(categories) or '（空）'} 不能生成样例：请使用 {known} 之一。")
    main = categories[-1]
    if main in ("3", "5"):
        window = (date(2018, 1, 5), date(2020, 5, 29))
    elif main in ("4a", "4b"):
        window = (date(2017, 3, 6), date(2019, 12, 20))
    else:
        window = (date(2019, 1, 4), date(2019, 12, 30))
    outlines: dict[Category, Literal["1-1", "1-2", "1-3"]] = {"2": "1-1", "3": "1-2", "5": "1-3"}
    return Frame(
        categories=categories, first=window[0], last=window[1], smart="2" in categories, only_fixed=main in ("3", "4a", "4b", "5"),
        plant=main == "3", outline=outlines.get(main), yearly_papers=main in ("2", "3", "5"),
    )  # fmt: skip
