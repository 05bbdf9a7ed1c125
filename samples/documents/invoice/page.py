"""Pages that carry paper invoices: the bare sheet, or the sheet on the glass of an A4 scanner or copier."""

from __future__ import annotations

from samples.documents.draft import Draft
from samples.documents.invoice.face import KIND, draw_plain_invoice
from samples.documents.invoice.form import STRIP
from samples.documents.invoice.print import HEIGHT, WIDTH
from samples.documents.invoice.vehicle import draw_vehicle_invoice
from samples.paper import Paper
from samples.world.model import Invoice, World

TITLES = {"special": "增值税专用发票", "ordinary": "增值税普通发票", "vehicle": "机动车销售统一发票"}


def draw_paper_invoice(world: World, invoice: Invoice, paper: Paper, left: float, top: float) -> None:
    """Draws a paper invoice (special, ordinary, vehicle) on ``paper``, the corner of its 240 x 140 mm sheet at ``(left, top)`` mm.

    With ``left`` = −12.7 the left feeding strip is off the paper, as where it was torn. Overprints hold canonical values
    (money "12345.60", dates ISO); ``items.0.amount`` names a cell of the first item.
    """
    if invoice.kind == "vehicle":
        draw_vehicle_invoice(world, invoice, paper, left, top)
    else:
        draw_plain_invoice(world, invoice, paper, left, top)


def draw_invoice_page(world: World, invoice: Invoice) -> Draft:
    """One paper invoice on a page of its own: mostly the sheet alone, with or without its feeding strips."""
    rng = world.rng(KIND, invoice.key, "page")
    torn_left, torn_right = rng.random() < 0.55, rng.random() < 0.6
    left = -STRIP + 0.4 if torn_left else 0.0
    paper = Paper(WIDTH + left - (STRIP - 0.4 if torn_right else 0.0), HEIGHT)
    draw_paper_invoice(world, invoice, paper, left, 0.0)
    return Draft(KIND, [paper], TITLES[invoice.kind], year=invoice.issued_on.year, key=f"{KIND}::{invoice.key}")
