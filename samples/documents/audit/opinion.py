"""Cover, contents and the auditors' opinion in its five forms (审计准则 1501/1502/1503 as of 2017; rule-book R-280)."""

from __future__ import annotations

import random
from collections.abc import Sequence

from samples.documents.audit.style import Style
from samples.documents.draft import chinese_date, sign
from samples.documents.flow import Flow, Marks
from samples.documents.qr import qr_picture
from samples.paper import Paper
from samples.seals import accountant_die, firm_die, strike
from samples.world.model import AuditReport, World

KIND = "audit_report"
_DIGITS = "〇一二三四五六七八九"
_MATTERS = {
    "unqualified_emphasis": "{client}{year}年度对部分客户的应收账款进行了债务重组，相关协议尚在履行之中",
    "qualified": "{client}未能提供部分存货的盘点资料，我们无法实施满意的替代审计程序以确认该部分存货的存在和计价",
    "adverse": "{client}未按照企业会计准则的规定对子公司进行合并，亦未对重大减值迹象的资产计提减值准备",
    "disclaimer": "{client}未能提供完整的会计凭证和银行对账资料，我们无法实施函证、监盘等必要的审计程序",
}


def words_date(report: AuditReport) -> str:
    """The date in Chinese figures: 二〇二〇年四月十八日."""
    day = report.dated

    def spoken(number: int) -> str:
        tens, ones = divmod(number, 10)
        return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")

    return f"{''.join(_DIGITS[int(c)] for c in str(day.year))}年{spoken(day.month)}月{spoken(day.day)}日"


# --- cover and contents ----------------------------------------------------------------------------------------------------


def cover(world: World, report: AuditReport, style: Style) -> Paper:
    """The cover, with the association's code (深圳注协) and a QR symbol to look the report up."""
    rng = world.rng(KIND, report.year, "cover")
    layout = world.rng(KIND, "cover", report.firm.name).choice(("classic", "boxed", "plain"))
    code = "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(16))
    paper = Paper()
    link = f"https://report.szicpa.sample/q?c={code}"
    if layout == "boxed":
        _boxed(world, report, style, paper, code)
        paper.picture(qr_picture(link, paper.dpi), 156, 24)
        return paper
    high = 62 if layout == "classic" else 84
    if layout == "classic":
        paper.line(28, 50, 182, 50, 0.6)
        paper.line(28, 51.2, 182, 51.2, 0.2)
    paper.put("client_name", report.client, 105, high, report.client, 20 if len(report.client) < 20 else 17, face=style.head, bold=True, align="c")
    year = f"{report.year}年度" if layout == "classic" else f"{report.year}年度财务报表"
    paper.put("fiscal_year", str(report.year), 105, high + 16, year, 17, face=style.body, align="c")
    paper.text(105, high + 40, "审 计 报 告" if layout == "classic" else "审计报告", 34, face=style.head, bold=True, align="c")
    word = rng.choice(("报告文号：", "文号：", ""))
    width = paper.text_width(word + report.number, 12, style.body)
    box = paper.text(105 - width / 2, high + 58, word, 12, face=style.body)
    paper.put("report_number", report.number, box[2] if word else 105 - width / 2, high + 58, report.number, 12, face=style.body)
    paper.picture(qr_picture(link, paper.dpi), 28 if layout == "classic" else 156, 18)
    paper.text(28 if layout == "classic" else 182, 55 if layout == "plain" else 46, f"防伪编码：{code}", 8, face="sans", align="l" if layout == "classic" else "r")
    paper.put("firm_name", report.firm.name, 105, 244, report.firm.name, 16, face=style.head, align="c")
    paper.put("report_date", report.dated.isoformat(), 105, 256, words_date(report) if layout == "plain" else chinese_date(report.dated), 13, face=style.body, align="c")
    if rng.random() < 0.5:
        paper.text(105, 268, f"地址：{report.firm.address}", 9, face=style.body, align="c")
    return paper


def _boxed(world: World, report: AuditReport, style: Style, paper: Paper, code: str) -> None:
    """The association's cover sheet: a table of what the firm filed."""
    rng = world.rng(KIND, report.year, "boxed")
    paper.text(105, 40, f"{report.firm.address[:2]}注册会计师协会", 15, face=style.head, bold=True, align="c")
    paper.text(105, 50, "业务报告报备防伪封面", 12, face=style.body, align="c")
    paper.text(105, 78, "审 计 报 告", 30, face=style.head, bold=True, align="c")
    rows: list[tuple[str, str | None, str, str]] = [
        ("防伪编码", None, "", code), ("被审计单位", "client_name", report.client, report.client),
        ("报告类型", None, "", "年度财务报表审计"), ("会计年度", "fiscal_year", str(report.year), f"{report.year}年度"),
        ("报告文号", "report_number", report.number, report.number), ("会计师事务所", "firm_name", report.firm.name, report.firm.name),
        ("签字注册会计师", None, "", "、".join(name for name, _ in report.firm.accountants)),
        ("报告日期", "report_date", report.dated.isoformat(), chinese_date(report.dated)), ("报备日期", None, "", chinese_date(report.dated)),
        ("事务所电话", None, "", f"0755-8{rng.randint(1000000, 9999999)}"), ("通讯地址", None, "", report.firm.address),
    ]  # fmt: skip
    y = 96.0
    for label, name, value, text in rows:
        paper.cell((30, y, 72, y + 11), label, 10.5, face=style.body)
        box = paper.cell((72, y, 180, y + 11), text, 10.5, align="l", face=style.body)
        if name is not None:
            paper.note(name, value, box)
        y += 11
    paper.text(30, y + 8, "扫描二维码或登录协会网站“业务报告查询”栏目，输入防伪编码可核对报备信息。", 8.5, face=style.body)


def contents(report: AuditReport, style: Style, entries: Sequence[tuple[str, str]]) -> Paper:
    """目录 with dotted leaders; ``entries`` are titles and page ranges."""
    paper = Paper()
    paper.text(105, 40, "目　录", 20, face=style.head, bold=True, align="c")
    paper.text(186, 56, "页　次", 10.5, face=style.body, align="r")
    y = 68.0
    for i, (title, pages) in enumerate(entries):
        box = paper.text(26, y, f"{'一二三四五六七八九十'[i]}、{title}", 12, face=style.body)
        right = paper.text(186, y, pages, 12, face=style.body, align="r")
        dots = int((right[0] - box[2] - 3) / max(0.5, paper.text_width("…", 10, style.body)))
        paper.text(box[2] + 1.5, y, "…" * max(0, dots), 10, face=style.body, ink=(90, 90, 90))
        y += 13
    if style.roman:
        paper.text(105, 284, "I", 9, face=style.body, align="c")
    return paper


# --- opinion ---------------------------------------------------------------------------------------------------------------


def opinion_paragraphs(report: AuditReport, *, brief: bool) -> list[tuple[str, list[tuple[str, Marks]]]]:
    """Heading → paragraphs of the opinion; the deciding sentence is marked."""
    year, group = report.year, report.group is not None
    sheets = "合并及母公司资产负债表" if group else "资产负债表"
    flows = "合并及母公司利润表、合并及母公司现金流量表、合并及母公司所有者权益变动表" if group else "利润表、现金流量表、所有者权益变动表"
    matter = (report.opinion_matter or _MATTERS.get(report.opinion, "").format(client="贵公司", year=year)).rstrip("。")
    audited = f"我们审计了{report.client}（以下简称“贵公司”）财务报表，包括{year}年12月31日的{sheets}，{year}年度的{flows}以及相关财务报表附注。"
    state = f"{year}年12月31日的{'合并及母公司' if group else ''}财务状况以及{year}年度的{'合并及母公司' if group else ''}经营成果和现金流量"
    kind = {"unqualified": "审计", "unqualified_emphasis": "审计", "qualified": "保留", "adverse": "否定", "disclaimer": "无法表示"}[report.opinion]
    basis = f"形成{kind}意见的基础"
    fair = f"后附的财务报表在所有重大方面按照企业会计准则的规定编制，公允反映了贵公司{state}。"
    deciding = {
        "unqualified": f"我们认为，{fair}", "unqualified_emphasis": f"我们认为，{fair}",
        "qualified": f"我们认为，除“{basis}”部分所述事项可能产生的影响外，{fair}",
        "adverse": f"我们认为，由于“{basis}”部分所述事项的重要性，后附的财务报表没有在所有重大方面按照企业会计准则的规定编制，未能公允反映贵公司{state}。",
        "disclaimer": f"我们不对后附的贵公司财务报表发表审计意见。由于“{basis}”部分所述事项的重要性，我们无法获取充分、适当的审计证据以作为对财务报表发表审计意见的基础。",
    }[report.opinion]  # fmt: skip
    if report.opinion == "disclaimer":
        audited = audited.replace("我们审计了", "我们接受委托，审计了")
    mark: Marks = {} if report.opinion == "unqualified_emphasis" else {"opinion": (deciding, report.opinion)}
    named: Marks = {}
    ethics = (
        "我们按照中国注册会计师审计准则的规定执行了审计工作。审计报告的“注册会计师对财务报表审计的责任”部分进一步阐述了我们在这些准则下的责任。"
        "按照中国注册会计师职业道德守则，我们独立于贵公司，并履行了职业道德方面的其他责任。我们相信，我们获取的审计证据是充分、适当的，"
        f"为发表{'审计' if kind in ('审计', '无法表示') else kind}意见提供了基础。"
    )  # fmt: skip
    reasons: list[tuple[str, Marks]] = [(f"{matter}。", {})] if report.opinion in ("qualified", "adverse", "disclaimer") else []
    if report.opinion != "disclaimer":
        reasons.append((ethics, {}))
    sections: list[tuple[str, list[tuple[str, Marks]]]] = [(f"{kind}意见", [(audited, named), (deciding, mark)]), (basis, reasons)]
    if report.opinion == "unqualified_emphasis":
        text = f"我们提醒财务报表使用者关注财务报表附注十“其他重要事项”所披露的事项：{matter}。本段内容不影响已发表的审计意见。"
        sections.append(("强调事项", [(text, {"opinion": (text, report.opinion)})]))
    sections.append(("管理层和治理层对财务报表的责任", [
        ("贵公司管理层（以下简称“管理层”）负责按照企业会计准则的规定编制财务报表，使其实现公允反映，并设计、执行和维护必要的内部控制，以使财务报表不存在由于舞弊或错误导致的重大错报。", {}),
        ("在编制财务报表时，管理层负责评估贵公司的持续经营能力，披露与持续经营相关的事项（如适用），并运用持续经营假设，除非管理层计划清算贵公司、终止运营或别无其他现实的选择。", {}),
        ("治理层负责监督贵公司的财务报告过程。", {}),
    ]))  # fmt: skip
    sections.append(("注册会计师对财务报表审计的责任", _responsibility(report, brief)))
    return sections


def _responsibility(report: AuditReport, brief: bool) -> list[tuple[str, Marks]]:
    if report.opinion == "disclaimer":
        text = (
            "我们的责任是按照中国注册会计师审计准则的规定，对贵公司的财务报表执行审计工作，以出具审计报告。但由于“形成无法表示意见的基础”部分所述的事项，"
            "我们无法获取充分、适当的审计证据以作为发表审计意见的基础。按照中国注册会计师职业道德守则，我们独立于贵公司，并履行了职业道德方面的其他责任。"
        )  # fmt: skip
        return [(text, {})]
    out: list[tuple[str, Marks]] = [(
        "我们的目标是对财务报表整体是否不存在由于舞弊或错误导致的重大错报获取合理保证，并出具包含审计意见的审计报告。合理保证是高水平的保证，"
        "但并不能保证按照审计准则执行的审计在某一重大错报存在时总能发现。错报可能由于舞弊或错误导致，如果合理预期错报单独或汇总起来可能影响财务报表使用者"
        "依据财务报表作出的经济决策，则通常认为错报是重大的。", {})]  # fmt: skip
    if brief:
        return out
    out += [(text, {}) for text in (
        "在按照审计准则执行审计工作的过程中，我们运用职业判断，并保持职业怀疑。同时，我们也执行以下工作：",
        "（1）识别和评估由于舞弊或错误导致的财务报表重大错报风险，设计和实施审计程序以应对这些风险，并获取充分、适当的审计证据，作为发表审计意见的基础。由于舞弊可能涉及串通、伪造、"
        "故意遗漏、虚假陈述或凌驾于内部控制之上，未能发现由于舞弊导致的重大错报的风险高于未能发现由于错误导致的重大错报的风险。",
        "（2）了解与审计相关的内部控制，以设计恰当的审计程序，但目的并非对内部控制的有效性发表意见。",
        "（3）评价管理层选用会计政策的恰当性和作出会计估计及相关披露的合理性。",
        "（4）对管理层使用持续经营假设的恰当性得出结论。同时，根据获取的审计证据，就可能导致对贵公司持续经营能力产生重大疑虑的事项或情况是否存在重大不确定性得出结论。"
        "如果我们得出结论认为存在重大不确定性，审计准则要求我们在审计报告中提请报表使用者注意财务报表中的相关披露；如果披露不充分，我们应当发表非无保留意见。"
        "我们的结论基于截至审计报告日可获得的信息。然而，未来的事项或情况可能导致贵公司不能持续经营。",
        "（5）评价财务报表的总体列报、结构和内容，并评价财务报表是否公允反映相关交易和事项。",
        *(("（6）就贵公司中实体或业务活动的财务信息获取充分、适当的审计证据，以对合并财务报表发表审计意见。我们负责指导、监督和执行集团审计，并对审计意见承担全部责任。",)
          if report.group is not None else ()),
        "我们与治理层就计划的审计范围、时间安排和重大审计发现等事项进行沟通，包括沟通我们在审计中识别出的值得关注的内部控制缺陷。",
    )]  # fmt: skip
    return out


def opinion_pages(world: World, report: AuditReport, style: Style, key: str, *, brief: bool = False) -> list[Paper]:
    """The opinion with addressee, number, firm, seals and signatures: two or three pages, one where ``brief``."""
    rng = world.rng(KIND, report.year, "opinion")

    def start() -> tuple[Paper, float]:
        paper = Paper()
        if flow.papers:
            return paper, 26.0
        paper.text(105, 26, "审 计 报 告", 20, face=style.head, bold=True, align="c")
        paper.text(184, 37, report.number, 10.5, face=style.body, align="r")
        return paper, 46.0

    size, leading = (10.0, 5.9) if brief else (style.size, style.leading)
    flow = Flow(start, bottom=270, size=size, leading=leading, face=style.body, head_face=style.head)
    flow.line_of(f"{report.client}{rng.choice(('全体股东', '董事会', '全体股东'))}：", bold=rng.random() < 0.3)
    for i, (heading, paragraphs) in enumerate(opinion_paragraphs(report, brief=brief)):
        flow.heading(f"{'一二三四五六七'[i]}、{heading}")
        for text, marks in paragraphs:
            flow.prose(text, marks)
    _signing(world, report, style, key, flow, rng)
    return flow.papers


def _signing(world: World, report: AuditReport, style: Style, key: str, flow: Flow, rng: random.Random) -> None:
    """Firm with its seal at the left, the accountants with stamps and signatures at the right, the date."""
    flow.need(64)
    paper, y, firm = flow.paper, flow.y + 6, report.firm
    paper.text(26, y, firm.name, 11, face=style.body)
    paper.text(26, y + 8, "（盖章）" if rng.random() < 0.5 else "", 10, face=style.body)
    paper.text(26, y + 44, f"中国·{firm.address[:2]}", 11, face=style.body)
    if key not in world.handling.no_firm_seal:
        strike(paper, firm_die(firm.name), 58 + rng.uniform(-8, 8), y + 14 + rng.uniform(-4, 4), rng)
    x, boxes = 114.0, []
    typed = rng.random() < 0.5
    for i, (name, number) in enumerate(firm.accountants):
        own = world.rng(KIND, report.year, "accountant", i)
        line = y + 25 * i
        head = paper.text(x, line, rng.choice(("中国注册会计师：", "中国注册会计师（签字盖章）：")) if i == 0 or typed else "中国注册会计师：", 10, face=style.body)
        if typed:
            paper.text(head[2], line, name, 10, face=style.body)
        sign(world, key, paper, head[2] + 2, line + 9, name, own, 16)
        seal = strike(paper, accountant_die(name, number), 176 + own.uniform(-4, 3), line + 4 + own.uniform(-2, 2), own, angle=own.uniform(-6, 6))
        boxes.append((head[2] if typed else seal.box[0], min(seal.box[1], head[1]), seal.box[2], seal.box[3]))
    if boxes:
        place = (min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[-1][3])
        paper.note("accountants", "、".join(name for name, _ in firm.accountants), place)
    below = y + max(44, 25 * len(firm.accountants) + 2)
    paper.text(140, below, chinese_date(report.dated) if rng.random() < 0.6 else words_date(report), 11, face=style.body)
    flow.y = below + 8
