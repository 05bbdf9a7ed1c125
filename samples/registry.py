"""Which module draws which paper: a paper's key leads to its drawer, in any process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from samples.documents.draft import Draft
from samples.fonts import typefaces
from samples.paper import photocopied
from samples.world.model import PaperKey, World

Contents = Sequence[tuple[str, int | None]]
"""The list of materials: titles and the volume pages on which they start (None where papers lie in files of their own)."""
_COPIED = frozenset({"tax_certificate", "audit_report", "capital_verification", "loan_contract", "lease_contract", "listing_document", "business_licence"})
"""Kinds of which a copy is handed in; some of them come off a black-and-white copier."""


def _named(module: str, function: str) -> Callable[..., Draft]:
    """A drawer, imported when it is first needed: what draws invoices need not be loaded to draw a licence."""
    found: Any = getattr(import_module(f"samples.documents.{module}"), function)
    return found  # type: ignore[no-any-return]


def split(key: PaperKey) -> tuple[str, str, str]:
    """``key`` as (kind, year or "", what or "")."""
    kind, year, what = (*key.split(":", 2), "", "")[:3]
    return kind, year, what


def _tax(world: World, key: PaperKey) -> Draft:
    return _named("tax_certificate", "draw_tax_certificate")(world, next(p for p in world.tax_papers if p.key == key))


def _audit(world: World, key: PaperKey) -> Draft:
    year = int(split(key)[1])
    return _named("audit", "draw_audit_report")(world, next(r for r in world.audit_reports if r.year == year))


def _substitute(world: World, key: PaperKey) -> Draft:
    kind, year, what = split(key)
    if what == "raised":
        return _named("capital_verification", "draw_raised_funds_verification")(world)
    paper = next(s for s in world.substitutes if s.year == int(year) and s.kind == kind)
    return _named(kind, f"draw_{kind}")(world, paper)


def _list(world: World, key: PaperKey) -> Draft:
    return _named("paper_list", "draw_paper_interest" if split(key)[2] == "interest" else "draw_paper_list")(world)


def _loan(world: World, key: PaperKey) -> Draft:
    return _named("loan_contract", "draw_loan_contract")(world, next(x for x in world.loans if x.key == split(key)[2]))


def _lease(world: World, key: PaperKey) -> Draft:
    return _named("lease_contract", "draw_lease_contract")(world, next(x for x in world.leases if x.key == split(key)[2]))


_DRAWERS: dict[str, Callable[[World, PaperKey], Draft]] = {
    "application_form": lambda world, key: _named("application_form", "draw_application_form")(world),
    "business_licence": lambda world, key: _named("licence", "draw_business_licence")(world),
    "filing_certificate": lambda world, key: _named("filing", "draw_filing_certificate")(world),
    "tax_certificate": _tax,
    "audit_report": _audit,
    "financial_statement": _substitute,
    "capital_verification": _substitute,
    "implementation_plan": lambda world, key: _named("plan", "draw_plan")(world),
    "investment_list": _list,
    "loan_contract": _loan,
    "lease_contract": _lease,
    "listing_document": lambda world, key: _named("listing_papers", "draw_listing_document")(world, key),
    "supporting": lambda world, key: _named("supporting", "draw_supporting")(world, key),
}


def draw_paper(world: World, key: PaperKey, contents: Contents = (), *, digital: bool = False) -> Draft:
    """The clean paper ``key`` of ``world``, in its own typefaces, vouchers included; ``contents`` is for the front alone.

    ``digital``: never printed, so never photocopied, and in the faces whose widths a PDF's fonts have.

    Raises KeyError for a key that no module draws, StopIteration for one the world does not know.
    """
    kind = split(key)[0]
    if kind not in _DRAWERS and kind != "front":
        from samples.vouchers import draw_part

        return draw_part(world, key)
    copied = not digital and kind in _COPIED and world.rng("photocopy", key).random() < 0.2
    with typefaces(None if digital else world.rng("faces", key)), photocopied(copied):
        draft = _named("front", "draw_front")(world, list(contents)) if key == "front" else _DRAWERS[kind](world, key)
    draft.key = key
    return draft
