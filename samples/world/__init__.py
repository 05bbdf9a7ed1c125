"""The made-up world: its words (:mod:`samples.world.model`) and the maker of clean worlds."""

from samples.world.model import YEARS, World

__all__ = ["YEARS", "World"]
