"""A whole made-up submission: papers, Excel files, ledgers, the auditors' folder, and the truth beside them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast, get_args

from samples.assembly import PRODUCERS, describe, seen_box, truth_page, upright, write_picture, write_scans
from samples.binding import PaperOrder, bind, look_of, starts_of
from samples.choices import Layout, Look
from samples.documents.draft import Draft
from samples.layouts import Namer, pack, volume_keys
from samples.paper import Paper, blueprint, resolution
from samples.pdf.metrics import FontKind
from samples.pdf.quirks import Quirks
from samples.pdf.writer import write_pdf
from samples.places import LEDGERS, PAPERS, SECOND_COPY, TRUTH, VOUCHERS
from samples.press import Press, blueprints, prepared
from samples.registry import Contents, draw_paper, split
from samples.scanning import Scan
from samples.truth import Truth, TruthDocument, TruthFile, TruthPage
from samples.workbooks import (
    INTEREST_KEY,
    LIST_KEY,
    STATISTICS_KEY,
    count_sheets,
    list_suffix,
    write_interest_list,
    write_ledgers,
    write_list,
    write_statistics,
)  # fmt: skip
from samples.world import make_world
from samples.world.model import Category, World

DEMO_SEED = 2020
DEMO_DEFECTS = (
    "missing_tax_year", "unsealed_material", "torn_page", "invoice_of_2018", "duplicate_invoice", "gross_as_net", "other_buyer", "unit_slip",
)  # fmt: skip
VOLUME_NAME = "申报材料扫描件.pdf"


@dataclass(frozen=True)
class Choices:
    """How one submission is put on disk."""

    look: Look
    dpi: int
    layout: Layout
    paper: bool
    processes: int | None


@dataclass
class Made:
    """Files and documents made so far; paths as truth writes them."""

    files: list[TruthFile]
    documents: list[TruthDocument]


def make_submission(
    out: Path, seed: int, *, categories: Sequence[str] = ("1", "2"), defects: Sequence[str] = (), invoices: int = 32, scan: Look = "colour",
    dpi: int = 200, layout: Layout = "one-pdf", copies: int = 1, audit_vouchers: int | None = None, ledgers: bool = True,
    short: bool = False, paper: bool = True, processes: int | None = None,
) -> Truth:  # fmt: skip
    """Writes ``申报材料`` (a folder or an archive), a second copy where asked for, ``台账/``, ``审计凭证/`` and ``truth.json`` below ``out``.

    ``audit_vouchers`` is the number of list rows whose vouchers are made (None: all, 0: none). ``paper=False`` makes workbooks,
    ledgers and truth only, as if all had been born digital. The same arguments give the same bytes whatever ``processes`` is.
    Raises ValueError, in words for a clerk, for what cannot be made.
    """
    if scan not in get_args(Look):
        raise ValueError(f"没有扫描方式“{scan}”。请改用 {'、'.join(get_args(Look))}。")
    if layout not in get_args(Layout):
        raise ValueError(f"没有文件布置“{layout}”。请改用 {'、'.join(get_args(Layout))}。")
    if copies not in (1, 2):
        raise ValueError(f"份数 {copies} 不可用，请给 1 或 2。")
    world = make_world(seed, cast(tuple[Category, ...], tuple(categories)), invoices=invoices, short=short)
    return make_from(replace(world, second_copy=copies == 2), out, defects, Choices(scan, dpi, layout, paper, processes), audit_vouchers=audit_vouchers, ledgers=ledgers)


def make_from(world: World, out: Path, defects: Sequence[str], choices: Choices, *, audit_vouchers: int | None = None, ledgers: bool = True) -> Truth:
    """The submission of a ready-made clean ``world`` with ``defects`` planted in it."""
    from samples.forger import plant, tell

    world, done = plant(world, tuple(defects))
    out.mkdir(parents=True, exist_ok=True)
    for name in (PAPERS, SECOND_COPY, VOUCHERS, LEDGERS):
        shutil.rmtree(out / name, ignore_errors=True)
        (out / f"{name}.zip").unlink(missing_ok=True)
    made = Made([], [])
    with Press(world, choices.processes if choices.paper else 0) as press:
        for copy in (1, 2) if world.second_copy else (1,):
            _write_copy(press, out, copy, choices, made)
        if audit_vouchers != 0:
            must = sorted({key for forged in done.values() for key in _voucher_keys(forged.touches)})
            _write_vouchers(press, out, audit_vouchers, must, choices, made)
    if ledgers:
        _write_ledgers(world, out / LEDGERS, made)
    documents = tuple(made.documents)
    truth = Truth(
        seed=world.seed, categories=world.categories, stage="window", applicant=world.company.party.name, uscc=world.company.party.uscc,
        files=tuple(made.files), documents=documents, defects=tell(done, documents),
    )  # fmt: skip
    truth.write(out / TRUTH)
    return truth


def make_demo(out: Path) -> Truth:
    """The shipped demo: categories 1 and 2, short papers, eight defects that a clerk would meet, ten vouchers for the auditors."""
    world = make_world(DEMO_SEED, ("1", "2"), short=True)
    return make_from(world, out, DEMO_DEFECTS, Choices("colour", 150, "one-pdf", True, None), audit_vouchers=10)


# ---------------------------------------------------------------- the papers of one copy


def _write_copy(press: Press, out: Path, copy: int, choices: Choices, made: Made) -> None:
    world = press.world
    folder = PAPERS if copy == 1 else SECOND_COPY
    volume = choices.layout == "one-pdf"
    keys = [key for key in volume_keys(world) if volume or key != "front" or world.rng("front").random() < 0.5]
    digital = frozenset(key for key in keys if look_of(world, key, copy, choices.look, volume) == "digital")
    drafts = blueprints(world, keys, digital=digital)
    contents: Contents = ()
    # Twice: how many pages the list of materials takes depends on how many papers it names, and their numbers on that.
    for _ in range(2) if "front" in keys else ():
        contents = contents_of(world, drafts, numbered=volume)
        with blueprint():
            drafts[keys.index("front")] = draw_paper(world, "front", contents, digital="front" in digital)
    orders = bind(world, drafts, copy=copy, volume=volume, look=choices.look, dpi=choices.dpi)
    where = f"{folder}.zip!/" if choices.layout == "zip" else f"{folder}/"
    target = out / folder
    target.mkdir(parents=True, exist_ok=True)
    begun = len(made.files)
    if volume:
        _write_volume(press, drafts, orders, contents, target, where, choices, made)
    else:
        _write_files(press, drafts, orders, contents, target, where, choices, made, copy)
    if copy == 1:
        _write_workbooks(world, target, where, made)
    if choices.layout == "zip":
        members = sorted(file.path.removeprefix(where) for file in made.files[begun:] if (target / file.path.removeprefix(where)).is_file())
        at = world.created_at
        gbk = world.rng("zip", copy).random() < 0.5
        pack(target, members, out / f"{folder}.zip", gbk, (at.year, at.month, at.day, at.hour, at.minute, at.second // 2 * 2))
        shutil.rmtree(target)


def contents_of(world: World, drafts: Sequence[Draft], *, numbered: bool) -> tuple[tuple[str, int | None], ...]:
    """The list of materials: every paper but the front, with the volume page on which it starts where they are ``numbered``."""
    starts = starts_of(world, drafts)
    listed: list[tuple[str, int | None]] = []
    for draft in drafts:
        if draft.key != "front":
            title = draft.title if draft.year is None or str(draft.year) in draft.title else f"{draft.year}年度{draft.title}"
            listed.append((title, starts[draft.key] if numbered else None))
    return tuple(listed)


def _noted(world: World, draft: Draft, order: PaperOrder) -> list[Paper]:
    """The blueprint's papers as they lie in the file, with all that was noted on them."""
    with blueprint():
        return prepared(world, draft, order)


def _write_volume(press: Press, drafts: Sequence[Draft], orders: Sequence[PaperOrder], contents: Contents, target: Path, where: str, choices: Choices, made: Made) -> None:
    """The glued volume as one PDF."""
    world, name = press.world, where + VOLUME_NAME
    scans: list[Scan] = []
    pages: list[TruthPage] = []
    for draft, (order, found) in zip(drafts, press.print(orders, contents), strict=True):
        papers = _noted(world, draft, order)
        placed = [(len(pages) + i, paper, seen_box(scan) if scan else upright(paper)) for i, (paper, scan) in enumerate(zip(papers, found, strict=True))]
        pages += [truth_page(paper, scan) for paper, scan in zip(papers, found, strict=True)]
        scans += [scan for scan in found if scan is not None]
        made.documents.append(describe(draft, name, placed))
    made.files.append(TruthFile(path=name, pages=tuple(pages)))
    if choices.paper and choices.look == "digital":
        _write_digital(world, orders, contents, target / VOLUME_NAME, choices.dpi)
    elif choices.paper:
        write_scans(target / VOLUME_NAME, scans)


def _write_digital(world: World, orders: Sequence[PaperOrder], contents: Contents, path: Path, dpi: int) -> None:
    """Papers that were never printed: a PDF with a text layer."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with resolution(dpi):
        drafts = ((order, draw_paper(world, order.key, contents if order.key == "front" else (), digital=True)) for order in orders)
        papers = [paper for order, draft in drafts for paper in prepared(world, draft, order)]
        rng = world.rng("writer", orders[0].key)
        writer = rng.choice((("WPS 文字", "kingsoft"), ("Microsoft® Word 2016", "Microsoft® Word 2016"), ("Acrobat PDFMaker 15 Word 版", "Adobe PDF Library 15.0")))
        fonts: FontKind = rng.choice(("embedded", "embedded", "carried", "simsun"))
        write_pdf(papers, path, quirks=Quirks(fonts=fonts, creator=writer[0], producer=f"{writer[1]} (made-up sample)", created=world.created_at))


def _write_files(
    press: Press, drafts: Sequence[Draft], orders: Sequence[PaperOrder], contents: Contents, target: Path, where: str, choices: Choices, made: Made,
    copy: int,
) -> None:  # fmt: skip
    """Every paper as a file of its own, under the names people give."""
    world = press.world
    namer = Namer(world.rng("names"))
    for draft, (order, found) in zip(drafts, press.print(orders, contents), strict=True):
        rng = world.rng("name", draft.key)
        papers = _noted(world, draft, order)
        single = rng.random() < (0.8 if order.look == "photo" else 0.3)
        scans = [scan for scan in found if scan is not None]
        suffix = ".pdf"
        if order.look != "digital" and len(papers) == 1 and single:
            suffix = ".tif" if order.look == "bw" else ".jpg"
        relative = namer.name(draft, suffix, rng)
        placed = [(i, paper, seen_box(scan) if scan else upright(paper)) for i, (paper, scan) in enumerate(zip(papers, found, strict=True))]
        made.documents.append(describe(draft, where + relative, placed))
        made.files.append(TruthFile(path=where + relative, pages=tuple(truth_page(paper, scan) for paper, scan in zip(papers, found, strict=True))))
        if not choices.paper:
            continue
        if order.look == "digital":
            _write_digital(world, [order], contents, target / relative, order.dpi)
        elif suffix == ".pdf":
            write_scans(target / relative, scans, world.rng("producer", draft.key, copy).choice(PRODUCERS))
        else:
            write_picture(target / relative, scans[0])


# ---------------------------------------------------------------- what others draw


def _write_workbooks(world: World, target: Path, where: str, made: Made) -> None:
    """The list, 表4 and the statistics as they were uploaded; under the names people give."""
    absent, rng = world.handling.absent, world.rng("workbook names")
    number = {"3": "2", "4a": "3", "4b": "3", "5": "5"}.get(world.categories[0], "1")
    form = rng.choice(("项目投入明细清单（表{}）", "附件2 表{} 项目投入明细清单", "附表2-表{}", "表{}（最终版）"))
    interest = rng.choice(("表4 投融资利息费用清单", "技术改造投融资利息费用清单（表4）"))
    figures = rng.choice(("统计数据（B203、206）", "统计报表", "B203、206表导出"))
    if LIST_KEY not in absent:
        _book(target, where, form.format(number) + list_suffix(world), made, lambda path, name: (write_list(world, path, name),))
    if world.interest_rows and INTEREST_KEY not in absent:
        _book(target, where, interest + (".xls" if world.sheets.xls else ".xlsx"), made, lambda path, name: (write_interest_list(world, path, name),))
    if world.statistics and STATISTICS_KEY not in absent:
        _book(target, where, f"{figures}.xlsx", made, lambda path, name: write_statistics(world, path, name))


def _book(folder: Path, where: str, name: str, made: Made, write: Callable[[Path, str], Iterable[TruthDocument]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    made.documents += write(folder / name, where + name)
    made.files.append(TruthFile(path=where + name, pages=tuple(TruthPage(colour="digital") for _ in range(count_sheets(folder / name)))))


def _write_ledgers(world: World, folder: Path, made: Made) -> None:
    made.documents += (documents := write_ledgers(world, folder, f"{LEDGERS}/"))
    made.files += [TruthFile(path=document.pages[0].file, pages=(TruthPage(colour="digital"),)) for document in documents]


def _voucher_keys(touches: Iterable[str]) -> Iterator[str]:
    """The vouchers that touched papers belong to: the folder must hold them."""
    for key in touches:
        kind, year, what = split(key)
        if not year and what and kind in ("vat_invoice", "invoice_list", "customs_payment", "customs_declaration", "accounting_voucher", "asset_card", "delivery_acceptance"):
            yield what.partition(":")[0]


def _write_vouchers(press: Press, out: Path, most: int | None, must: Sequence[str], choices: Choices, made: Made) -> None:
    """``审计凭证/``: the vouchers, and the list as the auditors were sent it."""
    from samples.auditors import write_auditors_folder

    files, documents = write_auditors_folder(
        press, out / VOUCHERS, f"{VOUCHERS}/", most=most, must=must, look=choices.look, dpi=choices.dpi, paper=choices.paper
    )
    made.files += files
    made.documents += documents
    world = press.world
    if LIST_KEY not in world.handling.absent:
        _book(out / VOUCHERS, f"{VOUCHERS}/", "项目投入明细清单（申报）" + list_suffix(world), made, lambda path, name: (write_list(world, path, name),))
