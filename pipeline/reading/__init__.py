"""Reading pages: render, orient, text layer, OCR, codes, seals, page labels; the pool of reading processes."""
