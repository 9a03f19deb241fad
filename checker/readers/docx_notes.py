"""Which foot- or endnote does a reference lead to, and by which mark?"""

from __future__ import annotations

from typing import NamedTuple

from checker.readers.docx_numbering import shown
from checker.readers.docx_tree import Node, integer
from checker.readers.docx_words import Note

_FORMS = {"footnote": "decimal", "endnote": "lowerRoman"}


class Found(NamedTuple):
    """A note, the mark it is printed with, and whether the writer chose that: then its words begin with it."""

    node: Node
    mark: str
    is_own: bool


class Notes:
    """The notes of a document, each given once; they are numbered through the whole of it as they are asked for."""

    def __init__(self, footnotes: Node | None, endnotes: Node | None, settings: Node | None) -> None:
        self._notes: dict[tuple[str, str], Node] = {}
        self._forms = dict(_FORMS)
        self._next: dict[str, int] = {}
        for kind, root in (("footnote", footnotes), ("endnote", endnotes)):
            for note in root.nodes(kind) if root else ():
                if note.attributes.get("type", "normal") == "normal":
                    self._notes[kind, note.attributes.get("id", "")] = note
            said = settings.first(kind + "Pr") if settings else None
            self._next[kind] = integer(said.val("numStart") if said else None, 1)
            self._forms[kind] = (said.val("numFmt") if said else None) or self._forms[kind]

    def take(self, reference: Note) -> Found | None:
        """The note of a reference, None where the document has none or it was given already."""
        node = self._notes.pop((reference.kind, reference.id), None)
        if node is None:
            return None
        if reference.own:
            return Found(node, reference.own, True)
        number = self._next[reference.kind]
        self._next[reference.kind] += 1
        form = self._forms[reference.kind]
        return Found(node, "*" * number if form == "chicago" and number < 4 else shown(number, form) + ")", False)
