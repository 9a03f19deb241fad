"""How many number-like pieces should be read of a Word file, counted from its XML with no idea of blocks?

A second way through the parts, kept apart from the first: what that one loses shows as a difference.
"""

from __future__ import annotations

from collections.abc import Collection

from checker.amounts.tokens import count
from checker.readers.docx_styles import Look, Styles
from checker.readers.docx_tree import Node
from checker.readers.package import Package, local

_GONE = ("del", "moveFrom")
_PROPERTIES = ("rPr", "pPr", "trPr", "tcPr")
_NO_TEXT = ("sdtPr", "sdtEndPr", "pPrChange", "rPrChange", "trPrChange", "tcPrChange", "rt", "ctrlPr")
_NOTES = ("footnote", "endnote")
_PARTING = ("tab", "ptab", "br", "cr", "den")
_ENDS = ("tc", "txbxContent", "body", "footnote", "endnote", "hdr", "ftr")
_ASKED = frozenset((
    *_GONE, *_NO_TEXT, *_PARTING, *_NOTES, "AlternateContent", "Choice", "Fallback", "cellDel", "hidden", "p", "r",
    "tbl", "t", "instrText", "fldSimple", "fldChar", "pStyle", "rStyle", "vertAlign", "vanish", "framePr",
    "footnoteReference", "endnoteReference", "noBreakHyphen",
))  # fmt: skip
_DEEPEST = 50
_PAGES = ("PAGE", "NUMPAGES", "SECTIONPAGES")


def count_part(
    package: Package, part: str, styles: Styles, only: Collection[str] | None = None, pages: bool = True
) -> tuple[int, list[tuple[str, str]]]:
    """The pieces of a part, and the notes that it refers to. Of notes, `only` those with these ids; `pages` without
    stands for page numbers left out.
    """
    counter = _Counter(styles, only, pages)
    package.parse(part, counter.start, counter.end, counter.characters)
    return counter.found, counter.notes


class _Paragraph:
    """A paragraph that is open: its words, and what is known of its style and of the run."""

    def __init__(self, before: list[str]) -> None:
        self.words = before
        self.has_text = bool(before)
        self.look: Look | None = None
        self.properties = Node("pPr", {})
        self.run = Node("rPr", {})
        self.raised = ""
        self.own_mark = False
        self.mark_gone = False

    def lower(self) -> None:
        """Take in what stood raised: digits alone are no figure, those of a mark with a bracket are one."""
        figures = f" {self.raised} " if ")" in self.raised else "".join(c for c in self.raised if not c.isdigit())
        self.words.append(figures)
        self.raised = ""


class _Counter:
    """The handlers; `skip` is how deep they are in what is not read."""

    def __init__(self, styles: Styles, only: Collection[str] | None, pages: bool) -> None:
        self.styles, self.only, self.pages = styles, only, pages
        self.found = 0
        self.notes: list[tuple[str, str]] = []
        self.path: list[str] = []
        self.open: list[_Paragraph] = []
        self.fields: list[list[str]] = []  # code of each field that is open, its result marked by a second entry
        self.chosen: list[bool] = []
        self.skip = 0
        self.skip_to = 0  # length of the path where what is not read ends
        self.carry: list[str] = []
        self.taking = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        within = self.path[-1] if self.path else ""
        self.path.append(name)
        if self.skip_to or name not in _ASKED:
            return
        said = {local(k): v for k, v in attributes.items()}
        other_note = self.only is not None and name in _NOTES and said.get("id") not in self.only
        change = name in _GONE and within not in _PROPERTIES
        if change or name in _NO_TEXT or other_note or self._not_chosen(name):
            self.skip_to = len(self.path)
        elif within in ("trPr", "tcPr") and (name in ("del", "cellDel") or (name == "hidden" and _is_on(said))):
            self.skip_to = len(self.path) - 2  # the row or the cell
        elif name == "tbl":
            self._count_carried()
        elif name == "p":
            self.open.append(_Paragraph(self.carry))
            self.carry = []
        elif name in ("t", "instrText"):
            self.taking = name
        elif name == "fldSimple":
            self.fields.append([said.get("instr", ""), "result"])
        elif self.open:
            self._inside(name, within, said)

    def _inside(self, name: str, within: str, said: dict[str, str]) -> None:
        paragraph = self.open[-1]
        if name == "r":
            paragraph.run, paragraph.own_mark = Node("rPr", {}), False
        elif within == "pPr" and name == "pStyle":
            paragraph.properties.children.append(Node(name, said))
        elif within == "rPr" and name in ("rStyle", "vertAlign") and self.path[-3] == "r":
            paragraph.run.children.append(Node(name, said))
        elif within == "rPr" and name == "vanish":
            if self.path[-3] == "pPr":
                paragraph.mark_gone = paragraph.mark_gone or _is_on(said)
            else:
                paragraph.run.children.append(Node(name, said))
        elif name == "framePr":
            paragraph.mark_gone = said.get("dropCap", "none") != "none"
        elif within == "rPr" and name in _GONE:
            paragraph.mark_gone = paragraph.mark_gone or self.path[-3] == "pPr"
        elif name == "fldChar":
            self._field(said.get("fldCharType", ""))
        elif name in ("footnoteReference", "endnoteReference") and self._is_shown(paragraph):
            self.notes.append((name, said.get("id", "")))
            paragraph.own_mark = said.get("customMarkFollows", "0") in ("1", "true", "on")
        elif name in _PARTING and within != "tabs":
            paragraph.words.append("\n")
        elif name == "noBreakHyphen":
            paragraph.words.append("-")

    def end(self, name: str) -> None:
        name = local(name)
        self.path.pop()
        if self.skip_to:
            self.skip_to = 0 if len(self.path) < self.skip_to else self.skip_to
            return
        self.taking = ""
        if name == "AlternateContent" and self.chosen:
            self.chosen.pop()
        elif name == "fldSimple" and self.fields:
            self.fields.pop()
        elif name == "p" and self.open:
            self._close(self.open.pop())
        elif name in _ENDS:
            self._count_carried()

    def characters(self, text: str) -> None:
        if self.skip_to or not self.open:
            return
        paragraph = self.open[-1]
        if self.taking == "instrText" and self.fields:
            self.fields[-1][0] += text[:100]
        elif self.taking == "t" and not paragraph.own_mark and self._is_shown(paragraph):
            paragraph.has_text = paragraph.has_text or bool(text.strip())
            if self.styles.raised(paragraph.run):
                paragraph.raised += text
            else:
                paragraph.lower()
                paragraph.words.append(text)

    def _close(self, paragraph: _Paragraph) -> None:
        paragraph.lower()
        self.fields = [f for f in self.fields if len(f) > 1]
        self.carry = paragraph.words
        if not (paragraph.mark_gone and paragraph.has_text):
            self._count_carried()

    def _count_carried(self) -> None:
        """Words of a paragraph that goes on in none."""
        self.found += count("".join(self.carry).replace("\u00ad", "").replace("\u200b", ""))
        self.carry = []

    def _is_shown(self, paragraph: _Paragraph) -> bool:
        if any(len(f) == 1 or (not self.pages and f[0].split()[:1] and f[0].split()[0] in _PAGES) for f in self.fields):
            return False
        if paragraph.look is None:
            paragraph.look = self.styles.look(paragraph.properties)
        return not self.styles.hidden(paragraph.run, paragraph.look)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields = [*self.fields[-_DEEPEST:], [""]]
        elif self.fields and kind == "separate":
            self.fields[-1].append("result")
        elif self.fields and kind == "end":
            self.fields.pop()

    def _not_chosen(self, name: str) -> bool:
        if name == "AlternateContent":
            self.chosen.append(False)
        if name not in ("Choice", "Fallback") or not self.chosen:
            return False
        taken, self.chosen[-1] = self.chosen[-1], True
        return taken


def _is_on(said: dict[str, str]) -> bool:
    return said.get("val", "1") not in ("0", "false", "off", "none")
