"""A paper that can also be written as a PDF with a real text layer: what electronic invoices are.

The typefaces at hand have CFF outlines, which small PDF writers cannot subset; so each character used becomes a glyph of a
Type 3 font with a ToUnicode map (PDF 1.7, 9.6.5): text that can be selected, searched and read, drawn from a fine bitmap.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pikepdf
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from samples.fonts import Face, font
from samples.paper import BLACK, Align, MmBox, Paper, Rgb

_EM = 110
"""Pixels to the em of the glyph bitmaps: finer than 600 dpi at 12 points."""
_PT = 72 / 25.4


@dataclass
class _Run:
    face: Face
    size: float
    x: float
    y: float
    text: str
    ink: Rgb


@dataclass
class VectorPaper(Paper):
    """Remembers text, lines and pictures while the raster twin is drawn."""

    runs: list[_Run] = field(default_factory=list)
    strokes: list[tuple[MmBox, float, Rgb]] = field(default_factory=list)
    pictures: list[tuple[Image.Image, NDArray[np.float32] | None, float, float]] = field(default_factory=list)

    def text(
        self, x: float, y: float, text: str, size: float = 10.5, *, face: Face = "serif", bold: bool = False,
        align: Align = "l", ink: Rgb = BLACK, spread: float = 0.0,
    ) -> MmBox:  # fmt: skip
        box = super().text(x, y, text, size, face=face, bold=bold, align=align, ink=ink, spread=spread)
        ascent, descent = font(face, 1000).getmetrics()
        baseline = y + (ascent - descent) / 2000 * size / _PT
        self.runs.append(_Run(face, size, box[0], baseline, text, ink))
        return box

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.2, ink: Rgb = BLACK) -> None:
        super().line(x0, y0, x1, y1, width, ink)
        self.strokes.append(((x0, y0, x1, y1), width, ink))

    def picture(self, image: Image.Image, x: float, y: float) -> None:
        super().picture(image, x, y)
        self.pictures.append((image.convert("RGB"), None, x, y))

    def lay_ink(self, alpha: NDArray[np.float32], x: float, y: float, colour: Rgb) -> None:
        super().lay_ink(alpha, x, y, colour)
        flat = Image.new("RGB", (alpha.shape[1], alpha.shape[0]), colour)
        half_w, half_h = alpha.shape[1] * 12.7 / self.dpi, alpha.shape[0] * 12.7 / self.dpi
        self.pictures.append((flat, alpha, x - half_w, y - half_h))

    def write_pdf(self, path: Path) -> None:
        """Writes one page; the same drawing gives the same bytes."""
        pdf = pikepdf.new()
        page_w, page_h = self.width * _PT, self.height * _PT
        fonts = _Type3Fonts(pdf, self.runs)
        body = io.StringIO()
        for (x0, y0, x1, y1), width, ink in self.strokes:
            body.write(f"{_rgb(ink)} RG {width * _PT:.3f} w {x0 * _PT:.3f} {page_h - y0 * _PT:.3f} m {x1 * _PT:.3f} {page_h - y1 * _PT:.3f} l S\n")
        images = pikepdf.Dictionary()
        for i, (image, alpha, x, y) in enumerate(self.pictures):
            images[f"/Im{i}"] = _image(pdf, image, alpha)
            w, h = image.width * 72 / self.dpi, image.height * 72 / self.dpi
            body.write(f"q {w:.3f} 0 0 {h:.3f} {x * _PT:.3f} {page_h - y * _PT - h:.3f} cm /Im{i} Do Q\n")
        for run in self.runs:
            body.write(fonts.show(run, page_h))
        page = pdf.add_blank_page(page_size=(page_w, page_h))
        page.Contents = pdf.make_stream(body.getvalue().encode("ascii"))
        page.Resources = pikepdf.Dictionary(Font=fonts.resources(), XObject=images)
        pdf.docinfo["/Producer"] = pikepdf.String("Fiscal e-invoice writer (made-up sample)")
        pdf.save(path, deterministic_id=True, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _rgb(ink: Rgb) -> str:
    return " ".join(f"{c / 255:.3f}" for c in ink)


def _image(pdf: pikepdf.Pdf, image: Image.Image, alpha: NDArray[np.float32] | None) -> pikepdf.Stream:
    head = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "BitsPerComponent": 8, "Filter": pikepdf.Name.FlateDecode}
    stream = pikepdf.Stream(pdf, zlib.compress(image.tobytes(), 9), Width=image.width, Height=image.height, ColorSpace=pikepdf.Name.DeviceRGB, **head)
    if alpha is not None:
        mask = (np.clip(alpha, 0, 1) * 255).round().astype(np.uint8)
        stream.SMask = pikepdf.Stream(pdf, zlib.compress(mask.tobytes(), 9), Width=mask.shape[1], Height=mask.shape[0], ColorSpace=pikepdf.Name.DeviceGray, **head)
    return stream


class _Type3Fonts:
    """Type 3 fonts for all characters of some runs, at most 250 to a font."""

    def __init__(self, pdf: pikepdf.Pdf, runs: list[_Run]) -> None:
        self.pdf = pdf
        glyphs = sorted({(run.face, char) for run in runs for char in run.text})
        self.place = {glyph: (i // 250, i % 250 + 1) for i, glyph in enumerate(glyphs)}
        self.fonts = [self._font(glyphs[i : i + 250]) for i in range(0, len(glyphs), 250)]

    def resources(self) -> pikepdf.Dictionary:
        return pikepdf.Dictionary({f"/F{i}": f for i, f in enumerate(self.fonts)})

    def show(self, run: _Run, page_h: float) -> str:
        """Operators that show one run; the font changes where a character lives in the next one."""
        out = [f"BT {_rgb(run.ink)} rg 1 0 0 1 {run.x * _PT:.3f} {page_h - run.y * _PT:.3f} Tm"]
        current, codes = -1, ""
        for char in run.text:
            which, code = self.place[(run.face, char)]
            if which != current:
                if codes:
                    out.append(f"<{codes}> Tj")
                out.append(f"/F{which} {run.size:.2f} Tf")
                current, codes = which, ""
            codes += f"{code:02X}"
        return " ".join([*out, f"<{codes}> Tj ET\n"]) if codes else ""

    def _font(self, glyphs: list[tuple[Face, str]]) -> pikepdf.Object:
        procs, images, widths = pikepdf.Dictionary(), pikepdf.Dictionary(), []
        for i, (face, char) in enumerate(glyphs, start=1):
            advance = font(face, _EM).getlength(char) * 1000 / _EM
            widths.append(round(advance, 2))
            mask = Image.new("L", (_EM * 2, _EM * 2), 0)
            _draw_on_baseline(mask, face, char)
            seen = mask.getbbox()
            if seen is None:
                procs[f"/g{i}"] = self.pdf.make_stream(f"{advance:.2f} 0 0 0 0 0 d1".encode())
                continue
            bits = np.packbits(np.asarray(mask.crop(seen)) < 110, axis=1)
            images[f"/m{i}"] = pikepdf.Stream(
                self.pdf, zlib.compress(bits.tobytes(), 9), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, ImageMask=True,
                Width=seen[2] - seen[0], Height=seen[3] - seen[1], BitsPerComponent=1, Filter=pikepdf.Name.FlateDecode,
            )  # fmt: skip
            k = 1000 / _EM
            x0, x1 = (seen[0] - _EM // 2) * k, (seen[2] - _EM // 2) * k
            y0, y1 = (1.5 * _EM - seen[3]) * k, (1.5 * _EM - seen[1]) * k
            procs[f"/g{i}"] = self.pdf.make_stream(
                f"{advance:.2f} 0 {x0:.1f} {y0:.1f} {x1:.1f} {y1:.1f} d1 q {x1 - x0:.1f} 0 0 {y1 - y0:.1f} {x0:.1f} {y0:.1f} cm /m{i} Do Q".encode()
            )
        names = [pikepdf.Name(f"/g{i}") for i in range(1, len(glyphs) + 1)]
        return self.pdf.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FontBBox=[0, -300, 1100, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            CharProcs=procs, Resources=pikepdf.Dictionary(XObject=images), FirstChar=1, LastChar=len(glyphs), Widths=widths,
            Encoding=pikepdf.Dictionary(Type=pikepdf.Name.Encoding, Differences=[1, *names]),
            ToUnicode=self.pdf.make_stream(_to_unicode([char for _, char in glyphs])),
        ))  # fmt: skip


def _draw_on_baseline(mask: Image.Image, face: Face, char: str) -> None:
    """The character with its origin at half an em from the left, one and a half from the top."""
    ImageDraw.Draw(mask).text((_EM // 2, _EM * 3 // 2), char, font=font(face, _EM), fill=255, anchor="ls")


def _to_unicode(chars: list[str]) -> bytes:
    """A ToUnicode CMap for codes 1, 2, 3 …; at most 100 lines to a block."""
    lines = [f"<{i:02X}> <{char.encode('utf-16-be').hex().upper()}>" for i, char in enumerate(chars, start=1)]
    blocks = "".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n" for part in (lines[i : i + 100] for i in range(0, len(lines), 100)))
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Sample def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <FF> endcodespacerange\n{blocks}endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")
