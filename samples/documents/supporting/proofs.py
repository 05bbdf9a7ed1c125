"""Certificates of patents and programs, a test report, opinions of users: copies with the applicant's seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from samples.documents.backdrop import emblem, guilloche, meander, scallops, waves
from samples.documents.barcode import barcode_picture, barcode_width
from samples.documents.contract_pages import invented_person, written
from samples.documents.draft import Draft, chinese_date, copy_remark
from samples.documents.flow import grid_row
from samples.documents.plan.facts import Patent, effects, facts_before, patents
from samples.documents.plan.text import Teller
from samples.fonts import Face
from samples.paper import MmBox, Paper, Rgb
from samples.seals import authority_die, company_die, strike
from samples.world.company import unrelated_party
from samples.world.model import PaperKey, Party, World

KIND = "supporting"
_LABS = ("深圳衡测检测技术有限公司", "广东岭测质量检验有限公司", "深圳曜准计量检测有限公司")


@dataclass(frozen=True)
class Proof:
    """One enclosed proof: what the list of proofs says of it."""

    title: str
    kind: str
    number: str
    issuer: str


@dataclass(frozen=True)
class TestReport:
    number: str
    lab: str
    dated: date


@dataclass(frozen=True)
class UserOpinion:
    user: Party
    since: date
    dated: date


@dataclass(frozen=True)
class Proofs:
    """What is enclosed; the list and the copies agree."""

    patents: tuple[Patent, ...]
    report: TestReport | None
    opinions: tuple[UserOpinion, ...]

    def rows(self, product: str) -> tuple[Proof, ...]:
        out = [Proof(p.name, "计算机软件著作权" if p.kind == "软件著作权" else f"{p.kind}专利", p.number, "国家版权局" if p.kind == "软件著作权" else "国家知识产权局") for p in self.patents]
        if self.report is not None:
            out.append(Proof(f"{product}检测报告", "技术检测报告", self.report.number, self.report.lab))
        out += [Proof(f"{product}用户使用意见", "用户使用意见", "—", o.user.name) for o in self.opinions]
        return tuple(out)


def proofs(world: World) -> Proofs:
    """What the applicant encloses: two to four rights, usually a report, up to two opinions."""
    rng = world.rng(KIND, "proofs")
    got = patents(world)
    count = 2 if world.short else rng.randint(2, 4)
    tested = date(2019, rng.randint(6, 12), rng.randint(2, 27))
    number, lab, with_report = f"{rng.choice('HLYQ')}C{tested:%Y%m}{rng.randint(1000, 9999)}", rng.choice(_LABS), rng.random() < 0.8
    opinions = tuple(
        UserOpinion(unrelated_party(world.rng(KIND, "user", i)), date(rng.choice((2017, 2018)), rng.randint(1, 12), 1), date(2020, rng.randint(3, 5), rng.randint(2, 27))) for i in range(rng.randint(1, 2))
    )  # fmt: skip
    return Proofs(got[:count], TestReport(number, lab, tested) if with_report and not world.short else None, opinions[:1] if world.short else opinions)


def draw_proofs(world: World, key: PaperKey) -> Draft:
    """The copies, one after the other."""
    found = proofs(world)
    # Where the copy's own seal finds room beside the seals of the original.
    placed: list[tuple[Paper, tuple[float, float]]] = []
    for i, patent in enumerate(found.patents):
        placed.append((_program(world, patent, i), (68.0, 240.0)) if patent.kind == "软件著作权" else (_patent(world, patent, i), (160.0, 206.0)))
    if found.report is not None:
        placed += [(paper, (158.0, 200.0)) for paper in _report(world, found.report)]
    placed += [(_opinion(world, opinion, i), (58.0, 246.0)) for i, opinion in enumerate(found.opinions)]
    papers = [paper for paper, _ in placed]
    for i, (paper, (x, y)) in enumerate(placed):
        rng = world.rng(KIND, "copy", i)
        if rng.random() < 0.85 or i == 0:
            copy_remark(world, key, paper, x + rng.uniform(-9, 9), y + rng.uniform(-9, 9), rng)
    return Draft(KIND, papers, "专利、检测报告及用户意见", subtype="M14", seam=True, key=key)


def _fields(paper: Paper, x: float, y: float, pairs: tuple[tuple[str, str], ...], face: Face, size: float, step: float, wide: float) -> float:
    for label, text in pairs:
        box = paper.text(x, y, label, size, face=face, bold=face == "serif")
        for line in paper.wrap(text, wide - (box[2] - x), size, face):
            paper.text(box[2], y, line, size, face=face)
            y += step
    return y


def _title(paper: Paper, text: str, y: float, size: float, *, note: str = "", ink: Rgb = (24, 24, 26), spread: float = 0.0) -> MmBox:
    box = paper.text(105, y, text, size, face="serif", bold=True, align="c", ink=ink, spread=spread)
    if note:
        paper.note("title", note, box)
    return box


def _patent(world: World, patent: Patent, index: int) -> Paper:
    """发明专利证书 or 实用新型专利证书 with its ornamental border."""
    rng, paper = world.rng(KIND, "patent", index), Paper()
    invention = patent.kind == "发明"
    tone: Rgb = (176, 120, 96) if invention else (110, 140, 170)
    left, serial = rng.uniform(32, 40), rng.randint(2_000_000, 3_900_000) if invention else rng.randint(6_000_000, 10_400_000)
    waves(paper, (20, 20, 190, 277), rng, (240, 240, 234), 5.0)
    if rng.random() < 0.5:
        meander(paper, (12, 12, 198, 285), tone)
    else:
        scallops(paper, (12, 12, 198, 285), tone, rng)
    paper.text(left, 34, f"证书号第{serial}号", 12, face="serif")
    emblem(paper, 105, 52, 22)
    _title(paper, f"{patent.kind}专利证书", 80, 30, note=f"{patent.kind}专利证书" if index == 0 else "", spread=2.0)
    y = _fields(paper, left, 104, (
        ("实用新型名称：" if not invention else "发明名称：", patent.name), ("发 明 人：", patent.inventors), ("专 利 号：", patent.number.replace("ZL", "ZL ", 1)),
        ("专利申请日：", chinese_date(patent.filed_on)), ("专利权人：", world.party.name), ("地　　址：", world.party.address), ("授权公告日：", chinese_date(patent.granted_on)),
    ), "serif", 12, 10.2, 178)  # fmt: skip
    term = "二十年" if invention else "十年"
    y += 4
    for text in (
        f"国家知识产权局依照中华人民共和国专利法进行{'审查，决定授予' if invention else '初步审查，决定授予'}专利权，颁发{patent.kind}专利证书并在专利登记簿上予以登记。专利权自授权公告之日起生效。专利权期限为{term}，自申请日起算。",
        "专利证书记载专利权登记时的法律状况。专利权的转移、质押、无效、终止、恢复和专利权人的姓名或名称、国籍、地址变更等事项记载在专利登记簿上。",
    ):
        y = paper.paragraph(left, y, 178 - left, text, 10.5, leading=6.6)
    number = patent.number.removeprefix("ZL").replace(".", "")
    wide = barcode_width(number, 0.28)
    paper.photo(lambda w, h: barcode_picture(number, w, h), (left, y + 6, left + wide, y + 16), "code")
    paper.text(left + 4, 252, "局长", 12)
    written(paper, left + 15, 252, invented_person(rng), rng, size=18)
    paper.text(150, 266, chinese_date(patent.granted_on), 11, align="c")
    strike(paper, authority_die("中华人民共和国国家知识产权局"), rng.uniform(92, 104), rng.uniform(246, 256), rng)
    paper.text(105, 273, "第 1 页（共 1 页）", 9, align="c")
    return paper


def _program(world: World, patent: Patent, index: int) -> Paper:
    """计算机软件著作权登记证书."""
    rng, paper = world.rng(KIND, "program", index), Paper()
    ink: Rgb = (60, 110, 90)
    serial, left = rng.randint(1_200_000, 5_200_000), rng.uniform(38, 46)
    guilloche(paper, 105, 160, 120, (228, 238, 232))
    scallops(paper, (14, 14, 196, 283), ink, rng, 8.0)
    paper.text(105, 42, "中华人民共和国国家版权局", 17, face="serif", bold=True, align="c")
    _title(paper, "计算机软件著作权登记证书", 58, 24, note="计算机软件著作权登记证书" if index == 0 else "")
    paper.text(left, 78, f"证书号：　软著登字第{serial}号", 12)
    done = patent.filed_on
    y = _fields(paper, left, 100, (
        ("软 件 名 称：", patent.name), ("著 作 权 人：", world.party.name), ("开发完成日期：", chinese_date(done)), ("首次发表日期：", "未发表" if rng.random() < 0.5 else chinese_date(done + timedelta(days=30))),
        ("权利取得方式：", "原始取得"), ("权 利 范 围：", "全部权利"), ("登　记　号：", patent.number),
    ), "serif", 13, 14.0, 178)  # fmt: skip
    paper.paragraph(left, y + 8, 178 - left, "根据《计算机软件保护条例》和《计算机软件著作权登记办法》的规定，经中国版权保护中心审核，对以上事项予以登记。", 12, leading=8.4)
    paper.text(left, 258, f"No. {rng.randint(100000, 9999999):08d}", 13, face="mono")
    paper.text(152, 258, chinese_date(patent.granted_on), 13, align="c")
    strike(paper, authority_die("中华人民共和国国家版权局", "计算机软件著作权登记专用章"), rng.uniform(146, 156), rng.uniform(246, 254), rng)
    return paper


def _report(world: World, report: TestReport) -> list[Paper]:
    """检测报告 of an invented laboratory: cover with its seal, table of items, last page with signatures."""
    rng, product = world.rng(KIND, "report"), world.project.product
    face: Face = rng.choice(("serif", "sans"))
    model = f"{rng.choice('ABCDK')}{rng.choice('XTRS')}-{rng.randint(100, 900)}"
    cover = Paper()
    box = cover.text(184, 24, report.number, 11, face=face, align="r")
    cover.text(box[0], 24, "报告编号：", 11, face=face, align="r")
    wide = barcode_width(report.number, 0.3)
    cover.photo(lambda w, h: barcode_picture(report.number, w, h), (184 - wide, 28, 184, 37), "code")
    _title(cover, rng.choice(("检 测 报 告", "检 验 报 告", "测 试 报 告")), 84, 34)
    cover.text(105, 98, "TEST REPORT", 15, align="c")
    y = 138.0
    for label, text in (("样品名称", product), ("型号规格", model), ("委托单位", world.party.name), ("检测类别", rng.choice(("委托检测", "委托检验")))):
        cover.text(52, y, f"{label}：", 14, face=face)
        cover.text(82, y, text, 14, face=face)
        cover.line(81, y + 4.2, 172, y + 4.2, 0.15)
        y += 13
    cover.text(105, 240, report.lab, 17, face=face, bold=True, align="c")
    cover.text(105, 252, chinese_date(report.dated), 13, face=face, align="c")
    strike(cover, company_die(report.lab, line="检验检测专用章", role="contract"), rng.uniform(96, 118), rng.uniform(236, 246), rng)
    own = effects(world)
    items = (
        ("外观", "—", "表面无裂纹、变形", "符合要求"), ("一次合格率抽检", "%", f"≥{own.good_rate[0]:.1f}", f"{own.good_rate[1]:.2f}"), ("绝缘电阻", "MΩ", "≥100", str(rng.randint(220, 900))), ("高温贮存（70℃，48h）", "—", "功能正常", "功能正常"),
        ("低温贮存（-25℃，48h）", "—", "功能正常", "功能正常"), ("恒定湿热（40℃，93%RH，96h）", "—", "功能正常", "功能正常"), ("振动（10Hz～150Hz）", "—", "无松动、损伤", "无松动、损伤"), ("连续运行时间", "h", "≥500", f"{rng.randint(520, 760)}"),
        ("尺寸偏差", "mm", "±0.05", f"{rng.randint(1, 4) / 100:.2f}"), ("单位电耗", "kWh/件", f"≤{own.energy[0]:.2f}", f"{own.energy[1]:.2f}"),
    )  # fmt: skip
    kept = sorted(rng.sample(range(len(items)), rng.randint(6, 9)))
    page = Paper()
    page.text(105, 30, "检 测 结 果", 17, face="sans", bold=True, align="c")
    page.text(24, 42, f"报告编号：{report.number}", 10, face=face)
    page.text(186, 42, "第 2 页 共 2 页", 10, face=face, align="r")
    xs = [24.0, 40.0, 92.0, 110.0, 140.0, 168.0, 186.0]
    y = 48.0
    for row in (("序号", "检测项目", "单位", "标准（技术）要求", "检测结果", "单项判定"), *((str(n), *items[i], "合格") for n, i in enumerate(kept, 1))):
        grid_row(page, xs, y, 11, row, 10, face=face, bold=row[0] == "序号")
        y += 11
    page.cell((24, y, 186, y + 22), f"检测结论：样品按委托方技术要求及Q/{rng.choice('ABCDH')}{rng.choice('KMT')} {rng.randint(1, 60):03d}-2018检测，所检项目均符合要求。", 11, face=face, align="l")
    y += 34
    tester, checker, approver = (rng.choice("陈林黄李王刘郑何罗") + rng.choice(("晓东", "丽华", "建平", "文斌", "慧", "志强")) for _ in range(3))
    for i, (label, name) in enumerate((("检测：", tester), ("审核：", checker), ("批准：", approver))):
        box = page.text(28 + 54 * i, y, label, 11, face=face)
        page.text(box[2] + 1, y - 0.6, name, 15, face="hand", ink=(34, 38, 70), variant=rng.randrange(3))
    strike(page, company_die(report.lab, line="检验检测专用章", role="contract"), rng.uniform(150, 164), y - rng.uniform(12, 20), rng)
    page.text(105, 278, "声明：报告无检验检测专用章无效；仅对来样负责；未经书面批准不得部分复制。", 9, face=face, align="c")
    return [cover, page]


def _opinion(world: World, opinion: UserOpinion, index: int) -> Paper:
    """用户使用意见 with the user's seal: a form, or a letter."""
    rng, paper = world.rng(KIND, "opinion", index), Paper()
    face: Face = rng.choice(("serif", "kai", "serif"))
    tell = Teller(world, f"{KIND}:opinion:{index}", facts_before(world) | {"user": opinion.user.name, "since": f"{opinion.since.year}年{opinion.since.month}月"})
    told = [
        tell.say("use", "我单位自<since>起使用<company>生产的<product>，{累计采购量逐年增长|用于我单位主要产品的配套}，{至今运行稳定|使用情况良好}。"),
        tell.say("good", "该产品{性能稳定、质量可靠|各项性能指标符合我方技术要求}，{批次一致性好，来料合格率达到99.5%以上|故障率低，与同类进口产品相当}。{特别是2019年以来，产品质量和交付及时率明显提高|近一年交付周期明显缩短}，{售后服务及时、到位|技术支持响应迅速}。"),
        tell.say("wish", "{建议继续提升产品的智能化水平|希望进一步扩大产能，保证供货}，{我单位愿意长期合作|我单位将继续扩大采购}。"),
    ]
    title = rng.choice(("用户使用意见", "用户使用报告", "用户意见反馈表"))
    if rng.random() < 0.5:
        _title(paper, title, 34, 20)
        y = 48.0
        for label, text in (("用户单位", opinion.user.name), ("单位地址", opinion.user.address), ("供货单位", world.party.name), ("产品名称", world.project.product), ("开始使用时间", tell.facts["since"])):
            grid_row(paper, [24.0, 62.0, 186.0], y, 11, (label, text), 11.5, face=face, aligns=["c", "l"])
            y += 11
        paper.frame((24, y, 186, 236), 0.2)
        paper.text(28, y + 8, "使用意见：", 12, face=face)
        y += 18
        for text in told:
            y = paper.paragraph(28, y, 154, text, 12, leading=9.2, face=face)
    else:
        _title(paper, title, 46, 22, spread=1.0)
        y = 70.0
        for text in told:
            y = paper.paragraph(28, y, 154, text, 14, leading=10.4, face=face)
    paper.text(176, 208, f"用户单位（盖章）：{opinion.user.name}", 12, face=face, align="r")
    paper.text(168, 220, chinese_date(opinion.dated), 12, face=face, align="r")
    strike(paper, company_die(opinion.user.name), rng.uniform(138, 152), rng.uniform(204, 214), rng)
    return paper
