"""Worlds that several test modules look at; made once each."""

from __future__ import annotations

from functools import cache

from samples.world import CATEGORY_SETS, World, make_world
from samples.world.model import Category

SEEDS = (0, 1, 2, 3, 7, 2020, 31337, 899_999)
CASES = tuple((seed, categories) for categories in CATEGORY_SETS for seed in SEEDS)


@cache
def world_of(seed: int, categories: tuple[Category, ...], invoices: int = 32) -> World:
    return make_world(seed, categories, invoices=invoices)


def ids(case: object) -> str:
    return str(case).replace(" ", "")
