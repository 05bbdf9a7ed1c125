"""What every paper, workbook and ledger of a world will look like, by key, without painting anything."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from samples.binding import PageOrder, PaperOrder, bind, starts_of
from samples.documents.draft import Draft
from samples.layouts import volume_keys
from samples.registry import draw_paper
from samples.signature import digest
from samples.submission import contents_of
from samples.vouchers import chosen_vouchers, financings, papers_of
from samples.workbooks import list_suffix, write_interest_list, write_ledgers, write_list, write_statistics
from samples.world.model import PaperKey, World


@dataclass(frozen=True)
class Fingerprints:
    """``things``: key → fingerprint; ``starts``: on which page of the volume each paper starts."""

    things: Mapping[PaperKey, str]
    starts: Mapping[PaperKey, int]

    def differ(self, other: Fingerprints) -> set[PaperKey]:
        """Keys of what changed, came or went; ``volume`` where papers that both have start elsewhere."""
        changed = {key for key in self.things.keys() | other.things.keys() if self.things.get(key) != other.things.get(key)}
        shared = self.starts.keys() & other.starts.keys()
        return changed | ({"volume"} if any(self.starts[key] != other.starts[key] for key in shared) else set())


def fingerprints(world: World, *, vouchers: bool = True, volume: bool = True) -> Fingerprints:
    """Of both copies of the volume, every voucher, the workbooks and the ledgers."""
    things: dict[PaperKey, str] = {}
    starts: dict[PaperKey, int] = {}
    if volume:
        drafts = [draw_paper(world, key) for key in volume_keys(world) if key != "front"]
        contents = contents_of(world, drafts, numbered=True)
        drafts.insert(0, draw_paper(world, "front", contents))
        things |= _bound(world, drafts)
        starts = starts_of(world, drafts)
    if vouchers:
        keys = dict.fromkeys(key for voucher in chosen_vouchers(world) for key in papers_of(world, voucher))
        keys |= dict.fromkeys(f"interest_receipt::{x.key}:{n}" for x in financings(world) for n in range(1, len(x.receipts) + 1))
        things |= {key: _pages(draw_paper(world, key)) for key in keys}
    return Fingerprints({**things, **_written(world)}, starts)


def _pages(draft: Draft) -> str:
    return digest(draft.title, draft.year, draft.subtype, [paper.signature() for paper in draft.papers])


def _bound(world: World, drafts: Iterable[Draft]) -> dict[PaperKey, str]:
    """Papers as they lie in the volume; of the second copy, what was done to it alone."""
    out: dict[PaperKey, str] = {}
    drafts = list(drafts)
    for copy in (1, 2):
        for draft, order in zip(drafts, bind(world, drafts, copy=copy, volume=True, look="colour", dpi=200), strict=True):
            if copy == 1:
                out[draft.key] = digest(_pages(draft), _unnumbered(order, seams=not world.handling.volume_seam))
            elif world.second_copy:
                changes = [(page, what) for key, page, what in world.handling.copy_changes if key == draft.key]
                made = [(page.index, page.change) for page in order.pages if page.change]
                if made or any(what == "removed" and page not in {p.index for p in order.pages} for page, what in changes):
                    out[f"copy:{draft.key}"] = digest(made, changes)
    return out


def _unnumbered(order: PaperOrder, *, seams: bool) -> PaperOrder:
    """With page numbers that count from the paper's own first page; of a seal over the whole volume only who has a slice of it."""
    first = next((page.volume_label for page in order.pages if page.volume_label is not None), 0)

    def page(p: PageOrder) -> PageOrder:
        label = None if p.volume_label is None else p.volume_label - first
        slices = p.slices if seams else tuple(replace(piece, key="", index=0, count=0, y=0.0, jitter=0.0) for piece in p.slices)
        return replace(p, volume_label=label, slices=slices)

    return replace(order, pages=tuple(page(p) for p in order.pages))


def _written(world: World) -> dict[PaperKey, str]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_list(world, root / f"list{list_suffix(world)}", "list")
        if world.interest_rows:
            write_interest_list(world, root / "interest.xlsx", "interest")
        write_statistics(world, root / "statistics.xlsx", "statistics")
        names = {"list": "workbook:list", "interest": "workbook:interest", "statistics": "workbook:statistics"}
        out = {names[path.stem]: digest(path.read_bytes()) for path in root.iterdir()}
        write_ledgers(world, root / "ledgers")
        return out | {f"ledger:{path.stem}": digest(path.read_bytes()) for path in (root / "ledgers").iterdir()}
