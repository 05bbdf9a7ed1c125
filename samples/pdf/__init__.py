"""PDFs with a real text layer, written from sheets whose marks are known (``samples.pdf.writer.write_pdf``)."""
