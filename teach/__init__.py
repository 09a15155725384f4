"""From the workbook to the marks: hand out, collect, run, mark, report."""
