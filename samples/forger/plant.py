"""Planting: one defect, several, or as many as get along; and telling truth where the evidence lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samples.forger.model import DEFECTS, Forged, NotHere, Spot, claims_of
from samples.truth import TruthDefect, TruthDocument, TruthPlace
from samples.world.model import PaperKey, World

MANIFOLD = frozenset({"workbook"})
"""Kinds of keys that several documents of one copy share: the sheets of the statistics."""


def plant(world: World, names: Sequence[str]) -> tuple[World, dict[str, Forged]]:
    """``world`` with the named defects in it, in the order of the register, and each one's own account of itself.

    Raises ValueError for a name that is not in the register, for a defect that has nothing to work on here, and for two that
    would change the same thing.
    """
    unknown = sorted(set(names) - set(DEFECTS))
    if unknown:
        raise ValueError(f"没有名为“{'、'.join(unknown)}”的样例缺陷，请用 shencai sample defects 查看可用的名称。")
    done: dict[str, Forged] = {}
    held: dict[str, str] = {}
    for name, item in DEFECTS.items():
        if name not in names:
            continue
        try:
            forged = item.into(world)
        except NotHere as reason:
            raise ValueError(f"样例缺陷“{name}”在这份材料中无处可埋（{reason}），请换一个类别、种子或缺陷。") from reason
        if (rival := next((held[c] for c in sorted(claims_of(forged)) if c in held), None)) is not None:
            raise ValueError(f"样例缺陷“{name}”与“{rival}”改动同一处，不能一起埋入，请分成两份样例。")
        held.update(dict.fromkeys(claims_of(forged), name))
        world, done[name] = forged.world, forged
    return world, done


def groups(world: World, *, innocent: bool | None = None, most: int = 1000) -> list[tuple[str, ...]]:
    """All defects that fit ``world``, in as few groups as a greedy walk finds in which no two get in each other's way.

    ``innocent``: only innocents (True), only true defects (False), or both; ``most``: at most so many in a group.
    """
    found: list[tuple[list[str], set[str], World]] = []
    for name, item in DEFECTS.items():
        if (innocent is not None and item.innocent != innocent) or not item.fits(world):
            continue
        for index, (names, held, at) in enumerate(found):
            try:
                forged = item.into(at)
            except NotHere:
                continue
            if len(names) < most and not claims_of(forged) & held:
                names.append(name)
                found[index] = (names, held | claims_of(forged), forged.world)
                break
        else:
            forged = item.into(world)
            found.append(([name], set(claims_of(forged)), forged.world))
    return [tuple(names) for names, _, _ in found]


def touched(done: Mapping[str, Forged]) -> frozenset[PaperKey]:
    """Every paper, workbook and ledger that may differ from the clean sibling."""
    return frozenset(key for forged in done.values() for key in forged.touches)


def tell(done: Mapping[str, Forged], documents: Sequence[TruthDocument]) -> tuple[TruthDefect, ...]:
    """What ``truth.json`` says about the planted defects."""
    by_key: dict[PaperKey, int] = {}
    for index, document in enumerate(documents):
        if by_key.setdefault(document.key, index) != index and document.key.partition(":")[0] not in MANIFOLD:
            by_key.setdefault(f"copy:{document.key}", index)
    return tuple(_tell(name, forged, by_key, documents) for name, forged in done.items())


def _tell(name: str, forged: Forged, by_key: Mapping[PaperKey, int], documents: Sequence[TruthDocument]) -> TruthDefect:
    item = DEFECTS[name]
    places = tuple(_place(spot, by_key, documents) for spot in forged.spots) or (TruthPlace(),)
    first, *others = places
    return TruthDefect(
        name=name, rules=item.rules, document=first.document, page=first.page, row=first.row, innocent=item.innocent, note=forged.note, also=tuple(others)
    )  # fmt: skip


def _place(spot: Spot, by_key: Mapping[PaperKey, int], documents: Sequence[TruthDocument]) -> TruthPlace:
    index = by_key.get(spot.paper) if spot.paper is not None else None
    if index is None:
        return TruthPlace(row=spot.row)
    pages = documents[index].pages
    page = pages[min(spot.page, len(pages) - 1)].page if spot.page is not None and pages else None
    return TruthPlace(document=index, page=page, row=spot.row)
