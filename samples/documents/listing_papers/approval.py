"""The letters of the securities commission: red head, number, title, body, day under the seal, distribution at the foot."""

from __future__ import annotations

from datetime import date, timedelta

from samples.documents.draft import Draft, chinese_date, copy_remark
from samples.documents.flow import write_marked
from samples.documents.plan.text import Teller
from samples.paper import RED, Paper
from samples.seals import authority_die, strike
from samples.world.model import Listing, PaperKey, World

KIND = "listing_document"
OFFICE = "中国证券监督管理委员会"


def issued_shares(listing: Listing) -> int:
    """Shares that the approval allows at most, in 万股; they were sold at about twelve yuan."""
    return int(-(-listing.raised_gross // 1_200_000) * 10)


def chinese_day(day: date) -> str:
    """二〇一七年三月七日"""
    digits = "〇一二三四五六七八九"

    def small(n: int) -> str:
        ten, one = divmod(n, 10)
        return ("" if ten == 0 else "十" if ten == 1 else digits[ten] + "十") + (digits[one] if one else "")

    return "".join(digits[int(c)] for c in str(day.year)) + f"年{small(day.month)}月{small(day.day)}日"


def draw_approval(world: World, listing: Listing, key: PaperKey, *, first: bool) -> Draft:
    """The approval of the IPO (``first``) or of the raising; where they are one, both are copies of one letter."""
    number, day = (listing.ipo_number, listing.ipo_date) if first else (listing.approval_number, listing.approval_date)
    offering = first or listing.ipo_number == listing.approval_number
    board = "" if listing.board == "主板" else f"并在{listing.board}上市"
    name = world.party.name
    title = f"关于核准{name}{f'首次公开发行股票{board}' if offering else '非公开发行股票'}的批复"
    papers = _letter(world, listing, number, day, title, offering)
    rng = world.rng(KIND, key, "copy")
    copy_remark(world, key, papers[0], rng.uniform(50, 78), rng.uniform(228, 252), rng)
    return Draft(KIND, papers, "证监会核发的IPO批文" if first else "证监会核准文件", day.year, subtype="M30" if first else "M31b", seam=len(papers) > 1, key=key)


def _letter(world: World, listing: Listing, number: str, day: date, title: str, offering: bool) -> list[Paper]:
    """The same paper for the same number, whoever copies it."""
    rng = world.rng(KIND, "letter", number)
    size, leading, left = 16.0, rng.uniform(9.4, 10.2), rng.choice((26.0, 27.0, 28.0))
    width, written = 210 - 2 * left, rng.random() < 0.5
    head, signer = rng.uniform(36, 52), rng.random() < 0.5
    paper = Paper()
    paper.text(105, head, OFFICE, 36, face="serif", bold=True, align="c", ink=RED, spread=rng.uniform(0.2, 1.4))
    paper.note("issuer", OFFICE, (40, head - 7, 170, head + 7))
    y = head + 17
    paper.put("document_number", number, 105, y, number, size, face="kai", align="c")
    paper.line(left - 1, y + 7, 210 - left + 1, y + 7, 0.6, RED)
    if signer:
        paper.line(left - 1, y + 8.4, 210 - left + 1, y + 8.4, 0.2, RED)
    y += 22
    lines = paper.wrap(title, 130, 21, "serif")
    seen = [paper.text(105, y + 10.5 * i, line, 21, face="serif", bold=True, align="c") for i, line in enumerate(lines)]
    paper.note("title", title, (min(b[0] for b in seen), seen[0][1], max(b[2] for b in seen), seen[-1][3]))
    y += 10.5 * len(lines) + 7
    paper.put("company_name", world.party.name, left, y, world.party.name, size, face="kai")
    paper.text(left + paper.text_width(world.party.name, size, "kai"), y, "：", size, face="kai")
    y += leading
    papers, bottom = [paper], 262.0
    for text in _body(world, listing, number, day, offering):
        need = leading * (len(paper.wrap("　　" + text, width, size, "kai")))
        if y + need > bottom:
            paper = Paper()
            papers.append(paper)
            y = 34.0
        y = write_marked(paper, left, y, width, text, {}, size, leading=leading, face="kai")
    if y + leading * 1.8 > 246:
        paper = Paper()
        papers.append(paper)
        paper.text(left + 11.3, 34, "（此页无正文）", size, face="kai")
        y = 34.0 + leading * 2
    y += leading * 1.8
    shown = chinese_day(day) if written else chinese_date(day)
    paper.put("issue_date", day.isoformat(), 210 - left - 12, y, shown, size, face="kai", align="r")
    strike(paper, authority_die(OFFICE), 210 - left - 34, y - rng.uniform(2, 8), rng)
    _distribution(paper, left, day, listing)
    for n, sheet in enumerate(papers, 1):
        sheet.label = n
        sheet.text(105, 286, f"— {n} —", 12, align="c")
    return papers


def _body(world: World, listing: Listing, number: str, day: date, offering: bool) -> tuple[str, ...]:
    tell = Teller(world, f"{KIND}:{number}", {})
    shares = issued_shares(listing)
    asked = f"〔{day.year}〕{world.rng(KIND, 'asked', number).randint(1, 40)}号"
    rule = "《首次公开发行股票并上市管理办法》" if listing.board != "创业板" else "《首次公开发行股票并在创业板上市管理办法》"
    if offering:
        return (
            f"你公司报送的《{world.party.name}关于首次公开发行股票的申请报告》（{world.party.name.removeprefix('深圳市')[:2]}字{asked}）及相关文件收悉。根据《中华人民共和国公司法》、《中华人民共和国证券法》和{rule}等有关规定，经审核，现批复如下：",
            f"一、核准你公司公开发行新股不超过{shares:,}万股。", "二、你公司本次发行新股应严格按照报送我会的招股说明书和发行承销方案实施。", "三、本批复自核准发行之日起12个月内有效。",
            tell.say("four", "四、自核准发行之日起至本次股票发行结束前，你公司如发生重大事项，应及时报告我会并按有关规定处理。"),
        )  # fmt: skip
    return (
        f"你公司报送的《{world.party.name}关于非公开发行股票的申请报告》（{asked}）及相关文件收悉。根据《中华人民共和国公司法》、《中华人民共和国证券法》和《上市公司证券发行管理办法》（证监会令第30号）等有关规定，经审核，现批复如下：",
        f"一、核准你公司非公开发行不超过{shares:,}万股新股，发生转增股本等情形导致总股本发生变化的，可相应调整本次发行数量。", "二、本次发行股票应严格按照报送我会的申请文件实施。", "三、本批复自核准发行之日起6个月内有效。",
        "四、自核准发行之日起至本次股票发行结束前，你公司如发生重大事项，应及时报告我会并按有关规定处理。",
    )  # fmt: skip


def _distribution(paper: Paper, left: float, day: date, listing: Listing) -> None:
    """抄送 and 印发 between two thin lines at the foot."""
    printed = day + timedelta(days=1)
    exchange = "上海证券交易所" if listing.board in ("主板", "科创板") and listing.stock_code.startswith("6") else "深圳证券交易所"
    y = 262.0
    paper.line(left, y - 5, 210 - left, y - 5, 0.35)
    paper.text(left + 3, y, f"抄送：深圳市人民政府，深圳证监局，{exchange}，", 12, face="kai")
    paper.text(left + 16, y + 6.5, "中国证券登记结算有限责任公司及其分公司。", 12, face="kai")
    paper.line(left, y + 10.5, 210 - left, y + 10.5, 0.2)
    paper.text(left + 3, y + 14.5, "中国证监会办公厅", 12, face="kai")
    paper.text(210 - left - 3, y + 14.5, f"{chinese_date(printed)}印发", 12, face="kai", align="r")
    paper.line(left, y + 18.5, 210 - left, y + 18.5, 0.35)
