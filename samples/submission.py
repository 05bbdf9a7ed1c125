"""A whole made-up submission: the volume, the Excel files, the auditors' folder, and the truth beside them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from samples.binding import bind_volume, number_volume
from samples.defects import DEFECTS
from samples.documents.application_form import draw_application_form
from samples.documents.audit_report import draw_audit_report
from samples.documents.draft import Draft, seam
from samples.documents.filing import draw_filing
from samples.documents.front import draw_front
from samples.documents.licence import draw_licence
from samples.documents.paper_list import draw_paper_list
from samples.documents.plan import draw_plan
from samples.documents.tax_certificate import draw_tax_certificate
from samples.paper import resolution
from samples.scanning import Look
from samples.truth import Truth, TruthDocument, TruthFile, TruthPage
from samples.vouchers import write_vouchers
from samples.workbooks import write_list, write_statistics
from samples.world import YEARS, World, make_world

FOLDER, VOUCHERS = "申报材料", "审计凭证"
LIST_NAME, STATISTICS_NAME, VOLUME_NAME = "项目投入明细清单（表1）.xlsx", "统计数据（B203、206）.xlsx", "申报材料扫描件.pdf"
DEMO_SEED = 2020


def plant(world: World, defects: Sequence[str]) -> World:
    """``world`` with the named defects in it, in the order of the registry."""
    unknown = sorted(set(defects) - set(DEFECTS))
    if unknown:
        raise ValueError(f"没有名为“{'、'.join(unknown)}”的样例缺陷，可用的有：{'、'.join(DEFECTS)}。")
    for name, defect in DEFECTS.items():
        if name in defects:
            world = defect.plant(world)
    return world


def make_submission(
    out: Path, seed: int, *, categories: Sequence[str] = ("1", "2"), defects: Sequence[str] = (), scan: Look = "colour",
    audit_vouchers: int = 20, dpi: int = 200,
) -> Truth:  # fmt: skip
    """Writes ``申报材料/``, ``审计凭证/`` (unless ``audit_vouchers`` is 0) and ``truth.json`` below ``out``.

    The same arguments give the same bytes; ``dpi`` is the scanner's resolution. Seeds run from 0 to 899999; only categories 1 and 2 are made so far.
    """
    if not categories or set(categories) - {"1", "2"}:
        raise ValueError(f"目前只能生成项目类别1、2的样例，收到“{'、'.join(categories)}”。请改用 1、2 或 1,2。")
    if scan not in get_args(Look):
        raise ValueError(f"没有扫描方式“{scan}”。请改用 {'、'.join(get_args(Look))}。")
    world = plant(make_world(seed, tuple(categories)), defects)
    for old in (out / FOLDER, out / VOUCHERS):
        if old.is_dir():
            shutil.rmtree(old)
    with resolution(dpi):
        return _write(world, out, defects, scan, audit_vouchers)


def _write(world: World, out: Path, defects: Sequence[str], scan: Look, audit_vouchers: int) -> Truth:
    volume = bind_volume(world, _drafts(world), out / FOLDER / VOLUME_NAME, f"{FOLDER}/{VOLUME_NAME}", scan)
    files = [volume.file]
    documents = list(volume.documents)
    documents.append(write_list(world, out / FOLDER / LIST_NAME, f"{FOLDER}/{LIST_NAME}"))
    documents.append(write_statistics(world, out / FOLDER / STATISTICS_NAME, f"{FOLDER}/{STATISTICS_NAME}"))
    sheets = len({(v.form, v.period) for v in world.statistics})
    files += [_workbook(f"{FOLDER}/{LIST_NAME}", 1), _workbook(f"{FOLDER}/{STATISTICS_NAME}", sheets)]
    if audit_vouchers:
        found, papers = write_vouchers(world, out / VOUCHERS, VOUCHERS, audit_vouchers, scan)
        documents.append(write_list(world, out / VOUCHERS / LIST_NAME, f"{VOUCHERS}/{LIST_NAME}"))
        files += [_workbook(f"{VOUCHERS}/{LIST_NAME}", 1), *found]
        documents += papers
    truth = _truth(world, files, documents, defects)
    truth.write(out / "truth.json")
    return truth


def make_demo(out: Path) -> Truth:
    """The shipped demo: every defect of the registry once."""
    return make_submission(out, DEMO_SEED, defects=tuple(DEFECTS))


def _workbook(name: str, sheets: int) -> TruthFile:
    return TruthFile(path=name, pages=tuple(TruthPage() for _ in range(sheets)))


def _drafts(world: World) -> list[Draft]:
    """The glued volume in its order, seams struck; the list of materials needs the others' page numbers first."""
    drafts = [draw_application_form(world), draw_licence(world), draw_filing(world)]
    drafts += [draw_tax_certificate(world, paper) for paper in world.tax_papers]
    drafts += [draw_audit_report(world, year) for year in YEARS]
    if "2" in world.categories:
        drafts.append(draw_plan(world))
    drafts.append(draw_paper_list(world))
    starts = [(f"{draft.year}年度{draft.title}" if draft.year else draft.title, at + 2) for draft, at in number_volume(drafts)]
    drafts.insert(0, draw_front(world, starts))
    for draft in drafts:
        if draft.seam:
            seam(world, draft, world.rng("seam", draft.kind))
    return drafts


def _truth(world: World, files: list[TruthFile], documents: list[TruthDocument], defects: Sequence[str]) -> Truth:
    frozen = tuple(documents)
    return Truth(
        seed=world.seed, categories=world.categories, stage="window", applicant=world.company.party.name, uscc=world.company.party.uscc,
        files=tuple(files), documents=frozen, defects=tuple(DEFECTS[name].place(frozen) for name in DEFECTS if name in defects),
    )  # fmt: skip
