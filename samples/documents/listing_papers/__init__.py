"""Papers of a listed company (category 5): M30 IPO批文, M31a 募集资金公告, M31b 核准文件, M32 专项报告, M34 可行性研究报告.

Only the announcement, the special reports and the study name the raised project and who carries it out.
"""

from __future__ import annotations

from samples.documents.draft import Draft
from samples.documents.listing_papers.announcement import draw_announcement
from samples.documents.listing_papers.approval import draw_approval
from samples.documents.listing_papers.study import draw_study
from samples.documents.listing_papers.use_report import draw_use_report
from samples.world.model import PaperKey, World

__all__ = ["draw_listing_document"]


def draw_listing_document(world: World, key: PaperKey) -> Draft:
    """The paper ``listing_document::ipo``, ``::announcement``, ``::approval``, ``::use:YEAR`` or ``::feasibility``.

    Notes title, issuer, issue_date, company_name and, where the paper has one, document_number. Raises ValueError for a world
    that is not listed, KeyError for another key.
    """
    if world.listing is None:
        raise ValueError("这份材料不是上市公司项目，没有募集资金材料，请换用类别5的样例。")
    what = key.split(":", 2)[2]
    if what in ("ipo", "approval"):
        return draw_approval(world, world.listing, key, first=what == "ipo")
    if what == "announcement":
        return draw_announcement(world, world.listing, key)
    if what == "feasibility":
        return draw_study(world, world.listing, key)
    if what.startswith("use:"):
        return draw_use_report(world, world.listing, key, int(what[4:]))
    raise KeyError(key)
