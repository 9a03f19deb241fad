"""Is the copy of a workbook the workbook itself with marks, and is what is typed in it read back?"""
