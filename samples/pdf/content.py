"""The operators that put a sheet's marks on a PDF page."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

import numpy as np
import pikepdf
from pikepdf import Dictionary, Name

from samples.pdf.quirks import Quirks
from samples.pdf.typefaces import FontBook
from samples.runs import Ink, Mark, Patch, Picture, Run, Stroke

PT = 72 / 25.4
"""Points to the millimetre."""


def ordered(marks: Sequence[Mark], quirks: Quirks) -> tuple[list[Mark], list[Mark]]:
    """The marks of the page's two content streams."""
    if quirks.order == "drawn":
        return list(marks), []
    lines: list[Mark] = [m for m in marks if isinstance(m, Stroke | Patch) or (isinstance(m, Picture) and m.role == "printed_seal")]
    values = [m for m in marks if isinstance(m, Run) and m.role == "value"]
    labels = [m for m in marks if isinstance(m, Run) and m.role != "value"]
    rest = [m for m in marks if isinstance(m, Picture) and m.role != "printed_seal"]
    if quirks.order == "values_first":
        return lines, [*rest, *values, *labels]
    return [*lines, *labels], [*rest, *values]


def operators(marks: Iterable[Mark], height: float, book: FontBook, images: pikepdf.Dictionary, quirks: Quirks) -> str:
    """Content for ``marks`` on a page ``height`` mm high; pictures are added to ``images``."""
    out: list[str] = []
    for mark in marks:
        if isinstance(mark, Stroke):
            out.append(_stroke(mark, height))
        elif isinstance(mark, Patch):
            box = f"{mark.x0 * PT:.2f} {(height - mark.y1) * PT:.2f} {(mark.x1 - mark.x0) * PT:.2f} {(mark.y1 - mark.y0) * PT:.2f}"
            out.append(f"{rgb(mark.ink)} rg {box} re f")
        elif isinstance(mark, Picture):
            name = f"/Im{len(images)}"
            images[name] = picture(book.pdf, mark)
            place = f"{mark.width * PT:.2f} 0 0 {mark.height * PT:.2f} {mark.x * PT:.2f} {(height - mark.y - mark.height) * PT:.2f}"
            out.append(f"q {place} cm {name} Do Q")
        else:
            out.append(_text(mark, height, book, quirks.split))
    return "\n".join(out) + "\n"


def ghosts(book: FontBook, runs: Sequence[Run], height: float) -> str:
    """Blanks set with a matrix that leaves nothing of them, at the heights of some of ``runs``."""
    if not runs:
        return ""
    key, _ = next(book.segments(runs[0]))
    blank = "0020" if key.encoding == "ucs2" else "20"
    if key.encoding == "subset":
        return ""
    lines = [f"0 0 0 1 0 0 Tm 0 {(height - run.y) * PT:.3f} Td <{blank}> Tj" for run in runs]
    return f"BT {book.resources[key]} 9 Tf\n" + "\n".join(lines) + "\nET\n"


def rgb(ink: Ink) -> str:
    return "0" + " 0" * 2 if max(ink) <= 30 else " ".join(f"{c / 255:.5g}" for c in ink)


def _stroke(mark: Stroke, height: float) -> str:
    a = f"{mark.x0 * PT:.2f} {(height - mark.y0) * PT:.2f}"
    b = f"{mark.x1 * PT:.2f} {(height - mark.y1) * PT:.2f}"
    return f"{rgb(mark.ink)} RG {mark.width * PT:.2f} w {a} m {b} l S"


def _text(run: Run, height: float, book: FontBook, split: bool) -> str:
    """One run; the pen goes on by itself where the font changes inside it."""
    if not run.text:
        return ""
    out = [f"BT {rgb(run.ink)} rg"]
    if run.bold:
        out.append(f"{rgb(run.ink)} RG {run.size / 36:.2f} w 2 Tr")
    if run.spread:
        out.append(f"{run.spread * PT:.3f} Tc")
    out.append(f"1 0 0 1 {run.x * PT:.3f} {(height - run.y) * PT:.3f} Tm")
    for name, codes in book.show(run):
        out.append(f"{name} {run.size:.4g} Tf")
        if any(more for _, more in codes):
            out.append("[" + "".join(f"<{code}>{-more:.4g}" if more else f"<{code}>" for code, more in codes) + "] TJ")
        elif split:
            out += [f"<{code}> Tj" for code, _ in codes]
        else:
            out.append("<" + "".join(code for code, _ in codes) + "> Tj")
    return " ".join([*out, "0 Tc" if run.spread else "", "0 Tr" if run.bold else "", "ET"])


def picture(pdf: pikepdf.Pdf, mark: Picture) -> pikepdf.Stream:
    """An image with a soft mask where it is ink on paper; two-coloured pictures are packed into bits."""
    image = mark.image
    head = {"Type": Name.XObject, "Subtype": Name.Image, "Filter": Name.FlateDecode, "Width": image.width, "Height": image.height}
    grey = np.asarray(image.convert("L"))
    if mark.alpha is None and image.mode in ("L", "1") and len(np.unique(grey)) <= 2:
        bits = np.packbits(grey >= 128, axis=1)
        return pikepdf.Stream(pdf, zlib.compress(bits.tobytes(), 9), BitsPerComponent=1, ColorSpace=Name.DeviceGray, **head)
    stream = pikepdf.Stream(pdf, zlib.compress(image.convert("RGB").tobytes(), 9), BitsPerComponent=8, ColorSpace=Name.DeviceRGB, **head)
    if mark.alpha is not None:
        mask = (np.clip(mark.alpha, 0, 1) * 255).round().astype(np.uint8)
        stream.SMask = pikepdf.Stream(pdf, zlib.compress(mask.tobytes(), 9), BitsPerComponent=8, ColorSpace=Name.DeviceGray, **head)
    return stream


def seal_form(pdf: pikepdf.Pdf, mark: Picture) -> pikepdf.Stream:
    """The picture as a form one could put anywhere: the layered form of Adobe's signature appearances (n0 blank, n2 the seal)."""
    w, h = mark.width * PT, mark.height * PT

    def form(body: str, resources: pikepdf.Dictionary) -> pikepdf.Stream:
        return pikepdf.Stream(
            pdf, body.encode("ascii"), Type=Name.XObject, Subtype=Name.Form, FormType=1, BBox=[0, 0, round(w, 2), round(h, 2)], Resources=resources
        )

    blank = form("% DSBlank\n", Dictionary())
    inked = form(f"q {w:.2f} 0 0 {h:.2f} 0 0 cm /img0 Do Q\n", Dictionary(XObject=Dictionary(img0=picture(pdf, mark))))
    layers = form("q 1 0 0 1 0 0 cm /n0 Do Q\nq 1 0 0 1 0 0 cm /n2 Do Q\n", Dictionary(XObject=Dictionary(n0=blank, n2=inked)))
    return form("q 1 0 0 1 0 0 cm /FRM Do Q\n", Dictionary(XObject=Dictionary(FRM=layers)))
