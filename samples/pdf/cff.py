"""A CID-keyed CFF font cut down to some glyphs (Adobe Technical Notes 5176 and 5177).

Subroutines are written out where they are called, so that nothing of the other glyphs has to be carried along.
"""

from __future__ import annotations

import struct
from itertools import pairwise

from samples.pdf.sfnt import UnusableFont

_CHARSET, _CHARSTRINGS, _PRIVATE, _SUBRS = (15,), (17,), (18,), (19,)
_ROS, _FDARRAY, _FDSELECT, _CIDCOUNT = (12, 30), (12, 36), (12, 37), (12, 34)
Dict = dict[tuple[int, ...], tuple[list[int], bytes]]
"""Operator → (operands as integers, operands as they are written)."""


def _index(data: bytes, at: int) -> tuple[list[bytes], int]:
    """The entries of an INDEX and where it ends."""
    count = struct.unpack_from(">H", data, at)[0]
    if count == 0:
        return [], at + 2
    size = data[at + 2]
    base = at + 3
    marks = [int.from_bytes(data[base + size * i : base + size * (i + 1)], "big") for i in range(count + 1)]
    start = base + size * (count + 1) - 1
    return [data[start + a : start + b] for a, b in pairwise(marks)], start + marks[-1]


def _write_index(entries: list[bytes]) -> bytes:
    if not entries:
        return b"\0\0"
    total = 1 + sum(map(len, entries))
    size = (total.bit_length() + 7) // 8
    out, at = bytearray(struct.pack(">HB", len(entries), size)), 1
    for entry in [b"", *entries]:
        at += len(entry)
        out += at.to_bytes(size, "big")
    return bytes(out) + b"".join(entries)


def _read_dict(data: bytes) -> Dict:
    out: Dict = {}
    operands: list[int] = []
    at = start = 0
    while at < len(data):
        b = data[at]
        if b <= 21:
            key = (b, data[at + 1]) if b == 12 else (b,)
            out[key] = (operands, data[start:at])
            at += len(key)
            operands, start = [], at
        elif b == 28:
            operands.append(struct.unpack_from(">h", data, at + 1)[0])
            at += 3
        elif b == 29:
            operands.append(struct.unpack_from(">i", data, at + 1)[0])
            at += 5
        elif b == 30:
            at += 1
            while data[at] & 0x0F != 0x0F and data[at] >> 4 != 0x0F:
                at += 1
            at += 1
            operands.append(0)
        elif b <= 246:
            operands.append(b - 139)
            at += 1
        elif b <= 250:
            operands.append((b - 247) * 256 + data[at + 1] + 108)
            at += 2
        else:
            operands.append(-(b - 251) * 256 - data[at + 1] - 108)
            at += 2
    return out


def _write_dict(entries: Dict, changed: dict[tuple[int, ...], list[int]]) -> bytes:
    """``changed`` operands are written in five bytes each, so that their values do not move anything."""
    out = b""
    for key, (_, raw) in entries.items():
        if key in changed:
            raw = b"".join(b"\x1d" + struct.pack(">i", v) for v in changed[key])
        out += raw + bytes(key)
    return out


def _select(data: bytes, at: int, count: int) -> list[int]:
    """FDSelect: glyph → font dict."""
    if data[at] == 0:
        return list(data[at + 1 : at + 1 + count])
    if data[at] != 3:
        raise UnusableFont("字体的 FDSelect 格式不受支持，请换用其他字体")
    out: list[int] = []
    ranges = struct.unpack_from(">H", data, at + 1)[0]
    for i in range(ranges):
        first, which, after = struct.unpack_from(">HBH", data, at + 3 + 3 * i)
        out += [which] * (after - first)
    return out


def _bias(subrs: list[bytes]) -> int:
    return 107 if len(subrs) < 1240 else 1131 if len(subrs) < 33900 else 32768


class _Flat:
    """A charstring with its subroutines written out where they were called."""

    def __init__(self, code: bytes, shared: list[bytes], local: list[bytes]) -> None:
        self.shared, self.local = shared, local
        self.tokens: list[bytes] = []
        self.stack: list[int] = []
        self.hints = 0
        self._run(code, 0)

    @property
    def code(self) -> bytes:
        return b"".join(self.tokens)

    def _run(self, code: bytes, depth: int) -> bool:
        """True when the glyph has ended."""
        at, stack = 0, self.stack
        if depth > 10:
            raise UnusableFont("字体的子程序嵌套过深，请换用其他字体")
        while at < len(code):
            begin, b = at, code[at]
            at += 1
            if b >= 32 or b == 28:
                value, at = _number(code, b, at)
                stack.append(value)
            elif b in (10, 29):
                subrs = self.local if b == 10 else self.shared
                self.tokens.pop()
                if self._run(subrs[stack.pop() + _bias(subrs)], depth + 1):
                    return True
                continue
            elif b == 11:
                return False
            else:
                if b in (1, 3, 18, 23, 19, 20):
                    self.hints += len(stack) // 2
                at += (self.hints + 7) // 8 if b in (19, 20) else 1 if b == 12 else 0
                stack.clear()
            self.tokens.append(code[begin:at])
            if b == 14:
                return True
        return False


def _number(code: bytes, b: int, at: int) -> tuple[int, int]:
    if b == 28:
        return struct.unpack_from(">h", code, at)[0], at + 2
    if b <= 246:
        return b - 139, at
    if b <= 250:
        return (b - 247) * 256 + code[at] + 108, at + 1
    if b <= 254:
        return -(b - 251) * 256 - code[at] - 108, at + 1
    return struct.unpack_from(">i", code, at)[0] >> 16, at + 4


def subset_cff(data: bytes, glyphs: set[int]) -> bytes:
    """A CFF font of ``glyphs`` whose CIDs are the old glyph numbers. Raises :class:`UnusableFont`."""
    names, at = _index(data, data[2])
    tops, at = _index(data, at)
    strings, at = _index(data, at)
    shared, _ = _index(data, at)
    top = _read_dict(tops[0])
    if _ROS not in top:
        raise UnusableFont("不是按 CID 编码的字体，请换用其他字体")
    charstrings, _ = _index(data, top[_CHARSTRINGS][0][0])
    fonts, _ = _index(data, top[_FDARRAY][0][0])
    select = _select(data, top[_FDSELECT][0][0], len(charstrings))
    kept = sorted({0, *(g for g in glyphs if g < len(charstrings))})
    dicts: list[tuple[Dict, bytes]] = []
    flat: dict[int, bytes] = {}
    for which, raw in enumerate(fonts):
        entries = _read_dict(raw)
        size, offset = entries[_PRIVATE][0]
        private = _read_dict(data[offset : offset + size])
        local = _index(data, offset + private[_SUBRS][0][0])[0] if _SUBRS in private else []
        flat |= {glyph: _Flat(charstrings[glyph], shared, local).code for glyph in kept if select[glyph] == which}
        private.pop(_SUBRS, None)
        dicts.append((entries, _write_dict(private, {})))
    head = data[: data[2]] + _write_index(names)
    tail = _write_index(strings) + _write_index([])
    charset = b"\0" + b"".join(struct.pack(">H", glyph) for glyph in kept[1:])
    chosen = b"\0" + bytes(select[glyph] for glyph in kept)
    outlines = _write_index([flat[glyph] for glyph in kept])
    changed = {_CHARSET: [0], _FDSELECT: [0], _CHARSTRINGS: [0], _FDARRAY: [0], _CIDCOUNT: [max(kept) + 1]}
    at = len(head) + len(_write_index([_write_dict(top, changed)])) + len(tail)
    changed[_CHARSET], at = [at], at + len(charset)
    changed[_FDSELECT], at = [at], at + len(chosen)
    changed[_CHARSTRINGS], at = [at], at + len(outlines)
    changed[_FDARRAY] = [at]
    at += len(_write_index([_write_dict(entries, {_PRIVATE: [0, 0]}) for entries, _ in dicts]))
    arrays, privates = [], b""
    for entries, private_body in dicts:
        arrays.append(_write_dict(entries, {_PRIVATE: [len(private_body), at + len(privates)]}))
        privates += private_body
    return head + _write_index([_write_dict(top, changed)]) + tail + charset + chosen + outlines + _write_index(arrays) + privates
