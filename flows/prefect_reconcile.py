"""The Prefect flow ``reconcile-list``."""

from __future__ import annotations

import os

from prefect import flow, tags, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from flows.ahead import ReadingAhead
from flows.case import Case
from flows.desk import Desk
from flows.environment import RUN_MARK
from flows.orphans import crash_dead_runs
from flows.pages import ReadingPlan
from flows.prefect_check import READ_THREADS, read_all
from flows.progress import Watcher
from flows.reconcile import ReconcileOutcome, match, write_reconciliation_papers
from flows.server import await_server
from flows.summary import reconcile_markdown
from flows.workbench import bench_of, lay_out
from pipeline.model import SourceFile
from validators.matching import Reconciliation


@task(name="match", cache_policy=NO_CACHE, persist_result=False)
def match_lines(run: str) -> tuple[Reconciliation, tuple[SourceFile, ...]]:
    bench = bench_of(run)
    return match(bench.case, bench.desk)


@flow(name="reconcile-list", task_runner=ThreadPoolTaskRunner(max_workers=READ_THREADS), persist_result=False)  # type: ignore[arg-type]  # fmt: skip
def reconcile_flow(run: str) -> ReconcileOutcome:
    """Read what is not cached → assemble and extract → match → write the workbook."""
    bench = bench_of(run)
    crash_dead_runs()
    bench.case.readings.update(bench.plan.known)
    bench.case.pages_from_cache = bench.plan.pages - len(bench.plan.todo)
    read_all(bench)
    bench.watcher.stage("逐行核对")
    result, files = match_lines(run)
    bench.watcher.stage("生成核对表")
    papers = write_reconciliation_papers(bench.case, bench.desk, result, files)
    create_markdown_artifact(reconcile_markdown(result, papers), key="reconcile-result", description="审材 清单核对结果")
    return ReconcileOutcome(result, papers)


def reconcile_list(case: Case, plan: ReadingPlan, ahead: ReadingAhead, desk: Desk, watcher: Watcher) -> ReconcileOutcome:
    """Run the flow on an opened case and give its outcome."""
    await_server()
    with lay_out(case, desk, watcher, plan, ahead) as run, tags(f"{RUN_MARK}={os.environ.get(RUN_MARK, '')}"):
        return reconcile_flow.with_options(flow_run_name=f"reconcile-{run}")(run)
