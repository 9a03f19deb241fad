"""How does a sheet get its marks: the format of marked cells changed, missing cells put in, notes hooked on?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from checker.annotate.grid import Grid, Row
from checker.annotate.spots import Edits, closing, opened, tag_at, with_attributes
from checker.model.document import cell_name
from checker.readers.sheet import Position

Styled = Callable[[int], int]
"""The number of a cell's format -> that of the format it is to have."""


def mark(edits: Edits, found: Grid, marks: Mapping[Position, Styled]) -> None:
    """Give the cells their formats; a cell that is not there is put in its place in the order of the sheet."""
    missing: dict[int, list[tuple[int, bytes]]] = {}  # where rows belong -> (number, XML)
    by_row: dict[int, dict[int, Styled]] = {}
    for (row, column), styled in sorted(marks.items()):
        by_row.setdefault(row, {})[column] = styled
    for number, cells in by_row.items():
        there = found.rows.get(number)
        if there is not None:
            _mark_row(edits, found, there, number, cells)
            continue
        inside = "".join(_cell(found, None, number, column, styled) for column, styled in cells.items())
        xml = f'<{found.prefix}row r="{number}">{inside}</{found.prefix}row>'.encode()
        missing.setdefault(found.gaps[number], []).append((number, xml))
    start, inner = found.data
    tag = edits.xml[start:inner]
    if tag.endswith(b"/>") and missing:
        rows = sorted(row for listed in missing.values() for row in listed)
        edits.put(start, inner, opened(tag) + b"".join(xml for _, xml in rows) + closing(opened(tag)))
        return
    for at, listed in missing.items():
        edits.put(at, at, b"".join(xml for _, xml in sorted(listed)))


def hook(edits: Edits, found: Grid, id_: str, relations: str) -> None:
    """Tell the sheet where the shapes of its notes are."""
    name = found.relations
    declared = "" if name else f' xmlns:r="{relations}"'
    xml = f'<{found.prefix}legacyDrawing{declared} {name or "r"}:id="{id_}"/>'
    edits.put(found.notes_at, found.notes_at, xml.encode())


def _mark_row(edits: Edits, found: Grid, row: Row, number: int, cells: Mapping[int, Styled]) -> None:
    missing: dict[int, list[tuple[int, str]]] = {}
    for column, styled in cells.items():
        if column in row.cells:
            start, style = row.cells[column]
            tag = tag_at(edits.xml, start)
            new = with_attributes(tag, {"s": str(styled(_int(style)))})
            edits.put(start, start + len(tag), new)
        else:
            xml = _cell(found, row, number, column, styled)
            missing.setdefault(row.gaps[column], []).append((column, xml))
    tag = edits.xml[row.start : row.inner]
    for at, listed in missing.items():
        inside = "".join(xml for _, xml in sorted(listed)).encode()
        if tag.endswith(b"/>"):
            edits.put(row.start, row.inner, opened(tag) + inside + closing(opened(tag)))
        else:
            edits.put(at, at, inside)


def _cell(found: Grid, row: Row | None, number: int, column: int, styled: Styled) -> str:
    style = styled(_int(found.style(row, column)))
    return f'<{found.prefix}c r="{cell_name(number, column)}" s="{style}"/>'


def _int(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
