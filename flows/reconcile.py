"""``reconcile``: a declared list against a folder of vouchers, for auditors. The same reading, another question."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from extractors.parties import own_seals
from flows.ahead import ReadingAhead
from flows.case import Case, CheckOptions
from flows.check import made_by, make_out, understand
from flows.desk import Desk
from flows.environment import workspace
from flows.pages import plan_reading
from flows.pictures import PagePictures
from flows.progress import Quiet, Watcher
from pipeline.errors import UsageError
from pipeline.intake import take_in
from pipeline.model import SourceFile
from pipeline.policy import load_policy
from reports import ReconciliationSet, write_reconciliation
from validators.matching import Reconciliation, reconcile


@dataclass(frozen=True)
class ReconcileOptions:
    declared: Path
    scans: tuple[Path, ...]
    policy: str = "2020"
    out: Path | None = None


@dataclass(frozen=True)
class ReconcileOutcome:
    result: Reconciliation
    papers: ReconciliationSet | None


def open_reconcile_case(options: ReconcileOptions, desk: Desk, workspace: Path) -> Case:
    """Take list and scans in. Raises :class:`UsageError` when the list is no workbook that opens."""
    if not options.declared.is_file():
        raise UsageError(f"清单文件不存在：{options.declared}。", "请给出项目投入明细清单的 Excel 文件。")
    check = CheckOptions(paths=(options.declared, *options.scans), policy=options.policy, stage="audit", out=options.out)
    started = time.monotonic()
    intake = take_in(check.paths, workspace, desk.limits)
    make_out(options.out)
    return Case(check, load_policy(options.policy), intake, started)


def match(case: Case, desk: Desk) -> tuple[Reconciliation, tuple[SourceFile, ...]]:
    """Find the declared list among the documents and match its lines with everything else."""
    files, documents = understand(case, desk)
    books = {f.id for f in files if f.media in ("workbook", "csv")}
    lists = [d for d in documents if d.kind == "investment_list" and any(ref.file in books for ref in d.pages)]
    if not lists:
        raise UsageError("没有认出项目投入明细清单。", "请确认第一个参数是按附表2填写的 Excel 清单，表头含发票号码、金额等列。")
    declared = lists[0]
    documents = own_seals(documents, declared.get("applicant_name").value)
    declared = next(d for d in documents if d.id == declared.id)
    vouchers = [d for d in documents if d.id != declared.id]
    result = reconcile(declared, vouchers, case.policy, files)
    return result.model_copy(update={"made_by": made_by(case.policy)}), files


def write_reconciliation_papers(
    case: Case, desk: Desk, result: Reconciliation, files: tuple[SourceFile, ...]
) -> ReconciliationSet | None:
    """The workbook and page of a reconciliation in ``--out``, if one was asked for."""
    if case.options.out is None:
        return None
    pictures = PagePictures(case.intake, case.readings, desk.limits)
    return write_reconciliation(
        result, files, case.options.out, pictures, sources=case.originals, clauses=case.policy.clauses
    )


def run_reconcile(options: ReconcileOptions, desk: Desk, watcher: Watcher | None = None) -> ReconcileOutcome:
    """Run the Prefect flow ``reconcile-list``."""
    watcher = watcher or Quiet()
    with workspace(desk.settings) as folder:
        watcher.stage("收件")
        case = open_reconcile_case(options, desk, folder)
        plan = plan_reading(case.intake, desk)
        watcher.stage("识别页面", total=len(plan.todo) or None)
        with ReadingAhead(plan.todo, desk, watcher.advance) as ahead:
            from flows.prefect_reconcile import reconcile_list

            return reconcile_list(case, plan, ahead, desk, watcher)
