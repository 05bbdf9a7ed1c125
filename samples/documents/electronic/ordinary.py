"""The face of electronic ordinary invoices and those of the Shenzhen chain, on any paper."""

from __future__ import annotations

import random

from samples.documents.electronic.codes import cipher, payload
from samples.documents.electronic.facts import Face
from samples.documents.electronic.sheet import Sheet
from samples.documents.electronic.styles import Style, widened
from samples.fonts import Face as Type
from samples.paper import Align, MmBox
from samples.world.model import Invoice

_HEADS = ("规格型号", "单位", "数  量", "单  价", "金  额", "税率", "税  额")
_COLUMNS = ("name", "spec", "unit", "quantity", "unit_price", "amount", "tax_rate", "tax")
_ALIGN: tuple[Align, ...] = ("l", "l", "c", "r", "r", "r", "c", "r")


def draw_face(sheet: Sheet, invoice: Invoice, face: Face, rng: random.Random) -> None:
    """The whole face with its corner at the sheet's ``(left, top)``."""
    style, sheet.face = sheet.style, face
    seller = invoice.agent or invoice.seller
    secret = cipher(rng, invoice)
    _grid(sheet)
    _title(sheet, invoice, face)
    sheet.qr(payload(invoice), *style.code)
    _head(sheet, face)
    _party(sheet, "buyer", face, face.buyer, style.levels[0], style.levels[1])
    x, room = style.secret[1] + 2.5, style.right - style.secret[1] - 4
    step = (style.levels[1] - style.levels[0]) / (len(secret) + 0.4)
    for i, line in enumerate(secret):
        spread = 1.05 if style.platform == "chain" else max(0.0, (room - sheet.paper.text_width(line, 12, "mono")) / len(line) * 0.6)
        with sheet.named("cipher"):
            sheet.value(x, style.levels[0] + step * (i + 0.7), line, 12, face="mono", spread=spread)
    _items(sheet, face)
    _sums(sheet, face)
    _party(sheet, "seller", face, face.seller, style.levels[3], style.levels[4])
    _remarks(sheet, face)
    _foot(sheet, face)
    if style.seller_seal:
        owner = invoice.seal_of or seller
        sheet.invoice_seal(owner, style.right - rng.uniform(18.5, 21.5), style.levels[4] - rng.uniform(1.2, 3.2))
    if invoice.net < 0 and "remarks" in sheet.paper.fields:
        sheet.paper.note("is_red_letter", "true", sheet.paper.fields["remarks"].box)
    if invoice.agent is not None:
        sheet.paper.note("is_agent_issued", "true", sheet.label(style.code[0] + 24, style.levels[0] - 11, "代开", 14))


def _grid(sheet: Sheet) -> None:
    s = sheet.style
    for y in s.levels:
        sheet.rule(s.left, y, s.right, y)
    for x in (s.left, s.right):
        sheet.rule(x, s.levels[0], x, s.levels[4])
    for top, bottom in ((s.levels[0], s.levels[1]), (s.levels[3], s.levels[4])):
        for x in (s.band, *s.secret):
            sheet.rule(x, top, x, bottom)
    sheet.rule(s.columns[1], s.levels[1], s.columns[1], s.levels[3])
    for x in s.columns[2:-1]:
        sheet.rule(x, s.levels[1], x, s.levels[2])
    for words, top, bottom, x in (
        ("购买方", s.levels[0], s.levels[1], (s.left + s.band) / 2), ("密码区", s.levels[0], s.levels[1], sum(s.secret) / 2),
        ("销售方", s.levels[3], s.levels[4], (s.left + s.band) / 2), ("备注", s.levels[3], s.levels[4], sum(s.secret) / 2),
    ):  # fmt: skip
        step = (bottom - top) / (len(words) + 0.4)
        for i, char in enumerate(words):
            sheet.label(x, top + step * (i + 0.7), char, align="c")
    y = s.levels[1] + 2.6
    sheet.label((s.columns[0] + s.columns[1]) / 2, y, s.goods_head, align="c")
    for a, b, head in zip(s.columns[1:-1], s.columns[2:], _HEADS, strict=True):
        sheet.label((a + b) / 2, y, head, align="c")
    sheet.label((s.columns[0] + s.columns[1]) / 2, s.levels[2] - 2.6, "合" + " " * 8 + "计", align="c")
    sheet.label((s.columns[0] + s.columns[1]) / 2, (s.levels[2] + s.levels[3]) / 2, "价税合计" + ("（大写）" if s.platform in ("chain", "bureau") else "(大写)"), align="c")


def _title(sheet: Sheet, invoice: Invoice, face: Face) -> None:
    s = sheet.style
    middle = s.width / 2
    sheet.supervision(invoice, middle, s.levels[0] - 11.6)
    box = sheet.label(middle, s.levels[0] - 20.5, face.text("invoice_type"), s.title_size, align="c", face=s.title)
    sheet.paper.note("invoice_type", face.fields["invoice_type"].value, box)
    for dy in (0.0, 1.0):
        half = 36.5 if s.platform != "chain" else 40
        sheet.rule(middle - half, s.levels[0] - 12.2 + dy, middle + half, s.levels[0] - 12.2 + dy)


def _head(sheet: Sheet, face: Face) -> None:
    """Code, number, date and check code at the right; the device's number below the QR code."""
    s = sheet.style
    labels = {"invoice_code": "发票代码", "invoice_number": "发票号码", "issue_date": "开票日期", "check_code": sheet.justified("校 验 码", 4)}
    colon = "：" if s.platform in ("bureau", "carried", "chain") else ":"
    for i, (name, words) in enumerate(labels.items()):
        y = s.head_y + s.head_step * i
        end = sheet.label(s.head_x, y, words + colon)[2] - sheet.left
        x = max(end, s.head_x + 14.6) + 0.4
        if name in face.fields:
            _dated(sheet, face, x, y) if name == "issue_date" and s.date != "whole" else sheet.fact(name, face.fields[name], x, y, text=_wide(s, face, name))
    if "machine_number" in face.fields:
        end = sheet.label(s.left + 1, s.levels[0] - 2.9, "机器编号" + colon)[2] - sheet.left
        sheet.fact("machine_number", face.fields["machine_number"], end + 1, s.levels[0] - 2.9)


def _wide(style: Style, face: Face, name: str) -> str:
    return widened(face.text(name)) if style.full_width and name in ("issue_date", "remarks") else ""


def _dated(sheet: Sheet, face: Face, x: float, y: float) -> None:
    """The figures in one run with gaps, 年 月 日 in runs of their own."""
    shown = face.fields["issue_date"]
    year, month, day = shown.value.split("-") if len(shown.value.split("-")) == 3 else (shown.text, "", "")
    if not day:
        sheet.fact("issue_date", shown, x, y)
        return
    kind: Type = "serif" if sheet.style.platform == "stamping" else "mono"
    wide = sheet.paper.text_width
    gap = " " * max(2, round(4.3 / wide(" ", 9, kind)))
    text = year + gap + month + gap + day
    sheet.fact("issue_date", shown, x, y, text=text, face=kind)
    for words, sign in ((year, "年"), (year + gap + month, "月"), (text, "日")):
        put = sheet.value if sheet.style.date == "bare" else sheet.label
        put(x + wide(words, 9, kind) + 0.2, y, sign)


def _party(sheet: Sheet, role: str, face: Face, said: tuple[str, str], top: float, bottom: float) -> None:
    s = sheet.style
    step = (bottom - top) / 4.15
    fourth = "电子支付标识" if s.platform == "chain" and role == "buyer" else "开户行及账号"
    ends: list[float] = []
    for i, words in enumerate((sheet.justified("名 称", 6), "纳税人识别号", sheet.justified("地 址、电 话", 6), fourth)):
        ends.append(sheet.label(s.band + 1.2, top + step * (i + 0.62), words + (":" if s.platform in ("stamping", "formed", "wide") else "："))[2] - sheet.left)
    x = max(ends) + 0.5
    room = s.secret[0] - x - 0.5
    if (name := face.fields.get(f"{role}_name")) is not None:
        text = " ".join(name.text) if s.spaced_names and len(name.text) < 16 else ""
        sheet.fact(f"{role}_name", name, x, top + step * 0.62, room=room, text=text)
    if (tax_id := face.fields.get(f"{role}_tax_id")) is not None:
        sheet.fact(f"{role}_tax_id", tax_id, x, top + step * 1.62, 12, face=s.ids, room=room)
    for i, text in enumerate(said):
        if s.platform == "chain" and role == "buyer":
            continue
        size, shown = 9.0, widened(text) if s.full_width and i == 1 else text
        while sheet.paper.text_width(shown, size, s.values) > room and size > 5.5:
            size -= 0.5
        with sheet.named(f"{role}_{('address', 'bank')[i]}"):
            sheet.value(x, top + step * (i + 2.62), shown, size)


def _items(sheet: Sheet, face: Face) -> None:
    s = sheet.style
    room = s.columns[1] - s.columns[0] - 1.6
    size = 9.0
    while True:
        wrapped = [_wrapped(sheet, line["name"].text, room, size) if "name" in line else [""] for line in face.lines]
        step = size * 0.3528 * 1.33
        if sum(map(len, wrapped)) * step <= s.levels[2] - s.levels[1] - 11.5 or size <= 5:
            break
        size -= 0.5
    y = s.levels[1] + 7.0
    for row, (line, names) in enumerate(zip(face.lines, wrapped, strict=True)):
        for column, align, a, b in zip(_COLUMNS, _ALIGN, s.columns, s.columns[1:], strict=False):
            shown = line.get(column)
            if shown is None:
                continue
            x = {"l": a + 1.0, "c": (a + b) / 2, "r": b - 0.8}[align]
            boxes: list[MmBox] = []
            parts = names if column == "name" else [shown.text]
            small = size
            while column != "name" and sheet.paper.text_width(shown.text, small, s.values) > b - a - 0.8 and small > 4.5:
                small -= 0.25
            with sheet.named(f"items.{row}.{column}"):
                for i, part in enumerate(parts):
                    text = widened(part) if s.full_width and column == "spec" else part
                    boxes.append(sheet.value(x, y + i * step, text, small, align=align))
            whole = (min(v[0] for v in boxes), boxes[0][1], max(v[2] for v in boxes), boxes[-1][3])
            sheet.paper.note_row("items", row, column, shown.value, whole)
        y += step * len(names)


def _wrapped(sheet: Sheet, text: str, room: float, size: float) -> list[str]:
    lines, line = [], ""
    for char in text:
        if line and sheet.paper.text_width(line + char, size, sheet.style.values) > room:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]


def _sums(sheet: Sheet, face: Face) -> None:
    s = sheet.style
    kind: Type = s.ids if s.amounts == "ids" else s.values
    y = s.levels[2] - 2.7
    for name, edge in (("amount", s.columns[6]), ("tax", s.columns[8])):
        sheet.fact(name, face.fields[name], edge - 0.8, y, 10 if s.platform != "chain" else 9, align="r", face=kind)
    middle = (s.levels[2] + s.levels[3]) / 2
    sheet.crossed(s.columns[1] + 3.2, middle)
    sheet.fact("total_capital", face.fields["total_capital"], s.columns[1] + 6.6, middle, room=s.columns[5] - s.columns[1] - 4)
    end = sheet.label(s.columns[5] + 22, middle, "（小写）" if s.platform in ("chain", "bureau", "carried") else "(小写)")[2] - sheet.left
    total = face.fields["total"]
    sheet.fact("total", total, end + (1 if s.yen_gap else 0.2), middle, 11, face=kind, text=total.text.replace("¥", "¥ ") if s.yen_gap else "")


def _remarks(sheet: Sheet, face: Face) -> None:
    s = sheet.style
    if (shown := face.fields.get("remarks")) is None:
        return
    text = _wide(s, face, "remarks") or shown.text
    size, room = 9.0, s.right - s.secret[1] - 3
    while size > 6 and len(_wrapped(sheet, text, room, size)) * size * 0.3528 * 1.35 > s.levels[4] - s.levels[3] - 3:
        size -= 0.5
    boxes: list[MmBox] = []
    for i, line in enumerate(_wrapped(sheet, text, room, size)):
        with sheet.named("remarks"):
            boxes.append(sheet.value(s.secret[1] + 1.5, s.levels[3] + 3 + i * size * 0.3528 * 1.35, line, size))
    whole = (min(v[0] for v in boxes), boxes[0][1], max(v[2] for v in boxes), boxes[-1][3])
    sheet.paper.note("remarks", shown.value, whole)


def _foot(sheet: Sheet, face: Face) -> None:
    s = sheet.style
    wide, y = s.right - s.left, s.levels[4] + 3.3
    places = (0.015, 0.29, 0.505, 0.745)
    words = ("收 款 人", "复 核", "开 票 人", "销售方:(章)" if s.platform != "chain" else "销售方：（章）")
    for place, word, name in zip(places, words, (*face.clerks, ""), strict=True):
        if place == places[3] and not s.seller_seal:
            continue
        last = place == places[3]
        end = sheet.label(s.left + wide * place, y, word if last else word + ("：" if s.platform in ("chain", "bureau", "carried") else ":"))[2] - sheet.left
        if name:
            with sheet.named(("payee", "checker", "clerk")[places.index(place)]):
                sheet.value(end + 1.2, y, name)
    if s.foot_note:
        sheet.label(s.left + 3, y + 5.9, s.foot_note, 8.5)
