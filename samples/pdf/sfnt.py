"""Just enough of an OpenType font file to carry some of its glyphs into a PDF (ISO/IEC 14496-22)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path


class UnusableFont(ValueError):
    """The font's tables are not of a kind that can be carried; the caller draws the glyphs as bitmaps instead."""


class Sfnt:
    """Tables, character map and advance widths. Raises :class:`UnusableFont`."""

    def __init__(self, data: bytes) -> None:
        if data[:4] not in (b"\x00\x01\x00\x00", b"OTTO", b"true"):
            raise UnusableFont("这个字体文件不是单个 TrueType/OpenType 字体，请换用其他字体")
        self.tables: dict[bytes, bytes] = {}
        for i in range(_u16(data, 4)):
            tag, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * i)
            self.tables[tag] = data[offset : offset + length]

    def table(self, tag: bytes) -> bytes:
        try:
            return self.tables[tag]
        except KeyError as error:
            raise UnusableFont(f"字体缺少 {tag.decode()} 表，请换用其他字体") from error

    @cached_property
    def units(self) -> int:
        """Font units to the em."""
        return _u16(self.table(b"head"), 18)

    @cached_property
    def bbox(self) -> tuple[int, int, int, int]:
        """The box around all glyphs, in thousandths of the em."""
        x0, y0, x1, y1 = struct.unpack_from(">4h", self.table(b"head"), 36)
        k = 1000 / self.units
        return (round(x0 * k), round(y0 * k), round(x1 * k), round(y1 * k))

    @cached_property
    def ascent_descent(self) -> tuple[int, int]:
        up, down = struct.unpack_from(">2h", self.table(b"hhea"), 4)
        return (round(up * 1000 / self.units), round(down * 1000 / self.units))

    @cached_property
    def glyph_count(self) -> int:
        return _u16(self.table(b"maxp"), 4)

    @cached_property
    def cmap(self) -> Mapping[int, int]:
        """Code point → glyph."""
        table = self.table(b"cmap")
        best: dict[int, int] = {}
        for i in range(_u16(table, 2)):
            platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * i)
            if (platform, encoding) in ((3, 1), (3, 10), (0, 3), (0, 4), (0, 6)):
                for code, glyph in _subtable(table[offset:]).items():
                    best.setdefault(code, glyph)
        if not best:
            raise UnusableFont("字体没有 Unicode 字符表，请换用其他字体")
        return best

    def width(self, glyph: int) -> float:
        """Advance in thousandths of the em."""
        count = _u16(self.table(b"hhea"), 34)
        return float(_u16(self.table(b"hmtx"), 4 * min(glyph, count - 1)) * 1000 / self.units)


@lru_cache(maxsize=16)
def read_sfnt(path: Path) -> Sfnt:
    return Sfnt(path.read_bytes())


def _u16(data: bytes, at: int) -> int:
    return int(struct.unpack_from(">H", data, at)[0])


def _subtable(data: bytes) -> dict[int, int]:
    """Formats 4 and 12; others are empty."""
    out: dict[int, int] = {}
    if _u16(data, 0) == 12:
        for i in range(struct.unpack_from(">I", data, 12)[0]):
            first, last, glyph = struct.unpack_from(">III", data, 16 + 12 * i)
            out.update((code, glyph + code - first) for code in range(first, last + 1))
    elif _u16(data, 0) == 4:
        n = _u16(data, 6) // 2
        for i in range(n):
            end, start = _u16(data, 14 + 2 * i), _u16(data, 16 + 2 * n + 2 * i)
            delta, where = _u16(data, 16 + 4 * n + 2 * i), 16 + 6 * n + 2 * i
            shift = _u16(data, where)
            for code in range(start, min(end, 0xFFFE) + 1):
                glyph = code if shift == 0 else _u16(data, where + shift + 2 * (code - start))
                if shift == 0 or glyph:
                    out[code] = (glyph + delta) & 0xFFFF
    return {code: glyph for code, glyph in out.items() if glyph}


def subset_truetype(font: Sfnt, glyphs: set[int]) -> bytes:
    """A font file with the outlines of ``glyphs`` (and what they are made of) under their old numbers; all others are empty."""
    loca, glyf = font.table(b"loca"), font.table(b"glyf")
    long = _u16(font.table(b"head"), 50) == 1
    offsets = struct.unpack_from(f">{font.glyph_count + 1}{'I' if long else 'H'}", loca)
    scale = 1 if long else 2

    def outline(glyph: int) -> bytes:
        return glyf[offsets[glyph] * scale : offsets[glyph + 1] * scale]

    kept, waiting = set[int](), [0, *glyphs]
    while waiting:
        glyph = waiting.pop()
        if glyph not in kept and glyph < font.glyph_count:
            kept.add(glyph)
            waiting += _parts(outline(glyph))
    body, places = bytearray(), []
    for glyph in range(font.glyph_count):
        places.append(len(body))
        if glyph in kept:
            body += outline(glyph)
            body += b"\0" * (-len(body) % 4)
    places.append(len(body))
    head = bytearray(font.table(b"head"))
    head[50:52] = b"\0\1"
    tables: dict[bytes, bytes] = {t: font.tables[t] for t in (b"cvt ", b"fpgm", b"prep", b"hhea", b"hmtx", b"maxp") if t in font.tables}
    return _assemble({**tables, b"head": bytes(head), b"glyf": bytes(body), b"loca": struct.pack(f">{len(places)}I", *places)})


def _parts(outline: bytes) -> list[int]:
    """The glyphs a composite glyph is made of."""
    if len(outline) < 10 or struct.unpack_from(">h", outline)[0] >= 0:
        return []
    parts, at, flags = [], 10, 0x20
    while flags & 0x20:
        flags, glyph = struct.unpack_from(">HH", outline, at)
        parts.append(glyph)
        at += 4 + (4 if flags & 1 else 2) + (2 if flags & 8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0)
    return parts


def _assemble(tables: Mapping[bytes, bytes]) -> bytes:
    n = len(tables)
    power = 1 << (n.bit_length() - 1)
    out = bytearray(struct.pack(">4sHHHH", b"\0\1\0\0", n, 16 * power, power.bit_length() - 1, 16 * (n - power)))
    at, body = 12 + 16 * n, bytearray()
    for tag in sorted(tables):
        data = tables[tag]
        padded = data + b"\0" * (-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        out += struct.pack(">4sIII", tag, checksum, at + len(body), len(data))
        body += padded
    return bytes(out + body)
