"""纳税证明 and 税收完税证明 (rule-book B.7) in their three layouts, drawn by the office's system and sealed electronically.

``certificate``: 纳税证明, a grid 税种 → 实缴税额; ``table``: 税收完税证明（表格式）, over as many pages as it takes; ``letter``: （文书式）
running text with a table of the taxes annexed. Before mid-2018 the state's and the local office issue their own.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samples.documents.backdrop import guilloche, watermark, waves
from samples.documents.draft import Draft, chinese_date, copy_remark
from samples.documents.flow import Border, grid_row, write_marked
from samples.documents.qr import qr_picture
from samples.fonts import Face
from samples.money import capital, grouped, plain
from samples.paper import RED, Align, MmBox, Paper
from samples.seals import Die, authority_die, paste, strike
from samples.world.model import TaxLine, TaxPaper, World

KIND = "tax_certificate"
_ITEMS = {
    "增值税": ("商业(17%、16%、13%)", "电子设备制造", "其他制造业"), "企业所得税": ("应纳税所得额", "一般企业所得税"),
    "城市维护建设税": ("市区(增值税附征)",), "教育费附加": ("增值税教育费附加",), "地方教育附加": ("增值税地方教育附加",),
    "印花税": ("购销合同", "资金账簿", "借款合同"), "个人所得税": ("工资薪金所得",), "房产税": ("从价计征",), "城镇土地使用税": ("一等土地",),
    "车船税": ("乘用车",), "环境保护税": ("大气污染物",),
}  # fmt: skip
"""品目名称 as the tax system prints them."""


@dataclass(frozen=True)
class _Look:
    body: Face
    figures: Face
    border: Border
    dates: str
    """How the grid writes days: iso 2019-01-01, chinese 2019年01月01日, plain 20190101."""
    sign: str
    pale: str


def _look(world: World, paper: TaxPaper) -> _Look:
    rng = world.rng(KIND, paper.key, "look")
    return _Look(
        rng.choice(("serif", "serif", "kai", "sans")), rng.choice(("serif", "sans", "mono")), rng.choice(("grid", "grid", "bold")),
        rng.choice(("iso", "iso", "chinese")), rng.choice(("￥", "¥", "")), rng.choice(("words", "waves", "rosette", "none")),
    )  # fmt: skip


def draw_tax_certificate(world: World, tax_paper: TaxPaper) -> Draft:
    """One certificate as :class:`TaxPaper` states it; the applicant's copy with its seal on the first page."""
    look = _look(world, tax_paper)
    draw = {"certificate": _certificate, "table": _table, "letter": _letter}[tax_paper.layout]
    papers = draw(world, tax_paper, look)
    rng = world.rng(KIND, tax_paper.key, "copy")
    x = rng.uniform(52, 66) if tax_paper.layout != "table" else papers[0].width * rng.uniform(0.5, 0.62)
    copy_remark(world, tax_paper.key, papers[0], x, papers[0].height - rng.uniform(46, 58), rng)
    title = "纳税证明" if tax_paper.layout == "certificate" else "税收完税证明"
    return Draft(KIND, papers, title, tax_paper.year, subtype=tax_paper.layout, seam=len(papers) > 1, key=tax_paper.key)


# --- shared parts ----------------------------------------------------------------------------------------------------------


def _day(day: date, look: _Look) -> str:
    return f"{day:%Y-%m-%d}" if look.dates == "iso" else f"{day.year}年{day.month:02d}月{day.day:02d}日"


def _words(total: Decimal) -> str:
    """大写; a certificate of refunds alone is negative."""
    return capital(total, "元") if total >= 0 else "负" + capital(-total, "元")


def _taxpayer(world: World, paper: TaxPaper) -> tuple[str, str]:
    """Name and id as printed: the applicant's, unless it is another's certificate or an office still used the 15-digit id."""
    party = paper.taxpayer or world.party
    return party.name, paper.taxpayer_id or party.uscc


def _sheet(look: _Look, rng: random.Random, *, wide: bool = False) -> Paper:
    paper = Paper(297, 210) if wide else Paper()
    if look.pale == "words":
        watermark(paper, rng.choice(("完税证明", "税务", "SZTAX")), rng)
    elif look.pale == "waves":
        waves(paper, (12, 14, paper.width - 12, paper.height - 14), rng)
    elif look.pale == "rosette":
        guilloche(paper, paper.width / 2, paper.height / 2, min(paper.width, paper.height) * 0.62, (232, 236, 228))
    return paper


def _seal(world: World, tax_paper: TaxPaper, paper: Paper, x: float, y: float) -> None:
    """The office's seal over its name: an electronic one, or struck by hand at the counter."""
    rng = world.rng(KIND, tax_paper.key, "seal")
    line = rng.choice(("业务专用章", "征税专用章", "电子业务专用章"))
    if rng.random() < 0.25:
        die = Die("oval", "authority", tax_paper.seal, (rng.choice(("(01)", "(03)", "(12)")), line[-5:]), width=45, height=32, star=False)
    else:
        die = authority_die(tax_paper.seal, line)
    x, y = x + rng.uniform(-4, 4), y + rng.uniform(-3, 3)
    if rng.random() < 0.6 and not paper.photocopy:  # pasted pictures stay red, what comes out of a copier does not
        paste(paper, die, x, y)
    else:
        strike(paper, die, x, y, rng)


def _code(world: World, tax_paper: TaxPaper, paper: Paper, x: float, y: float) -> None:
    """Verification code and QR symbol of the issuing system."""
    rng = world.rng(KIND, tax_paper.key, "code")
    code = "".join(rng.choice("0123456789ABCDEF") for _ in range(20))
    picture = qr_picture(f"https://etax.sample/cx?bh={tax_paper.number}&yzm={code}&je={plain(tax_paper.total)}", paper.dpi)
    paper.picture(picture, x, y)
    paper.text(x, y + 33, f"验证码：{code}", 7.5, face="sans")


def _grouped(taxes: Sequence[TaxLine]) -> list[TaxLine]:
    """One line for each tax, refunds apart: what a one-page certificate shows of many payments."""
    out: dict[tuple[str, bool], TaxLine] = {}
    for line in taxes:
        key = (line.tax_type, line.amount < 0)
        if (seen := out.get(key)) is None:
            out[key] = line
        else:
            out[key] = TaxLine(
                line.tax_type, min(seen.period_start, line.period_start), max(seen.period_end, line.period_end), max(seen.paid_on, line.paid_on),
                seen.amount + line.amount,
            )  # fmt: skip
    return list(out.values())


def _note_line(paper: Paper, row: int, line: TaxLine, boxes: dict[str, MmBox]) -> None:
    """Notes the columns of ``taxes`` that the layout prints."""
    values = {
        "tax_type": line.tax_type, "period_start": line.period_start.isoformat(), "period_end": line.period_end.isoformat(),
        "paid_on": line.paid_on.isoformat(), "amount": plain(line.amount),
    }  # fmt: skip
    for column, box in boxes.items():
        paper.note_row("taxes", row, column, values[column], box)


def _halves(box: MmBox, text: str) -> tuple[MmBox, MmBox]:
    """The places of the two days of ``2019-01-01至2019-12-31`` inside one cell's text box."""
    middle, gap = (box[0] + box[2]) / 2, (box[2] - box[0]) / max(8, len(text))
    if box[3] - box[1] > 4.6:  # wrapped: one day above the other
        level = (box[1] + box[3]) / 2
        return (box[0], box[1], box[2], level), (box[0], level, box[2], box[3])
    return (box[0], box[1], middle - gap / 2, box[3]), (middle + gap / 2, box[1], box[2], box[3])


def _total_text(tax_paper: TaxPaper, look: _Look) -> str:
    return f"{look.sign}{grouped(tax_paper.total)}" if tax_paper.total >= 0 else f"{look.sign}-{grouped(-tax_paper.total)}"


# --- 纳税证明 ----------------------------------------------------------------------------------------------------------------


def _certificate(world: World, tax_paper: TaxPaper, look: _Look) -> list[Paper]:
    rng = world.rng(KIND, tax_paper.key, "certificate")
    boxed, with_paid, with_period = rng.random() < 0.4, rng.random() < 0.4, rng.random() < 0.7
    lines = list(tax_paper.taxes) if len(tax_paper.taxes) <= 12 else _grouped(tax_paper.taxes)
    paper = _sheet(look, rng)
    paper.text(105, 34, "纳 税 证 明", rng.choice((22, 24, 26)), face=rng.choice(("sans", "serif")), bold=True, align="c")
    paper.put("certificate_number", tax_paper.number, 188, 47, tax_paper.number, 11, face=look.body, align="r")
    y = _certificate_head(world, tax_paper, look, paper, boxed)
    heads, shares = ["税种"], [44.0]
    if with_period:
        heads.append("税款所属时期")
        shares.append(66.0 if not with_paid else 56.0)
    if with_paid:
        heads.append(rng.choice(("入库日期", "缴款日期")))
        shares.append(28.0)
    heads.append(rng.choice(("实缴税额", "实缴金额", "已缴税额")))
    shares.append(46.0)
    xs = [22.0]
    for share in shares:
        xs.append(xs[-1] + 166.0 * share / sum(shares))
    paper.text(188, y, "单位：人民币元" if rng.random() < 0.6 else "金额单位：元", 10, face=look.body, align="r")
    y, high = y + 4, 9.0 if len(lines) <= 9 else 7.4
    grid_row(paper, xs, y, high, heads, 11, face=look.body, bold=True, border=look.border)
    aligns: list[Align] = ["c"] * len(heads)
    aligns[-1] = "r"
    for row, line in enumerate(lines):
        y += high
        texts = [line.tax_type]
        if with_period:
            texts.append(f"{_day(line.period_start, look)} 至 {_day(line.period_end, look)}")
        if with_paid:
            texts.append(f"{line.paid_on:%Y-%m-%d}")
        texts.append(grouped(line.amount))
        boxes = grid_row(paper, xs, y, high, texts, 10.5, aligns=aligns, face=look.body, figures=look.figures, border=look.border)
        places = {"tax_type": boxes[0], "amount": boxes[-1]}
        if with_period:
            places["period_start"], places["period_end"] = _halves(boxes[1], texts[1])
        if with_paid:
            places["paid_on"] = boxes[-2]
        _note_line(paper, row, line, places)
    y = _sums(tax_paper, look, paper, xs, y + high)
    closing = rng.choice((
        "以上税款均已缴纳入库。本证明仅证明纳税人在上述期间的税款缴纳情况，不作他用。",
        "根据税收征管信息系统记录，该纳税人上述期间实际入库税款情况如上表。本证明不作为纳税人已足额缴纳税款的证明。",
        "兹证明上列纳税人在上述税款所属期内已缴纳的税款如上，涂改无效，复印件无效。",
    ))  # fmt: skip
    paper.paragraph(22, y + 8, 164, closing, 11, face=look.body)
    x = 150 + rng.uniform(-6, 2)
    paper.put("issuer", tax_paper.issuer, x, 238, tax_paper.issuer, 11.5, face=look.body, align="c")
    paper.put("issue_date", tax_paper.issued_on.isoformat(), x, 248, chinese_date(tax_paper.issued_on), 11.5, face=look.body, align="c")
    _seal(world, tax_paper, paper, x, 241)
    if rng.random() < 0.7:
        _code(world, tax_paper, paper, 84, 228)
    paper.text(22, 276, rng.choice(("妥善保管、手写无效", "本证明由税务机关电子系统开具，可登录电子税务局查验", "注：本证明一式一份")), 9, face=look.body)
    return [paper]


def _certificate_head(world: World, tax_paper: TaxPaper, look: _Look, paper: Paper, boxed: bool) -> float:
    """Taxpayer and period, as free lines or as the first rows of the grid; returns where the table begins."""
    name, number = _taxpayer(world, tax_paper)
    start, end = tax_paper.period_start, tax_paper.period_end
    label = "税款所属期" if tax_paper.key.endswith(("state", "local")) or len(tax_paper.number) % 2 else "税款所属期间"
    if boxed:
        y = 54.0
        for title, field_name, value in (("纳税人名称", "taxpayer_name", name), ("纳税人识别号", "taxpayer_id", number)):
            paper.cell((22, y, 66, y + 9), title, 11, face=look.body)
            paper.field_cell(field_name, value, (66, y, 188, y + 9), value, 11, align="l", face=look.body)
            y += 9
        paper.cell((22, y, 66, y + 9), label, 11, face=look.body)
        paper.frame((66, y, 188, y + 9))
        box = paper.put("period_start", start.isoformat(), 68, y + 4.5, chinese_date(start), 11, face=look.body)
        middle = paper.text(box[2] + 2, y + 4.5, "至", 11, face=look.body)
        paper.put("period_end", end.isoformat(), middle[2] + 2, y + 4.5, chinese_date(end), 11, face=look.body)
        return y + 15
    y = 60.0
    for title, field_name, value in (("纳税人名称：", "taxpayer_name", name), ("纳税人识别号：", "taxpayer_id", number)):
        box = paper.text(22, y, title, 12, face=look.body)
        paper.put(field_name, value, box[2] + 1, y, value, 12, face=look.body)
        y += 9
    box = paper.text(22, y, f"{label}：", 12, face=look.body)
    box = paper.put("period_start", start.isoformat(), box[2] + 1, y, chinese_date(start), 12, face=look.body)
    middle = paper.text(box[2] + 2, y, "至", 12, face=look.body)
    paper.put("period_end", end.isoformat(), middle[2] + 2, y, chinese_date(end), 12, face=look.body)
    return y + 9


def _sums(tax_paper: TaxPaper, look: _Look, paper: Paper, xs: Sequence[float], y: float) -> float:
    """合计 in figures and in words; returns the height below."""
    words = _words(tax_paper.total)
    paper.cell((xs[0], y, xs[1], y + 10), "合计（小写）", 10.5, face=look.body)
    paper.field_cell("total", plain(tax_paper.total), (xs[1], y, xs[-1], y + 10), _total_text(tax_paper, look), 11, align="r", face=look.figures)
    paper.cell((xs[0], y + 10, xs[1], y + 20), "合计（大写）", 10.5, face=look.body)
    paper.field_cell("total_capital", plain(tax_paper.total), (xs[1], y + 10, xs[-1], y + 20), f"人民币{words}" if look.sign else words, 11, align="l", face=look.body)
    return y + 22


# --- 税收完税证明（表格式） -----------------------------------------------------------------------------------------------------


def _table(world: World, tax_paper: TaxPaper, look: _Look) -> list[Paper]:
    rng = world.rng(KIND, tax_paper.key, "table")
    wide = rng.random() < 0.35
    first, high = (66.0, 7.0)
    room = (int((210 - first - 62) / high), int((210 - first - 30) / high)) if wide else (int((297 - first - 78) / high), int((297 - first - 34) / high))
    lines, chunks = list(tax_paper.taxes), []
    while len(lines) > room[0]:
        take = min(room[1], len(lines) - 1)
        chunks.append(lines[:take])
        lines = lines[take:]
    chunks.append(lines)
    papers: list[Paper] = []
    row = 0
    shares = (38.0, 24.0, 34.0, 38.0, 22.0, 28.0)
    for number, chunk in enumerate(chunks, start=1):
        paper = _sheet(look, world.rng(KIND, tax_paper.key, "sheet", number), wide=wide)
        margin = 16.0 if wide else 14.0
        xs = [margin]
        for share in shares:
            xs.append(xs[-1] + (paper.width - 2 * margin) * share / sum(shares))
        _table_head(world, tax_paper, look, paper, xs, number == 1)
        if len(chunks) > 1:
            paper.label = number
            paper.text(paper.width - margin, 16, f"第{number}页 共{len(chunks)}页", 8.5, face=look.body, align="r")
        y = first - high
        grid_row(
            paper, xs, y, high, ["原凭证号", "税  种", "品目名称", "税款所属时期", "入（退）库日期", "实缴（退）金额"], 9.5, face=look.body, border=look.border,
        )  # fmt: skip
        y += high
        for line in chunk:
            _table_line(world, tax_paper, look, paper, xs, y, high, row, line)
            row, y = row + 1, y + high
        papers.append(paper)
        if number == len(chunks):
            _table_foot(world, tax_paper, look, paper, xs, y)
        else:
            paper.text(xs[0], y + 5, "（转下页）", 8.5, face=look.body)
    return papers


def _table_head(world: World, tax_paper: TaxPaper, look: _Look, paper: Paper, xs: Sequence[float], first: bool) -> None:
    """Title, number, date and office, taxpayer; the values are noted on the first page."""
    rng = world.rng(KIND, tax_paper.key, "head")
    middle = paper.width / 2
    paper.text(middle, 20, "中华人民共和国", 13, face="serif", bold=True, align="c", spread=1.0)
    paper.text(middle, 28, "税 收 完 税 证 明", 20, face="serif", bold=True, align="c")
    if rng.random() < 0.5:
        paper.text(middle, 35, "（表格式）", 9, align="c")
    printed = paper.text(xs[-1], 28, tax_paper.number, 10.5, face=look.figures, align="r", ink=RED if rng.random() < 0.4 else (24, 24, 26))
    day = chinese_date(tax_paper.issued_on) if rng.random() < 0.6 else f"{tax_paper.issued_on.year} 年 {tax_paper.issued_on.month} 月 {tax_paper.issued_on.day} 日"
    box = paper.text(xs[0], 41, "填发日期：", 9.5, face=look.body)
    seen = paper.text(box[2] + 1, 41, day, 9.5, face=look.body)
    box = paper.text(middle + 6, 41, "税务机关：", 9.5, face=look.body)
    office = paper.text(box[2] + 1, 41, tax_paper.issuer, 9.5, face=look.body)
    id_width = (xs[-1] - xs[0]) / 2
    name, number = _taxpayer(world, tax_paper)
    a, b, c = xs[0] + 28, xs[0] + id_width, xs[0] + id_width + 28
    paper.cell((xs[0], 46, a, 59), "纳税人识别号", 9.5, face=look.body)
    id_box = paper.cell((a, 46, b, 59), number, 9.5, face=look.figures)
    paper.cell((b, 46, c, 59), "纳税人名称", 9.5, face=look.body)
    name_box = paper.cell((c, 46, xs[-1], 59), name, 9.5, face=look.body)
    if first:
        for field_name, value, where in (
            ("certificate_number", tax_paper.number, printed), ("issue_date", tax_paper.issued_on.isoformat(), seen), ("issuer", tax_paper.issuer, office),
            ("taxpayer_id", number, id_box), ("taxpayer_name", name, name_box),
        ):  # fmt: skip
            paper.note(field_name, value, where)


def _table_line(world: World, tax_paper: TaxPaper, look: _Look, paper: Paper, xs: Sequence[float], y: float, high: float, row: int, line: TaxLine) -> None:
    rng = world.rng(KIND, tax_paper.key, "line", row)
    voucher = line.voucher_number or f"344{line.paid_on:%y%m%d}{rng.randint(0, 999999999):09d}"
    item = rng.choice(_ITEMS.get(line.tax_type, (line.tax_type,)))
    period = f"{line.period_start:%Y-%m-%d}至{line.period_end:%Y-%m-%d}"
    texts = (voucher, line.tax_type, item, period, f"{line.paid_on:%Y-%m-%d}", grouped(line.amount) if look.sign else plain(line.amount))
    aligns: tuple[Align, ...] = ("c", "c", "l", "c", "c", "r")
    boxes = grid_row(paper, xs, y, high, texts, 8.5, aligns=aligns, face=look.body, figures=look.figures, border=look.border)
    start, end = _halves(boxes[3], period)
    _note_line(paper, row, line, {"tax_type": boxes[1], "period_start": start, "period_end": end, "paid_on": boxes[4], "amount": boxes[5]})


def _table_foot(world: World, tax_paper: TaxPaper, look: _Look, paper: Paper, xs: Sequence[float], y: float) -> None:
    rng = world.rng(KIND, tax_paper.key, "foot")
    words = _words(tax_paper.total)
    paper.cell((xs[0], y, xs[1], y + 9), "金额合计", 9.5, face=look.body)
    paper.frame((xs[1], y, xs[5], y + 9))
    box = paper.text(xs[1] + 1, y + 4.5, "（大写）", 9.5, face=look.body)
    paper.put("total_capital", plain(tax_paper.total), box[2] + 1, y + 4.5, words, 9.5, face=look.body)
    paper.field_cell("total", plain(tax_paper.total), (xs[5], y, xs[6], y + 9), _total_text(tax_paper, look), 9, align="r", face=look.figures)
    third = (xs[-1] - xs[0]) / 3
    paper.frame((xs[0], y + 9, xs[0] + third, y + 39))
    paper.frame((xs[0] + third, y + 9, xs[0] + 2 * third, y + 39))
    paper.frame((xs[0] + 2 * third, y + 9, xs[-1], y + 39))
    paper.text(xs[0] + third / 2, y + 15, "税 务 机 关", 9.5, face=look.body, align="c")
    paper.text(xs[0] + third / 2, y + 34, "（盖章）", 9.5, face=look.body, align="c")
    paper.text(xs[0] + 1.5 * third, y + 15, "填  票  人", 9.5, face=look.body, align="c")
    paper.text(xs[0] + 1.5 * third, y + 24, rng.choice(("电子税务局", "自助办税终端", "征收大厅03")), 9.5, face=look.body, align="c")
    start, end = f"{tax_paper.period_start:%Y-%m-%d}", f"{tax_paper.period_end:%Y-%m-%d}"
    note = rng.choice((f"备注：税款所属时期{start}至{end}。", f"备注：一般申报 正税，税款所属期间{start}至{end}，本证明仅供查询。"))
    remark = {"period_start": (start, tax_paper.period_start.isoformat()), "period_end": (end, tax_paper.period_end.isoformat())}
    write_marked(paper, xs[0] + 2 * third + 1.5, y + 14, third - 3, note, remark, 8.5, leading=5, face=look.body, indent=False)
    _seal(world, tax_paper, paper, xs[0] + third / 2 + 4, y + 25)
    if rng.random() < 0.75 and y + 80 < paper.height:
        _code(world, tax_paper, paper, xs[-1] - 38, y + 42)
    paper.text(paper.width / 2, min(paper.height - 8, y + 44), "妥善保管 · 手写无效", 9, face=look.body, align="c")


# --- 税收完税证明（文书式） -----------------------------------------------------------------------------------------------------


def _letter(world: World, tax_paper: TaxPaper, look: _Look) -> list[Paper]:
    rng = world.rng(KIND, tax_paper.key, "letter")
    paper = _sheet(look, rng)
    paper.text(105, 36, "税收完税证明", 22, face=rng.choice(("sans", "serif")), bold=True, align="c")
    if rng.random() < 0.6:
        paper.text(105, 45, "（文书式）", 11, face=look.body, align="c")
    paper.put("certificate_number", tax_paper.number, 186, 55, tax_paper.number, 11, face=look.body, align="r")
    (name, number), total = _taxpayer(world, tax_paper), tax_paper.total
    start, end, words = _day(tax_paper.period_start, look), _day(tax_paper.period_end, look), _words(total)
    figures = grouped(total)
    wording = rng.choice((
        "我局在税收征管信息系统中查询，{name}（纳税人识别号：{id}）自{start}至{end}期间，已缴纳税款（费）合计人民币{sum}元（大写：{words}），"
        "其中退税金额以负数列示，明细见附表。",
        "兹证明{name}（统一社会信用代码：{id}），税款所属期自{start}至{end}，在我局已缴纳税款合计（大写）{words}，￥{sum}元。各税种明细附后。",
        "根据纳税人申请，经查询，{name}，纳税人识别号{id}，自{start}至{end}已缴纳税款{sum}元（人民币{words}）。具体入库情况如下表所列。",
    ))  # fmt: skip
    text = wording.format(name=name, id=number, start=start, end=end, sum=figures, words=words)
    y = write_marked(paper, 26, 68, 158, text, {
        "taxpayer_name": (name, name), "taxpayer_id": (number, number), "period_start": (start, tax_paper.period_start.isoformat()),
        "period_end": (end, tax_paper.period_end.isoformat()), "total": (figures, plain(total)), "total_capital": (words, plain(total)),
    }, 12, leading=9, face=look.body)  # fmt: skip
    y = paper.paragraph(26, y + 1, 158, "特此证明。", 12, leading=9, face=look.body)
    lines = list(tax_paper.taxes) if len(tax_paper.taxes) <= 24 else _grouped(tax_paper.taxes)
    papers = [paper]
    room = 226 - y
    if len(lines) * 7 + 14 > room:
        annex = _sheet(look, world.rng(KIND, tax_paper.key, "annex"))
        annex.text(105, 30, "附表：已缴税款（费）明细", 14, face=look.body, bold=True, align="c")
        papers.append(annex)
        _annex(tax_paper, look, annex, lines, 40)
    else:
        _annex(tax_paper, look, paper, lines, y + 4)
    x = 146 + rng.uniform(-4, 4)
    paper.put("issuer", tax_paper.issuer, x, 244, tax_paper.issuer, 12, face=look.body, align="c")
    paper.put("issue_date", tax_paper.issued_on.isoformat(), x, 254, chinese_date(tax_paper.issued_on), 12, face=look.body, align="c")
    _seal(world, tax_paper, paper, x, 247)
    if rng.random() < 0.6:
        _code(world, tax_paper, paper, 84, 236)
    return papers


def _annex(tax_paper: TaxPaper, look: _Look, paper: Paper, lines: Sequence[TaxLine], y: float) -> None:
    xs, high = [26.0, 70.0, 138.0, 184.0], 7.0
    grid_row(paper, xs, y, high, ["税（费）种", "税款所属时期", "实缴税额（元）"], 10, face=look.body, bold=True, border=look.border)
    for row, line in enumerate(lines):
        y += high
        period = f"{_day(line.period_start, look)}至{_day(line.period_end, look)}"
        boxes = grid_row(paper, xs, y, high, [line.tax_type, period, grouped(line.amount)], 9.5, aligns=("c", "c", "r"), face=look.body, figures=look.figures, border=look.border)
        start, end = _halves(boxes[1], period)
        _note_line(paper, row, line, {"tax_type": boxes[0], "period_start": start, "period_end": end, "amount": boxes[2]})
    y += high
    grid_row(paper, xs, y, high, ["合　计", "", _total_text(tax_paper, look)], 9.5, aligns=("c", "c", "r"), face=look.body, figures=look.figures, border=look.border)
