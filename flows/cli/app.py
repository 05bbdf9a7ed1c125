"""The commands. Each opens its floor only when called, so that ``--help`` is instant."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.output import Output

app = typer.Typer(
    name="shencai",
    help="审材：核对企业技术改造扶持计划的申报材料。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
rules_app = typer.Typer(help="规则：列出、说明、对照指南。", no_args_is_help=True)
sample_app = typer.Typer(help="样例：生成已知答案的模拟申报材料。", no_args_is_help=True)
policy_app = typer.Typer(help="政策年度。", no_args_is_help=True)
app.add_typer(rules_app, name="rules")
app.add_typer(sample_app, name="sample")
app.add_typer(policy_app, name="policy")

Paths = Annotated[list[Path], typer.Argument(help="文件夹、压缩包、PDF 或多个文件", metavar="PATH…", show_default=False)]
Json = Annotated[str | None, typer.Option("--json", help="结果写入 JSON 文件（- 为标准输出）", metavar="FILE", show_default=False)]
Out = Annotated[Path | None, typer.Option("--out", help="报告写入的文件夹", metavar="DIR", show_default=False)]
PolicyName = Annotated[str | None, typer.Option("--policy", help="政策年度", metavar="YEAR", show_default="2020")]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"shencai {version('shencai')}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[bool, typer.Option("--version", help="版本", callback=_version, is_eager=True)] = False,
) -> None:
    """审材：核对企业技术改造扶持计划的申报材料。"""


@app.command()
def check(
    paths: Paths,
    category: Annotated[str | None, typer.Option(help="项目类别，如 1,2（默认取自申请书）", show_default=False)] = None,
    renewal: Annotated[bool, typer.Option("--renewal", help="重大项目续报")] = False,
    applicant: Annotated[str | None, typer.Option(help="申报单位名称（默认取自申请书）", show_default=False)] = None,
    uscc: Annotated[str | None, typer.Option(help="统一社会信用代码（默认取自申请书）", show_default=False)] = None,
    policy: PolicyName = None,
    stage: Annotated[str, typer.Option(help="环节：prereview 预审、window 窗口、audit 专项审计")] = "window",
    second_copy: Annotated[list[Path] | None, typer.Option("--second-copy", help="第二套材料", show_default=False)] = None,
    ledgers: Annotated[Path | None, typer.Option(help="其他系统导出的台账文件夹", show_default=False)] = None,
    out: Out = None,
    json: Json = None,
) -> int:
    """核对一份申报材料，写出报告、补正通知书和核查表。"""
    from flows.cli.check import check_command

    return check_command(
        paths=paths, category=category, renewal=renewal, applicant=applicant, uscc=uscc, policy=policy, stage=stage,
        second_copy=second_copy or [], ledgers=ledgers, out=out, output=Output(json),
    )  # fmt: skip


@app.command()
def reconcile(
    declared: Annotated[Path, typer.Argument(help="项目投入明细清单（Excel）", metavar="LIST.xlsx", show_default=False)],
    scans: Annotated[list[Path], typer.Argument(help="票据扫描件", metavar="SCANS…", show_default=False)],
    policy: PolicyName = None,
    out: Out = None,
    json: Json = None,
) -> int:
    """审计：清单逐行对票据。"""
    from flows.cli.reconcile import reconcile_command

    return reconcile_command(declared=declared, scans=scans, policy=policy, out=out, output=Output(json))


@app.command()
def read(
    files: Paths,
    kind: Annotated[str | None, typer.Option(help="按这一种材料读取", show_default=False)] = None,
    visual: Annotated[Path | None, typer.Option(help="画出识别框的图片写入这里", metavar="DIR", show_default=False)] = None,
    json: Json = None,
) -> int:
    """读取任意文件，显示看到了什么：页、文字、印章、二维码、材料、字段。"""
    from flows.cli.read import read_command

    return read_command(files=files, kind=kind, visual=visual, output=Output(json))


@rules_app.command("list")
def rules_list(policy: PolicyName = None, json: Json = None) -> int:
    """列出全部规则。"""
    from flows.cli.rules import list_rules

    return list_rules(policy, Output(json))


@rules_app.command("explain")
def rules_explain(
    rule: Annotated[str, typer.Argument(help="规则编号，如 R-051", show_default=False)], policy: PolicyName = None
) -> int:
    """一条规则的说明卡。"""
    from flows.cli.rules import explain_rule

    return explain_rule(rule, policy)


@rules_app.command("coverage")
def rules_coverage(policy: PolicyName = None, json: Json = None) -> int:
    """指南的哪一条由哪些规则回答。"""
    from flows.cli.rules import show_coverage

    return show_coverage(policy, Output(json))


@sample_app.command("make")
def sample_make(
    out: Annotated[Path, typer.Argument(help="写入的文件夹", metavar="DIR", show_default=False)],
    seed: Annotated[int, typer.Option(help="随机种子，同一种子得到同样的材料")] = 1,
    category: Annotated[str, typer.Option(help="项目类别：1,2,3,4a,4b,5，多个用逗号隔开")] = "1,2",
    defects: Annotated[str, typer.Option(help="埋入的缺陷：none、all（能同处一份材料的尽量多）或名称（逗号分隔，见 sample defects）")] = "none",
    invoices: Annotated[int, typer.Option(help="票据张数")] = 32,
    scan: Annotated[str, typer.Option(help="扫描方式：colour、grey、bw、photo、digital、mixed")] = "colour",
    dpi: Annotated[int, typer.Option(help="扫描分辨率")] = 200,
    layout: Annotated[str, typer.Option(help="文件布置：files（每份材料一个文件）、one-pdf（整册一个PDF）、zip")] = "one-pdf",
    copies: Annotated[int, typer.Option(help="份数：1或2")] = 1,
    short: Annotated[bool, typer.Option("--short", help="材料从简（审计报告约6页），用于演示和测试")] = False,
    truth_only: Annotated[bool, typer.Option("--truth-only", help="不画页面，只写答案、表格和台账（用于 score --reading truth）")] = False,
    demo: Annotated[bool, typer.Option("--demo", help="生成随附的演示材料")] = False,
) -> int:
    """生成一份模拟申报材料和它的答案 truth.json。"""
    from flows.cli.sample import make_sample

    return make_sample(
        out, seed=seed, category=category, defects=defects, invoices=invoices, scan=scan, dpi=dpi, layout=layout, copies=copies, short=short,
        truth_only=truth_only, demo=demo,
    )  # fmt: skip


@sample_app.command("defects")
def sample_defects(json: Json = None) -> int:
    """列出可埋入的缺陷和无辜的相似情形。"""
    from flows.cli.sample import list_defects

    return list_defects(Output(json))


@sample_app.command("score")
def sample_score(
    folders: Annotated[list[Path], typer.Argument(help="样例文件夹（含 truth.json，或其上级）", metavar="DIR…", show_default=False)],
    reading: Annotated[str, typer.Option(help="truth：真值；noisy：真值加实测误差；real：全流程")] = "truth",
    model_out: Annotated[Path | None, typer.Option("--model-out", help="把量到的识别误差写成模型（仅 real）", metavar="FILE", show_default=False)] = None,
    json: Json = None,
) -> int:
    """对样例逐份初审，与答案对照打分。"""
    from flows.cli.sample import score_samples

    return score_samples(folders, reading, model_out, Output(json))


@policy_app.command("show")
def policy_show(policy: PolicyName = None, json: Json = None) -> int:
    """显示一个政策年度。"""
    from flows.cli.rules import show_policy

    return show_policy(policy, Output(json))


@app.command()
def nightly(
    inbox: Annotated[Path, typer.Option(help="收件箱：每个子文件夹或压缩包是一份材料", show_default=False)],
    once: Annotated[bool, typer.Option("--once", help="现在跑一次")] = False,
    out: Out = None,
    policy: PolicyName = None,
    json: Json = None,
) -> int:
    """夜间批处理：只核对新的，早上一张按风险排序的清单。"""
    from flows.cli.nightly import nightly_command

    return nightly_command(inbox=inbox, once=once, out=out, policy=policy, output=Output(json))


@app.command()
def schema(
    name: Annotated[str, typer.Argument(help="report、read、reconcile、truth、nightly", show_default=False)],
) -> int:
    """打印一种结果文件的 JSON Schema。"""
    from flows.cli.schema import print_schema

    return print_schema(name)


@app.command()
def doctor(json: Json = None) -> int:
    """检查安装：有什么，缺什么，缺了会关掉什么。"""
    from flows.cli.doctor import doctor_command

    return doctor_command(Output(json))
