"""营业执照 (copy, landscape), with the QR code that the licence carries."""

from __future__ import annotations

import segno
from PIL import Image

from samples.documents.draft import Draft, chinese_date, copy_remark
from samples.money import capital
from samples.paper import Paper
from samples.seals import authority_die, strike
from samples.world import World

KIND = "business_licence"


def qr_picture(text: str, dpi: int) -> Image.Image:
    """A QR symbol in black and white, modules of half a millimetre at ``dpi``, with a quiet zone of two."""
    module_px = max(2, round(dpi * 0.5 / 25.4))
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    side = len(rows)
    picture = Image.new("L", (side + 4, side + 4), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                picture.putpixel((x + 2, y + 2), 20)
    return picture.resize(((side + 4) * module_px, (side + 4) * module_px), Image.Resampling.NEAREST)


def draw_licence(world: World) -> Draft:
    rng = world.rng(KIND)
    company = world.company
    paper = Paper(297, 210)
    paper.frame((14, 14, 283, 195), 0.8, (120, 96, 50))
    paper.frame((16.5, 16.5, 280.5, 192.5), 0.3, (120, 96, 50))
    paper.text(26, 30, "统一社会信用代码", 12)
    paper.put("uscc", company.party.uscc, 26, 37, company.party.uscc, 13, face="sans", bold=True)
    paper.text(148.5, 40, "营 业 执 照", 38, bold=True, align="c")
    paper.text(148.5, 56, "（副  本）", 16, align="c")
    qr = qr_picture(f"http://www.gsxt.gov.cn/sample?uniscid={company.party.uscc}", paper.dpi)
    paper.picture(qr, 236, 22)
    left = (("名　　称", "name", company.party.name, company.party.name), ("类　　型", "type", company.kind, company.kind),
            ("法定代表人", "legal_representative", company.legal_representative, company.legal_representative))  # fmt: skip
    for i, (label, field, value, text) in enumerate(left):
        paper.text(26, 78 + 14 * i, label, 12)
        paper.put(field, value, 54, 78 + 14 * i, text, 12)
    paper.text(26, 120, "经营范围", 12)
    lines = paper.wrap(company.scope, 86, 11)
    boxes = [paper.text(54, 120 + 7 * i, line, 11) for i, line in enumerate(lines)]
    paper.note("scope", company.scope, (54, boxes[0][1], max(b[2] for b in boxes), boxes[-1][3]))
    amount = f"人民币{capital(company.registered_capital, '元')}"
    right = (("注册资本", "registered_capital", f"{company.registered_capital:.2f}", amount),
             ("成立日期", "established_on", company.established_on.isoformat(), chinese_date(company.established_on)),
             ("营业期限", "valid_until", "", "永续经营"))  # fmt: skip
    for i, (label, field, value, text) in enumerate(right):
        paper.text(156, 78 + 14 * i, label, 12)
        if value:
            paper.put(field, value, 182, 78 + 14 * i, text, 12)
        else:
            paper.text(182, 78 + 14 * i, text, 12)
    paper.text(156, 120, "住　　所", 12)
    lines = paper.wrap(company.party.address, 92, 12)
    boxes = [paper.text(182, 120 + 7 * i, line, 12) for i, line in enumerate(lines)]
    paper.note("address", company.party.address, (182, boxes[0][1], max(b[2] for b in boxes), boxes[-1][3]))
    paper.text(196, 158, "登 记 机 关", 13)
    paper.text(200, 182, "2018年11月6日", 12)
    strike(paper, authority_die("深圳市市场监督管理局"), 214, 168, rng)
    paper.text(26, 188, "国家企业信用信息公示系统网址：http://www.gsxt.gov.cn", 8)
    copy_remark(world, KIND, paper, 128, 162, rng)
    return Draft(KIND, [paper], "营业执照")
