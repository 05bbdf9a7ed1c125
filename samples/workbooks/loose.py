"""A careless hand: the same value, typed in the shapes that people type (rule-book C, "Parsing traps").

Every shape here can be read without doubt: nothing is lost, it only looks different.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

from samples.documents.draft import chinese_date
from samples.listing import Placed
from samples.workbooks.book import Content, Style, serial

_WIDE = str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")


def loosened(value: Content, placed: Placed, style: Style, rng: random.Random) -> tuple[Content, Style]:
    """``value`` as this hand typed it into the cell, and the cell's look."""
    kind = placed.column.kind
    if isinstance(value, date):
        return _day(value, style, rng)
    if isinstance(value, Decimal) and kind == "money":
        return _money(value, style, rng)
    if isinstance(value, Decimal) and kind == "rate":
        text = format((value * 100).normalize(), "f")
        return (f"{text}%", replace(style, format="@")) if rng.random() < 0.5 else (value, style)
    if isinstance(value, Decimal):
        text = format(value.normalize(), "f")
        return (text, replace(style, format="@")) if rng.random() < 0.3 else (value, style)
    if isinstance(value, str) and kind == "id":
        return _id(value, style, rng)
    if isinstance(value, str) and kind in ("text", "voucher") and rng.random() < 0.08:
        return rng.choice((f"{value} ", f" {value}", f"{value}\u00a0")), style
    return value, style


def _day(day: date, style: Style, rng: random.Random) -> tuple[Content, Style]:
    form = rng.random()
    text = replace(style, format="@")
    if form < 0.3:
        return day, replace(style, format=rng.choice(("yyyy-mm-dd", "yyyy/m/d")))
    if form < 0.5:
        return f"{day.year}.{day.month}.{day.day}", text
    if form < 0.62:
        return f"{day:%Y%m%d}", text
    if form < 0.7:
        return Decimal(f"{day:%Y%m%d}"), replace(style, format="General")
    if form < 0.82:
        return chinese_date(day), text
    if form < 0.9:
        return f"{day.year}/{day.month}/{day.day}", text
    if form < 0.95:
        return day.isoformat().translate(_WIDE), text
    return Decimal(serial(day)), replace(style, format="General")


def _money(value: Decimal, style: Style, rng: random.Random) -> tuple[Content, Style]:
    plain = format(value, "f")
    whole, _, places = plain.partition(".")
    grouped = f"{int(whole):,}" + (f".{places}" if places else "") if not whole.startswith("-0") else plain
    text = replace(style, format="@", align=rng.choice(("right", "center")))
    form = rng.random()
    if form < 0.55:
        return value, style
    if form < 0.7:
        return value, replace(style, format="General")
    if form < 0.84:
        return grouped, text
    if form < 0.9:
        return plain, text
    if form < 0.95:
        return grouped.translate(_WIDE), text
    return f"¥{grouped}", text


def _id(value: str, style: Style, rng: random.Random) -> tuple[Content, Style]:
    form = rng.random()
    if form < 0.12 and value.isdigit() and len(value) <= 12 and value[0] != "0":
        return Decimal(value), replace(style, format="0")
    if form < 0.2:
        return f"{value} ", style
    if form < 0.26 and value.isdigit():
        return value.translate(_WIDE), style
    return value, style
