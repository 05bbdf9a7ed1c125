"""The chapter on how the project is built: content, technology, smart modes, equipment and where it works."""

from __future__ import annotations

from decimal import Decimal

from samples.documents.draft import wan
from samples.documents.plan.facts import bought, month
from samples.documents.plan.modes import ELEMENTS
from samples.documents.plan.text import Block, Chart, Photos, Point, Prose, Table, Teller

_PROCESSES: dict[str, tuple[str, ...]] = {
    "39": ("来料检验", "锡膏印刷", "高速贴装", "回流焊接", "光学检测", "功能测试", "整机装配", "包装入库"),
    "38": ("配料匀浆", "涂布辊压", "分切卷绕", "注液封装", "化成分容", "模组装配", "老化测试", "包装入库"),
    "35": ("编程备料", "粗精加工", "热处理", "精密磨削", "电火花加工", "三坐标检测", "装配调试", "出货检验"),
    "34": ("编程备料", "数控加工", "去毛刺清洗", "表面处理", "尺寸检测", "装配", "包装", "入库"),
    "29": ("原料烘干", "集中供料", "注塑成型", "机械手取件", "视觉检测", "二次加工", "组装", "包装入库"),
    "23": ("印前制版", "自动印刷", "覆膜烫金", "模切成型", "自动糊盒", "质量检测", "包装", "智能仓储"),
    "18": ("面料检验", "智能排版", "自动裁剪", "吊挂缝制", "整烫", "质量检验", "分拣", "包装发货"),
}


def process_of(code: str) -> tuple[str, ...]:
    """Steps of manufacture in the trade with the industry code ``code``."""
    return _PROCESSES.get(code[:2], ("来料检验", "零部件加工", "模块组装", "自动装配", "参数校准", "老化测试", "成品检验", "包装入库"))


def content(tell: Teller, *, short_title: str = "项目") -> tuple[Block, ...]:
    """建设内容、规模、地点、团队、产品与产量."""
    e = tell.facts
    return (
        *tell.prose(
            "content",
            f"{short_title}名称：<project>。建设地点：<location>。建设期：<start>至<end>。{{主要建设内容为|项目内容包括}}：<content>",
            "项目计划总投资<total>万元，其中固定资产投资<fixed>万元。{项目共签订设备、软件及工程合同<contracts>份，购置设备<kinds>种|拟购置<good_0>、<good_1>、<good_2>等设备及配套系统<kinds>类}，"
            "{改造<product>生产线<new_lines>条|建成<new_lines>条<product>自动化生产线}，达产后年生产能力由<cap_before><cap_unit>提高到<cap_after><cap_unit>，提高<cap_gain>%。",
        ),
        *tell.more(
            "team",
            "项目团队由<engineers>名研发、工艺、设备和信息化人员组成，{由<legal>担任项目负责人|法定代表人<legal>任项目组长}，{下设工艺、设备、信息化、质量和采购五个小组|实行周例会和里程碑评审制度}，{外部由系统集成商派驻工程师配合|关键岗位均为公司在职人员}。",
            "项目技术来源于公司{自主研发|多年的工艺积累和自主开发}，相关成果已取得授权专利<patents>项、软件著作权<programs>项，{成果权属清晰|不存在知识产权纠纷}。",
        ),
        Table(
            tell.say("products", "{表：主要产品型号及指标|产品方案及达纲产量}"), ("产品型号", "主要用途", "主要技术指标", "达纲年产量"),
            tuple(_product_rows(tell)), (2, 3, 4, 2), frozenset({0, 1, 2}),
        ),
        Photos((("product", tell.say("product photo", "{图：<product>产品实物|主要产品照片}")), ("product", tell.say("product photo 2", "{图：<product>系列产品|新一代产品样机}"))), "products", 44),
        *tell.prose(
            "market position",
            f"<product>在产业链中处于{{中游核心部件环节|关键配套环节}}，{{主要客户为通信、汽车电子、医疗和工业控制领域的整机厂商|客户群以华南、华东地区的大型制造企业为主}}，主要竞争对手为<peer>。"
            f"项目实施后产品一次合格率由{e['good_before']}%提高到{e['good_after']}%，{{关键性能指标与国际先进水平相当|能耗指标优于行业平均水平}}。",
        ),
    )  # fmt: skip


def _product_rows(tell: Teller) -> list[tuple[str, str, str, str]]:
    rng = tell.world.rng(tell.paper, "products")
    letters, half = "".join(rng.choice("ACDFHKMPRST") for _ in range(2)), int(tell.facts["cap_after"].replace(",", ""))
    uses = ("通用型", "高可靠型", "定制型")
    shares = sorted((rng.randint(20, 50) for _ in range(2)), reverse=True)
    rest = 100 - sum(shares)
    out = []
    for use, share in zip(uses, (*shares, rest), strict=True):
        spec = f"合格率≥{tell.facts['good_after']}%，寿命≥{rng.randint(5, 12) * 1000}小时，精度±{rng.randint(1, 9) / 100:.2f}"
        out.append((f"{letters}-{rng.randint(100, 980)}", f"{use}{tell.world.project.product}", spec, f"{half * share // 100:,}{tell.facts['cap_unit']}"))
    return out


def technology(tell: Teller) -> tuple[Block, ...]:
    """项目采用生产技术工艺."""
    steps = process_of(tell.world.project.industry_code)
    return (
        *tell.prose(
            "technology",
            f"项目采用{{成熟可靠、国内先进|先进适用}}的生产工艺，主要流程为：{'→'.join(steps)}。与原有工艺相比，{{减少了人工搬运和重复检测|取消了三道手工工序}}，"
            "{实现了物料、设备与信息的同步流转|关键工序由人工操作改为设备自动完成}，关键工序自动化率由<automation_before>%提高到<automation_after>%。",
        ),
        Chart("flow", tell.say("flow", "{图：生产工艺流程图|项目工艺流程}"), steps),
        *schedule(tell),
        *tell.more(
            "innovation",
            "项目的主要技术创新点：一是{将在线检测数据实时反馈到前道工序|以机器视觉代替人工目检}，{形成闭环控制|漏检率降低到万分之五以下}；二是{通过柔性夹具和快速换型，实现多品种混线生产|采用统一的数据接口，使不同厂家的设备互联互通}；"
            "三是{建立产品全过程追溯体系，实现一物一码|利用历史数据预测设备故障，由事后维修转为预防性维护}。",
            "在土建和安装方面，项目{利用现有厂房，不涉及新增用地|对<workshop>平方米车间进行适应性改造}，{包括地面、供配电、压缩空气及净化系统改造|设备基础、管线和网络同步施工}；设备采购采用{询价比选和集中采购|邀请招标}方式，{先试制验证后批量采购|分批到货、分批验收}。",
            "在生产和盈利模式方面，公司{以订单驱动、拉动式生产为主|推行小批量、多批次的柔性生产}，{通过降低单位成本、缩短交付周期提高盈利能力|由单一产品销售向“产品+服务”转变}，{对同行企业具有示范作用|相关经验可在行业内推广}。",
            chance=0.85,
        ),
    )


def smart(tell: Teller, modes: tuple[str, ...], *, head: str = "智能化") -> tuple[Block, ...]:
    """智能化改造方案: which mode, answered element by element."""
    blocks: list[Block] = list(tell.prose(
        "smart",
        f"根据产品和工艺特点，本项目采用{'、'.join(f'{m}模式' for m in modes) or '分步实施的改造模式'}，按照“{{总体规划、分步实施、重点突破、效益驱动|统一规划、先易后难}}”的原则，"
        f"{{从装备、网络、系统和数据四个层面|围绕设备层、控制层、执行层和管理层}}开展{head}改造，建成{{智能化生产线|数字化车间}}<new_lines>条（个）。"
        "现对照该模式的要素条件逐条说明如下：",
    ))  # fmt: skip
    for mode in modes:
        if len(modes) > 1:
            blocks.append(Point(f"{mode}模式"))
        for n, (element, answer) in enumerate(ELEMENTS[mode], 1):
            told = tell.say(f"element {mode} {n}", answer)
            blocks.append(Prose(f"{n}、{element}{told}" if not tell.brief else f"{n}、{element}"))
    blocks.append(
        Chart("layers", tell.say("layers", "{图：系统总体架构|车间互联互通网络架构图}"), ("管理层：ERP、PLM、CRM", "执行层：MES、WMS、QMS", "控制层：SCADA、PLC、边缘网关", "设备层：生产设备、机器人、检测设备、AGV"))
    )
    return (*blocks, *modules(tell), *measures(tell), *tell.more(
        "smart more",
        "数据采集方面，项目在<new_lines>条产线上布设采集点<points>个，{设备联网率达到95%以上|采集周期最短为1秒}，{采集内容包括产量、节拍、工艺参数、报警和能耗|数据统一存入实时数据库}，经{看板|车间大屏和移动终端}实现可视化管理。",
        "网络与安全方面，{车间采用工业以太网与无线网络结合的架构|生产网与办公网物理隔离，通过防火墙单向交换数据}，{制定了信息安全管理制度和应急预案|关键服务器双机热备，数据每日备份}。",
    ))  # fmt: skip


def photos(tell: Teller, wanted: bool) -> tuple[Block, ...]:
    """改造前后实景图片; none where the plan lacks them."""
    if not wanted:
        return tell.prose("photos", "改造前，{车间以人工操作和半自动设备为主|各工序分散布置，物料靠人工周转}；改造后，{形成连续自动化生产线|设备联网运行}，{现场面貌明显改善|作业环境整洁有序}。")
    first = Photos((("before", tell.say("before", "{改造前：人工装配线|改造前车间|图：改造前生产现场}")), ("after", tell.say("after", "{改造后：自动化生产线|改造后车间|图：改造后生产现场}"))), "workshop")
    second = Photos((("before", tell.say("before 2", "{改造前：手工搬运物料|改造前工位|图：改造前检测工位}")), ("after", tell.say("after 2", "{改造后：机器人上下料|改造后工位|图：改造后在线检测}"))), "station")
    told = tell.prose("photos with", "改造前后车间、生产线和主要设备的实景{图片|照片}如下：")
    return (Point("改造前后实景"), *told, first) if tell.brief else (Point("改造前后实景"), *told, first, second)


def machines(tell: Teller) -> tuple[Block, ...]:
    """What the dearest machines do, one paragraph for each."""
    if tell.brief:
        return ()
    rng = tell.world.rng(tell.paper, "machines")
    goods = list({b.name: b for b in bought(tell.world)}.values())[: rng.randint(3, 7)]
    steps = process_of(tell.world.project.industry_code)
    blocks: list[Block] = [Point(tell.say("machines head", "{主要装备选型说明|关键装备介绍}"))]
    for n, b in enumerate(goods, 1):
        step, speed, accuracy = rng.choice(steps), rng.randint(12, 90) * 10, rng.choice(("0.01", "0.02", "0.03", "0.05"))
        blocks.append(Prose(f"{n}、{b.name}{f'（{b.spec}）' if b.spec else ''}：" + tell.say(
            f"machine {n}",
            f"共{b.quantity:f}{b.unit}，由{b.supplier}供应，用于{step}工序。{{该设备采用伺服驱动和闭环控制|设备具有自动定位、自动补偿和故障自诊断功能}}，{{额定节拍为每小时{speed}件|每班产能约{speed * 8}件}}，"
            f"{{重复定位精度±{accuracy}毫米|工艺参数可按产品型号自动调用}}，{{支持与MES系统通信|配有标准通信接口}}。{{投用后该工序用工由6人减少到2人|与原设备相比效率提高约四成}}，{{质量稳定性明显提高|换型时间由45分钟缩短到15分钟}}。",
        )))  # fmt: skip
    return tuple(blocks)


def measures(tell: Teller) -> tuple[Block, ...]:
    """What was wrong before, and what the project did about it."""
    if tell.brief:
        return ()
    rows = (
        ("人工装配、搬运", "工位多、用工多，效率低", "采用自动化装配线和机器人上下料", "用工减少，节拍稳定"), ("离线抽检", "漏检、错检，质量不能追溯", "在线检测设备逐件检测，数据自动上传", "合格率提高，可按件追溯"),
        ("纸质报表", "数据滞后，统计工作量大", "系统自动采集设备和质量数据", "实时掌握生产进度"), ("设备孤岛", "设备状态不明，故障停机多", "设备联网、预防性维护", "故障率下降"), ("平面仓库", "找料时间长，账物不符", "立体库与AGV自动配送", "配送准时、账物一致"),
        ("能耗粗放", "无分项计量，浪费大", "能耗在线监测与分析", "单位产品电耗下降"),
    )  # fmt: skip
    count = tell.world.rng(tell.paper, "measures").randint(4, 6)
    return (
        *tell.prose("measures", "针对{改造前存在的问题|原有生产方式的不足}，项目采取的主要{改造措施及效果|技术措施}如下表所示。"),
        Table(tell.say("measures table", "{表：改造前后对照|改造前存在问题及改造措施}"), ("改造前状况", "存在的问题", "改造措施", "改造效果"), rows[:count], (2.4, 3.4, 4, 3), frozenset({0, 1, 2, 3})),
    )


def modules(tell: Teller) -> tuple[Block, ...]:
    """The modules of the manufacturing execution system."""
    if tell.brief:
        return ()
    rows = (
        ("计划排程", "接收ERP订单，按产能和物料自动排程", "生产计划部"), ("生产调度", "工单下发、过站采集、进度监控", "制造部"), ("质量管理", "来料、过程、成品检验，统计过程控制", "品质部"), ("设备管理", "点检、保养、报警、综合效率分析", "设备科"),
        ("物料管理", "条码管理、先进先出、线边库存", "仓储部"), ("追溯管理", "正反向追溯，一物一码", "品质部"), ("能耗管理", "分项计量、班组考核", "设备科"), ("看板与报表", "车间大屏、移动端、自动报表", "各部门"),
    )  # fmt: skip
    kept = sorted(tell.world.rng(tell.paper, "modules").sample(range(len(rows)), 6))
    return (Table(tell.say("modules table", "{表：制造执行系统功能模块|MES系统主要功能}"), ("模块", "主要功能", "使用部门"), tuple(rows[i] for i in kept), (2, 6, 2), frozenset({0, 1, 2})),)


def schedule(tell: Teller) -> tuple[Block, ...]:
    """技术实施步骤 over the months of the project, told and drawn."""
    project = tell.world.project
    tasks = ("方案设计与评审", "设备选型与合同签订", "厂房适应性改造", "设备到货与安装", "系统开发与联调", "试生产与验收")
    told = tell.prose("schedule", "项目建设期为<start>至<end>，{分六个阶段实施|按以下步骤推进}：方案设计与评审、设备选型与合同签订、厂房适应性改造、设备到货与安装、系统开发与联调、试生产与验收。{各阶段均明确了责任人和完成时间|每阶段完成后组织评审}。")
    if tell.brief:
        return told
    rng = tell.world.rng(tell.paper, "gantt")
    begins = [0.0, 0.1, 0.18, 0.35, 0.5, 0.8]
    spans = tuple(v for b in begins for v in (b + rng.uniform(0, 0.04), min(1.0, b + rng.uniform(0.2, 0.4))))
    return (*told, Chart("gantt", tell.say("gantt", "{图：项目实施进度计划|进度计划横道图}"), (month(project.starts), month(project.ends), *tasks), spans))


def equipment(tell: Teller) -> tuple[Block, ...]:
    """关键技术装备来源, with the table of what was bought."""
    goods = bought(tell.world)
    rows, rest = goods[: 8 if tell.brief else 22], goods[8 if tell.brief else 22 :]
    lines = [(str(n), b.name, b.spec or "—", f"{b.quantity:f}", b.unit, wan(b.amount), "进口" if b.imported else "国产") for n, b in enumerate(rows, 1)]
    if rest:
        lines.append((str(len(rows) + 1), f"其他设备及配套{len(rest)}项", "—", "—", "批", wan(sum((b.amount for b in rest), Decimal(0))), "国产"))
    foreign = sum(b.imported for b in goods)
    return (
        *tell.prose(
            "equipment",
            "项目关键技术装备{以直接购买为主|采用直接购买与在购买基础上二次开发相结合的方式}，{选型遵循技术先进、性能可靠、便于集成的原则|优先选用国产装备}，"
            + (f"其中进口设备{foreign}项，{{用于国内尚不能满足精度要求的工序|主要用于关键工序}}，" if foreign else "") + "设备国产化率约<home_share>%。主要设备清单见下表。",
        ),
        Table(
            tell.say("equipment table", "{表：主要设备购置清单|主要设备、软件一览表}（单位：万元，含税）"), ("序号", "设备名称", "规格型号", "数量", "单位", "合同金额", "来源"), tuple(lines),
            (1.1, 5, 3, 1.3, 1.2, 2.3, 1.4), frozenset({1, 2}),
        ),
        *tell.more(
            "equipment more",
            "<good_0>{由供应商按公司工艺要求定制|为成熟机型}，{公司在其基础上自主开发了上下料机构和通信接口|已在同行业批量应用}；<good_1>{替代了原进口机型|具备自动补偿和自诊断功能}；<good_2>{与制造执行系统直接通信，实现参数自动下发|用于关键工序的质量控制}。",
            "在国产化与进口替代方面，{项目优先选用国内厂商的装备|除少数高精度设备外均采用国产装备}，<good_3>、<good_4>等{已实现进口替代|性能达到进口设备水平、价格低约三成}，{降低了投资和维护成本|有利于带动国产装备的推广应用}。",
            "软件系统{由公司信息部与集成商联合开发|选用成熟平台并进行二次开发}，{源代码和数据归公司所有|已取得软件著作权<programs>项}，{具备与上级管理系统对接的标准接口|支持后续扩展}。",
        ),
        *machines(tell),
    )  # fmt: skip


def uses(tell: Teller) -> tuple[Block, ...]:
    """关键技术装备的应用环节."""
    steps = process_of(tell.world.project.industry_code)
    goods = bought(tell.world)[:8]
    rng = tell.world.rng(tell.paper, "uses")
    marks = ("核心关键环节", "核心关键环节", "配套支撑环节")
    rows = tuple((b.name, steps[rng.randrange(len(steps))], rng.choice(marks), rng.choice(("代替人工操作", "提高加工精度", "在线检测、自动分选", "自动上下料", "数据采集与追溯", "缩短换型时间"))) for b in goods)
    return (
        *tell.prose("uses", "根据改造成果类型，各关键技术装备在{改造节点、生产线和车间|核心关键环节和配套支撑环节}的应用情况如下表：", ),
        Table(tell.say("uses table", "{表：关键技术装备应用环节|装备应用情况表}"), ("装备名称", "应用工序", "环节类别", "主要作用"), rows, (4, 2.4, 2.4, 3), frozenset({0, 1, 2, 3})),
        *tell.more("uses more", "上述装备{投入使用后运行稳定|均已安装调试完毕并投入使用}，与{制造执行系统|车间信息系统}实现了数据对接，{形成了从计划、生产到质量的闭环管理|设备综合效率明显提高}。"),
    )  # fmt: skip


def preparation(tell: Teller) -> tuple[Block, ...]:
    """前期准备与行政审批手续 of outline 1-2."""
    project = tell.world.project
    rng = tell.world.rng(tell.paper, "preparation")
    begun = rng.random() < 0.5
    rows: list[tuple[str, str, str]] = [("1", "企业投资项目备案", f"{month(project.filed_on)}，备案号{project.filing_number}" if project.renovation else f"{month(project.filed_on)}，项目代码{project.project_code}")]
    rows += [("2", "环境影响登记（报告表批复）", f"{month(project.filed_on)}办理完毕"), ("3", "消防设计审查", f"{month(project.starts)}取得意见书")]
    if not project.renovation:
        rows += [("4", "建设工程规划许可证", f"{month(project.filed_on)}取得"), ("5", "建筑工程施工许可证", f"{month(project.starts)}取得")]
    return (
        *tell.prose(
            "preparation",
            "项目前期工作{扎实|准备充分}，{已完成可行性研究、备案、环评等手续|各项行政审批手续齐备}。" + (f"{month(project.starts)}取得施工许可（装修）手续，" if project.renovation else f"{month(project.starts)}取得施工许可证，")
            + "项目于<start>开工建设，" + ("参加了区重大项目集中开工仪式。" if begun else "未参加市、区项目集中开工仪式。"),
        ),
        Table(tell.say("approvals", "{表：行政审批手续办理情况|前期手续一览表}"), ("序号", "手续名称", "办理情况"), tuple(rows), (1, 4, 6), frozenset({1, 2})),
    )  # fmt: skip


def progress(tell: Teller) -> tuple[Block, ...]:
    """建设进展、进度安排、年度目标、投产时间、新增产值 (R-117: key nodes with the investment done)."""
    project, plan = tell.world.project, tell.world.plan
    assert plan is not None
    done = Decimal(0)
    rows = []
    tasks = {
        project.starts.year: "{完成方案设计、首批设备采购和厂房改造|开工建设，完成设备选型和首批合同签订}", project.ends.year: "{全部设备安装调试完毕，竣工验收并达产|完成剩余建设内容，项目整体竣工投产}",
    }  # fmt: skip
    for year, amount in plan.yearly_plan:
        done += amount
        share = done / plan.planned_total * 100
        rows.append((f"{year}年", tell.say(f"task {year}", tasks.get(year, "{主要设备到货安装，部分产线试生产|推进第二批产线建设，信息系统上线}")), wan(amount), wan(done), f"{share:.1f}%"))
    return (
        *tell.prose(
            "progress",
            "截至{本次申报时|2020年5月底}，项目{已签订合同<contracts>份|主要设备已基本到位}，{首批生产线已投入试生产|厂房改造和公用工程已完工，部分设备投入使用}，整体进展{顺利|符合计划}。各年度建设目标及投资完成（计划）情况见下表。",
        ),
        Table(tell.say("schedule", "{表：项目年度建设目标|项目进度及投资安排}（单位：万元）"), ("年度", "建设目标", "当年投资", "累计投资", "累计进度"), tuple(rows), (1.4, 6, 2.2, 2.2, 1.6), frozenset({1})),
        *tell.prose("operation", "项目预计<end>全部建成投产，达产后新增产值<more_revenue>万元。{建设期间，公司成立项目管理办公室，对进度、质量、资金和安全实行统一管理|建设期管理由项目办公室负责，实行月报制度和节点考核}。"),
        *tell.more("supervision", "在建设期管理方面，{设备采购严格执行合同评审和到货验收制度|工程由具备资质的单位施工和监理}，{项目资金专款专用、单独核算|建立了项目台账和档案}，{确保项目按期、保质完成|目前未发生安全和质量事故}。"),
    )  # fmt: skip
