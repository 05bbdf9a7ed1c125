"""The second of the two identical copies (guide 六, last paragraph): its papers are paired with the first copy's."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Document


def as_copies(copies: Sequence[Document], originals: Sequence[Document]) -> tuple[Document, ...]:
    """``copies`` with ``copy_of`` set to the original of the same kind, subtype and year, each original used once.

    A paper without a partner points at itself and says so: it stands in the second copy only.
    """
    free = [d for d in originals if d.copy_of is None]
    paired: list[Document] = []
    for copy in copies:
        partner = next((d for d in free if (d.kind, d.subtype, d.year) == (copy.kind, copy.subtype, copy.year)), None)
        if partner is not None:
            free.remove(partner)
            paired.append(copy.model_copy(update={"copy_of": partner.id}))
        else:
            paired.append(copy.model_copy(update={"copy_of": copy.id, "note": "仅见于第二套材料"}))
    return tuple(paired)
