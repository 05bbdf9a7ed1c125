"""What experts may look at besides: M14 (目录, patents, test report, opinions of users) and M15 (before and after)."""

from __future__ import annotations

from samples.documents.draft import Draft
from samples.documents.supporting.catalogue import draw_catalogue
from samples.documents.supporting.notes import draw_notes
from samples.documents.supporting.proofs import draw_proofs
from samples.world.model import PaperKey, World

__all__ = ["draw_supporting"]


def draw_supporting(world: World, key: PaperKey) -> Draft:
    """The paper ``supporting::catalogue``, ``::patents`` or ``::notes``; notes ``title``. Raises KeyError for another key."""
    drawers = {"catalogue": draw_catalogue, "patents": draw_proofs, "notes": draw_notes}
    return drawers[key.split(":", 2)[2]](world, key)
