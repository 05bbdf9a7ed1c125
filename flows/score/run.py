"""Scoring: ``check`` runs on each sample at its desk's stage, and the outcome is held against the truth.

``truth`` feeds the rules the true values, ``noisy`` the true values misread by a measured error model, ``real`` is the whole
pipeline. A sample with vouchers is checked a second time at the auditors' stage, with them.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal, cast

from flows.ahead import ReadingAhead
from flows.case import Case, CheckOptions
from flows.check import judge, understand
from flows.desk import Desk
from flows.ledgers import open_ledgers
from flows.pages import plan_reading
from flows.score.believed import believed_documents, believed_files, is_workbook, owners
from flows.score.noise import ErrorModel, Misreader
from flows.score.result import Score
from flows.score.tally import Tally
from pipeline.errors import UsageError
from pipeline.intake import Intake, take_in
from pipeline.model import Category, Report, SourceFile, Stage
from pipeline.policy import load_policy
from pipeline.settings import Settings
from samples.places import LEDGERS, PAPERS, SECOND_COPY, VOUCHERS
from samples.truth import Truth, read_truth

Reading = Literal["truth", "noisy", "real"]
READINGS: tuple[Reading, ...] = ("truth", "noisy", "real")


@dataclass(frozen=True)
class Sample:
    """A made-up submission on disk."""

    root: Path
    truth: Truth

    @property
    def name(self) -> str:
        return self.root.name

    def inputs(self, stage: Stage) -> tuple[Path, ...]:
        """What the desk of ``stage`` is handed: the submission, and for auditors the vouchers (not their copy of the list)."""
        found = [p for p in (self.root / PAPERS, self.root / f"{PAPERS}.zip") if p.exists()]
        if stage == "audit" and (self.root / VOUCHERS).is_dir():
            found += sorted(p for p in (self.root / VOUCHERS).rglob("*") if p.is_file() and not is_workbook(p.name))
        return tuple(found)

    @property
    def second(self) -> tuple[Path, ...]:
        return tuple(p for p in (self.root / SECOND_COPY, self.root / f"{SECOND_COPY}.zip") if p.exists())

    @property
    def ledgers(self) -> Path | None:
        return self.root / LEDGERS if (self.root / LEDGERS).is_dir() else None

    @property
    def has_vouchers(self) -> bool:
        return any(file.path.startswith(f"{VOUCHERS}/") for file in self.truth.files)


@dataclass
class Judged:
    """A report, and how its files are called in truth."""

    report: Report
    paths: dict[str, str] = field(default_factory=dict)


def samples_in(folders: Sequence[Path]) -> list[Sample]:
    """Every folder that holds a ``truth.json``, or whose sub-folders do. Raises :class:`UsageError` for none."""
    found: list[Sample] = []
    for folder in folders:
        truths = sorted(folder.rglob("truth.json")) if folder.is_dir() else []
        if not truths:
            raise UsageError(f"{folder} 里没有 truth.json。", "先用 shencai sample make 生成样例。")
        found += [Sample(path.parent, read_truth(path)) for path in truths]
    return found


def score_folders(
    folders: Sequence[Path], reading: Reading, settings: Settings, *, model: ErrorModel | None = None, seen: Callable[[str], None] | None = None
) -> Score:  # fmt: skip
    """Check every sample of ``folders`` and count. ``seen`` is told each sample's name when it is done."""
    tally = Tally(reading)
    with Desk(settings) as desk:
        for sample in samples_in(folders):
            for stage in stages_of(sample):
                started = time.monotonic()
                judged = read_really(sample, stage, desk) if reading == "real" else believe(sample, stage, desk, model if reading == "noisy" else None)
                tally.add(sample.name, sample.truth, stage, judged.report, judged.paths, time.monotonic() - started)
            tally.close_sample()
            if seen is not None:
                seen(sample.name)
    return tally.score()


def stages_of(sample: Sample) -> Iterator[Stage]:
    yield "window"
    if sample.has_vouchers:
        yield "audit"


def _options(sample: Sample, stage: Stage) -> CheckOptions:
    renewal = any(d.fields["first_or_renewal"].value == "renewal" for d in sample.truth.documents if "first_or_renewal" in d.fields)
    return CheckOptions(
        paths=sample.inputs(stage), categories=cast(tuple[Category, ...], sample.truth.categories), renewal=renewal, stage=stage, second_copies=sample.second, ledgers=sample.ledgers
    )  # fmt: skip


def read_really(sample: Sample, stage: Stage, desk: Desk) -> Judged:
    """The whole pipeline; readings are kept in the desk's store, so that equal pages of sibling samples cost once."""
    options = _options(sample, stage)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        intake = take_in(options.paths, work / "papers", desk.limits, second_copies=options.second_copies)
        case = Case(options, load_policy(options.policy), intake, time.monotonic(), open_ledgers(options.ledgers, work / "ledgers", desk.limits))
        plan = plan_reading(intake, desk)
        case.readings.update(plan.known)
        with ReadingAhead(plan.todo, desk, lambda: None) as ahead:
            for chunk in plan.chunks:
                case.readings.update({reading.content: reading for reading in ahead.take(chunk)})
        files, documents = understand(case, desk)
        return Judged(judge(case, desk, files, documents), _truth_paths(intake, sample))


def believe(sample: Sample, stage: Stage, desk: Desk, model: ErrorModel | None) -> Judged:
    """The rules on true (or truly misread) values; only workbooks and ledgers are opened."""
    options = _options(sample, stage)
    truth = sample.truth
    folders = (f"{PAPERS}/", f"{PAPERS}.zip!/", f"{SECOND_COPY}/", f"{SECOND_COPY}.zip!/", *((f"{VOUCHERS}/",) if stage == "audit" else ()))
    wanted = [file.path for file in truth.files if file.path.startswith(folders)]
    second = frozenset(path for path in wanted if path.startswith(SECOND_COPY))
    misreader = Misreader(truth.seed, model)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        intake = _workbooks_only(options, work / "papers", desk)
        case = Case(options, load_policy(options.policy), intake, time.monotonic(), open_ledgers(options.ledgers, work / "ledgers", desk.limits))
        files, books = understand(case, desk)
        papers = believed_documents(truth, wanted, second, misreader)
        owner = owners(papers)
        scans = tuple(
            f.model_copy(update={"pages": tuple(p.model_copy(update={"document": owner.get((f.path, p.index))}) for p in f.pages)})
            for f in believed_files(truth, wanted, second, misreader)
        )  # fmt: skip
        report = judge(case, desk, (*scans, *files), (*papers, *books))
    paths = _truth_paths(intake, sample)
    return Judged(report, {**paths, **{f.id: f.path for f in scans}})


def _workbooks_only(options: CheckOptions, workspace: Path, desk: Desk) -> Intake:
    """The intake without its page files, which truth stands in for; folders with nothing else are an empty intake."""
    paths = [p for p in options.paths if p.is_dir() or p.suffix.lower() == ".zip"]
    try:
        intake = take_in(paths, workspace, desk.limits, second_copies=options.second_copies)
    except UsageError:
        return Intake((), {})
    kept = tuple(f for f in intake.files if f.media in ("workbook", "csv", "archive") or f.error is not None)
    return Intake(kept, dict(intake.places))


def _truth_paths(intake: Intake, sample: Sample) -> dict[str, str]:
    """File id → its path as truth writes it: from the sample's root, members of archives after ``!/``."""
    by_id: dict[str, SourceFile] = {file.id: file for file in intake.files}
    paths: dict[str, str] = {}
    for file in intake.files:
        if file.parent is None:
            place = intake.places.get(file.id)
            paths[file.id] = str(PurePosixPath(place.relative_to(sample.root))) if place is not None and place.is_relative_to(sample.root) else file.path
        else:
            parent = by_id[file.parent]
            paths[file.id] = paths.get(parent.id, parent.path) + file.path[len(parent.path) :]
    return paths
