"""An invoice of the world → the file that its platform sent, or its print on A4."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal

from samples.documents.draft import Draft
from samples.documents.electronic.digital import draw_digital
from samples.documents.electronic.facts import Face, face_of
from samples.documents.electronic.goods_list import draw_goods_list
from samples.documents.electronic.ofd_invoice import write_ofd_invoice
from samples.documents.electronic.ordinary import draw_face
from samples.documents.electronic.sheet import Cover, Sheet
from samples.documents.electronic.styles import Platform, Style, bureau_style, fonts_of, style_of
from samples.paper import Paper
from samples.pdf.edited import append_edit
from samples.pdf.quirks import Quirks
from samples.pdf.writer import write_pdf
from samples.runs import Mark, Patch, Run
from samples.vector_paper import VectorPaper
from samples.world.model import Invoice, World

Form = Literal["pdf", "ofd"]
KIND = "vat_invoice"
_HABITS: dict[Platform, Quirks] = {
    "stamping": Quirks(
        order="values_first", seal="annotation", signed=True, version="1.3", packed=False,
        producer="iText® 5.5.6 ©2000-2015 iText Group NV (AGPL-version); modified using iText® 5.5.6 ©2000-2015 iText Group NV (AGPL-version)",
    ),
    "formed": Quirks(order="labels_first", ghosts=True, seal="annotation", signed=True, version="1.7", packed=False, producer="", author="admin"),
    "carried": Quirks(seal="image", version="1.5", packed=True, producer="Apache FOP Version 2.3", creator="e-invoice platform"),
    "wide": Quirks(order="values_first", split=True, seal="form", version="1.4", packed=False, producer="iText 2.1.7 by 1T3XT"),
    "chain": Quirks(
        order="labels_first", seal="annotation", signed=True, version="1.7", packed=False,
        producer="iText® 5.5.10 ©2000-2015 iText Group NV (AGPL-version); modified using iText® 5.5.10 ©2000-2015 iText Group NV (AGPL-version)",
    ),
    "bureau": Quirks(order="labels_first", version="1.5", producer="OFD converter"),
    "digital": Quirks(order="labels_first", version="1.5", producer="OFD converter"),
}  # fmt: skip
_EDITORS = ("Adobe Acrobat Pro DC 19.12.20040", "Foxit PhantomPDF Printer 9.7", "WPS PDF", "PDF-XChange Editor 8.0.334")


def write_e_invoice(world: World, invoice: Invoice, path: Path, *, form: Form = "pdf") -> tuple[Draft, ...]:
    """Writes the file at ``path`` and returns what is in it: the invoice, then its 销货清单 where it has one.

    The papers of the drafts are the file's pages in order; boxes are millimetres of the upright page, which is all of the paper.
    Inside :func:`samples.paper.blueprint` nothing is written.
    """
    rng = world.rng(KIND, invoice.key, "file")
    style = style_of(invoice.kind, world.rng("e_invoice", invoice.seller.name))
    if form == "ofd" and style.platform not in ("digital", "chain") and world.rng("ofd", invoice.seller.name).random() < 0.6:
        style = bureau_style()
    face = _patched(invoice, face_of(invoice))
    paper = VectorPaper(style.width, style.height, fonts="simsun" if form == "ofd" else fonts_of(style.platform))
    sheet = Sheet(paper, style)
    _draw(sheet, invoice, face, world.rng(KIND, invoice.key, "face"))
    drafts = [Draft(KIND, [paper], face.title, invoice.issued_on.year, key=f"{KIND}::{invoice.key}")]
    pages = [paper]
    if invoice.on_goods_list and form == "pdf":
        more = draw_goods_list(invoice, face, style)
        pages += more
        drafts.append(Draft("invoice_list", list[Paper](more), "销售货物或者提供应税劳务清单", invoice.issued_on.year, key=f"invoice_list::{invoice.key}"))
    if not paper.drawn:
        return tuple(drafts)
    moment = datetime.combine(invoice.issued_on, time(rng.randrange(9, 18), rng.randrange(60), rng.randrange(60)))
    if form == "ofd":
        write_ofd_invoice(path, paper, style, invoice, moment, _laid(sheet.covers))
    else:
        _pdf(world, pages, path, style, rng, moment, sheet.covers)
    return tuple(drafts)


def draw_e_invoice(world: World, invoice: Invoice) -> Draft:
    """The invoice printed on the upper half of an A4 sheet, as it is handed in on paper; an edited file was printed after the edit."""
    style = style_of(invoice.kind, world.rng("e_invoice", invoice.seller.name))
    rng = world.rng(KIND, invoice.key, "print")
    scale_left, top = max(0.0, (210 - style.width) / 2), rng.uniform(4, 9)
    paper = Paper() if style.width <= 212 else Paper(297, 210)
    left = scale_left if style.width <= 212 else (297 - style.width) / 2
    face = _patched(invoice, face_of(invoice))
    sheet = Sheet(paper, style, left, top)
    _draw(sheet, invoice, face, world.rng(KIND, invoice.key, "face"))
    for cover in sheet.covers:
        paper.fill(cover.box)
        paper.text(cover.x, cover.y, cover.text, cover.size, face="sans", role="value")
    return Draft(KIND, [paper], face.title, invoice.issued_on.year, key=f"{KIND}::{invoice.key}")


def _draw(sheet: Sheet, invoice: Invoice, face: Face, rng: random.Random) -> None:
    if invoice.kind == "digital_special":
        draw_digital(sheet, invoice, face)
    else:
        draw_face(sheet, invoice, face, rng)


def _patched(invoice: Invoice, face: Face) -> Face:
    """An edited file always shows a patch: where no overprint says which field, the total was set anew with what it said."""
    if invoice.edited and not face.patched:
        return replace(face, patched={"total": face.fields["total"]})
    return face


def _pdf(world: World, pages: list[VectorPaper], path: Path, style: Style, rng: random.Random, moment: datetime, covers: list[Cover]) -> None:
    made = datetime.combine(date(2017, 1, 1) + timedelta(days=world.rng("platform", style.platform).randrange(300)), time(9, 36, 7))
    odd = rng.random()
    quirks = replace(_HABITS[style.platform], fonts=fonts_of(style.platform), created=min(made, moment), modified=moment)
    if covers:
        quirks = replace(quirks, packed=False)
    elif odd < 0.08:
        quirks = replace(quirks, rotate=rng.choice((90, 180, 270)))
    elif odd < 0.18:
        quirks = replace(quirks, margin=(rng.uniform(5, 20), rng.uniform(5, 20), rng.uniform(5, 20), rng.uniform(5, 150)))
    write_pdf(pages, path, quirks=quirks)
    if covers:
        later = max(moment + timedelta(days=40), world.created_at - timedelta(days=rng.randrange(2, 30), seconds=rng.randrange(20_000)))
        append_edit(path, {0: _laid(covers)}, style.height, quirks=quirks, producer=rng.choice(_EDITORS), moment=later)


def _laid(covers: list[Cover]) -> list[Mark]:
    marks: list[Mark] = []
    for cover in covers:
        marks += [Patch(*cover.box), Run("sans", cover.size, cover.x, cover.y + 0.38 * cover.size * 25.4 / 72, cover.text, (0, 0, 0), role="value")]
    return marks
