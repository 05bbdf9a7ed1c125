"""``shencai sample``."""

from __future__ import annotations

from pathlib import Path
from typing import cast, get_args

from flows.cli.common import parse_categories, settings, watching
from flows.cli.main import DONE
from flows.cli.output import Output
from pipeline.errors import UsageError
from samples.choices import Layout, Look

ALL, NONE = "all", "none"


def _samples_installed() -> None:
    try:
        import segno  # noqa: F401
    except ImportError as error:
        raise UsageError(f"生成样例还缺软件包：{error.name}。", "请安装 shencai[samples]。") from error


def make_sample(
    out: Path, *, seed: int, category: str, defects: str, invoices: int, scan: str, dpi: int, layout: str, copies: int, short: bool,
    truth_only: bool, demo: bool,
) -> int:  # fmt: skip
    if seed < 0:
        raise UsageError(f"种子 {seed} 不可用。", "请给一个非负整数。")
    _one_of(scan, get_args(Look), "扫描方式")
    _one_of(layout, get_args(Layout), "文件布置")
    if not 1 <= invoices <= 20_000:
        raise UsageError(f"发票张数 {invoices} 不可用。", "请给 1 到 20000 之间的数。")
    if not 100 <= dpi <= 400:
        raise UsageError(f"分辨率 {dpi} 不可用。", "请给 100 到 400 之间的数，常用 150、200、300。")
    if copies not in (1, 2):
        raise UsageError(f"份数 {copies} 不可用。", "请给 1 或 2。")
    _samples_installed()
    from samples import make_demo, make_submission

    categories = parse_categories(category)
    try:
        if demo:
            truth = make_demo(out)
        else:
            truth = make_submission(
                out, seed, categories=categories, defects=wanted_defects(defects, seed, categories, invoices, short, copies), invoices=invoices,
                scan=cast(Look, scan), dpi=dpi, layout=cast(Layout, layout), copies=copies, short=short, paper=not truth_only,
            )  # fmt: skip
    except ValueError as error:
        raise UsageError(str(error)) from error
    pages = sum(len(file.pages) for file in truth.files)
    Output().say([
        f"已生成：{out}（{len(truth.files)} 个文件、{pages} 页、{len(truth.documents)} 份材料）",
        f"答案：{out / 'truth.json'}（缺陷 {sum(not d.innocent for d in truth.defects)} 处，无辜的相似情形 {sum(d.innocent for d in truth.defects)} 处）",
    ])  # fmt: skip
    return DONE


def _one_of(value: str, known: tuple[str, ...], what: str) -> None:
    if value not in known:
        raise UsageError(f"没有{what}“{value}”。", f"可选：{'、'.join(known)}。")


def wanted_defects(text: str, seed: int, categories: tuple[str, ...], invoices: int, short: bool, copies: int) -> tuple[str, ...]:
    """``none``, ``all`` (as many as get along in one submission, innocents included) or names."""
    from samples.forger import DEFECTS, groups
    from samples.world import make_world

    names = tuple(name.strip() for name in text.replace("，", ",").split(",") if name.strip())
    if names in ((), (NONE,)):
        return ()
    if names == (ALL,):
        from dataclasses import replace

        world = replace(make_world(seed, categories, invoices=invoices, short=short), second_copy=copies == 2)  # type: ignore[arg-type]
        return groups(world)[0]
    for name in names:
        if name not in DEFECTS:
            raise UsageError(f"没有缺陷“{name}”。", "用 shencai sample defects 查看可选的缺陷。")
    return names


def list_defects(output: Output) -> int:
    from samples.forger import DEFECTS

    output.write([
        {"name": d.name, "rules": list(d.rules), "title": d.title, "categories": list(d.categories), "innocent": d.innocent, "stage": d.stage, "copies": d.copies}
        for d in DEFECTS.values()
    ])  # fmt: skip
    guilty = [d for d in DEFECTS.values() if not d.innocent]
    harmless = [d for d in DEFECTS.values() if d.innocent]
    output.say([f"缺陷 {len(guilty)} 种（名称　说明　类别　可由哪些规则答出）："])
    output.say(f"  {d.name}　{d.title}　{'、'.join(d.categories)}　{'、'.join(d.rules)}" for d in guilty)
    output.say([f"无辜的相似情形 {len(harmless)} 种（这些规则不应提出补正）："])
    output.say(f"  {d.name}　{d.title}　{'、'.join(d.categories)}　{'、'.join(d.rules)}" for d in harmless)
    return DONE


def score_samples(folders: list[Path], reading: str, model_out: Path | None, output: Output) -> int:
    """Check every sample and hold the outcome against its truth."""
    from flows.score import READINGS, Reading, score_folders
    from flows.score.noise import load_model, write_model
    from flows.score.table import score_lines

    _one_of(reading, READINGS, "读法")
    if model_out is not None and reading != "real":
        raise UsageError("误差模型只能从真实识别量出。", "请加 --reading real。")
    model = load_model() if reading == "noisy" else None
    with watching() as watcher:
        watcher.stage("评分")
        score = score_folders(folders, cast(Reading, reading), settings(), model=model, seen=lambda _: watcher.advance())
    if model_out is not None:
        write_model(score, model_out)
    output.write(score)
    output.say(score_lines(score))
    return DONE
