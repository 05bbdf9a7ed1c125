"""The Prefect flow ``check-submission``. Prefect sees chunks of pages as thread tasks; no judgement lives here.

Importing this module imports Prefect: :func:`flows.environment.prepare` must have run before.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import cast
from uuid import UUID

from prefect import flow, tags, task
from prefect.artifacts import create_markdown_artifact, create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed
from prefect.task_runners import ThreadPoolTaskRunner

from flows.ahead import ReadingAhead
from flows.case import Case, CheckOutcome
from flows.check import judge, understand, write_papers
from flows.desk import Desk
from flows.environment import RUN_MARK
from flows.orphans import crash_dead_runs
from flows.pages import ReadingPlan, failed_reading
from flows.progress import Watcher
from flows.server import await_server
from flows.summary import summary_markdown
from flows.workbench import Workbench, bench_of, lay_out
from pipeline.model import Document, PageReading, Report, SourceFile
from pipeline.reading.models import ModelError
from pipeline.reading.pool import PoolError
from reports import ReportSet

READ_THREADS = 4
"""Chunks under way at once; the pool behind them has one process per core."""


@task(task_run_name="read-{chunk}", retries=1, cache_policy=NO_CACHE, persist_result=False)
def read_chunk(run: str, chunk: int) -> list[PageReading]:
    """Wait for one chunk of pages; they are under way already, and kept in the store as they are done."""
    bench = bench_of(run)
    return bench.ahead.take(bench.plan.chunks[chunk])


@task(name="understand", cache_policy=NO_CACHE, persist_result=False)
def understand_papers(run: str) -> tuple[tuple[SourceFile, ...], tuple[Document, ...]]:
    bench = bench_of(run)
    return understand(bench.case, bench.desk)


@task(name="judge", cache_policy=NO_CACHE, persist_result=False)
def judge_papers(run: str) -> Report:
    bench = bench_of(run)
    return judge(bench.case, bench.desk, bench.files, bench.documents)


@task(name="write-papers", cache_policy=NO_CACHE, persist_result=False)
def write_report(run: str) -> ReportSet | None:
    bench = bench_of(run)
    return write_papers(bench.case, bench.desk, cast(Report, bench.report))


@flow(name="check-submission", flow_run_name="check-{run}", task_runner=ThreadPoolTaskRunner(max_workers=READ_THREADS), persist_result=False, validate_parameters=False)  # type: ignore[arg-type]  # fmt: skip
def check_submission_flow(run: str) -> CheckOutcome:
    """Read what is not cached → assemble and extract → judge → write the papers."""
    bench = bench_of(run)
    crash_dead_runs()
    case, watcher = bench.case, bench.watcher
    case.readings.update(bench.plan.known)
    case.pages_from_cache = bench.plan.pages - len(bench.plan.todo)
    read_all(bench)
    watcher.stage("整理材料、提取数据")
    bench.files, bench.documents = understand_papers(run)
    watcher.stage("逐条核验")
    bench.report = judge_papers(run)
    watcher.stage("生成报告")
    papers = write_report(run)
    create_markdown_artifact(summary_markdown(bench.report, papers), key="check-result", description="审材 初审结果")
    return CheckOutcome(bench.report, papers)


def read_all(bench: Workbench) -> None:
    """Submit every chunk and take the readings as they come; a chunk that fails for good becomes failed pages."""
    plan, case = bench.plan, bench.case
    if not plan.todo:
        return
    progress = cast(UUID, create_progress_artifact(0.0, key="reading", description="识别页面"))
    futures = {read_chunk.submit(bench.run, number): number for number in range(len(plan.chunks))}
    done = 0
    try:
        for future in as_completed(list(futures)):
            chunk = plan.chunks[futures[future]]
            result = future.result(raise_on_failure=False)
            readings = _readings_of(result, plan, futures[future])
            case.readings.update({reading.content: reading for reading in readings})
            case.pages_read += sum(1 for reading in readings if reading.error is None)
            done += len(chunk)
            update_progress_artifact(progress, 100.0 * done / len(plan.todo))
    except BaseException:  # Ctrl-C: Prefect waits for the tasks, and the tasks for their pages
        bench.ahead.stop()
        raise


def _readings_of(result: object, plan: ReadingPlan, number: int) -> Sequence[PageReading]:
    if isinstance(result, PoolError | ModelError):
        raise result  # no page can be read at all: the person at the machine must mend it, no paper is to blame
    chunk = plan.chunks[number]
    readings = {r.content: r for r in result if isinstance(r, PageReading)} if isinstance(result, list) else {}
    return [
        readings.get(task.content) or failed_reading(task, "本页识别任务未能完成，请人工查看该页，或重新运行一次。") for task in chunk
    ]


def check_submission(case: Case, plan: ReadingPlan, ahead: ReadingAhead, desk: Desk, watcher: Watcher) -> CheckOutcome:
    """Run the flow on an opened case and give its outcome."""
    await_server()
    with lay_out(case, desk, watcher, plan, ahead) as run, tags(f"{RUN_MARK}={os.environ.get(RUN_MARK, '')}"):
        return check_submission_flow.with_options(flow_run_name=f"check-{run}")(run)
