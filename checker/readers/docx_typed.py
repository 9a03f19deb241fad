"""Which paragraphs are a table that was typed with tabs?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.amounts.units import looks_like_figure
from checker.model.document import Cell
from checker.readers.docx_items import Item, Lines, Mark, Para, Printed

_SHORT = 60

Line = tuple[str, list[Mark]]


def with_typed_tables(items: Iterable[Item]) -> list[Item]:
    """The items with runs of lines that have tabs as tables, where one of their cells right of the first is a figure.

    A short line without tabs between two such lines is a row; a blank paragraph, a heading and a table of contents end
    the run. Where rows differ in tabs, several tabs after each other are one: they were typed to reach a column.
    """
    found: list[Item] = []
    run: list[Para] = []
    for item in items:
        if isinstance(item, Para) and (_has_tabs(item) or (run and (_may_be_between(item) or _is_gone(item)))):
            run.append(item)
            continue
        found += [*_typed(run), item]
        run = []
    return found + _typed(run)


def _has_tabs(item: Para) -> bool:
    lines = [line for line in item.text.split("\n") if line.strip()]
    return item.kind != "furniture" and not item.level and bool(lines) and all("\t" in line for line in lines)


def _may_be_between(item: Para) -> bool:
    said = item.text.strip()
    return 0 < len(said) <= _SHORT and not item.level and not item.kind and "\n" not in said


def _is_gone(item: Para) -> bool:
    """A paragraph that is only said: it parts nothing."""
    return not item.text.strip() and bool(item.marks)


def _typed(run: Sequence[Para]) -> list[Item]:
    """The run as a table with what follows it, or as it was."""
    end = next((n for n in range(len(run), 0, -1) if _has_tabs(run[n - 1])), 0)
    lines = [line for item in run[:end] for line in _lines(item)]
    rows = _cells([text for text, _ in lines])
    if len([r for r in rows if len(r) > 1]) < 2 or not any(looks_like_figure(c) for r in rows for c in r[1:] if c):
        return list(run)
    made: list[Printed] = []
    waiting: list[Mark] = []
    for cells, (text, marks) in zip(rows, lines, strict=True):
        waiting += marks
        if text.strip():
            made.append(Printed(tuple(Cell(cell, at) for at, cell in enumerate(cells, start=1)), [], waiting))
            waiting = []
    made[-1].before.extend(waiting)
    return [Lines(made, "tab"), *run[end:]]


def _lines(item: Para) -> list[Line]:
    lines = [line for line in item.text.split("\n") if line.strip()] or [""]
    return [(line, item.marks if at == 0 else []) for at, line in enumerate(lines)]


def _cells(lines: Sequence[str]) -> list[list[str]]:
    """The cells of each line, each of its own tabs; tabs in a row are one where that makes the rows alike."""
    apart = [line.rstrip().split("\t") for line in lines]
    once = [[row[0], *(cell for cell in row[1:] if cell.strip())] for row in apart]
    figures = [at for at, row in enumerate(apart) if any(looks_like_figure(c) for c in row[1:] if c.strip())]
    widths, narrow = {len(apart[at]) for at in figures}, {len(once[at]) for at in figures}
    rows = once if len(widths) > 1 and len(narrow) == 1 else apart
    return [[row[0].rstrip(), *(cell.strip() for cell in row[1:])] for row in rows]
