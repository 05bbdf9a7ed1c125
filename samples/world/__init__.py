"""The made-up world: its words (:mod:`samples.world.model`), the maker of clean worlds, and the ways to change one."""

from samples.world.days import vat_rate, workday
from samples.world.frame import CATEGORY_SETS
from samples.world.generator import make_world
from samples.world.model import YEARS, World

__all__ = ["CATEGORY_SETS", "YEARS", "World", "make_world", "vat_rate", "workday"]
