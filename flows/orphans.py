"""Flow runs whose process is dead but whose state still says they run: they are marked as crashed."""

from __future__ import annotations

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed

from flows.environment import RUN_MARK, run_is_alive


def crash_dead_runs() -> int:
    """Mark every RUNNING or PENDING run of a process that is no more as crashed; returns how many."""
    running = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING]))
    )
    crashed = 0
    with get_client(sync_client=True) as client:
        for run in client.read_flow_runs(flow_run_filter=running):
            mark = next((tag.partition("=")[2] for tag in run.tags if tag.startswith(f"{RUN_MARK}=")), None)
            if mark is not None and not run_is_alive(mark):
                client.set_flow_run_state(run.id, Crashed(message="运行进程已被强制结束"), force=True)
                crashed += 1
    return crashed
