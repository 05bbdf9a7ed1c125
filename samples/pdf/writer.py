"""Sheets whose marks are known → a PDF with a real text layer. The same sheets and quirks give the same bytes."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from samples.pdf.content import PT, ghosts, operators, ordered, seal_form
from samples.pdf.quirks import PLAIN, Quirks, pdf_date
from samples.pdf.typefaces import FontBook
from samples.runs import Mark, Picture, Recorded, Run

_SIGNATURE_BYTES = 3072
_FAR = 9_999_999_999
"""Stands in a /ByteRange until the file is written and its places are known."""


def write_pdf(papers: Sequence[Recorded], path: Path, *, quirks: Quirks = PLAIN) -> None:
    """Writes one page to each paper, at its true size.

    Annotated seals and signatures keep to the first page that has a picture with the role ``seal``.
    """
    pdf = pikepdf.new()
    book = FontBook(pdf, quirks.fonts)
    fonts = pdf.make_indirect(book.announce(m for paper in papers for m in paper.marks if isinstance(m, Run)))
    fields = Array()
    for paper in papers:
        fields.extend(_page(pdf, paper, book, fonts, quirks))
    if fields:
        pdf.Root.AcroForm = Dictionary(Fields=fields, SigFlags=3, DA=pikepdf.String("/Helv 0 Tf 0 g "))
    _describe(pdf, quirks)
    path.parent.mkdir(parents=True, exist_ok=True)
    packed = quirks.packed and not fields
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, compress_streams=True, object_stream_mode=mode, force_version="" if packed else quirks.version)
    path.write_bytes(_with_byte_range(out.getvalue()))


def _page(pdf: pikepdf.Pdf, paper: Recorded, book: FontBook, fonts: pikepdf.Object, quirks: Quirks) -> list[pikepdf.Object]:
    """Adds a page; returns the signature fields that belong to the form."""
    width, height = paper.width * PT, paper.height * PT
    left, top, right, bottom = (v * PT for v in quirks.margin)
    seals: list[Picture] = []
    marks: list[Mark] = list(paper.marks)
    if quirks.seal != "image":
        seals = [m for m in marks if isinstance(m, Picture) and m.role == "seal"]
        marks = [m for m in marks if not (isinstance(m, Picture) and m.role == "seal")]
    matrix, size = _turn(quirks.rotate, width, height)
    images = Dictionary()
    first, second = ordered(marks, quirks)
    start = f"q {matrix} cm\n" if quirks.rotate else "q\n"
    if left or bottom:
        start = f"q 1 0 0 1 {left:.2f} {bottom:.2f} cm\n" + start
    body = [start, operators(first, paper.height, book, images, quirks)]
    if quirks.ghosts:
        body.append(ghosts(book, [m for m in first if isinstance(m, Run)][:40], paper.height))
    if second:
        body += [" Q\n" + start.splitlines()[-1] + "\n", operators(second, paper.height, book, images, quirks)]
    if quirks.seal == "form":
        for i, seal in enumerate(seals):
            images[f"/Fx{i}"] = seal_form(pdf, seal)
            body.append(f"q 1 0 0 1 {seal.x * PT:.2f} {(paper.height - seal.y - seal.height) * PT:.2f} cm /Fx{i} Do Q\n")
    body.append("Q\nQ\n" if left or bottom else "Q\n")
    page = pdf.add_blank_page(page_size=(size[0] + left + right, size[1] + top + bottom))
    page.Contents = Array([pdf.make_stream(part.encode("ascii")) for part in body])
    page.Resources = Dictionary(Font=fonts, XObject=images)
    if quirks.rotate:
        page.Rotate = quirks.rotate
    if any(quirks.margin):
        page.CropBox = Array([round(v, 2) for v in (left, bottom, left + size[0], bottom + size[1])])
    if quirks.seal != "annotation" or not seals:
        return []
    made = [_signature_field(pdf, page, seal, paper, quirks, (left, bottom), i) for i, seal in enumerate(seals)]
    page.Annots = Array(made)
    return made


def _turn(rotate: int, width: float, height: float) -> tuple[str, tuple[float, float]]:
    """The matrix that turns content against /Rotate, and the size of the page before it is turned back."""
    matrices = {0: "1 0 0 1 0 0", 90: f"0 1 -1 0 {height:.2f} 0", 180: f"-1 0 0 -1 {width:.2f} {height:.2f}", 270: f"0 -1 1 0 0 {width:.2f}"}
    return matrices[rotate], (height, width) if rotate in (90, 270) else (width, height)


def _signature_field(
    pdf: pikepdf.Pdf, page: pikepdf.Page, seal: Picture, paper: Recorded, quirks: Quirks, origin: tuple[float, float], index: int
) -> pikepdf.Object:
    """A signature field whose appearance is the seal."""
    x0, x1 = seal.x * PT, (seal.x + seal.width) * PT
    y0, y1 = (paper.height - seal.y - seal.height) * PT, (paper.height - seal.y) * PT
    width, height = paper.width * PT, paper.height * PT
    rect = {0: (x0, y0, x1, y1), 90: (height - y1, x0, height - y0, x1), 180: (width - x1, height - y1, width - x0, height - y0), 270: (y0, width - x1, y1, width - x0)}
    form = seal_form(pdf, seal)
    if quirks.rotate:
        form.Matrix = Array({90: [0, 1, -1, 0, 0, 0], 180: [-1, 0, 0, -1, 0, 0], 270: [0, -1, 1, 0, 0, 0]}[quirks.rotate])
    a, b, c, d = rect[quirks.rotate]
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, F=132, P=page.obj, T=pikepdf.String(f"sig{index}"),
        Rect=[round(v, 2) for v in (a + origin[0], b + origin[1], c + origin[0], d + origin[1])], AP=Dictionary(N=form),
    )  # fmt: skip
    if quirks.signed and index == 0:
        moment = quirks.modified or quirks.created
        value = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), SubFilter=Name("/adbe.pkcs7.detached"), ByteRange=[0, _FAR, _FAR, _FAR])
        value.Contents = pikepdf.String(_made_up_signature(repr(quirks)))
        if moment is not None:
            value.M = pikepdf.String(pdf_date(moment))
        field.V = pdf.make_indirect(value)
    return pdf.make_indirect(field)


def _made_up_signature(seed: str) -> bytes:
    """A DER sequence of the usual length; nobody signed anything."""
    body, block = b"", hashlib.sha256(seed.encode()).digest()
    while len(body) < 1500:
        block = hashlib.sha256(block).digest()
        body += block
    head = b"\x30\x82" + (len(body)).to_bytes(2, "big")
    return (head + body).ljust(_SIGNATURE_BYTES, b"\0")


def _describe(pdf: pikepdf.Pdf, quirks: Quirks) -> None:
    said = {"/Producer": quirks.producer, "/Creator": quirks.creator, "/Author": quirks.author, "/Title": quirks.title}
    said["/CreationDate"] = pdf_date(quirks.created) if quirks.created else ""
    said["/ModDate"] = pdf_date(quirks.modified) if quirks.modified else ""
    for name, text in said.items():
        if text:
            pdf.docinfo[name] = pikepdf.String(text)


def _with_byte_range(data: bytes) -> bytes:
    """Fills in what the signature covers: all of the file but its own value."""
    mark = f"[ 0 {_FAR} {_FAR} {_FAR} ]".encode("ascii")
    at = data.find(mark)
    if at < 0:
        return data
    value = data.index(b"/Contents <", data.rfind(b"obj", 0, at)) + len(b"/Contents ")
    end = data.index(b">", value) + 1
    real = f"[ 0 {value} {end} {len(data) - end} ]".encode("ascii").ljust(len(mark))
    return data[:at] + real + data[at + len(mark) :]
