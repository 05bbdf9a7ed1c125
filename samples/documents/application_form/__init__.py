"""《企业技术改造扶持计划项目申请书》 as the online system prints it (guide 六（一）, M01), for every category."""

from __future__ import annotations

from datetime import datetime, time

from samples.documents.application_form import parts
from samples.documents.application_form.categories import special
from samples.documents.application_form.layout import FormPages, some_form
from samples.documents.application_form.parts import KIND
from samples.documents.draft import Draft
from samples.world.model import World

TITLE = "企业技术改造扶持计划项目申请书"


def draw_application_form(world: World) -> Draft:
    """5–9 pages. Notes every field of the contract's ``application_form`` and the table ``indicators``.

    What ``world.application`` states otherwise (project, code, USCC, name) is printed and noted instead of the facts.
    """
    rng = world.rng(KIND, "form")
    style = some_form(rng)
    parts_first = rng.random() < 0.5
    at = time(rng.randint(9, 19), rng.randint(0, 59))
    pages = FormPages(style)
    if style.cover or world.short:
        parts.cover(world, pages)
    pages.turn()
    if not pages.papers[:-1]:
        pages.paper.text(105, 38, "企业技术改造扶持计划项目申请书", 18, face="sans", bold=True, align="c")
        pages.y = 48
    n = parts.unit(world, pages, 1)
    n = parts.project(world, pages, n)
    n = parts.indicators(world, pages, n)
    n = special(world, pages, n) if parts_first else parts.investment(world, pages, n)
    n = parts.investment(world, pages, n) if parts_first else special(world, pages, n)
    n = parts.support(world, pages, n)
    if not world.short:
        n = parts.papers_list(world, pages, n)
    parts.commitment(world, pages, n)
    papers = pages.finish(world.application.number, world.application.form_version, datetime.combine(world.application.printed_on, at))
    return Draft(KIND, papers, TITLE, seam=True, key=KIND)
