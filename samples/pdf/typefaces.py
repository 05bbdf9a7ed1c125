"""Fonts of a PDF: carried as subsets with a ToUnicode map, or only named so that every viewer puts in something else."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import pikepdf
from pikepdf import Array, Dictionary, Name

from samples.fonts import Face, font_path
from samples.pdf.bitmap_font import bitmap_font
from samples.pdf.cff import subset_cff
from samples.pdf.metrics import COURIER, NAMED_FACES, FontKind, advance, is_latin, stsong_widths
from samples.pdf.sfnt import UnusableFont, read_sfnt, subset_truetype
from samples.runs import Run

Encoding = Literal["subset", "bitmap", "ucs2", "gbk", "latin"]
_NAMES: dict[FontKind, dict[Face, str]] = {
    "simsun": {"serif": "SimSun", "kai": "KaiTi_GB2312", "sans": "SimHei", "mono": "CourierNewPSMT"},
    "stsong": {"serif": "STSong-Light", "kai": "STSong-Light", "sans": "STSong-Light", "mono": "CourierNewPSMT"},
    "gbk": {"serif": "SimSun", "kai": "STKaiti-Regular", "sans": "SimHei", "mono": "Courier"},
    "carried": {"mono": "CourierNewPSMT"},
    "embedded": {},
}


@dataclass(frozen=True)
class Key:
    """One font of the file: a role, the name under which it is asked for (empty: carried), and how its text is written."""

    face: Face
    name: str
    encoding: Encoding
    part: int = 0
    """Bitmap fonts hold 250 characters each."""


@dataclass
class FontBook:
    """All fonts of one file; runs are announced first, then shown."""

    pdf: pikepdf.Pdf
    kind: FontKind
    used: dict[Key, set[str]] = field(default_factory=dict)
    resources: dict[Key, str] = field(default_factory=dict)
    codes: dict[tuple[Face, str], tuple[int, int]] = field(default_factory=dict)
    prefix: str = "/F"

    def announce(self, runs: Iterable[Run]) -> pikepdf.Dictionary:
        """Makes the fonts that ``runs`` need and returns the /Font resources."""
        for run in runs:
            for key, text in self.segments(run):
                self.used.setdefault(key, set()).update(text)
        fonts = Dictionary()
        for key in sorted(self.used, key=lambda k: (k.face, k.name, k.encoding)):
            if key.encoding == "bitmap":
                chars = sorted(self.used[key])
                for part, at in enumerate(range(0, len(chars), 250)):
                    some = chars[at : at + 250]
                    self.codes |= {(key.face, char): (part, i) for i, char in enumerate(some, start=1)}
                    self._add(fonts, Key(key.face, "", "bitmap", part), bitmap_font(self.pdf, key.face, some))
            else:
                self._add(fonts, key, self._make(key, self.used[key]))
        return fonts

    def _add(self, fonts: pikepdf.Dictionary, key: Key, made: pikepdf.Object) -> None:
        self.resources[key] = f"{self.prefix}{len(self.resources)}"
        fonts[self.resources[key]] = self.pdf.make_indirect(made)

    def segments(self, run: Run) -> Iterator[tuple[Key, str]]:
        """The run cut where its font changes."""
        current, text = None, ""
        for char in run.text:
            key = self._key(run.face, char)
            if key != current and text and current is not None:
                yield current, text
                text = ""
            current = key
            text += char
        if text and current is not None:
            yield current, text

    def show(self, run: Run) -> Iterator[tuple[str, list[tuple[str, float]]]]:
        """(name of the font resource, [(code in hexadecimal, thousandths of the em to move on beyond the font's own width)])."""
        for key, text in self.segments(run):
            if key.encoding == "bitmap":
                for char in text:
                    part, code = self.codes[(run.face, char)]
                    yield self.resources[Key(run.face, "", "bitmap", part)], [(f"{code:02X}", 0.0)]
            elif key.encoding == "subset":
                extra = [advance(self.kind, run.face, char) - _width(self.kind, key.face, char) for char in text]
                yield self.resources[key], [(encode(key, char), more if abs(more) > 1 else 0.0) for char, more in zip(text, extra, strict=True)]
            else:
                yield self.resources[key], [(encode(key, char), 0.0) for char in text]

    def _key(self, face: Face, char: str) -> Key:
        name = _NAMES[self.kind].get(face, "") if face in NAMED_FACES else ""
        if name and (face == "mono" or self.kind == "gbk") and is_latin(char):
            return Key(face, name, "latin")
        if name and face == "mono":
            return self._key("serif", char)
        if name and self.kind == "gbk" and _in_gbk(char):
            return Key(face, name, "gbk")
        if name and self.kind in ("simsun", "stsong") and ord(char) <= 0xFFFF and (_in_gbk(char) or is_latin(char)):
            return Key(face, name, "ucs2")
        try:
            if ord(char) in read_sfnt(font_path(face)).cmap:
                return Key(face, "", "subset")
        except UnusableFont:
            return Key(face, "", "bitmap")
        return Key(face, "", "bitmap") if face == "sans" else self._key("sans", char)

    def _make(self, key: Key, chars: set[str]) -> pikepdf.Object:
        if key.encoding == "subset":
            return _carried(self.pdf, self.kind, key.face, chars)
        if key.encoding == "latin":
            return _latin(key.name)
        return _named(key, self.kind)


def encode(key: Key, text: str) -> str:
    """``text`` as the hexadecimal string of a content stream."""
    if key.encoding == "subset":
        cmap = read_sfnt(font_path(key.face)).cmap
        return "".join(f"{cmap[ord(char)]:04X}" for char in text)
    if key.encoding == "latin":
        return text.encode("latin-1").hex().upper()
    return text.encode("gbk" if key.encoding == "gbk" else "utf-16-be").hex().upper()


def _in_gbk(char: str) -> bool:
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _latin(name: str) -> pikepdf.Dictionary:
    wide = COURIER if name.startswith("Courier") else 500
    described = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(f"/{name}"), Flags=33, FontBBox=[-21, -679, 637, 1020], ItalicAngle=0, Ascent=859 if wide == 500 else 612,
        Descent=-188, CapHeight=699, StemV=80,
    )  # fmt: skip
    return Dictionary(
        Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name(f"/{name}"), Encoding=Name.WinAnsiEncoding, FirstChar=32, LastChar=255, Widths=[wide] * 224,
        FontDescriptor=described,
    )  # fmt: skip


def _named(key: Key, kind: FontKind) -> pikepdf.Dictionary:
    """A CID font that is not in the file (PDF 1.7, 9.7.5.2: UniGB-UCS2-H and GBK-EUC-H are predefined)."""
    song = key.name.startswith("ST")
    described = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(f"/{key.name}"), Flags=6 if song else 32, FontBBox=[-25, -254, 1000, 880] if song else [-7, -140, 1000, 859],
        ItalicAngle=0, Ascent=880 if song else 859, Descent=-120 if song else -140, CapHeight=880 if song else 683, StemV=93 if song else 0,
    )  # fmt: skip
    if kind == "stsong":
        widths = Array([1, Array(stsong_widths())])
    elif key.encoding == "gbk":
        widths = Array([7716, 7716, 500, 814, 907, 500])
    else:
        widths = Array([1, 95, 500, 738, 813, 1000])
    encoding = "GBK-EUC-H" if key.encoding == "gbk" else "UniGB-UCS2-H"
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0 if song else Name.CIDFontType2, BaseFont=Name(f"/{key.name}"), DW=1000, W=widths,
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("GB1"), Supplement=4 if song else 2), FontDescriptor=described,
    )  # fmt: skip
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(f"/{key.name}-{encoding}" if song else f"/{key.name}"), Encoding=Name(f"/{encoding}"),
        DescendantFonts=[descendant],
    )  # fmt: skip


def _carried(pdf: pikepdf.Pdf, kind: FontKind, face: Face, chars: set[str]) -> pikepdf.Dictionary:
    """A subset of the role's font file; codes are the file's glyph numbers."""
    path = font_path(face)
    sfnt = read_sfnt(path)
    glyphs = {sfnt.cmap[ord(char)]: char for char in sorted(chars)}
    compact = b"CFF " in sfnt.tables
    program = subset_cff(sfnt.table(b"CFF "), set(glyphs)) if compact else subset_truetype(sfnt, set(glyphs))
    stem = "".join(c for c in path.stem if c.isalnum() or c == "-")
    name = Name(f"/{_tag(program)}+{stem}")
    up, down = sfnt.ascent_descent
    described = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=4, FontBBox=list(sfnt.bbox), ItalicAngle=0, Ascent=up, Descent=down, CapHeight=733, StemV=80
    )
    held = pikepdf.Stream(pdf, zlib.compress(program, 9), Filter=Name.FlateDecode)
    if compact:
        held.Subtype = Name.CIDFontType0C
        described.FontFile3 = pdf.make_indirect(held)
    else:
        held.Length1 = len(program)
        described.FontFile2 = pdf.make_indirect(held)
    widths = Array()
    for glyph, char in sorted(glyphs.items()):
        widths.append(glyph)
        widths.append(Array([_width(kind, face, char)]))
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0 if compact else Name.CIDFontType2, BaseFont=name, DW=1000, W=widths,
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0), FontDescriptor=described,
    )  # fmt: skip
    if not compact:
        descendant.CIDToGIDMap = Name.Identity
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"), DescendantFonts=[pdf.make_indirect(descendant)],
        ToUnicode=pdf.make_stream(_to_unicode(glyphs)),
    )  # fmt: skip


def _width(kind: FontKind, face: Face, char: str) -> int:
    """The advance that the font states: the measured one, which for fixed pitch is not the outline's own."""
    return round(advance(kind, face, char))


def _tag(program: bytes) -> str:
    """Six capitals, the same for the same subset."""
    return "".join(chr(65 + byte % 26) for byte in hashlib.sha256(program).digest()[:6])


def _to_unicode(glyphs: dict[int, str]) -> bytes:
    lines = [f"<{glyph:04X}> <{char.encode('utf-16-be').hex().upper()}>" for glyph, char in sorted(glyphs.items())]
    blocks = "".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n" for part in (lines[i : i + 100] for i in range(0, len(lines), 100)))
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{blocks}endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")
