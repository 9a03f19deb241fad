"""Measurements, never tests: ratios taken in one run.

`mutation` asks how many slips with an amount in a sentence are found: digits swapped, the leading or last digit or the
unit changed, a sign word exchanged. The share is of slips that something else in the submission speaks against; what
rounding hides (below) and what nothing can be held against (alone) is counted apart, by arithmetic of its own. A slip
that only changes the figures of a finding that was there before (changed) counts as caught, one that gives no more
than a note (noted) does not. It also says how many findings the unchanged text has that the accepted report has not.
About three minutes for all samples, nearly all of it `naestved-it-2021`, which has nearly all their sentences with
amounts; files to try instead may be named. `slips` makes the copies.

`cells` asks how many cells of the samples' tables are read right when the same tables come as text, CSV, workbook,
Word or PDF with and without rules, in two layouts of each at least. What is right is what the reader of the sample's
own form says, so a fault that all forms share is not seen. Tables of PDF files without rules that recognition does
not believe are counted as refused; their cells are counted all the same. `layouts` writes the files. About a minute.
"""
