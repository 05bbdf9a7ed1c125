"""Paper VAT invoices: special, ordinary and vehicle ones on their pre-printed sheets, and the fiscal system's 销货清单."""

from samples.documents.invoice.goods_list import draw_goods_list
from samples.documents.invoice.page import draw_invoice_page, draw_paper_invoice

__all__ = ["draw_goods_list", "draw_invoice_page", "draw_paper_invoice"]
