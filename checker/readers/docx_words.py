"""Which words does a paragraph of Word show, with all changes accepted, and what else hangs on it?

Fields show their result. Raised digits become ¹ and raised '1)' is set apart, so that neither is part of a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from checker.readers.docx_styles import Look, Styles
from checker.readers.docx_tree import Node

_CHANGES = {"ins": "new", "moveTo": "new", "del": "old", "moveFrom": "old"}
_PAGES = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARK = re.compile(r"\(?(?:\d{1,2}|[a-z])\)")
_CLEANED = str.maketrans({"\u00ad": "", "\u2011": "-", "\u200b": ""})
_DEEPEST = 50
"""Fields within each other; Word allows 20."""
GAP = " … "
"""Stands between changes that are parted by unchanged words."""


class Note(NamedTuple):
    """A reference to a foot- or endnote; `own` is a mark that the writer chose."""

    kind: str
    id: str
    own: str


@dataclass(slots=True)
class _Field:
    """A field that is open: its code, and whether what stands here is its result."""

    code: str = ""
    is_result: bool = False


class Fields:
    """The fields that are open, which may go on over many paragraphs; page numbers may be left out."""

    def __init__(self, without_pages: bool = False) -> None:
        self._open: list[_Field] = []
        self._without_pages = without_pages

    @property
    def shown(self) -> bool:
        """Whether what stands here is shown."""
        return all(f.is_result and not (self._without_pages and _is_page(f.code)) for f in self._open)

    def turn(self, kind: str | None) -> None:
        """Begin a field, go on to its result, or end it."""
        if kind == "begin":
            self._open = [*self._open[-_DEEPEST:], _Field()]
        elif self._open and kind == "separate":
            self._open[-1].is_result = True
        elif self._open and kind == "end":
            self._open.pop()

    def say(self, code: str) -> None:
        """More of a field's code; its first word is enough."""
        if self._open and len(self._open[-1].code) < 100:
            self._open[-1].code += code[:100]

    def end_paragraph(self) -> None:
        """A code ends with its paragraph: a field that a damaged file never ends hides nothing more."""
        self._open = [f for f in self._open if f.is_result]


def _is_page(code: str) -> bool:
    return code.strip().partition(" ")[0].upper() in _PAGES


@dataclass(slots=True)
class Words:
    """What is read of one paragraph, or of several that are joined since the mark between them is deleted."""

    styles: Styles
    fields: Fields
    shown: list[str] = field(default_factory=list)
    old: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    boxes: list[Node] = field(default_factory=list)
    has_text: bool = False
    _raised: list[str] = field(default_factory=list)

    def read(self, paragraph: Node, look: Look) -> None:
        """Take in all that stands in a paragraph."""
        self._walk(paragraph, look, "")
        self._flush()
        self.fields.end_paragraph()

    @property
    def text(self) -> str:
        """The words as shown."""
        return "".join(self.shown)

    def _walk(self, node: Node, look: Look, change: str) -> None:
        for child in node.children:
            if isinstance(child, str):
                self._say(child, look, None, change)
            elif child.name == "r":
                self._run(child, look, change)
            elif child.name == "num":  # the upper part of a fraction
                self._walk(child, look, change)
            elif child.name in _CHANGES:
                self._walk(child, look, "old" if change == "old" else _CHANGES[child.name])
            elif child.name == "fldSimple":
                self._simple_field(child, look, change)
            elif child.name in ("txbxContent", "p", "tbl") and change != "old":
                self.boxes.append(child)

    def _simple_field(self, node: Node, look: Look, change: str) -> None:
        self.fields.turn("begin")
        self.fields.say(node.attributes.get("instr", ""))
        self.fields.turn("separate")
        self._walk(node, look, change)
        self.fields.turn("end")

    def _run(self, run: Node, look: Look, change: str) -> None:
        properties = run.first("rPr")
        own = next((n for n in run.nodes("footnoteReference", "endnoteReference") if _is_own(n)), None)
        for child in run.children:
            if isinstance(child, str):
                if own is None:
                    self._say(child, look, properties, change)
            elif child.name == "delText":
                self.old += [c for c in child.children if isinstance(c, str)]
            elif change == "old":
                continue
            elif child.name == "fldChar":
                self._flush()
                self.fields.turn(child.attributes.get("fldCharType"))
            elif child.name == "instrText":
                self.fields.say("".join(c for c in child.children if isinstance(c, str)))
            elif child.name in ("footnoteReference", "endnoteReference"):
                if self.fields.shown and not self.styles.hidden(properties, look):
                    mark = "".join(c for c in run.children if isinstance(c, str)).strip() if child is own else ""
                    self.notes.append(Note(child.name.removesuffix("Reference"), child.attributes.get("id", ""), mark))
            elif child.name == "r":
                self._run(child, look, change)
            elif child.name in ("txbxContent", "p", "tbl") and not self.styles.hidden(properties, look):
                self.boxes.append(child)

    def _say(self, text: str, look: Look, properties: Node | None, change: str) -> None:
        text = text.translate(_CLEANED)
        if change == "old":
            self.old.append(text)
            return
        if not self.fields.shown:
            return
        if self.styles.hidden(properties, look):
            self.hidden.append(text)
            return
        self.has_text = self.has_text or bool(text.strip())
        if self.styles.raised(properties):
            self._raised.append(text)
        else:
            self._flush()
            self.shown.append(text)
        if change == "new":
            self.new.append(text)
        elif text.strip():
            for pieces in (self.old, self.new):
                if pieces and pieces[-1] != GAP:
                    pieces.append(GAP)

    def _flush(self) -> None:
        """Write raised words: digits raised, a mark with a bracket (or a letter alone) set apart."""
        if not self._raised:
            return
        said, self._raised = "".join(self._raised), []
        bare = said.strip()
        if _MARK.fullmatch(bare) or (len(bare) == 1 and "a" <= bare <= "h"):
            apart = " " if self.shown and not self.shown[-1].endswith((" ", "\t", "\n")) else ""
            said = apart + bare + ("" if bare.endswith(")") else ")") + (" " if said.endswith(" ") else "")
        self.shown.append(said if ")" in said else said.translate(_RAISED))


def _is_own(reference: Node) -> bool:
    return reference.attributes.get("customMarkFollows", "0") in ("1", "true", "on")


def joined(pieces: list[str]) -> str:
    """Changed or hidden words as one text."""
    return "".join(pieces).removesuffix(GAP)


def raw(node: Node) -> str:
    """All words in an element, deleted and hidden ones too, but no code."""
    said = [c if isinstance(c, str) else raw(c) for c in node.children if isinstance(c, str) or c.name != "instrText"]
    return "".join(said) + (" " if node.name == "p" else "")
