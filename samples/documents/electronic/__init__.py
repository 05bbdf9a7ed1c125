"""Electronic invoices: PDFs with a text layer and OFD packages, as the platforms of 2016 … 2020 wrote them."""

from samples.documents.electronic.writing import Form, draw_e_invoice, write_e_invoice

__all__ = ["Form", "draw_e_invoice", "write_e_invoice"]
