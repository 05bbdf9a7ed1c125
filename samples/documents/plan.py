"""《项目建设实施方案》 after outline 1-1: cover, contents with page numbers, five chapters, pictures before and after."""

from __future__ import annotations

import random
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

from samples.documents.draft import Draft, chinese_date, seal_by_applicant, wan
from samples.paper import Paper
from samples.world import YEARS, World

KIND = "implementation_plan"
TITLE = "技术装备及管理智能化提升项目建设实施方案"
_X, _W, _TOP, _BOTTOM = 25.0, 160.0, 28.0, 268.0


@dataclass(frozen=True)
class Block:
    """A chapter (level 1), a section (level 2), running text (0) or a pair of pictures (captions in ``text``)."""

    level: int
    text: str
    pictures: bool = False


def draw_plan(world: World) -> Draft:
    bodies: list[Paper] = []
    entries: list[tuple[int, str, int]] = []
    paper, y = Paper(), _TOP
    bodies.append(paper)
    for block in _blocks(world):
        need = 72.0 if block.pictures else {0: 16.0, 1: 36.0, 2: 26.0}[block.level]
        if y + need > _BOTTOM:
            paper, y = Paper(), _TOP
            bodies.append(paper)
        if block.pictures:
            y = _pictures(paper, y, block.text.split("|"), world.rng(KIND, block.text))
        elif block.level:
            entries.append((block.level, block.text, len(bodies) + 2))
            size = 14 if block.level == 1 else 12
            box = paper.text(_X, y + 3, block.text, size, face="sans", bold=True)
            number, _, title = block.text.partition("、" if block.level == 1 else "）")
            row = len(entries) - 1
            paper.note_row("sections", row, "number", number if block.level == 1 else number + "）", box)
            paper.note_row("sections", row, "title", title, box)
            paper.note_row("sections", row, "page", str(len(bodies) + 2), box)
            y += 11 if block.level == 1 else 9.5
        else:
            for line in paper.wrap("　　" + block.text, _W, 12):
                if y > _BOTTOM:
                    paper, y = Paper(), _TOP
                    bodies.append(paper)
                paper.text(_X, y, line, 12)
                y += 9.8
            y += 2
    papers = [_cover(world), _contents(entries), *bodies]
    for count, page in enumerate(papers, start=1):
        page.label = count
        page.text(105, 283, f"- {count} -", 9, align="c")
    return Draft(KIND, papers, TITLE, seam=True)


def _cover(world: World) -> Paper:
    rng = world.rng(KIND, "cover")
    paper = Paper()
    paper.text(105, 66, "技术装备及管理智能化提升", 24, face="sans", bold=True, align="c")
    paper.text(105, 84, "项目建设实施方案", 28, face="sans", bold=True, align="c")
    paper.text(40, 150, "项目名称：", 14)
    paper.put("project_name", world.project.name, 64, 150, world.project.name, 14)
    paper.text(40, 166, "申报单位：", 14)
    paper.put("applicant_name", world.company.party.name, 64, 166, world.company.party.name, 14)
    paper.text(105, 222, chinese_date(world.applied_on), 14, align="c")
    seal_by_applicant(world, KIND, paper, 106, 214, rng)
    return paper


def _contents(entries: list[tuple[int, str, int]]) -> Paper:
    paper = Paper()
    paper.text(105, 32, "目　录", 18, face="sans", bold=True, align="c")
    for i, (level, text, page) in enumerate(entries):
        y, x = 48 + 9.2 * i, 26 + 7.0 * (level - 1)
        paper.text(x, y, text, 11, bold=level == 1)
        dots = "." * max(3, int((172 - x - paper.text_width(text, 11) - 4) / paper.text_width(".", 11)))
        paper.text(174, y, dots, 11, align="r")
        paper.text(184, y, str(page), 11, align="r")
    return paper


def _pictures(paper: Paper, y: float, captions: list[str], rng: random.Random) -> float:
    """Two snapshots of a workshop side by side, drawn soft enough to pass for prints."""
    wide = 76.0
    for i, caption in enumerate(captions):
        x = _X + i * (wide + 6)
        w, h = paper.px(wide), paper.px(57)
        base = rng.randint(120, 165)
        shot = Image.new("RGB", (w, h), (base, base + 4, base + 8))
        pen = ImageDraw.Draw(shot)
        pen.polygon([(0, h), (w, h), (int(w * 0.7), int(h * 0.55)), (int(w * 0.3), int(h * 0.55))], fill=(96, 104, 100))
        for n in range(7):
            left = int(w * (0.04 + 0.13 * n))
            tall = rng.uniform(0.22, 0.4)
            tone = rng.randint(60, 215)
            pen.rectangle((left, int(h * (0.78 - tall)), left + int(w * 0.1), int(h * 0.8)), fill=(tone, tone, min(255, tone + 12)), outline=(50, 52, 56))
            pen.rectangle((left + 8, int(h * (0.82 - tall)), left + int(w * 0.07), int(h * (0.9 - tall))), fill=(40, 70, 96))
        for n in range(3):
            pen.line((0, int(h * (0.06 + 0.07 * n)), w, int(h * (0.1 + 0.05 * n))), fill=(236, 238, 240), width=4)
        paper.image.paste(shot.filter(ImageFilter.GaussianBlur(1.6)), (paper.px(x), paper.px(y)))
        paper.text(x + wide / 2, y + 62, caption, 9.5, align="c")
    return y + 72


def _results(world: World) -> str:
    parts = [
        f"{y}年实现营业收入{wan(world.books[y].revenue)}万元、利润总额{wan(world.books[y].total_profit)}万元、净利润{wan(world.books[y].net_profit)}万元、纳税总额{wan(world.tax_total(y))}万元"
        for y in YEARS
    ]
    return "近三年（2017—2019年）经营业绩：" + "；".join(parts) + "。主营业务收入连续三年增长，产品良率与市场份额稳步提升。"


def _blocks(world: World) -> list[Block]:
    company, project = world.company, world.project
    return [
        Block(1, "一、项目单位概述"),
        Block(2, "（一）项目单位概况"),
        Block(0, f"{company.party.name}成立于{chinese_date(company.established_on)}，注册资本{wan(company.registered_capital)}万元，位于{company.party.address}，"
                 f"主营通信设备、射频器件与天线的研发、生产和销售，2019年末从业人员平均人数{world.headcount[2019]}人。现有{project.product}年生产能力42万件。股东为自然人股东，股权结构清晰。公司通过质量管理体系、环境管理体系认证，拥有表面贴装、机械加工、装配、测试四个车间，"
                 "建筑面积9,600平方米，主要客户为通信设备整机企业。"),
        Block(2, "（二）项目单位经营业绩、发展趋势"),
        Block(0, _results(world)),
        Block(1, "二、项目建设的可行性和必要性"),
        Block(2, "（一）产业政策及行业准入方面"),
        Block(0, f"本项目所属行业为{project.industry_name}（行业代码{project.industry_code}），产品为{project.product}，符合国家和深圳市关于新一代信息技术产业的发展方向，"
                 "不属于产业导向目录限制类、禁止类。项目已在深圳市技术改造项目备案系统备案。"),
        Block(2, "（二）项目单位建设本项目的优势"),
        Block(0, "公司具备射频设计、精密加工、表面贴装、整机测试的完整能力，设有研发中心，拥有自主知识产权若干项，质量管理体系健全，客户稳定。"
                 "厂房、水电、环保、消防等基础设施齐备，工艺、设备、信息化三支队伍参与过多条产线的设计与调试，具备组织实施本项目的资金、人员、场地和设备条件。"),
        Block(2, "（三）技术和产业发展需求"),
        Block(0, "第五代移动通信网络建设带动基站射频模块需求快速增长，产品向高频、小型、高一致性方向发展，原有以人工为主的装配与测试方式难以满足质量一致性和交付周期要求。"
                 "国内同类企业正加快产线自动化和信息化，检测数据的全程可追溯已成为整机客户的准入条件。实施本项目有助于稳定供应、缩短交期，并带动本地结构件、仪器和软件企业协同发展。"),
        Block(2, "（四）产品技术水平领先情况"),
        Block(0, "产品关键指标达到国内先进水平，功率附加效率、线性度与环境适应性均优于行业平均水平，产品处于成长期，市场前景良好。"
                 "公司围绕散热结构、阻抗匹配、自动调谐等方向持续投入，形成专利与软件著作权，对产品的核心技术构成保护。"),
        Block(1, "三、项目建设方案"),
        Block(2, "（一）项目内容概述"),
        Block(0, f"项目建设地点为{project.location}，建设期为{chinese_date(project.starts)}至{chinese_date(project.ends)}，项目总投资{wan(project.total_investment)}万元。"
                 "建设内容包括表面贴装、机械加工、装配、检测、仓储五个单元的设备更新与系统建设。"),
        Block(0, "产品实物图片如下："),
        Block(0, "产品实物一|产品实物二", pictures=True),
        Block(2, "（二）项目采用生产技术工艺"),
        Block(0, "工艺流程为：来料检验、锡膏印刷、印刷检测、高速贴装、回流焊接、光学检测、选择焊接、结构件加工、机器人装配、自动锁付与点胶、射频测试、老化试验、成品入库。"
                 "与原工艺相比，检测由抽检改为全检，装配由手工改为机器人作业。"
                 "技术来源以自主研发的工艺参数库为基础，结合设备供应商的成熟平台。项目实施步骤为：方案设计与仿真、设备采购与安装、单机调试、联线调试、系统集成、试生产与验收，各步骤均设质量与安全检查点。"),
        Block(2, "（三）智能化改造方案"),
        Block(0, "本项目采用离散型智能制造模式，对照该模式要素条件逐条说明如下："),
        Block(0, "1、车间总体设计、工艺流程及布局已建立数字化模型，并完成产线节拍的模拟仿真，实现规划、生产、运营全流程数字化管理。"),
        Block(0, "2、应用数字化三维设计与工艺技术进行产品、工艺设计与仿真，建立产品数据管理系统（PDM），实现产品数据的集成管理。"),
        Block(0, "3、实现数控机床与工业机器人、智能检测与装配装备、智能物流与仓储装备在生产管控中的互联互通与高度集成，联网设备数量占关键设备的96%。"),
        Block(0, "4、建立生产过程数据采集和分析系统，充分采集生产进度、现场操作、质量检验、设备状态、物料传送等数据，并实现可视化管理。"),
        Block(0, "5、建立车间制造执行系统（MES），实现计划、调度、质量、设备、生产、能效的全过程闭环管理，并与企业资源计划系统（ERP）集成。"),
        Block(0, "6、建立工厂内部互联互通网络架构，实现设计、工艺、制造、检验、物流等环节之间以及与MES、ERP的协同与集成。"),
        Block(0, "7、建有工业信息安全管理制度和技术防护体系，具备网络防护、应急响应等信息安全保障能力。"),
        Block(0, "改造前后实景图片如下："),
        Block(0, "改造前：人工装配线|改造后：自动装配线", pictures=True),
        Block(2, "（四）关键技术装备来源"),
        Block(0, "高速贴片机、光学检测机、工业机器人、智能立体仓库等关键技术装备以直接购买为主，装配线为在直接购买基础上的二次开发，国产化率达到85%以上。"
                 "选型时对精度、节拍、接口开放程度、售后响应进行比较，均要求支持标准通信协议，以便接入数据采集与监控系统。"),
        Block(2, "（五）关键技术装备的应用环节"),
        Block(0, "智能检测装备应用于印刷与贴装检测环节，工业机器人应用于机加上下料与总装环节，智能物流与仓储装备应用于原材料与成品的存取环节，软件系统覆盖车间整体。"
                 "仪器设备应用于射频指标测试与可靠性试验环节，测试数据自动上传制造执行系统，与产品序列号逐一对应。"),
        Block(1, "四、项目实施效果"),
        Block(2, "（一）项目财务分析、经济分析及改造效果主要指标"),
        Block(0, "达产后预计年新增销售收入6,800.00万元，年新增利润720.00万元。项目内部收益率为18.6%，投资利润率为24.5%，投资回收期为4.9年（含建设期），贷款偿还期为3.5年。"
                 "主要风险为市场需求波动和设备联调进度，公司通过分批投产、与供应商约定联调节点、储备多品种共线能力等方式加以控制。项目建成后由制造中心统一运营管理。"),
        Block(2, "（二）改造效果"),
        Block(0, "减员：产线直接操作人员由126人减少至79人，减少47人，减员比例=（126-79）÷126=37.3%。增效：单线日产量由520件提高至760件，提高比例=（760-520）÷520=46.2%。"
                 "提质：产品一次合格率由95.8%提高至99.1%。节能：单位产品综合能耗由3.20千克标准煤降至2.64千克标准煤（电力折标系数取0.1229千克标准煤/千瓦时），下降17.5%。"
                 "保安全：高温、粉尘岗位实现机器换人，安全联锁覆盖全部自动化单元。"),
        Block(1, "五、其它需说明的问题"),
        Block(0, "本项目资金由企业自筹和银行贷款解决，申请的扶持资金不计入总投资。项目投入未重复申报其他市级财政资金，除上述内容外无其它需要说明的问题。"),
    ]  # fmt: skip
