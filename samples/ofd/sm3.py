"""The SM3 hash (GB/T 32905-2016), which OFD signatures name; not every OpenSSL has it."""

from __future__ import annotations

import struct

_START = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)
_ALL = 0xFFFFFFFF


def _left(x: int, n: int) -> int:
    n %= 32
    return ((x << n) | (x >> (32 - n))) & _ALL


def sm3(data: bytes) -> bytes:
    """The digest of ``data``, 32 bytes."""
    padded = data + b"\x80" + b"\0" * (-(len(data) + 9) % 64) + struct.pack(">Q", len(data) * 8)
    state = list(_START)
    for at in range(0, len(padded), 64):
        state = _round(state, padded[at : at + 64])
    return struct.pack(">8I", *state)


def _round(state: list[int], block: bytes) -> list[int]:
    w = list(struct.unpack(">16I", block))
    for j in range(16, 68):
        x = w[j - 16] ^ w[j - 9] ^ _left(w[j - 3], 15)
        w.append(x ^ _left(x, 15) ^ _left(x, 23) ^ _left(w[j - 13], 7) ^ w[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        ss1 = _left((_left(a, 12) + e + _left(0x79CC4519 if j < 16 else 0x7A879D8A, j)) & _ALL, 7)
        ss2 = ss1 ^ _left(a, 12)
        ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g)
        tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) & _ALL
        tt2 = (gg + h + ss1 + w[j]) & _ALL
        d, c, b, a = c, _left(b, 9), a, tt1
        h, g, f, e = g, _left(f, 19), e, tt2 ^ _left(tt2, 9) ^ _left(tt2, 17)
    return [x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h), strict=True)]
