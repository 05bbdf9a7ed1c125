"""营业执照 (副本) in the three layouts that Shenzhen companies handed in by 2020.

``upright``: the national layout of 2015, one column; ``shenzhen``: Shenzhen's own of 2013–2019, without capital and scope but with
重要提示; ``wide``: the national layout from March 2019, landscape, code at the left and QR symbol at the right. The licence's
date decides between the old ones and the new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samples.documents.backdrop import emblem, meander, scallops, watermark
from samples.documents.draft import Draft, copy_remark
from samples.documents.qr import qr_picture
from samples.fonts import Face
from samples.money import capital, plain
from samples.paper import MmBox, Paper, Rgb
from samples.seals import authority_die, strike
from samples.world.model import World

KIND = "business_licence"
_NEW_LAYOUT = date(2019, 3, 1)
"""市场监管总局: new licences are printed from 2019-03-01 on."""
_GOLD: Rgb = (150, 122, 52)
_GREY: Rgb = (150, 150, 146)


@dataclass(frozen=True)
class LicenceFacts:
    """What a licence says; ``valid_until`` None is a company without a term."""

    uscc: str
    name: str
    kind: str
    legal_representative: str
    registered_capital: Decimal
    established_on: date
    valid_until: date | None
    address: str
    scope: str
    registrar: str
    issued_on: date


def draw_business_licence(world: World) -> Draft:
    """The applicant's licence as the copy it hands in."""
    company, rng = world.company, world.rng(KIND, "copy")
    facts = LicenceFacts(
        company.party.uscc, company.party.name, company.kind, company.legal_representative, company.registered_capital, company.established_on,
        company.valid_until, company.party.address, company.scope, company.registrar, company.licence_issued_on,
    )  # fmt: skip
    paper = licence_paper(world, facts, KIND)
    x = rng.uniform(52, 74) if paper.width > paper.height else rng.uniform(96, 116)
    y = 152 if paper.width > paper.height else 246
    copy_remark(world, KIND, paper, x, y + rng.uniform(-4, 4), rng)
    return Draft(KIND, [paper], "营业执照", key=KIND)


def licence_paper(world: World, facts: LicenceFacts, *key: object, noting: bool = True) -> Paper:
    """One licence; ``noting`` False draws it as an enclosure of another document (an audit firm's)."""
    rng = world.rng(*key, "layout")
    shenzhen, restricted = rng.random() < 0.45, rng.random() < 0.2
    if facts.issued_on >= _NEW_LAYOUT:
        paper = _wide(world, facts, *key)
    else:
        paper = _upright(world, facts, shenzhen and facts.uscc.startswith("914403") and facts.valid_until is None, *key)
    if restricted:  # 复印件仅供…使用, written across by careful companies
        for i in range(3):
            paper.text(paper.width * 0.3 + 12 * i, paper.height * (0.42 + 0.12 * i), "仅限技术改造项目申报使用，再复印无效", 12, face="kai", ink=(206, 206, 210))
    if not noting:
        paper.fields.clear()
    return paper


def _capital_text(world: World, facts: LicenceFacts, *key: object) -> str:
    """Registered capital as registrars write it."""
    amount = facts.registered_capital
    wan = amount / 10000
    number = f"{wan:f}".rstrip("0").rstrip(".") if wan != wan.to_integral() else f"{int(wan)}"
    words = capital(amount, "元")
    return world.rng(*key, "capital").choice((f"{number}万元人民币", f"人民币{words}", f"{number}万元", words.replace("元", "圆")))


def _term(facts: LicenceFacts, rng_choice: str) -> str:
    if facts.valid_until is None:
        return rng_choice
    start, end = facts.established_on, facts.valid_until
    return f"{_day(start)}至{_day(end)}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month:02d}月{day.day:02d}日"


def _label(paper: Paper, x: float, y: float, text: str, width: float, size: float, face: Face) -> None:
    """A label spread over ``width`` mm so that all labels end at one line."""
    plain_width = paper.text_width(text, size, face)
    paper.text(x, y, text, size, face=face, bold=True, spread=max(0.0, (width - plain_width) / max(1, len(text) - 1)))


def _field(paper: Paper, name: str, value: str, x: float, y: float, width: float, text: str, size: float, face: Face, leading: float = 6.0) -> float:
    """A value, over several lines where it is long; noted unless ``value`` is empty. Returns the height below it."""
    lines = paper.wrap(text, width, size, face)
    boxes: list[MmBox] = [paper.text(x, y + leading * i, line, size, face=face) for i, line in enumerate(lines)]
    if value:
        paper.note(name, value, (x, boxes[0][1], max(b[2] for b in boxes), boxes[-1][3]))
    return y + leading * len(lines)


def _values(world: World, facts: LicenceFacts, *key: object) -> dict[str, tuple[str, str, str]]:
    """Label, canonical value and print of each field, in the order of the old layout."""
    rng = world.rng(*key, "words")
    term_word = rng.choice(("永续经营", "长期", "永续经营"))
    end = facts.valid_until.isoformat() if facts.valid_until else ""
    return {
        "name": ("名称", facts.name, facts.name), "type": ("类型", facts.kind, facts.kind), "address": ("住所", facts.address, facts.address),
        "legal_representative": ("法定代表人", facts.legal_representative, facts.legal_representative),
        "registered_capital": ("注册资本", plain(facts.registered_capital), _capital_text(world, facts, *key)),
        "established_on": ("成立日期", facts.established_on.isoformat(), _day(facts.established_on)),
        "valid_until": ("营业期限", end, _term(facts, term_word)), "scope": ("经营范围", facts.scope, facts.scope),
    }  # fmt: skip


def _registered(world: World, facts: LicenceFacts, paper: Paper, x: float, y: float, *key: object) -> None:
    """登记机关, its date and its seal."""
    rng = world.rng(*key, "registered")
    paper.text(x - 40, y - 6, "登 记 机 关", 14, face="serif", bold=True)
    day = facts.issued_on
    for dx, part, word in ((0.0, f"{day.year}", "年"), (19.0, f"{day.month:02d}", "月"), (33.0, f"{day.day:02d}", "日")):
        paper.text(x - 16 + dx, y + 13, part, 12, face="serif", align="c")
        paper.text(x - 8 + dx - (1.5 if dx else 0), y + 12.4, word, 12.5, face="serif", bold=True, align="c")
    strike(paper, authority_die(facts.registrar), x + 4, y + rng.uniform(-1, 3), rng)


def _upright(world: World, facts: LicenceFacts, shenzhen: bool, *key: object) -> Paper:
    rng = world.rng(*key, "upright")
    body: Face = rng.choice(("sans", "serif", "sans"))
    paper = Paper(ground=rng.choice(((255, 255, 255), (252, 252, 248), (253, 251, 244))))
    meander(paper, (13, 13, 197, 268), rng.choice((_GREY, _GOLD, (176, 172, 160))), rng.choice((5.0, 6.5)))
    if shenzhen:
        watermark(paper, "SZ", rng, (246, 244, 238), 24)
    emblem(paper, 105, 40, 26)
    paper.text(105, 75, "营 业 执 照", 40, face=rng.choice(("serif", "sans")), bold=True, align="c", ink=(86, 68, 30))
    paper.text(105, 89, "（副  本）", 15, face="sans", align="c", ink=(86, 68, 30))
    if rng.random() < 0.7:
        paper.text(132, 89, f"({rng.randint(1, 3)}-{rng.randint(1, 3)})", 10, align="l")
    at = paper.text(96, 98, "统一社会信用代码", 11, face="sans", bold=True)
    paper.put("uscc", facts.uscc, at[2] + 2, 98, facts.uscc, 11, face="sans")
    if rng.random() < 0.5:
        paper.text(26, 26, f"编号 {rng.randint(10**7, 10**8 - 1):08d}", 9, face="sans")
    values = _values(world, facts, *key)
    y = 110.0
    names = ("name", "type", "address", "legal_representative", "established_on") if shenzhen else tuple(values)
    for name in names:
        label, value, text = values[name]
        if shenzhen and name == "type":
            label = "主体类型"
        _label(paper, 30, y, label, 26, 12, "sans")
        small = name == "scope"
        below = _field(paper, name, value, 62, y, 118, text, 9.5 if small and len(text) > 200 else 11.5 if not small else 10, body, 5.0 if small else 6.4)
        y = max(y + 9.4, below + 3.0)
    if shenzhen:
        _important(paper, y + 2, body)
    paper.picture(qr_picture(f"http://www.gsxt.gov.cn/index.html?uniscid={facts.uscc}", paper.dpi), 28, 218)
    _registered(world, facts, paper, 152, 234, *key)
    site = "深圳市商事主体信用信息公示平台网址：https://www.szcredit.org.cn" if shenzhen else "企业信用信息公示系统网址：http://www.gsxt.gov.cn"
    paper.text(16, 274, site, 8, face="serif")
    paper.text(194, 274, "中华人民共和国国家工商行政管理总局监制", 8, face="serif", align="r")
    return paper


def _important(paper: Paper, y: float, body: Face) -> None:
    """重要提示 of Shenzhen's own layout."""
    paper.text(30, y, "重 要 提 示", 11, face="sans", bold=True)
    y += 7
    for text in (
        "1. 商事主体的经营范围由章程确定，经营范围中属于法律、法规规定应当经批准的项目，取得许可审批文件后方可开展相关经营活动。",
        "2. 商事主体经营范围和许可审批项目等有关事项及年报信息和其他信用信息，请登录左下角的公示平台或扫描执照的二维码查询。",
        "3. 商事主体须于每年1月1日至6月30日向商事登记机关提交上一年度的年度报告，并按规定向社会公示。",
    ):  # fmt: skip
        y = paper.paragraph(30, y, 150, text, 8.5, leading=4.6, indent=False, face=body) + 0.6


def _wide(world: World, facts: LicenceFacts, *key: object) -> Paper:
    rng = world.rng(*key, "wide")
    body: Face = rng.choice(("serif", "sans"))
    paper = Paper(297, 210, ground=(254, 253, 248))
    watermark(paper, "SCJDGL", rng, (247, 245, 236), 22)
    scallops(paper, (16, 22, 281, 190), (166, 156, 118), rng)
    emblem(paper, 148.5, 26, 28)
    at = paper.text(40, 55, "统一社会信用代码", 13, face="sans", bold=True, spread=0.6)
    code = paper.put("uscc", facts.uscc, at[0] + 1, 62, facts.uscc, 12, face="sans")
    if rng.random() < 0.4:
        paper.text(code[0], 69, f"（{rng.randint(1, 3)}-{rng.randint(1, 3)}）", 9, face="sans")
    paper.text(148.5, 58, "营 业 执 照", 40, face=rng.choice(("sans", "serif")), bold=True, align="c", ink=(52, 40, 18))
    paper.text(148.5, 72, "（副  本）", 15, face="sans", align="c", ink=(70, 58, 30))
    paper.picture(qr_picture(f"http://www.gsxt.gov.cn/index.html?uniscid={facts.uscc}", paper.dpi), 219, 46)
    for i, line in enumerate(("扫描二维码登录", "“国家企业信用", "信息公示系统”", "了解更多登记、", "备案、许可、监", "管信息。")):
        paper.text(251, 49 + 4.4 * i, line, 7.5, face="serif")
    values = _values(world, facts, *key)
    y = 90.0
    for name in ("name", "type", "legal_representative", "scope"):
        label, value, text = values[name]
        _label(paper, 38, y, label, 23, 12, "sans")
        small = name == "scope"
        below = _field(paper, name, value, 65, y, 98, text, 8.5 if len(text) > 180 else 9.5 if small else 11, body, 4.4 if len(text) > 180 else 5.2)
        y = max(y + 11, below + 4)
    y = 90.0
    for name in ("registered_capital", "established_on", "valid_until", "address"):
        label, value, text = values[name]
        _label(paper, 174, y, label, 23, 12, "sans")
        y = max(y + 11, _field(paper, name, value, 201, y, 66, text, 11, body, 5.4) + 4)
    _registered(world, facts, paper, 246, 162, *key)
    paper.text(16, 197, "国家企业信用信息公示系统网址：http://www.gsxt.gov.cn", 7.5, face="serif")
    paper.text(118, 195, "市场主体应当于每年1月1日至6月30日通过国", 7, face="serif")
    paper.text(118, 199, "家企业信用信息公示系统报送公示年度报告", 7, face="serif")
    paper.text(281, 197, "国家市场监督管理总局监制", 7.5, face="serif", align="r")
    return paper
