"""Seals on a page: found by edge voting with their physical sizes, read by unrolling the ring (docs: SEALS.md)."""

from pipeline.reading.seals.finder import find_seals
from pipeline.reading.seals.ring import ReadsStrips

__all__ = ["ReadsStrips", "find_seals"]
