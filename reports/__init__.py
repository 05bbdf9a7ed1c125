"""Floor 4: how people see it. HTML, Word, Excel and JSON made from a finished report."""
