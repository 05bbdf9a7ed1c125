"""Glyphs as fine bitmaps in a Type 3 font with a ToUnicode map (PDF 1.7, 9.6.5): for font files that cannot be subset."""

from __future__ import annotations

import zlib

import numpy as np
import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw

from samples.fonts import Face, font

_EM = 110
"""Pixels to the em: finer than 600 dpi at 12 points."""


def bitmap_font(pdf: pikepdf.Pdf, face: Face, chars: list[str]) -> pikepdf.Dictionary:
    """A font whose codes 1, 2, 3 … are ``chars`` (at most 250)."""
    procs, images, widths = Dictionary(), Dictionary(), []
    k = 1000 / _EM
    for i, char in enumerate(chars, start=1):
        advance = font(face, _EM).getlength(char) * k
        widths.append(round(advance, 2))
        mask = Image.new("L", (_EM * 2, _EM * 2), 0)
        ImageDraw.Draw(mask).text((_EM // 2, _EM * 3 // 2), char, font=font(face, _EM), fill=255, anchor="ls")
        seen = mask.getbbox()
        if seen is None:
            procs[f"/g{i}"] = pdf.make_stream(f"{advance:.2f} 0 0 0 0 0 d1".encode())
            continue
        bits = np.packbits(np.asarray(mask.crop(seen)) < 110, axis=1)
        images[f"/m{i}"] = pikepdf.Stream(
            pdf, zlib.compress(bits.tobytes(), 9), Type=Name.XObject, Subtype=Name.Image, ImageMask=True, Width=seen[2] - seen[0],
            Height=seen[3] - seen[1], BitsPerComponent=1, Filter=Name.FlateDecode,
        )  # fmt: skip
        x0, x1 = (seen[0] - _EM // 2) * k, (seen[2] - _EM // 2) * k
        y0, y1 = (1.5 * _EM - seen[3]) * k, (1.5 * _EM - seen[1]) * k
        box = f"{x0:.1f} {y0:.1f} {x1:.1f} {y1:.1f}"
        procs[f"/g{i}"] = pdf.make_stream(f"{advance:.2f} 0 {box} d1 q {x1 - x0:.1f} 0 0 {y1 - y0:.1f} {x0:.1f} {y0:.1f} cm /m{i} Do Q".encode())
    names = [Name(f"/g{i}") for i in range(1, len(chars) + 1)]
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, -300, 1100, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0], CharProcs=procs,
        Resources=Dictionary(XObject=images), FirstChar=1, LastChar=len(chars), Widths=widths,
        Encoding=Dictionary(Type=Name.Encoding, Differences=[1, *names]), ToUnicode=pdf.make_stream(_to_unicode(chars)),
    )  # fmt: skip


def _to_unicode(chars: list[str]) -> bytes:
    lines = [f"<{i:02X}> <{char.encode('utf-16-be').hex().upper()}>" for i, char in enumerate(chars, start=1)]
    blocks = "".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n" for part in (lines[i : i + 100] for i in range(0, len(lines), 100)))
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Sample def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <FF> endcodespacerange\n{blocks}endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")
