"""Names inside zip archives. Chinese tools write them in GBK or UTF-8, often without saying which."""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075
"""Info-ZIP Unicode Path extra field (APPNOTE.TXT 4.6.9)."""


def _unicode_path(info: zipfile.ZipInfo, raw: bytes) -> str | None:
    """The name from the Unicode Path field, when the field belongs to this very name (its CRC says so)."""
    extra = info.extra
    at = 0
    while at + 4 <= len(extra):
        field, size = int.from_bytes(extra[at : at + 2], "little"), int.from_bytes(extra[at + 2 : at + 4], "little")
        body = extra[at + 4 : at + 4 + size]
        at += 4 + size
        if field == _UNICODE_PATH and len(body) > 5 and body[0] == 1 and int.from_bytes(body[1:5], "little") == zlib.crc32(raw):
            try:
                return body[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
    return None


def _common_share(text: str, encoding: str, first: int, last: int) -> float:
    """Share of the non-ASCII characters that stand in the charset's block of everyday characters."""
    strange = [c for c in text if ord(c) > 127]
    if not strange:
        return 1.0
    common = 0
    for c in strange:
        try:
            lead = c.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
        common += first <= lead <= last
    return common / len(strange)


def _guess(raws: Sequence[bytes]) -> str:
    """The one encoding that suits all names of an archive: strict UTF-8 if possible, else GB18030 or Big5 by the share of
    everyday characters (GB 2312 level 1: lead bytes B0–D7; Big5 level 1: A4–C6). Near ties go to GB18030."""
    try:
        b"\n".join(raws).decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    scores: dict[str, float] = {}
    for encoding, block, first, last in (("gb18030", "gb2312", 0xB0, 0xD7), ("big5", "big5", 0xA4, 0xC6)):
        try:
            text = "".join(raw.decode(encoding) for raw in raws)
        except UnicodeDecodeError:
            continue
        scores[encoding] = _common_share(text, block, first, last)
    if "big5" in scores and scores["big5"] > scores.get("gb18030", 0.0) + 0.1:
        return "big5"
    return "gb18030"


def _garbled(name: str) -> bool:
    """Was a GBK name taken for CP437 by the tool that packed this archive (from an archive it had unpacked wrongly)? Nobody
    names papers with box drawing characters, and only such names turn into clean GBK when taken back."""
    if not any("\u2500" <= c <= "\u259f" for c in name):
        return False
    try:
        name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return False
    return True


def member_names(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The names as their writers meant them, in the order of ``infos``; evidence: UTF-8 flag, Unicode Path field, else
    one encoding for all remaining names of the archive together."""
    names: list[str | None] = []
    raws: list[bytes] = []
    for info in infos:
        name = info.orig_filename
        if info.flag_bits & _UTF8_FLAG and not _garbled(name):
            names.append(name)
            raws.append(b"")
            continue
        try:
            raw = name.encode("cp437")  # zipfile decodes flagless names as CP437, which maps all 256 bytes
        except UnicodeEncodeError:  # newer zipfile versions apply the Unicode Path field themselves
            names.append(name)
            raws.append(b"")
            continue
        names.append(_unicode_path(info, raw))
        raws.append(raw)
    encoding = _guess([raw for raw, name in zip(raws, names, strict=True) if name is None and not raw.isascii()] or [b""])
    return [name if name is not None else raw.decode(encoding, "replace") for raw, name in zip(raws, names, strict=True)]


def shown_path(name: str, cap: int) -> str:
    """A member's name as a relative path for people: no ``..``, no drive, no control or direction-override characters.
    Only for showing; nothing is ever written under it."""
    text = "".join(c for c in unicodedata.normalize("NFC", name.split("\0")[0]) if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    parts = [p for p in re.split(r"[/\\]+", text) if p not in ("", ".", "..")]
    if parts and re.fullmatch(r"[A-Za-z]:", parts[0]):
        parts = parts[1:]
    return shorten("/".join(parts) or "未命名", cap)


def shorten(path: str, cap: int) -> str:
    """``path``, cut in the middle when longer than ``cap`` characters; the end (name and suffix) stays."""
    if len(path) <= cap:
        return path
    keep = cap // 2 - 1
    return f"{path[:keep]}…{path[-keep:]}"
