"""From drafts to files: volume numbers, blank backs, scanning, one PDF of JPEG pages, and the truth about all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pikepdf

from pipeline.model import PageRef
from samples.documents.draft import Draft
from samples.paper import Paper
from samples.scanning import Look, Scan, scan
from samples.truth import TruthDocument, TruthFile, TruthPage, TruthSeal, TruthValue
from samples.world import World

Turn = Literal[0, 90, 180, 270]
Slot = tuple[str, int | None, int]
"""(kind, year, index within the document)"""

_TURNED: dict[Slot, Turn] = {
    ("business_licence", None, 0): 90, ("audit_report", 2017, 3): 180, ("audit_report", 2019, 5): 180, ("implementation_plan", None, 4): 180,
}  # fmt: skip
"""Pages that somebody laid on the scanner the wrong way round; the licence is landscape in a portrait volume."""
_BLANK_AFTER: frozenset[str] = frozenset({"business_licence", "filing_certificate"})


@dataclass
class Bound:
    """A finished file: its truth, and its documents with places filled in."""

    file: TruthFile
    documents: list[TruthDocument] = field(default_factory=list)


def number_volume(drafts: Sequence[Draft]) -> list[tuple[Draft, int]]:
    """Each draft with the volume page on which it starts; every page is numbered, blanks are not."""
    starts, at = [], 1
    for draft in drafts:
        starts.append((draft, at))
        at += len(draft.papers)
    return starts


def bind_volume(world: World, drafts: Sequence[Draft], path: Path, name: str, look: Look) -> Bound:
    """Scans the glued volume into one PDF at ``path``; ``name`` is its path in truth."""
    scans: list[Scan] = []
    pages: list[TruthPage] = []
    documents: list[TruthDocument] = []
    volume = 0
    for position, draft in enumerate(drafts):
        refs: list[PageRef] = []
        placed: list[tuple[int, Paper, Scan]] = []
        for index, paper in enumerate(draft.papers):
            volume += 1
            paper.volume_label = volume
            paper.text(paper.width - 12, paper.height - 9, str(volume), 12, face="sans", ink=(30, 30, 34), align="r")
            slot_index = paper.label if draft.kind == "audit_report" and paper.label else index
            turn = _TURNED.get((draft.kind, draft.year, slot_index), 0)
            page = scan(paper, world.rng("scan", draft.kind, draft.year, draft.title, position if draft.kind == "tax_certificate" else 0, slot_index), look, rotation=turn, max_skew=0.5)
            refs.append(PageRef(file=name, page=len(scans), label=paper.label))
            placed.append((len(scans), paper, page))
            scans.append(page)
            pages.append(TruthPage(label=paper.label, volume_label=volume, rotation=turn))
        documents.append(describe(draft, refs, placed))
        if draft.kind in _BLANK_AFTER:
            scans.append(scan(Paper(), world.rng("blank", draft.kind), look))
            pages.append(TruthPage(blank=True))
    write_pdf(path, scans)
    return Bound(TruthFile(path=name, pages=tuple(pages)), documents)


def describe(draft: Draft, refs: Sequence[PageRef], placed: Sequence[tuple[int, Paper, Scan]]) -> TruthDocument:
    """The truth of one document whose ``placed`` papers lie on the file's pages."""
    fields: dict[str, TruthValue] = {}
    tables: dict[str, dict[int, dict[str, TruthValue]]] = {}
    seals: list[TruthSeal] = []
    for page, paper, seen in placed:
        for name, noted in paper.fields.items():
            fields.setdefault(name, TruthValue(value=noted.value, page=page, box=seen.box(noted.box)))
        for table, cells in paper.rows.items():
            for row, column, noted in cells:
                tables.setdefault(table, {}).setdefault(row, {})[column] = TruthValue(value=noted.value, page=page, box=seen.box(noted.box))
        seals += [TruthSeal(page=page, box=seen.box(s.box), shape=s.shape, role=s.role, text=s.text) for s in paper.seals]
    ordered = {table: tuple(rows[row] for row in sorted(rows)) for table, rows in tables.items()}
    return TruthDocument(
        kind=draft.kind, subtype=draft.subtype, year=draft.year, title=draft.title, pages=tuple(refs), fields=fields, tables=ordered, seals=tuple(seals)
    )


def write_pdf(path: Path, scans: Sequence[Scan]) -> None:
    """One page to each JPEG, at its true size; the same scans give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pdf = pikepdf.new()
    for page in scans:
        width, height = page.paper_mm if page.rotation in (0, 180) else page.paper_mm[::-1]
        w, h = width * 72 / 25.4, height * 72 / 25.4
        image = pikepdf.Stream(
            pdf, page.jpeg, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=page.width_px, Height=page.height_px,
            ColorSpace=pikepdf.Name.DeviceRGB if page.colour else pikepdf.Name.DeviceGray, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        sheet = pdf.add_blank_page(page_size=(w, h))
        sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        sheet.Contents = pdf.make_stream(f"q {w:.3f} 0 0 {h:.3f} 0 0 cm /Im0 Do Q".encode())
    pdf.docinfo["/Producer"] = pikepdf.String("Office scanner (made-up sample)")
    pdf.save(path, deterministic_id=True)
