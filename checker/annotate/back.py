"""How does a reader come from a marked cell to its row in the sheet for following up? By a link in the cell."""

from __future__ import annotations

import re
from collections.abc import Mapping

from checker.annotate.grid import Grid
from checker.annotate.markup import attribute
from checker.annotate.spots import Edits, closing, opened, tag_at
from checker.model.document import cell_name, cell_position
from checker.readers.sheet import Position

_LINK = re.compile(rb"<(?:[\w.-]+:)?hyperlink\s[^>]*?\bref\s*=\s*[\"']([A-Z]+\d+)(?::([A-Z]+\d+))?[\"']")


def link_back(edits: Edits, found: Grid, rows: Mapping[Position, int], sheet: str) -> None:
    """Give each of these cells a link to its row of `sheet`; one that has a link of its own keeps that."""
    taken = [(cell_position(a), cell_position(b or a)) for a, b in _written(edits.xml)]
    quoted = "'" + sheet.replace("'", "''") + "'"
    links = "".join(
        f'<{found.prefix}hyperlink ref="{cell_name(*at)}" location="{attribute(f"{quoted}!A{row}")}" '
        f'tooltip="{attribute(f"{sheet}, {row}")}"/>'
        for at, row in sorted(rows.items())
        if not any(a[0] <= at[0] <= b[0] and a[1] <= at[1] <= b[1] for a, b in taken)
    )
    if not links:
        return
    start, end = found.links
    tag = edits.xml[start:end]
    if not tag:
        edits.put(end, end, f"<{found.prefix}hyperlinks>{links}</{found.prefix}hyperlinks>".encode())
    elif tag.endswith(b"/>") and tag == tag_at(edits.xml, start):
        edits.put(start, end, opened(tag) + links.encode() + closing(opened(tag)))
    else:
        edits.put(end, end, links.encode())


def _written(xml: bytes) -> list[tuple[str, str]]:
    return [(m[1].decode(), (m[2] or b"").decode()) for m in _LINK.finditer(xml)]
