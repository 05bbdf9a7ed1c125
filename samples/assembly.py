"""From scans to files: PDFs of pictures, single pictures, and the truth about the papers in them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
from PIL import Image

from pipeline.model import Box, PageRef
from samples.documents.draft import Draft
from samples.money import words_value
from samples.paper import MmBox, Paper
from samples.scanning import Scan
from samples.truth import TruthDocument, TruthPage, TruthSeal, TruthValue

PRODUCERS = ("Office scanner (made-up sample)", "intsig.com pdf producer", "FUJITSU PaperStream Capture", "KONICA MINOLTA bizhub C368", "")


def write_scans(path: Path, scans: Sequence[Scan], producer: str = PRODUCERS[0]) -> None:
    """One page to each scan, at its true size where the scanner knew it; the same scans give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pdf = pikepdf.new()
    for page in scans:
        w, h = page.points
        image = pikepdf.Stream(
            pdf, page.data, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=page.width_px, Height=page.height_px,
            ColorSpace=pikepdf.Name.DeviceRGB if page.tone == "colour" else pikepdf.Name.DeviceGray,
        )  # fmt: skip
        if page.tone == "bilevel":
            image.BitsPerComponent = 1
            image.Filter = pikepdf.Name.CCITTFaxDecode
            image.DecodeParms = pikepdf.Dictionary(K=-1, Columns=page.width_px, Rows=page.height_px, BlackIs1=False)
        else:
            image.BitsPerComponent = 8
            image.Filter = pikepdf.Name.DCTDecode
        sheet = pdf.add_blank_page(page_size=(w, h))
        sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        sheet.Contents = pdf.make_stream(f"q {w:.3f} 0 0 {h:.3f} 0 0 cm /Im0 Do Q".encode())
    if producer:
        pdf.docinfo["/Producer"] = pikepdf.String(producer)
    pdf.save(path, deterministic_id=True)


def write_picture(path: Path, page: Scan) -> None:
    """The scan as a picture of its own: ``.jpg`` as it is, ``.png`` of the same pixels, ``.tif`` of one bit."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".png":
        with Image.open(io.BytesIO(page.data)) as shown:
            shown.save(path, "PNG", dpi=(page.dpi, page.dpi), compress_level=6)
        return
    if page.tone != "bilevel":
        path.write_bytes(_with_density(page.data, page.dpi if page.mm is not None else 72))
        return
    pdf = pikepdf.new()
    picture = pikepdf.Stream(
        pdf, page.data, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=page.width_px, Height=page.height_px, ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=1, Filter=pikepdf.Name.CCITTFaxDecode, DecodeParms=pikepdf.Dictionary(K=-1, Columns=page.width_px, Rows=page.height_px, BlackIs1=False),
    )  # fmt: skip
    out = io.BytesIO()
    pikepdf.PdfImage(picture).as_pil_image().convert("1").save(out, "TIFF", compression="group4", dpi=(page.dpi, page.dpi))
    path.write_bytes(out.getvalue())


def _with_density(jpeg: bytes, dpi: int) -> bytes:
    """Writes the resolution into the JFIF head, where picture viewers and scanners' users find it."""
    if jpeg[6:10] != b"JFIF":
        return jpeg
    return jpeg[:13] + b"\x01" + dpi.to_bytes(2, "big") * 2 + jpeg[18:]


def truth_page(paper: Paper, seen: Scan | None) -> TruthPage:
    """What truth says of one page; without a scan (a PDF with text, or paper never made) it lies upright."""
    size = (round(paper.width, 1), round(paper.height, 1))
    if seen is None:
        return TruthPage(label=paper.label, volume_label=paper.volume_label, blank=paper.blank, colour="digital", mm=size)
    mm = (round(seen.mm[0], 1), round(seen.mm[1], 1)) if seen.mm else None
    return TruthPage(
        label=None if paper.blank else paper.label, volume_label=None if paper.blank else paper.volume_label, rotation=seen.rotation,
        blank=paper.blank, colour=seen.tone, mm=mm,
    )  # fmt: skip


def upright(paper: Paper) -> Callable[[MmBox], Box | None]:
    """The way from millimetres to fractions where nothing was scanned."""

    def box(mm: MmBox) -> Box | None:
        x0, y0, x1, y1 = mm[0] / paper.width, mm[1] / paper.height, mm[2] / paper.width, mm[3] / paper.height
        x0, y0, x1, y1 = (round(min(1.0, max(0.0, v)), 4) for v in (x0, y0, x1, y1))
        return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None

    return box


def seen_box(scan: Scan) -> Callable[[MmBox], Box | None]:
    """The way from millimetres to fractions of the scanned page; None for what was cropped away."""
    return lambda mm: scan.box(mm) if scan.visible(mm) else None


Placed = tuple[int, Paper, Callable[[MmBox], Box | None]]
"""A page of a file, the paper on it, and where its boxes lie."""


_IN_WORDS = frozenset({"total_capital", "amount_capital"})
"""Printed in 大写, but amounts in truth as in the contract."""


def describe(draft: Draft, name: str, placed: Sequence[Placed], *, region: MmBox | None = None) -> TruthDocument:
    """The truth of one document whose ``placed`` papers lie on pages of the file ``name``. Blank backs are left out.

    ``region`` is its part of the page (mm of the paper) where it shares it.
    """
    fields: dict[str, TruthValue] = {}
    tables: dict[str, dict[int, dict[str, TruthValue]]] = {}
    seals: list[TruthSeal] = []
    printed = [p for p in placed if not p[1].blank]
    for page, paper, where in printed:
        for field, noted in paper.fields.items():
            value = words_value(noted.value) if field in _IN_WORDS else noted.value
            fields.setdefault(field, TruthValue(value=value, page=page, box=where(noted.box)))
        for table, cells in paper.rows.items():
            for row, column, noted in cells:
                tables.setdefault(table, {}).setdefault(row, {})[column] = TruthValue(value=noted.value, page=page, box=where(noted.box))
        for seal in paper.seals:
            if (box := where(seal.box)) is not None:
                seals.append(TruthSeal(page=page, box=box, shape=seal.shape, role=seal.role, text=seal.text))
    ordered = {table: tuple(rows[row] for row in sorted(rows)) for table, rows in tables.items()}
    return TruthDocument(
        kind=draft.kind, key=draft.key, subtype=draft.subtype, year=draft.year, title=draft.title,
        pages=tuple(PageRef(file=name, page=page, label=paper.label, region=where(region) if region else None) for page, paper, where in printed), fields=fields, tables=ordered, seals=tuple(seals),
    )  # fmt: skip
