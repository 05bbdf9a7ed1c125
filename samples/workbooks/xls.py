"""Writes BIFF8 (.xls, and .et as WPS saves it), from [MS-XLS] and [MS-CFB]: one stream in a compound file, the same bytes for the
same book.

The well-kept writers of this format have ended (xlwt, 2017); a list needs few records: fonts, formats, looks, strings, numbers,
merged ranges, hidden rows. A formula is written as its value, and as nothing where it had none.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from samples.workbooks.book import Book, Cell, Sheet, Style, serial

_MOST_ROWS, _RECORD = 65_536, 8_224
_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_BUILT_IN = {"General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, "yyyy/m/d": 14, "@": 49}
_ALIGN = {"general": 0, "left": 1, "center": 2, "right": 3}
_GREY = 22
_FIRST_XF = 16


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _text(text: str, wide: bool = True) -> bytes:
    """A string with its length (one byte where not ``wide``), always in UTF-16."""
    body = text.encode("utf-16-le")
    return struct.pack("<HB" if wide else "<BB", len(body) // 2, 1) + body


class _Looks:
    def __init__(self) -> None:
        self.styles: dict[Style, int] = {}

    def number(self, style: Style) -> int:
        return self.styles.setdefault(style, _FIRST_XF + len(self.styles))

    def records(self) -> bytes:
        styles = list(self.styles)
        fonts = list(dict.fromkeys((s.font, s.size, s.bold) for s in styles))
        formats = {code: 164 + i for i, code in enumerate(dict.fromkeys(s.format for s in styles if s.format not in _BUILT_IN))}
        # Font 4 does not exist: the fifth record is number 5.
        out = [_font("宋体", 11, False)] * 4 + [_font(*font) for font in fonts]
        out += [_record(0x041E, struct.pack("<H", number) + _text(code)) for code, number in formats.items()]
        out += [_record(0x00E0, struct.pack("<HHHBBBBIIH", 0, 0, 0xFFF5, 0x20, 0, 0, 0, 0, 0, 0x20C0))] * 15
        out += [_record(0x00E0, struct.pack("<HHHBBBBIIH", 0, 0, 0x0001, 0x20, 0, 0, 0, 0, 0, 0x20C0))]
        for s in styles:
            align = _ALIGN[s.align] | (0x08 if s.wrap else 0) | 0x10
            edge = 0x1111 | 64 << 16 | 64 << 23 if s.border else 0
            edge_low = (64 | 64 << 7 if s.border else 0) | (1 << 26 if s.fill else 0)
            fill = _GREY | 65 << 7 if s.fill else 0x20C0
            font = 5 + fonts.index((s.font, s.size, s.bold))
            number = _BUILT_IN.get(s.format, formats.get(s.format, 0))
            out.append(_record(0x00E0, struct.pack("<HHHBBBBIIH", font, number, 0x0001, align, 0, 0, 0xFC, edge, edge_low, fill)))
        out.append(_record(0x0293, struct.pack("<HBB", 0x8000, 0, 0xFF)))
        return b"".join(out)


def _font(name: str, size: float, bold: bool) -> bytes:
    return _record(0x0031, struct.pack("<HHHHHBBBB", round(size * 20), 0, 0x7FFF, 700 if bold else 400, 0, 0, 0, 134, 0) + _text(name, wide=False))


class _Strings:
    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        self.count = 0

    def number(self, text: str) -> int:
        self.count += 1
        return self.known.setdefault(text, len(self.known))

    def records(self) -> bytes:
        """The shared strings; a record is closed before a string that would not fit whole."""
        parts, room = [bytearray(struct.pack("<II", self.count, len(self.known)))], _RECORD
        for text in self.known:
            item = _text(text)
            if len(parts[-1]) + len(item) > room:
                parts.append(bytearray())
            parts[-1] += item
        return b"".join(_record(0x00FC if i == 0 else 0x003C, bytes(part)) for i, part in enumerate(parts))


def _cell(row: int, column: int, cell: Cell, looks: _Looks, strings: _Strings) -> bytes:
    at = struct.pack("<HHH", row, column, looks.number(cell.style))
    if cell.value is None or not cell.cached:
        return _record(0x0201, at)
    if isinstance(cell.value, str):
        return _record(0x00FD, at + struct.pack("<I", strings.number(cell.value)))
    number = float(serial(cell.value)) if isinstance(cell.value, date) else float(cell.value)
    return _record(0x0203, at + struct.pack("<d", number))


def _rows(sheet: Sheet, looks: _Looks, strings: _Strings, wide: int) -> Iterator[bytes]:
    filled = {row: list(keys) for row, keys in groupby(sorted(sheet.cells), key=lambda k: k[0])}
    rows = sorted(filled.keys() | sheet.heights.keys() | sheet.hidden_rows)
    for start in range(0, len(rows), 32):  # rows come in blocks: their heads, then their cells
        block = rows[start : start + 32]
        for row in block:
            custom = row in sheet.heights
            flags = 0x100 | (0x40 if custom else 0) | (0x20 if row in sheet.hidden_rows else 0)
            height = round(sheet.heights.get(row, 13.5) * 20)
            yield _record(0x0208, struct.pack("<HHHHHHI", row, 0, wide, height, 0, 0, flags))
        for row in block:
            for key in filled.get(row, ()):
                yield _cell(*key, sheet.cells[key], looks, strings)


def _sheet(sheet: Sheet, looks: _Looks, strings: _Strings, active: bool) -> bytes:
    high = max((r for r, _ in sheet.cells), default=-1) + 1
    wide = max((c for _, c in sheet.cells), default=-1) + 1
    if high > _MOST_ROWS or wide > 256:
        raise ValueError(f"工作表有 {high} 行 {wide} 列，旧格式（xls）最多 {_MOST_ROWS} 行 256 列，请改用 xlsx。")
    out = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0x41, 0x06)), _record(0x0081, struct.pack("<H", 0x05C1))]
    out.append(_record(0x0015, _text("&C" + sheet.footer)) if sheet.footer else b"")
    paper, portrait = (8 if sheet.paper == "A3" else 9), (0 if sheet.landscape else 2)
    out.append(_record(0x00A1, struct.pack("<HHHHHHHHddH", paper, 100, 1, 1, 0, portrait, 600, 600, 0.3, 0.3, 1)))
    for column in sorted(set(sheet.widths) | sheet.hidden_columns):
        width = round(sheet.widths.get(column, 9) * 256)
        out.append(_record(0x007D, struct.pack("<HHHHHH", column, column, width, 15, int(column in sheet.hidden_columns), 0)))
    out.append(_record(0x0200, struct.pack("<IIHHH", 0, high, 0, wide, 0)))
    out += _rows(sheet, looks, strings, wide)
    frozen = 0x0008 if sheet.freeze else 0
    out.append(_record(0x023E, struct.pack("<HHHIHHI", 0x00B6 | frozen | (0x0600 if active else 0), 0, 0, 64, 0, 0, 0)))
    if sheet.freeze:
        row, column = sheet.freeze
        out.append(_record(0x0041, struct.pack("<HHHHH", column, row, row, column, 0 if row and column else 2 if row else 1)))
    for start in range(0, len(sheet.merged), 1000):
        part = sheet.merged[start : start + 1000]
        out.append(_record(0x00E5, struct.pack("<H", len(part)) + b"".join(struct.pack("<HHHH", a, c, b, d) for a, b, c, d in part)))
    return b"".join((*out, _record(0x000A)))


def _stream(book: Book) -> bytes:
    looks, strings = _Looks(), _Strings()
    open_index = next((i for i, s in enumerate(book.sheets) if not s.hidden), 0)
    sheets = [_sheet(s, looks, strings, i == open_index) for i, s in enumerate(book.sheets)]
    head = b"".join((
        _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0x41, 0x06)), _record(0x0042, struct.pack("<H", 1200)),
        _record(0x003D, struct.pack("<HHHHHHHHH", 240, 120, 20730, 9450, 0x38, open_index, 0, 1, 600)), _record(0x0022, struct.pack("<H", 0)), looks.records(),
    ))  # fmt: skip
    names = [_text(s.name, wide=False) for s in book.sheets]
    tail = strings.records() + _record(0x000A)
    at = len(head) + sum(4 + 6 + len(name) for name in names) + len(tail)
    bounds = []
    for sheet, name, data in zip(book.sheets, names, sheets, strict=True):
        bounds.append(_record(0x0085, struct.pack("<IBB", at, int(sheet.hidden), 0) + name))
        at += len(data)
    return b"".join((head, *bounds, tail, *sheets))


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    """An entry of the compound file's directory."""
    encoded = name.encode("utf-16-le") + b"\0\0" if name else b""
    used = len(encoded)
    return struct.pack("<64sHBBIII16sIQQIQ", encoded, used, kind, 1, _FREE, _FREE, child, b"", 0, 0, 0, start, size)


def _compound(stream: bytes) -> bytes:
    """``stream`` as the stream Workbook of a compound file of version 3."""
    data = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    body = len(data) // _SECTOR
    tables = 1
    while tables * (_SECTOR // 4) < body + 1 + tables:
        tables += 1
    if tables > 109:
        raise ValueError(f"清单约 {len(data) // 1024 // 1024} MB，超出旧格式（xls）样例的大小，请改用 xlsx。")
    chain: list[int] = [*range(1, body), _END, _END, *[_FAT] * tables]
    chain += [_FREE] * (tables * (_SECTOR // 4) - len(chain))
    directory = b"".join((_entry("Root Entry", 5, 1, _END, 0), _entry("Workbook", 2, _FREE, 0, len(data)), _entry("", 0, _FREE, 0, 0), _entry("", 0, _FREE, 0, 0)))
    places: Sequence[int] = [*(body + 1 + i for i in range(tables)), *[_FREE] * (109 - tables)]
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, tables, body, 0, 4096, _END, 0, _END, 0,
    )  # fmt: skip
    return b"".join((header, struct.pack("<109I", *places), data, directory, struct.pack(f"<{len(chain)}I", *chain)))


def xls_bytes(book: Book) -> bytes:
    """The whole file. Raises ValueError for what the old format cannot hold."""
    return _compound(_stream(book))
