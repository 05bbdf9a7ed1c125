"""The auditors' folder: scans and electronic invoices for some lines of the list, in the disorder of real folders."""

from __future__ import annotations

from pathlib import Path

from pipeline.model import PageRef
from samples.binding import Turn, describe, write_pdf
from samples.defects import DOUBLED_ROW, GROSS_ROW, OLD_INVOICE_ROW, OTHER_BUYER_ROW
from samples.documents.draft import Draft
from samples.documents.vat_invoice import HEIGHT, KIND, WIDTH, draw_invoice
from samples.paper import Paper
from samples.scanning import Look, Scan, scan
from samples.truth import TruthDocument, TruthFile, TruthPage
from samples.vector_paper import VectorPaper
from samples.world import Line, World

_KEPT = (OLD_INVOICE_ROW, DOUBLED_ROW, GROSS_ROW, OTHER_BUYER_ROW)
_LOOSE_PICTURES = 6


def chosen_lines(world: World, count: int) -> list[Line]:
    """``count`` lines with vouchers: those that defects touch, the electronic ones, then one from all over the list."""
    own = [line for line in world.lines if line.invoice_key == line.sequence]
    first = [line for line in own if line.sequence in _KEPT or line.voucher == "e_ordinary"]
    rest = [line for line in own if line not in first]
    world.rng("vouchers").shuffle(rest)
    return sorted((first + rest)[:count], key=lambda line: line.sequence)


def write_vouchers(world: World, folder: Path, prefix: str, count: int, look: Look) -> tuple[list[TruthFile], list[TruthDocument]]:
    """Writes ``count`` invoices below ``folder``; ``prefix`` is the folder's path in truth."""
    folder.mkdir(parents=True, exist_ok=True)
    files: list[TruthFile] = []
    documents: list[TruthDocument] = []
    lines = chosen_lines(world, count)
    papers = [line for line in lines if line.voucher != "e_ordinary"]
    loose = papers[:: max(1, len(papers) // _LOOSE_PICTURES)][:_LOOSE_PICTURES]
    bundle = [line for line in papers if line not in loose]
    world.rng("bundle").shuffle(bundle)
    name = f"{prefix}/设备发票扫描件.pdf"
    scans: list[Scan] = []
    pages: list[TruthPage] = []
    for line in bundle:
        rng = world.rng("voucher scan", line.sequence)
        turn: Turn = rng.choices((0, 90, 270, 180), (6, 2, 2, 1))[0]
        paper = Paper(297, 210)
        draw_invoice(world, line, paper, rng.uniform(22, 34), rng.uniform(18, 40))
        page = scan(paper, rng, look, rotation=turn, max_skew=0.8)
        documents.append(_document(line, name, len(scans), paper, page))
        scans.append(page)
        pages.append(TruthPage(rotation=turn))
    if scans:
        write_pdf(folder / "设备发票扫描件.pdf", scans)
        files.append(TruthFile(path=name, pages=tuple(pages)))
    for i, line in enumerate(loose):
        rng = world.rng("voucher scan", line.sequence)
        paper = Paper(WIDTH, HEIGHT)
        draw_invoice(world, line, paper, 0, 0)
        page = scan(paper, rng, look, max_skew=0.8)
        picture = f"扫描{202006090831 + 7 * i}.jpg"
        (folder / picture).write_bytes(page.jpeg)
        documents.append(_document(line, f"{prefix}/{picture}", 0, paper, page))
        files.append(TruthFile(path=f"{prefix}/{picture}", pages=(TruthPage(),)))
    for line in lines:
        if line.voucher == "e_ordinary":
            sheet = VectorPaper(WIDTH, HEIGHT)
            draw_invoice(world, line, sheet, 0, 0)
            title = f"电子发票_{line.number}.pdf"
            sheet.write_pdf(folder / title)
            still = Scan(b"", 0, 0, sheet.dpi, 0, (sheet.width, sheet.height), 0.0, True)
            documents.append(_document(line, f"{prefix}/{title}", 0, sheet, still))
            files.append(TruthFile(path=f"{prefix}/{title}", pages=(TruthPage(),)))
    return files, documents


def _document(line: Line, file: str, page: int, paper: Paper, seen: Scan) -> TruthDocument:
    draft = Draft(KIND, [paper], line.name, line.issued_on.year, line.voucher)
    return describe(draft, [PageRef(file=file, page=page)], [(page, paper, seen)])
