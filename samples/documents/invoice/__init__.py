"""Paper VAT invoices: special and ordinary ones on the pre-printed sheet, 销货清单 of the fiscal system."""

from samples.documents.invoice.face import draw_paper_invoice
from samples.documents.invoice.page import draw_invoice_page

__all__ = ["draw_invoice_page", "draw_paper_invoice"]
