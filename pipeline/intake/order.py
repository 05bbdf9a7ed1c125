"""The order in which people list files: 2 before 10, 第二页 before 第十页, independent of the machine's locale."""

from __future__ import annotations

import re
import unicodedata

_RUN = re.compile(r"(\d+)|([〇零一二两三四五六七八九十百]+)")
_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}

SortKey = tuple[tuple[int, int, str], ...]


def _chinese_number(text: str) -> int:
    """``二十一`` → 21; digits in a row (``二〇一九``) are read as figures."""
    if not any(c in "十百" for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif c == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _DIGITS[c]
    return total + digit


def natural_key(path: str) -> SortKey:
    """A sort key for a path: numbers by value (Arabic, full-width and Chinese), all else by code point after NFKC and
    case folding, folder by folder; the raw text breaks ties, so the order is total and the same everywhere."""
    parts: list[tuple[int, int, str]] = []
    for level in path.split("/"):
        text = unicodedata.normalize("NFKC", level).casefold()
        at = 0
        for match in _RUN.finditer(text):
            if match.start() > at:
                parts.append((1, 0, text[at : match.start()]))
            arabic = match.group(1)
            # int() refuses more than 4300 digits; numbers that long are text to us.
            if arabic is not None and len(arabic) > 30:
                parts.append((1, 0, arabic))
            else:
                parts.append((0, int(arabic) if arabic is not None else _chinese_number(match.group(2)), ""))
            at = match.end()
        if at < len(text):
            parts.append((1, 0, text[at:]))
        parts.append((-1, 0, ""))  # the end of a folder's name sorts before any continuation of it
    parts.append((2, 0, path))
    return tuple(parts)
