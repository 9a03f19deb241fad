"""The same submission as a Word file: what are the pieces of XML for the tables and paragraphs of a text?

Plain: Word tables, all else as paragraphs, blanks typed. Rich: what people and systems make of the same words with
styles, numbering, content controls, a text box, a footnote, a tracked change, merged headings and indents.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from checker.amounts.units import looks_like_figure
from checker.model.document import Document, Paragraph, Row, Table
from checker.recognise.grid import header_length

FOOTNOTE = "Opgjort efter kommunens egne principper."
"""What the rich form says that the text does not."""
OLD = "0,0"
"""What stood where the rich form has a tracked change."""
LAYOUTS = ("plain", "rich")
"""Typed as it stands; with all that people and systems put into a file."""

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TWIPS = 113
"""Two millimetres: what stands for one leading blank."""
_NUMBERED = re.compile(r"(\d+)([a-z]?)\. (.*)", re.DOTALL)
_AMOUNT = re.compile(r"\d{1,3}(?:\.\d{3})+(?= kr\.)|\d+,\d(?= mio\. kr\.)")


def write(document: Document, path: Path, layout: str) -> None:
    """Write the document in one of LAYOUTS, the same bytes every time."""
    path.write_bytes(docx_form(document, rich=layout == "rich"))


def docx_form(document: Document, rich: bool = False) -> bytes:
    """The file; the same bytes for the same document."""
    blocks = [_without_markup(block) for block in document.blocks]
    body = "<w:p/>".join(_Rich(blocks).blocks() if rich else (_plain(block) for block in blocks))
    parts = {
        "word/document.xml": _part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/styles.xml": _part("styles", _styles()),
        **({"word/numbering.xml": _part("numbering", _numbering())} if rich else {}),
        **({"word/footnotes.xml": _part("footnotes", _footnotes())} if rich else {}),
    }
    named = [name.removeprefix("word/").removesuffix(".xml") for name in parts]
    types = "".join(
        f'<Override PartName="/word/{n}.xml" ContentType="{_MAIN}.{"document.main" if n == "document" else n}+xml"/>'
        for n in named
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/vnd.'
        f'openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations({n: f"{n}.xml" for n in named if n != "document"}),
        **parts,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + content)
    return out.getvalue()


def _without_markup(block: Table | Paragraph) -> Table | list[str]:
    """A table, or the lines of a paragraph, without the tags and marks that a text has in place of looks."""
    if isinstance(block, Table):
        return block
    return [re.sub(r"</?i>|^# ", "", line) for line in block.text.split("\n")]


def _plain(block: Table | list[str]) -> str:
    if isinstance(block, Table):
        rows = (_row([_cell(_p(_r(_bare(c.text)))) for c in row.cells]) for row in block.rows)
        return _table(rows, max(len(row.cells) for row in block.rows))
    return _p(_lines(block))


class _Rich:
    """Each of the rarer things once, where it changes no word that is read; headings and numbers wherever they fit."""

    def __init__(self, found: Sequence[Table | list[str]]) -> None:
        self.found = found
        self.counters = [0, 0]
        self.once = {"control", "amount", "footnote", "change"}

    def blocks(self) -> Iterator[str]:
        """All blocks; the last paragraph stands in a text box of the one before it, or of one that is blank."""
        last = [block for block in self.found if not isinstance(block, Table)][-1]
        before = self.found[self.found.index(last) - 1]
        boxed = _box(_p(_lines(last)))
        for block in self.found:
            if isinstance(block, Table):
                yield self._table(block)
            elif block is last:
                yield _p(boxed) if isinstance(before, Table) else ""
            else:
                yield self._paragraph(block, boxed if block is before else "")

    def _paragraph(self, lines: list[str], after: str = "") -> str:
        text = "\n".join(lines)
        properties, inner = "", _lines(lines)
        numbered = _NUMBERED.fullmatch(text)
        amount = _AMOUNT.search(text)
        if numbered and self._counts(int(numbered[1]), numbered[2]):
            level = 1 if numbered[2] else 0
            properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
            inner = _lines(numbered[3].split("\n"))
        elif amount and len(lines) == 1 and self._first("amount"):
            inner = _r(text[: amount.start()]) + _control(_r(amount[0])) + _r(text[amount.end() :])
        elif len(text) > 80 and self._first("footnote"):
            inner += '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>'
        if len(text) <= 60 and not text.endswith((".", ":")) and len(lines) == 1:
            level = 1 if text.startswith(("Politikområde", "Teknik", "Kultur")) else 2
            properties = f'<w:pStyle w:val="Overskrift{level}"/>' + properties
        return _p(inner + after, properties)

    def _counts(self, number: int, letter: str) -> bool:
        """Whether Word would give a paragraph this number now; then it counts on."""
        at = [number, ord(letter) - 96] if letter else [number, 0]
        expected = [self.counters[0], self.counters[1] + 1] if letter else [self.counters[0] + 1, 0]
        if at == expected:
            self.counters = at
        return at == expected

    def _first(self, what: str) -> bool:
        is_first = what in self.once
        self.once.discard(what)
        return is_first

    def _table(self, table: Table) -> str:
        heading, width = header_length(table.rows), max(len(row.cells) for row in table.rows)
        rows = [_row(self._cells(table.rows, at, heading)) for at in range(len(table.rows))]
        made = _table(rows, width)
        return _control(made) if self._first("control") else made

    def _cells(self, rows: Sequence[Row], at: int, heading: int) -> Iterator[str]:
        """The cells of a row. A heading covers blank ones to its right that have words below, a label those below."""
        texts = [_bare(cell.text) for cell in rows[at].cells]
        below = [_bare(cell.text).strip() for cell in rows[at + 1].cells] if at + 1 < heading else []
        column = 0
        while column < len(texts):
            text, span, properties = texts[column], 1, ""
            while (
                text.strip() and column and below
                and column + span < min(len(texts), len(below)) and not texts[column + span].strip()
                and below[column] and below[column + span]
            ):  # fmt: skip
                span += 1
            if span > 1:
                properties = f'<w:gridSpan w:val="{span}"/>'
            elif below and text.strip() and column < len(below) and not below[column]:
                properties = '<w:vMerge w:val="restart"/>'
            elif 0 < at < heading and not text.strip() and _bare(rows[at - 1].cells[column].text).strip():
                properties = "<w:vMerge/>"
            yield _cell(self._in_cell(text, column > 0), properties)
            column += span

    def _in_cell(self, text: str, may_change: bool) -> str:
        indent = len(text) - len(text.lstrip())
        properties = f'<w:ind w:left="{indent * _TWIPS}"/>' if indent else ""
        inner = _r(text.strip()) if text.strip() else ""
        if may_change and looks_like_figure(text) and self._first("change"):
            when = 'w:id="1" w:author="Controller" w:date="2024-01-01T00:00:00Z"'
            inner = f"<w:del {when}><w:r><w:delText>{OLD}</w:delText></w:r></w:del><w:ins {when}>{inner}</w:ins>"
        return _p(inner, properties)


def _bare(text: str) -> str:
    return re.sub(r"</?i>", "", text).rstrip()


def _p(inner: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def _r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _lines(lines: Sequence[str]) -> str:
    return "<w:r><w:br/></w:r>".join(_r(line) for line in lines)


def _cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def _row(cells: Sequence[str] | Iterator[str]) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _table(rows: Sequence[str] | Iterator[str], width: int) -> str:
    grid = '<w:gridCol w:w="1400"/>' * width
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _control(inner: str) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="Felt"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def _box(inner: str) -> str:
    """A text box as Word writes it: for itself, and once more for older programs."""
    shape = f"<wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    data = '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    drawing = f"<w:drawing><wp:inline><a:graphic>{data}{shape}</a:graphicData></a:graphic></wp:inline></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>"
    choice = f'<mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    return f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>"


def _styles() -> str:
    made = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    for level in (1, 2):
        made += (
            f'<w:style w:type="paragraph" w:styleId="Overskrift{level}"><w:name w:val="heading {level}"/>'
            f'<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>'
        )
    return made


def _numbering() -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{said}"/></w:lvl>'
        for level, form, said in ((0, "decimal", "%1."), (1, "lowerLetter", "%1%2."))
    )
    kind = f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    return kind + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def _footnotes() -> str:
    line = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    return line + f'<w:footnote w:id="1">{_p("<w:r><w:footnoteRef/></w:r>" + _r(" " + FOOTNOTE))}</w:footnote>'


def _part(root: str, inner: str) -> str:
    return f"<w:{root} {_SPACES}>{inner}</w:{root}>"


def _relations(of: dict[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{to}"/>'
        for n, (kind, to) in enumerate(of.items(), 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'
