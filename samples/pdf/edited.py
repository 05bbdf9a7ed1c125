"""A finished PDF changed in an editor: white patches, new text in another font, appended as an incremental update (PDF 1.7, 7.5.6).

What was there stays in the file below the patch; /Producer, /ModDate and the second revision tell of it.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary

from samples.pdf.content import operators
from samples.pdf.quirks import Quirks, pdf_date
from samples.pdf.typefaces import FontBook
from samples.runs import Mark, Run


def append_edit(path: Path, marks: Mapping[int, Sequence[Mark]], height: float, *, quirks: Quirks, producer: str, moment: datetime) -> None:
    """Appends ``marks`` without pictures (page index → marks, mm on pages ``height`` mm high) to the file at ``path``, which must have a plain
    cross-reference table (``Quirks.packed`` False)."""
    data = path.read_bytes()
    pdf = pikepdf.open(io.BytesIO(data))
    before = len(pdf.objects)
    book = FontBook(pdf, "embedded", prefix="/Ed")
    fonts = book.announce(mark for some in marks.values() for mark in some if isinstance(mark, Run))
    changed: list[pikepdf.Object] = []
    for index, some in marks.items():
        page = pdf.pages[index].obj
        resources = page.Resources
        shared = resources.Font
        for name, font in fonts.items():
            shared[name] = font
        body = _start(quirks) + operators(some, height, book, Dictionary(), quirks) + "Q\n" * (2 if _moved(quirks) else 1)
        page.Contents = Array([*page.Contents, pdf.make_stream(body.encode("ascii"))])
        changed += [page, shared] if shared.is_indirect else [page]
    info = pdf.trailer.Info
    info["/Producer"] = pikepdf.String(producer)
    info["/ModDate"] = pikepdf.String(pdf_date(moment))
    changed.append(info)
    fresh = [pdf.get_object((number, 0)) for number in range(before + 1, len(pdf.objects) + 1)]
    path.write_bytes(_append(data, pdf, [*changed, *fresh]))


def _moved(quirks: Quirks) -> bool:
    return bool(quirks.margin[0] or quirks.margin[3])


def _start(quirks: Quirks) -> str:
    left, bottom = quirks.margin[0] * 72 / 25.4, quirks.margin[3] * 72 / 25.4
    return (f"q 1 0 0 1 {left:.2f} {bottom:.2f} cm\n" if _moved(quirks) else "") + "q\n"


def _append(data: bytes, pdf: pikepdf.Pdf, objects: Sequence[pikepdf.Object]) -> bytes:
    """The objects, a cross-reference section and a trailer that points back."""
    out = bytearray(data if data.endswith(b"\n") else data + b"\n")
    places: dict[int, int] = {}
    for item in objects:
        number = item.objgen[0]
        if number in places:
            continue
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode("ascii") + _body(item) + b"\nendobj\n"
    start, rows = len(out), bytearray(b"xref\n")
    numbers = sorted(places)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        rows += f"{run[0]} {len(run)}\n".encode("ascii")
        for number in run:
            rows += f"{places[number]:010d} 00000 n \n".encode("ascii")
    previous = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    first = bytes(pdf.trailer.ID[0])
    second = hashlib.md5(bytes(out), usedforsecurity=False).digest()
    root, info = pdf.trailer.Root.objgen[0], pdf.trailer.Info.objgen[0]
    trailer = (
        f"trailer\n<< /Size {max(max(numbers) + 1, len(pdf.objects) + 1)} /Root {root} 0 R /Info {info} 0 R /Prev {previous} "
        f"/ID [<{first.hex()}><{second.hex()}>] >>\nstartxref\n{start}\n%%EOF\n"
    )
    return bytes(out + rows) + trailer.encode("ascii")


def _body(item: pikepdf.Object) -> bytes:
    if not isinstance(item, pikepdf.Stream):
        return item.unparse(resolved=True)
    raw = item.read_raw_bytes()
    head = Dictionary({name: value for name, value in item.stream_dict.items() if name != "/Length"})
    head.Length = len(raw)
    return head.unparse(resolved=True) + b"\nstream\n" + raw + b"\nendstream"
