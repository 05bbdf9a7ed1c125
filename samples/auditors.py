"""The auditors' folder on disk: the vouchers' papers scanned, photographed or as their platforms wrote them, and the list beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from samples.assembly import PRODUCERS, Placed, describe, seen_box, truth_page, upright, write_picture, write_scans
from samples.binding import PaperOrder, bind
from samples.choices import Look
from samples.documents.draft import Draft
from samples.paper import blueprint
from samples.press import Press, prepared
from samples.scanning import Scan
from samples.scanning.scanner import some_scanner
from samples.truth import TruthDocument, TruthFile, TruthPage
from samples.vouchers import SHEET, VoucherFile, draw_part, parts_on, plan_vouchers, split, write_original
from samples.world.model import PaperKey, World


def write_auditors_folder(
    press: Press, folder: Path, where: str, *, most: int | None, must: Sequence[str], look: Look, dpi: int, paper: bool,
) -> tuple[list[TruthFile], list[TruthDocument]]:  # fmt: skip
    """Writes the folder and tells its truth; ``where`` is its path there.

    ``most`` is the number of vouchers (None: all); those of the keys ``must`` are among them. ``paper=False`` writes nothing.
    """
    world = press.world
    plan = plan_vouchers(world, most, must=must)
    scanned = [(file, part) for file in plan if file.kind != "original" for part in file.parts]
    with blueprint():
        drafts = [draw_part(world, part) for _, part in scanned]
    orders = [_order(world, file, order) for (file, _), order in zip(scanned, _bound(world, drafts, look, dpi), strict=True)]
    waiting = zip(scanned, drafts, press.print(orders), strict=True)
    files: list[TruthFile] = []
    documents: list[TruthDocument] = []
    for file in plan:
        name = where + file.path
        if file.kind == "original":
            truth, found = _original(world, file, folder / file.path, name, paper)
            files.append(truth)
            documents += found
            continue
        pages: list[TruthPage] = []
        scans: list[Scan] = []
        for _ in file.parts:
            (_, part), draft, (order, seen) = next(waiting)
            with blueprint():
                papers = prepared(world, draft, order)
            placed: list[Placed] = [(len(pages) + i, p, seen_box(s) if s else upright(p)) for i, (p, s) in enumerate(zip(papers, seen, strict=True))]
            pages += [truth_page(p, s) for p, s in zip(papers, seen, strict=True)]
            scans += [s for s in seen if s is not None]
            documents += _described(world, part, draft, name, placed)
        files.append(TruthFile(path=name, pages=tuple(pages)))
        if paper:
            _write(world, file, folder / file.path, scans)
    return files, documents


def _bound(world: World, drafts: Sequence[Draft], look: Look, dpi: int) -> list[PaperOrder]:
    return bind(world, drafts, copy=1, volume=False, look="colour" if look == "digital" else look, dpi=dpi, careless=True)


def _order(world: World, file: VoucherFile, order: PaperOrder) -> PaperOrder:
    """Pages of one bundle come from one machine; single pictures mostly from a telephone."""
    rng = world.rng("auditors", "machine", file.path)
    if file.kind == "picture":
        look: Look = "photo" if order.look != "bw" and rng.random() < 0.6 else "colour" if order.look in ("bw", "digital") else order.look
        return replace(order, look=look, pages=tuple(replace(page, bed=None if look == "photo" else page.bed) for page in order.pages))
    return replace(order, scanner=some_scanner(rng), look="colour" if order.look == "digital" else order.look)


def _described(world: World, part: PaperKey, draft: Draft, name: str, placed: Sequence[Placed]) -> list[TruthDocument]:
    if split(part)[0] != SHEET:
        return [describe(draft, name, placed)]
    return [describe(each.draft, name, [(page, each.draft.papers[0], where) for page, _, where in placed[:1]], region=each.region) for each in parts_on(world, part)]


def _original(world: World, file: VoucherFile, path: Path, name: str, paper: bool) -> tuple[TruthFile, list[TruthDocument]]:
    if paper:
        path.parent.mkdir(parents=True, exist_ok=True)
        drafts = list(write_original(world, file, path))
    else:
        drafts = [placed.draft for part in file.parts for placed in parts_on(world, part)]
    pages: list[TruthPage] = []
    documents: list[TruthDocument] = []
    for draft in drafts:
        documents.append(describe(draft, name, [(len(pages) + i, p, upright(p)) for i, p in enumerate(draft.papers)]))
        pages += [truth_page(p, None) for p in draft.papers]
    return TruthFile(path=name, pages=tuple(pages)), documents


def _write(world: World, file: VoucherFile, path: Path, scans: Sequence[Scan]) -> None:
    if file.kind == "picture":
        write_picture(path, scans[0])
    else:
        write_scans(path, scans, world.rng("producer", file.path).choice(PRODUCERS))
