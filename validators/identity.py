"""Is it the same company? Names and ids with the tolerance that scans need (R-007, R-250, R-251)."""

from __future__ import annotations

from enum import Enum

from rapidfuzz import fuzz

from extractors.identifiers import is_uscc, normal_id, same_taxpayer
from extractors.values import clean_name, same_name, squash
from pipeline.model import Field


class Sameness(Enum):
    """What a comparison says. ``UNCLEAR``: perhaps a misreading, a person decides."""

    SAME = "same"
    UNCLEAR = "unclear"
    OTHER = "other"
    SILENT = "silent"


def names(told: Field, expected: str | None, similarity: float) -> Sameness:
    """A name on paper against the applicant's. Close names are ``UNCLEAR``: one misread character is no other company."""
    if told.value is None or expected is None:
        return Sameness.SILENT
    if same_name(told.value, expected):
        return Sameness.SAME
    if not told.sure or likeness(told.value, expected) >= similarity:
        return Sameness.UNCLEAR
    return Sameness.OTHER


def likeness(a: str, b: str) -> float:
    """How alike two names are, 0 to 1."""
    return fuzz.ratio(squash(clean_name(a)), squash(clean_name(b))) / 100


def ids(told: Field, expected: str | None) -> Sameness:
    """A taxpayer id on paper against the applicant's USCC, 15-digit ids bridged. Only two ids whose check digits hold can be
    called different."""
    if told.value is None or expected is None:
        return Sameness.SILENT
    if same_taxpayer(told.value, expected):
        return Sameness.SAME
    code = normal_id(told.value)
    if not told.sure or not is_uscc(expected) or not (is_uscc(code) or (len(code) == 15 and code.isdigit())):
        return Sameness.UNCLEAR
    return Sameness.OTHER


FAR = 3
"""From so many differing characters on, an id is another id and no misreading."""


def _far_apart(told: str | None, expected: str | None) -> bool:
    a, b = normal_id(told or "")[-10:], normal_id(expected or "")[-10:]
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) >= FAR


def company(name: Field, code: Field, expected_name: str | None, expected_uscc: str | None, similarity: float) -> Sameness:
    """Name and id together. An equal id beats a name that a scan may have bent; an equal name with a doubtful id is unclear."""
    by_name, by_id = names(name, expected_name, similarity), ids(code, expected_uscc)
    if by_id is Sameness.SAME:
        return Sameness.SAME if by_name in (Sameness.SAME, Sameness.SILENT) else Sameness.UNCLEAR
    if by_id is Sameness.SILENT:
        return by_name
    if by_name is Sameness.SILENT:
        return by_id
    if by_name is Sameness.SAME:
        return Sameness.UNCLEAR
    if by_id is Sameness.OTHER and (by_name is Sameness.OTHER or _far_apart(code.value, expected_uscc)):
        # Sister companies have like names; two good ids that differ in several places are not one id misread.
        return Sameness.OTHER
    return Sameness.UNCLEAR
