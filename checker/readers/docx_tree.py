"""What does the XML of a Word part say, as a tree of nothing but what a reader asks about?

Hyperlinks, content controls, smart tags, drawings and all else that only wraps is left out: what stands in it stands
in the element around it. Of alternatives only the first is taken, and what was so before a change of format is gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from checker.errors import SubmissionError
from checker.readers.package import Package, local

MAX_ELEMENTS = 8_000_000
"""Elements in all parts of one document; a page of tables has about 3.000."""
MAX_KEPT = 2_000_000
"""Elements of one paragraph or table, or of a small part, that are held at a time: about 300.000 cells."""
MAX_DEPTH = 150
"""Elements within each other; a table in a text box in a table comes to about 50."""

MAX_CHARACTERS = 100_000_000
"""Characters of text in one document."""

_KEPT = frozenset((
    "p", "r", "tbl", "tr", "tc", "pPr", "rPr", "trPr", "tcPr", "tblPr", "tblGrid", "gridCol", "pStyle", "rStyle",
    "numPr", "numId", "ilvl", "ind", "outlineLvl", "vanish", "vertAlign", "framePr", "gridBefore", "gridAfter",
    "gridSpan", "vMerge", "hMerge", "hidden", "cellIns", "cellDel", "cellMerge", "ins", "del", "moveFrom", "moveTo",
    "fldChar", "fldSimple", "footnoteReference", "endnoteReference", "txbxContent", "sectPr", "headerReference",
    "footerReference", "titlePg", "evenAndOddHeaders", "footnotePr", "endnotePr", "footnote", "endnote", "comment",
    "altChunk", "subDoc", "style", "name", "basedOn", "docDefaults", "abstractNum", "num", "lvl", "lvlOverride",
    "startOverride", "start", "numFmt", "numStart", "lvlText", "lvlPicBulletId", "suff", "isLgl", "lvlRestart",
    "abstractNumId", "numStyleLink", "document",
))  # fmt: skip
_GONE = frozenset((
    "pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "tblGridChange",
    "tblPrExChange", "numberingChange", "sdtPr", "sdtEndPr", "ctrlPr", "rt", "ffData", "fldData", "delInstrText",
    "latentStyles", "tabs", "pBdr", "tblBorders", "tcBorders", "tblCellMar", "tcMar", "customXmlPr", "smartTagPr",
))  # fmt: skip
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "den": "/"}
_WORDS = {"t": "", "delText": "delText", "instrText": "instrText"}
_SYMBOLS = {0x2D: "−", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB7: "•", 0xD7: "·", 0xF7: "÷"}
_INTEGER = re.compile(r"\s*[-+]?\d{1,9}\s*", re.ASCII)


class Node:
    """An element with its attributes, and in order the elements and words in it."""

    __slots__ = ("attributes", "children", "name")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Node | str] = []

    def nodes(self, *names: str) -> Iterator[Node]:
        """The elements of these names right in this one."""
        for child in self.children:
            if isinstance(child, Node) and child.name in names:
                yield child

    def first(self, name: str) -> Node | None:
        """The first element of the name right in this one."""
        return next(self.nodes(name), None)

    def val(self, name: str) -> str | None:
        """The attribute `val` of the first element of the name, None where there is none."""
        found = self.first(name)
        return found.attributes.get("val") if found is not None else None

    def on(self, name: str) -> bool | None:
        """Whether a property is set or unset, None where it is not spoken of."""
        found = self.first(name)
        return None if found is None else found.attributes.get("val", "1") not in ("0", "false", "off", "none")


def integer(text: str | None, default: int = 0) -> int:
    """A number of at most nine digits; `default` for all else."""
    return int(text) if text is not None and _INTEGER.fullmatch(text) else default


class Parts:
    """The parts of one document, counted together so that no number of them goes on without end."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.elements = self.characters = 0

    def tree(self, part: str) -> Node | None:
        """All of a small part, None where the document has none."""
        if part not in self.package:
            return None
        builder = _Builder(self, None)
        self._run(part, builder)
        return builder.root

    def stream(self, part: str, take: Callable[[Node], None]) -> str:
        """Give each paragraph, table and section of a part as soon as it ends; the name of the part's root."""
        builder = _Builder(self, take)
        self._run(part, builder)
        return builder.kind

    def count(self) -> None:
        """One more element."""
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise self.refused("input.word_too_many_elements")

    def refused(self, key: str) -> SubmissionError:
        """The error for a document that is more than is read."""
        return SubmissionError(self.package.name, key)

    def _run(self, part: str, builder: _Builder) -> None:
        self.package.parse(part, builder.start, builder.end, builder.characters)


class _Builder:
    """The handlers; `path` has an entry per open element, None for those that only wrap or whose end says nothing."""

    def __init__(self, parts: Parts, take: Callable[[Node], None] | None) -> None:
        self.parts = parts
        self.take = take
        self.root = Node("", {})
        self.kind = ""
        self.open = [self.root]
        self.path: list[Node | str | None] = []
        self.choices: list[bool] = []  # of each open set of alternatives: whether one was taken
        self.gone = 0
        self.kept = 0
        self.words: list[str] | None = None
        self.preserve = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.parts.count()
        name = local(name)
        if self.gone or name in _GONE or self._is_other_choice(name):
            self.gone += 1
            if self.gone > MAX_DEPTH:
                raise self.parts.refused("input.word_too_deep")
            return
        self.kind = self.kind or name
        entry: Node | str | None = None
        if name in _KEPT:
            entry = self._keep(Node(name, {local(k): v for k, v in attributes.items()}))
            self.open.append(entry)
        elif name in _WORDS:
            entry = name
            self.words = []
            self.preserve = any(local(k) == "space" and v == "preserve" for k, v in attributes.items())
        elif name in _MARKS:
            self.open[-1].children.append(_MARKS[name])
        elif name == "sym":
            self.open[-1].children.append(_symbol({local(k): v for k, v in attributes.items()}))
        elif name == "AlternateContent":
            entry = name
            self.choices.append(False)
        self.path.append(entry)
        if len(self.path) > MAX_DEPTH:
            raise self.parts.refused("input.word_too_deep")

    def end(self, _name: str) -> None:
        if self.gone:
            self.gone -= 1
            return
        entry = self.path.pop()
        if entry is None:
            return
        if isinstance(entry, Node):
            self.open.pop()
            if self.take is not None and len(self.open) <= 2 and entry.name != "document":
                self.open[-1].children.clear()
                self.kept = 0
                self.take(entry)
        elif entry == "AlternateContent":
            self.choices.pop()
        elif self.words is not None:
            said, self.words = "".join(self.words), None
            said = said if self.preserve else said.strip(" \t\r\n")
            into = self.open[-1]
            if _WORDS[entry]:
                into = self._keep(Node(_WORDS[entry], {}))
            into.children.append(said)

    def characters(self, text: str) -> None:
        if self.words is not None and not self.gone:
            self.words.append(text)
            self.parts.characters += len(text)
            if self.parts.characters > MAX_CHARACTERS:
                raise self.parts.refused("input.word_too_many_elements")

    def _keep(self, node: Node) -> Node:
        self.kept += 1
        if self.kept > MAX_KEPT:
            raise self.parts.refused("input.word_too_many_elements")
        self.open[-1].children.append(node)
        return node

    def _is_other_choice(self, name: str) -> bool:
        """Whether this is an alternative to one that was taken."""
        if name not in ("Choice", "Fallback") or not self.choices:
            return False
        taken, self.choices[-1] = self.choices[-1], True
        return taken


def _symbol(attributes: dict[str, str]) -> str:
    """A character of the font Symbol as text; those of other fonts are pictures."""
    code = attributes.get("char", "")
    if attributes.get("font", "").lower() != "symbol" or not re.fullmatch("[0-9A-Fa-f]{2,4}", code):
        return ""
    at = int(code, 16) & 0xFF
    return _SYMBOLS.get(at, chr(at) if 0x20 <= at < 0x40 else "")
