"""Which notes does a sheet get, and how do those stay that are there?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from checker.annotate.markup import Run, content
from checker.annotate.parts import Parts
from checker.annotate.spots import Edits, Spot, children, first, spots
from checker.model.document import cell_name, cell_position
from checker.readers.sheet import Position

AUTHOR = "Regnskabstjek"
MAX_NOTE = 4_000
"""Characters that we write in one note."""

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RULE = "\n– – – – –\n"
Note = Sequence[Run]


@dataclass(slots=True)
class Written:
    """Which cells got a note of our own, which had one that ours was added to, and which could get none."""

    new: list[Position] = field(default_factory=list)
    added: list[Position] = field(default_factory=list)
    threaded: list[Position] = field(default_factory=list)


def threads(parts: Parts, sheet: str) -> set[Position]:
    """The cells with a thread of comments: Excel writes the note of such a cell itself, so ours would be lost."""
    part = parts.related(sheet, "threadedComment")
    if part is None:
        return set()
    found = (s.get("ref") for s in spots(parts.read(part), parts.name) if s.name == "threadedComment")
    return {cell_position(ref) for ref in found if ref}


def write(parts: Parts, sheet: str, notes: Mapping[Position, Note]) -> Written:
    """Write the notes of a sheet into its part for comments; texts that are there stay before ours."""
    made = Written(threaded=sorted(set(notes) & threads(parts, sheet)))
    wanted = {at: note for at, note in sorted(notes.items()) if at not in made.threaded}
    if not wanted:
        return made
    part = parts.related(sheet, "comments")
    if part is None:
        part = parts.free("comments{n}.xml")
        empty = f'<comments xmlns="{parts.main}"><authors></authors><commentList></commentList></comments>'
        parts.put(part, _HEAD + empty.encode())
        parts.declare(part, _TYPE)
        parts.relate(sheet, "comments", part)
    xml = parts.read(part)
    found = spots(xml, parts.name)
    authors, listed = first(found, "authors"), first(found, "commentList")
    if authors is None or listed is None:
        raise parts.package.damaged()
    prefix, edits = found[0].prefix, Edits(xml)
    number = len(list(children(found, authors)))
    theirs = {spot.get("ref"): spot for spot in children(found, listed)}
    own = b""
    for at, note in wanted.items():
        spot = theirs.get(cell_name(*at))
        if spot is not None:
            _add(edits, found, spot, _runs([Run(RULE), *note], prefix), prefix)
            made.added.append(at)
        else:
            runs = _runs(note, prefix)
            own += (
                f'<{prefix}comment ref="{cell_name(*at)}" authorId="{number}" shapeId="0">'
                f"<{prefix}text>{runs}</{prefix}text></{prefix}comment>"
            ).encode()
            made.new.append(at)
    if own:
        edits.extend(authors, f"<{prefix}author>{AUTHOR}</{prefix}author>".encode())
        edits.extend(listed, own)
    parts.put(part, edits.made())
    return made


def _add(edits: Edits, found: list[Spot], comment: Spot, runs: str, prefix: str) -> None:
    """Put runs behind the text of a comment; a text without runs becomes the first one."""
    text = next((s for s in children(found, comment) if s.name == "text"), None)
    if text is None:
        edits.put(comment.inner, comment.inner, f"<{prefix}text>{runs}</{prefix}text>".encode())
        return
    inside = [s for s in children(found, text) if s.name in ("t", "r")]
    bare = inside[0] if inside and inside[0].name == "t" else None
    if bare is not None:
        edits.put(bare.start, bare.start, f"<{prefix}r>".encode())
        if len(inside) > 1:
            edits.put(bare.end, bare.end, f"</{prefix}r>".encode())
        else:
            edits.put(bare.end, bare.end, f"</{prefix}r>{runs}".encode())
            return
    if inside:
        edits.put(inside[-1].end, inside[-1].end, runs.encode())
    else:
        edits.extend(text, runs.encode())


def _runs(note: Note, prefix: str) -> str:
    """The runs of a note, no more than fits."""
    left, made = MAX_NOTE, []
    for run in note:
        said = content(run.text, left)
        left -= min(left, len(run.text))
        bold = f"<{prefix}b/>" if run.bold else ""
        font, family = ("Consolas", 3) if run.mono else ("Tahoma", 2)
        made.append(
            f'<{prefix}r><{prefix}rPr>{bold}<{prefix}sz val="9"/><{prefix}color indexed="81"/>'
            f'<{prefix}rFont val="{font}"/><{prefix}family val="{family}"/></{prefix}rPr>'
            f'<{prefix}t xml:space="preserve">{said}</{prefix}t></{prefix}r>'
        )
        if not left:
            break
    return "".join(made)
