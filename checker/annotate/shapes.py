"""Where on a sheet does a note show, and how is the drawing of notes written? Excel wants one in VML for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from checker.annotate.cells import hook
from checker.annotate.grid import Grid
from checker.annotate.markup import Run
from checker.annotate.parts import Parts
from checker.annotate.spots import Edits
from checker.readers.sheet import MAX_COLUMN, MAX_ROW, Position

WIDTH, LINE = 350, 15
"""Pixels: how wide a note is, and how high one line of it."""
_LETTERS = 54
"""Letters on a line."""
_MOST_LINES = 40
_BLOCK = 1024
"""Numbers of shapes come in blocks of so many; a drawing says which blocks are its own."""

_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NAMES = {"v": "urn:schemas-microsoft-com:vml", "o": "urn:schemas-microsoft-com:office:office",
          "x": "urn:schemas-microsoft-com:office:excel"}  # fmt: skip
_BLOCKS = re.compile(rb"(<[\w]+:idmap\b[^>]*?\bdata\s*=\s*[\"'])([\d,\s]*)([\"'])")
_SHAPE = re.compile(rb"<(\w+:)?shape\b.*?</(\w+:)?shape\s*>", re.DOTALL)
_ANCHOR = re.compile(rb"(<\w+:Anchor>)([\d\s,]+)(</\w+:Anchor>)")
_ROW, _COLUMN = (re.compile(rb"<\w+:" + name + rb">\s*(\d+)\s*<") for name in (b"Row", b"Column"))
_SHAPE_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


def lines(note: Iterable[Run]) -> int:
    """How many lines the note has as it is shown."""
    text = "".join(run.text for run in note)
    return sum(-(-max(len(line), 1) // _LETTERS) for line in text.split("\n"))


def draw(
    parts: Parts, sheet: str, edits: Edits, grid: Grid, new: Mapping[Position, int], added: Mapping[Position, int]
) -> None:
    """Draw the notes of a sheet (cell -> lines); those that were there grow by the lines added to them."""
    if grid.notes is not None:
        part = parts.target(sheet, grid.notes)
        xml = parts.read(part)
    elif not new:
        return
    else:
        part = parts.free("drawings/vmlDrawing{n}.vml")
        names = "".join(f' xmlns:{k}="{v}"' for k, v in _NAMES.items())
        layout = '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout>'
        xml = f"<xml{names}>{layout}</xml>".encode()
        parts.declare(part, _TYPE, ending=True)
        hook(edits, grid, parts.relate(sheet, "vmlDrawing", part), parts.relations)
    xml = _grown(xml, grid, added)
    block = _free_block(parts)
    shapes = [_shape(_number(block, n), at, grid, count) for n, (at, count) in enumerate(new.items())]
    parts.put(part, _with_shapes(xml, shapes, block))


def _with_shapes(xml: bytes, shapes: list[str], block: int) -> bytes:
    if not shapes:
        return xml
    blocks = ",".join(str(block + n) for n in range(-(-len(shapes) // (_BLOCK - 1))))

    def also(match: re.Match[bytes]) -> bytes:
        told = match[2].strip()
        return match[1] + told + (b"," if told else b"") + blocks.encode() + match[3]

    xml = _BLOCKS.sub(also, xml, count=1)
    body = b"".join(s.encode() for s in shapes)
    if b'"_x0000_t202"' not in xml:
        body = _SHAPE_TYPE + body
    lacking = "".join(f' xmlns:{k}="{v}"' for k, v in _NAMES.items() if f"xmlns:{k}=".encode() not in xml)
    if lacking:
        xml = re.sub(rb"<xml\b", lambda m: m[0] + lacking.encode(), xml, count=1)
    at = xml.rfind(b"</xml")
    return xml[:at] + body + xml[at:] if at >= 0 else xml


def _number(block: int, n: int) -> int:
    """The number of the nth shape; the first of a block is not used."""
    return block * _BLOCK + 1 + n + n // (_BLOCK - 1)


def _free_block(parts: Parts) -> int:
    """The first block of numbers that no drawing has, nor any behind it."""
    taken = [0]
    for part in parts.listed(".vml"):
        for match in _BLOCKS.finditer(parts.read(part)):
            taken += [int(n) for n in match[2].split(b",") if n.strip().isdigit()]
    return max(taken) + 1


def _shape(number: int, at: Position, grid: Grid, count: int) -> str:
    row, column = at
    height = 8 + LINE * min(count, _MOST_LINES)
    place = _anchor(grid, row, column, height)
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
        f'margin-top:1.5pt;width:{WIDTH * 0.75:g}pt;height:{height * 0.75:g}pt;z-index:1;visibility:hidden" '
        f'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        f'<v:shadow on="t" color="black" obscured="t"/>'
        f'<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        f'<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
        f"<x:SizeWithCells/><x:Anchor>{', '.join(map(str, place))}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )


def _anchor(grid: Grid, row: int, column: int, height: int) -> tuple[int, ...]:
    """First and last column and row, counted from 0, each with the pixels into it."""
    left = min(column + 1, MAX_COLUMN)
    right, into_right = _reach(grid.column_width, left, 15, WIDTH, MAX_COLUMN)
    top, into_top = (row - 1, 10) if row > 1 else (row, 2)
    bottom, into_bottom = _reach(grid.row_height, top, into_top, height, MAX_ROW)
    return (left - 1, 15, top - 1, into_top, right - 1, into_right, bottom - 1, into_bottom)


def _reach(size: Callable[[int], int], at: int, into: int, length: int, last: int) -> tuple[int, int]:
    """The row or column, and the pixels into it, that lies `length` further on."""
    into += length
    while at < last and into >= size(at):
        into -= size(at)
        at += 1
    return at, min(into, max(size(at) - 1, 0))


def _grown(xml: bytes, grid: Grid, added: Mapping[Position, int]) -> bytes:
    """The shapes of these cells made higher."""

    def grow(match: re.Match[bytes]) -> bytes:
        row, column = _ROW.search(match[0]), _COLUMN.search(match[0])
        more = added.get((int(row[1]) + 1, int(column[1]) + 1)) if row and column else None
        return _ANCHOR.sub(lambda m: m[1] + _lower(m[2], grid, more) + m[3], match[0]) if more else match[0]

    return _SHAPE.sub(grow, xml) if added else xml


def _lower(anchor: bytes, grid: Grid, more: int) -> bytes:
    numbers = [int(n) for n in anchor.split(b",") if n.strip().isdigit()]
    if len(numbers) != 8:
        return anchor
    height = LINE * min(more, _MOST_LINES)
    bottom, into = _reach(grid.row_height, numbers[6] + 1, numbers[7], height, MAX_ROW)
    right, into_right = numbers[4], numbers[5]
    if sum(map(grid.column_width, range(numbers[0] + 1, min(numbers[4], numbers[0] + 40) + 1))) < WIDTH:
        at, into_right = _reach(grid.column_width, numbers[0] + 1, numbers[1], WIDTH, MAX_COLUMN)
        right = at - 1
    made = (*numbers[:4], right, into_right, bottom - 1, into)
    return b" " + ", ".join(map(str, made)).encode()
