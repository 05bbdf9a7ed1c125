"""Page numbers as printed (``第3页 共20页``, ``- 3 -``) and as stamped for the bound volume. Rather none than a wrong one: completeness of
a document is judged by them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model.base import union_box
from pipeline.model.reading import Line, PageLabel

_MARGIN = 0.12
"""Share of the page's height, at the top and the bottom, where page numbers stand."""
_FORM_MARGIN = 0.22
"""Forms print 第1页 共2页 under their title; only the full pair is believed there."""
_LONE_MARGIN = 0.09
_MAX_PAGES = 3000
_YEARS = range(1900, 2101)

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_ROMAN_SIGNS = {chr(0x2160 + i): s for i, s in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"))}

_N = r"(\d{1,4}|[〇零一二三四五六七八九十百]{1,6})"
_GAP = r"[\s,，、/／|;；:：。·.\-—]*"
_PAIRS = (
    (re.compile(rf"第\s*{_N}\s*[页頁]{_GAP}[(（]?共\s*{_N}\s*[页頁]"), False),
    (re.compile(rf"共\s*{_N}\s*[页頁]{_GAP}[(（]?第\s*{_N}\s*[页頁]"), True),
    (re.compile(r"\bpage\s*(\d{1,4})\s*(?:of|/)\s*(\d{1,4})(?!\d)", re.IGNORECASE), False),
)
"""With whether the total comes first."""
_SINGLE = (
    re.compile(rf"第\s*{_N}\s*[页頁]"),
    re.compile(r"page\s*(\d{1,4})", re.IGNORECASE),
    re.compile(r"页码\s*[:：]?\s*(\d{1,4})"),
)
_SLASHED = re.compile(r"(?:页码|页次|页)?\s*[:：]?\s*(\d{1,4})\s*[/／]\s*(\d{1,4})\s*页?")
_DASH = r"[\-‐‑‒–—―－~～·•*_一]"
_DASHED = re.compile(rf"{_DASH}{{1,3}}\s*(\d{{1,4}})\s*{_DASH}{{1,3}}")
_TOTAL = re.compile(rf"共\s*{_N}\s*[页頁]")
_LONE = re.compile(r"\d{1,4}")
_ROMAN_TEXT = re.compile(r"[ivxl]{1,6}", re.IGNORECASE)


def page_labels(lines: Sequence[Line]) -> tuple[PageLabel | None, PageLabel | None]:
    """``(label, volume_label)`` from the lines of an upright page.

    The label is the document's own page number. The volume label is a number on its own in an outer corner, stamped or written when
    the volume was bound, apart from the document's own number.
    """
    rows = _rows([line for line in lines if line.text.strip()])
    label = _only([found for row in rows for found in _worded(row)])
    numbers = [(line, number) for line in lines if (number := _lone(line, lines)) is not None]
    centred = [_label(line, n) for line, n in numbers if abs(_middle(line) - 0.5) < 0.07 and line.box[1] > 0.5]
    corners = [(line, n) for line, n in numbers if not 0.2 <= _middle(line) <= 0.8]
    if label is None:
        label = _only(centred)
    stamped = [(line, n) for line, n in corners if _top(line) or _looks_stamped(line) or label is not None]
    plain = [_label(line, n) for line, n in corners if (line, n) not in stamped]
    if label is None:
        label = _only(plain)
    volume = _only([_label(line, n) for line, n in stamped])
    if volume is not None and label is not None and volume.box == label.box:
        volume = None
    return label, volume


def _worded(row: Sequence[Line]) -> list[PageLabel]:
    """Numbers that say of themselves that they are page numbers, in one row of lines."""
    box = union_box([line.box for line in row])
    centre = (box[1] + box[3]) / 2
    edge = min(centre, 1 - centre)
    if edge > _FORM_MARGIN:
        return []
    text = " ".join(line.text.strip() for line in row)
    for pattern, flipped in _PAIRS:
        match = pattern.search(text)
        if match:
            first, second = number_of(match.group(1)), number_of(match.group(2))
            if flipped:
                first, second = second, first
            if first is not None and second is not None and 1 <= first <= second <= _MAX_PAGES:
                return [PageLabel(number=first, total=second, text=match.group(0), box=_span(row, match.start(), match.end()))]
            return []
    if edge > _MARGIN:
        return []
    found: list[PageLabel] = []
    for line in row:
        said = line.text.strip()
        for pattern in (*_SINGLE, _DASHED):
            match = pattern.fullmatch(said)
            number = number_of(match.group(1)) if match else None
            if number is not None and 1 <= number <= _MAX_PAGES:
                found.append(_label(line, number))
                break
        else:
            match = _SLASHED.fullmatch(said)
            if match and len(row) <= 2 and (abs(_middle(line) - 0.5) < 0.1 or not 0.25 < _middle(line) < 0.75):
                number, total = int(match.group(1)), int(match.group(2))
                dated = number in _YEARS or (number <= 12 and total in _YEARS)
                if 1 <= number <= total <= _MAX_PAGES and not dated:
                    found.append(_label(line, number, total))
    return found


def _lone(line: Line, lines: Sequence[Line]) -> int | None:
    """The value of a number that stands alone in the outermost margin, nothing beside or beyond it but other lone numbers."""
    text = line.text.strip()
    centre = (line.box[1] + line.box[3]) / 2
    edge = min(centre, 1 - centre)
    if edge > _LONE_MARGIN:
        return None
    if abs(_middle(line) - 0.5) < 0.07:
        text = text.strip("-‐‑‒–—―－~·• ")  # one of the dashes around the number is easily lost
    if _LONE.fullmatch(text):
        number = int(text)
        if number in _YEARS and not _looks_stamped(line):
            return None
    elif abs(_middle(line) - 0.5) < 0.07 and centre > 0.5 and (value := roman(text)) is not None:
        number = value
    else:
        return None
    if not 1 <= number <= _MAX_PAGES or line.box[3] - line.box[1] > 0.05:
        return None
    height = max(0.01, line.box[3] - line.box[1])
    for other in lines:
        if other is line or _numbers_a_page(other.text.strip()):
            continue
        beyond = other.box[3] <= line.box[1] + height * 0.3 if _top(line) else other.box[1] >= line.box[3] - height * 0.3
        beside = other.box[1] < line.box[3] - height * 0.3 and other.box[3] > line.box[1] + height * 0.3
        if beyond or (beside and not _top(line)):
            return None
        if beside and min(abs(other.box[0] - line.box[2]), abs(line.box[0] - other.box[2])) < 0.1:
            return None
    # A column of numbers is a table that reaches into the margin.
    for other in lines:
        near = abs(_middle(other) - _middle(line)) < 0.04 and 0 < abs(other.box[1] - line.box[1]) < 3 * height
        if other is not line and near and re.fullmatch(r"[\d.,%]+", other.text.strip()):
            return None
    return number


def _numbers_a_page(text: str) -> bool:
    """Whether a line is itself some page number, so that another one may stand beside it."""
    text = text.strip("-‐‑‒–—―－~·• ")
    whole = (_LONE, *_SINGLE, _DASHED, _SLASHED, _TOTAL)
    return any(pattern.fullmatch(text) for pattern in whole) or any(pattern.search(text) for pattern, _ in _PAIRS)


def number_of(text: str) -> int | None:
    """Digits or Chinese numerals below one thousand."""
    if text.isdecimal():
        return int(text)
    total, current = 0, 0
    for sign in text:
        if sign == "百":
            total, current = total + max(1, current) * 100, 0
        elif sign == "十":
            total, current = total + max(1, current) * 10, 0
        elif sign in _DIGITS:
            if current and not total:  # 二〇: digits in a row
                current = current * 10 + _DIGITS[sign]
            else:
                current = _DIGITS[sign]
        else:
            return None
    return total + current or None


def roman(text: str) -> int | None:
    """A Roman numeral below 90, of letters or of single signs (``Ⅲ``); ``None`` when it is not well formed."""
    plain = "".join(_ROMAN_SIGNS.get(sign.upper(), sign) for sign in text.strip()).lower()
    if not _ROMAN_TEXT.fullmatch(plain):
        return None
    values = [_ROMAN[sign] for sign in plain]
    total = sum(-v if i + 1 < len(values) and values[i + 1] > v else v for i, v in enumerate(values))
    return total if _as_roman(total) == plain else None


def _as_roman(number: int) -> str:
    parts = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for value, sign in parts:
        while number >= value:
            text, number = text + sign, number - value
    return text


def _looks_stamped(line: Line) -> bool:
    """Numbering machines print leading zeros."""
    text = line.text.strip()
    return len(text) >= 3 and text.startswith("0")


def _top(line: Line) -> bool:
    return line.box[1] + line.box[3] < 1.0


def _middle(line: Line) -> float:
    return (line.box[0] + line.box[2]) / 2


def _label(line: Line, number: int, total: int | None = None) -> PageLabel:
    return PageLabel(number=number, total=total, text=line.text.strip(), box=line.box)


def _only(found: Sequence[PageLabel]) -> PageLabel | None:
    """The label when all that were found agree on the number; one with a total is preferred."""
    if not found or len({label.number for label in found}) > 1 or len({label.total for label in found if label.total}) > 1:
        return None
    return max(found, key=lambda label: label.total is not None)


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines side by side; a pair may be printed as two runs (第3页 … 共20页)."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda item: item.box[1] + item.box[3]):
        if rows:
            last = rows[-1][-1]
            height = min(last.box[3] - last.box[1], line.box[3] - line.box[1])
            if abs((last.box[1] + last.box[3]) - (line.box[1] + line.box[3])) < height:
                rows[-1].append(line)
                continue
        rows.append([line])
    return [sorted(row, key=lambda item: item.box[0]) for row in rows]


def _span(row: Sequence[Line], start: int, end: int) -> tuple[float, float, float, float]:
    """The box of a part of the row's joined text."""
    boxes = []
    at = 0
    for line in row:
        said = line.text.strip()
        lead = len(line.text) - len(line.text.lstrip())
        a, b = max(start, at), min(end, at + len(said))
        if a < b:
            boxes.append(line.part(a - at + lead, b - at + lead))
        at += len(said) + 1
    return union_box(boxes) if boxes else union_box([line.box for line in row])
