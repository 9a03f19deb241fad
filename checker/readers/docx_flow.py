"""Which paragraphs and tables stand one after the other: in the body, a cell, a text box, a note, a running head?"""

from __future__ import annotations

from dataclasses import dataclass, field

from checker.amounts.tokens import count
from checker.readers.docx_items import (
    TRACKED,
    Grid,
    Item,
    Para,
    WordCell,
    WordRow,
    changed,
    hidden,
    paragraphs_in,
)
from checker.readers.docx_notes import Notes
from checker.readers.docx_numbering import LEVELS, Numbering
from checker.readers.docx_styles import Look, Styles, indents_of, outline_level
from checker.readers.docx_tree import Node, integer
from checker.readers.docx_words import Fields, Note, Words, joined, raw


@dataclass(slots=True)
class Context:
    """What all of a document shares; `added` counts the number-like pieces of numbers and marks that Word makes."""

    styles: Styles
    numbering: Numbering
    notes: Notes
    sections: list[Node] = field(default_factory=list)
    added: int = 0


class Flow:
    """Takes the elements of one run of text in order. In a cell, notes and boxes are kept for after the table."""

    def __init__(self, context: Context, kind: str = "", in_cell: bool = False, fields: Fields | None = None) -> None:
        self.context = context
        self.kind = kind
        self.items: list[Item] = []
        self.after: list[Item] = [] if in_cell else self.items
        self.in_cell = in_cell
        self._fields = fields or Fields(without_pages=kind == "furniture")
        self._open: Words | None = None

    def add(self, node: Node) -> None:
        """Take a paragraph, a table or a section; what else may stand between them says nothing."""
        if node.name == "p":
            self._paragraph(node)
        elif node.name == "tbl":
            self.end()
            self._table(node)
        elif node.name == "sectPr":
            self.context.sections.append(node)

    def end(self) -> None:
        """Close a paragraph whose mark is deleted and that nothing joined."""
        if self._open is not None:
            self._close(self._open, None, Look(), numbered=False)

    def _paragraph(self, node: Node) -> None:
        context, properties = self.context, node.first("pPr")
        look = context.styles.look(properties)
        words = self._open or Words(context.styles, self._fields)
        words.read(node, look)
        section = properties.first("sectPr") if properties else None
        if section is not None:
            context.sections.append(section)
        mark = properties.first("rPr") if properties else None
        deleted = mark is not None and any(mark.nodes("del", "moveFrom"))
        if deleted and words.has_text and not words.old:
            words.old.append("¶")
        is_gone = deleted or (mark is not None and bool(mark.on("vanish"))) or _is_drop_cap(properties)
        if is_gone and words.has_text:
            self._open = words  # the next paragraph goes on in it
        else:
            self._close(words, properties, look, numbered=not is_gone)

    def _close(self, words: Words, properties: Node | None, look: Look, numbered: bool) -> None:
        """Make a paragraph; it has no number where its own mark is gone."""
        self._open = None
        made = Para(level=look.level)
        outline = properties.val("outlineLvl") if properties else None
        if outline is not None:
            made.level = outline_level(outline)
        label = self._label(properties, look) if numbered else ""
        made.kind = self.kind or ("furniture" if look.contents else "list" if label and not made.level else "")
        made.text = self._with_label(label, words.text)
        indents = {**dict(look.indents), **indents_of(properties)}
        made.indent = indents.get("left", 0) + indents.get("firstLine", 0)
        marks = (changed(joined(words.old), joined(words.new)), hidden(joined(words.hidden)))
        made.marks = [mark for mark in marks if mark]
        self.items.append(made)
        for box in words.boxes:
            self._box(box)
        if self.kind in ("", "text_box"):  # Word has no notes in notes and running heads
            for note in words.notes:
                self._note(note)

    def _label(self, properties: Node | None, look: Look) -> str:
        """The number or bullet of a paragraph, by its own properties or those of its style."""
        own = properties.first("numPr") if properties else None
        number = integer(own.val("numId"), -1) if own and own.first("numId") else None
        depth = integer(own.val("ilvl")) if own and own.first("ilvl") else None
        numbering = self.context.numbering
        if number is None:
            number = look.number
            if number is not None and depth is None:
                depth = numbering.depth_of(number, look.numbered_by)
                depth = look.depth if depth is None else depth
        return numbering.label(number, min(max(depth or 0, 0), LEVELS - 1)) if number else ""

    def _with_label(self, label: str, text: str) -> str:
        """The number before the words; alone only in a cell, where it is often all that a column holds."""
        bare = text.lstrip()
        if not bare:
            said = label.strip().removesuffix("-") if self.in_cell else ""
        else:
            parted = label.strip()[-1:].isdigit() and bare[0].isdigit()
            said = (label.rstrip() + ". " if parted else label) + bare if label else text
        self.context.added += count(said) - count(text)
        return said

    def _box(self, node: Node) -> None:
        flow = Flow(self.context, self.kind or "text_box")
        for child in [node] if node.name in ("p", "tbl") else node.nodes("p", "tbl"):
            flow.add(child)
        flow.end()
        self.after += [Para(), *flow.items, Para()]

    def _note(self, note: Note) -> None:
        found = self.context.notes.take(note)
        if found is None:
            return
        flow = Flow(self.context, "footnote")
        for child in found.node.children:
            if isinstance(child, Node):
                flow.add(child)
        flow.end()
        said = [p for p in paragraphs_in(flow.items) if p.text.strip()]
        if not said:
            return
        words = "\n".join(line for p in said for line in p.lines)
        text = words if found.is_own and words.startswith(found.mark) else f"{found.mark} {words}"
        self.context.added += count(text) - count(words)
        self.after.append(Para(text, kind="footnote", marks=[m for p in paragraphs_in(flow.items) for m in p.marks]))

    def _table(self, node: Node) -> None:
        grid = node.first("tblGrid")
        widths = [integer(c.attributes.get("w")) for c in grid.nodes("gridCol")] if grid else []
        made = Grid([], widths, [])
        for row in node.nodes("tr"):
            self._row(row, made)
        self.items.append(made)
        self.items += [] if self.in_cell else made.after
        if not self.in_cell:
            made.after = []

    def _row(self, node: Node, into: Grid) -> None:
        """A row with its cells where they stand; one that is deleted or hidden is only said."""
        properties = node.first("trPr")
        if properties is not None and (properties.first("del") or properties.on("hidden")):
            said = " | ".join(raw(tc).strip() for tc in node.nodes("tc"))
            into.say(changed(said, "") if properties.first("del") else hidden(said))
            return
        column = 1 + max(integer(properties.val("gridBefore") if properties else None), 0)
        row = WordRow([])
        for tc in node.nodes("tc"):
            own = tc.first("tcPr")
            if own is not None and own.first("cellDel"):
                into.say(changed(raw(tc), ""))
                continue
            flow = Flow(self.context, self.kind, in_cell=True)
            for child in tc.nodes("p", "tbl"):
                flow.add(child)
            flow.end()
            into.after += flow.after
            span = max(integer(own.val("gridSpan") if own else None, 1), 1)
            if own is not None and own.first("hMerge") and own.val("hMerge") != "restart" and row.cells:
                row.cells[-1].span += span
                row.cells[-1].items += flow.items
            else:
                row.cells.append(WordCell(column, span, _merged(own), flow.items))
                if own is not None and own.first("cellIns"):
                    _say_new(row.cells[-1:])
            column += span
        if properties is not None and properties.first("ins"):
            _say_new(row.cells)
        row.marks, into.marks = into.marks, []
        into.rows.append(row)


def _merged(properties: Node | None) -> str:
    """Whether a cell begins or goes on a block of cells that are merged downwards, changes accepted."""
    change = properties.first("cellMerge") if properties else None
    if change is not None and change.attributes.get("vMerge"):
        return "continue" if change.attributes["vMerge"] == "cont" else "restart"
    merge = properties.first("vMerge") if properties else None
    if merge is None:
        return ""
    return "restart" if merge.attributes.get("val") == "restart" else "continue"


def _is_drop_cap(properties: Node | None) -> bool:
    """A large first letter, which is a paragraph of its own before the words that it begins."""
    frame = properties.first("framePr") if properties else None
    return frame is not None and frame.attributes.get("dropCap", "none") != "none"


def _say_new(cells: list[WordCell]) -> None:
    """One mark for all that an inserted row or cell holds, in place of those of its paragraphs."""
    said = " | ".join(" ".join(p.lines) for c in cells for p in c.paragraphs if p.text.strip())
    for cell in cells:
        for paragraph in cell.paragraphs:
            paragraph.marks = [m for m in paragraph.marks if m.code != TRACKED]
    mark = changed("", said)
    if mark and cells[0].paragraphs:
        cells[0].paragraphs[0].marks.append(mark)
