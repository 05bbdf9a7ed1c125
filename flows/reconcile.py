"""``reconcile``: a declared list against a folder of vouchers, for auditors. The same reading, another question."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from extractors.parties import own_seals
from flows.check import Case, CheckOptions, made_by, understand, write_reconciliation_papers
from flows.desk import Desk
from flows.pages import plan_reading
from flows.progress import Quiet, Watcher
from pipeline.errors import UsageError
from pipeline.intake import take_in
from pipeline.model import Document, SourceFile
from pipeline.policy import load_policy
from reports import ReportSet
from validators.matching import Parties, Reconciliation, reconcile


@dataclass(frozen=True)
class ReconcileOptions:
    declared: Path
    scans: tuple[Path, ...]
    applicant: str | None = None
    uscc: str | None = None
    policy: str = "2020"
    out: Path | None = None


@dataclass(frozen=True)
class ReconcileOutcome:
    result: Reconciliation
    papers: ReportSet | None


def open_reconcile_case(options: ReconcileOptions, desk: Desk, workspace: Path) -> Case:
    """Take list and scans in. Raises :class:`UsageError` when the list is no workbook that opens."""
    if not options.declared.is_file():
        raise UsageError(f"清单文件不存在：{options.declared}。", "请给出项目投入明细清单的 Excel 文件。")
    check = CheckOptions(
        paths=(options.declared, *options.scans), applicant=options.applicant, uscc=options.uscc, policy=options.policy,
        stage="audit", out=options.out,
    )  # fmt: skip
    started = time.monotonic()
    return Case(check, load_policy(options.policy), take_in(check.paths, workspace, desk.limits), started)


def match(case: Case, desk: Desk) -> tuple[Reconciliation, tuple[SourceFile, ...]]:
    """Find the declared list among the documents and match its lines with everything else."""
    files, documents = understand(case, desk)
    lists = [d for d in documents if d.kind == "investment_list" and not d.pages]
    if not lists:
        raise UsageError("没有认出项目投入明细清单。", "请确认第一个参数是按附表2填写的 Excel 清单，表头含发票号码、金额等列。")
    declared = lists[0]
    parties = _parties(case, declared)
    documents = own_seals(documents, parties.name)
    declared = next(d for d in documents if d.id == declared.id)
    vouchers = [d for d in documents if d.id != declared.id]
    result = reconcile(declared, vouchers, case.policy, parties=parties, files=files, made_by=made_by(case.policy))
    return result, files


def run_reconcile(options: ReconcileOptions, desk: Desk, watcher: Watcher | None = None) -> ReconcileOutcome:
    """Run the Prefect flow ``reconcile-list``."""
    watcher = watcher or Quiet()
    with tempfile.TemporaryDirectory(prefix="shencai-") as folder:
        watcher.stage("收件")
        case = open_reconcile_case(options, desk, Path(folder))
        plan = plan_reading(case.intake, desk)
        if plan.todo:
            desk.warm()
        from flows.prefect_reconcile import reconcile_list

        return reconcile_list(case, plan, desk, watcher)


def _parties(case: Case, declared: Document) -> Parties:
    name, uscc = declared.get("applicant_name"), declared.get("uscc")
    return Parties(
        name=case.options.applicant or (name.value if name.sure else None),
        uscc=case.options.uscc or (uscc.value if uscc.sure else None),
    )


__all__ = ["ReconcileOptions", "ReconcileOutcome", "match", "open_reconcile_case", "run_reconcile", "write_reconciliation_papers"]
