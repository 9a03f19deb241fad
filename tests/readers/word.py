"""Word files made in a test from pieces of XML, and a document as short lines to compare whole."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from checker.model.document import Document, Paragraph, Place
from checker.readers import read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OTHERS = "".join(f' xmlns:{prefix}="{prefix}"' for prefix in ("mc", "wps", "wp", "v", "m", "a"))
_SPACES = f'xmlns:w="{W}" xmlns:r="{_OFFICE}"{_OTHERS}'
ROOTS = {
    "styles": "w:styles",
    "numbering": "w:numbering",
    "footnotes": "w:footnotes",
    "endnotes": "w:endnotes",
    "settings": "w:settings",
    "comments": "w:comments",
}


def docx(path: Path, body: str, heads: dict[str, str] | None = None, **parts: str) -> Path:
    """A file with this body; `parts` are the contents of styles, numbering …, `heads` those of headers and footers by
    the id that sections name them by (the first letter says which: h or f).
    """
    files = {
        "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": part("w:document", f"<w:body>{body}</w:body>"),
        **{f"word/{name}.xml": part(ROOTS[name], content) for name, content in parts.items()},
    }
    related = {f"p{n}": (name, f"{name}.xml") for n, name in enumerate(parts)}
    for name, content in (heads or {}).items():
        files[f"word/{name}.xml"] = part("w:hdr" if name.startswith("h") else "w:ftr", content)
        related[name] = ("header" if name.startswith("h") else "footer", f"{name}.xml")
    files["word/_rels/document.xml.rels"] = relations(related)
    return package(path, files)


def package(path: Path, files: dict[str, str]) -> Path:
    """A zip of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def part(root: str, content: str) -> str:
    """A part with its root."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><{root} {_SPACES}>{content}</{root}>'


def relations(of: dict[str, tuple[str, str]]) -> str:
    """The relationships of a part: id -> kind and target."""
    inner = "".join(f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for i, (kind, to) in of.items())
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def t(text: str) -> str:
    """A run's text."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{t(text)}</w:r>"


def p(*inner: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; what does not begin with a tag is a run's text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    own = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{own}{''.join(i if i.startswith('<') else r(i) for i in inner)}</w:p>"


def tc(*inner: str, properties: str = "") -> str:
    """A cell; what does not begin with a tag is a paragraph."""
    own = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return f"<w:tc>{own}{''.join(i if i.startswith('<') else p(i) for i in inner or ('',))}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row; what does not begin with a tag is the text of a cell."""
    own = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{own}{''.join(c if c.startswith('<') else tc(c) for c in cells)}</w:tr>"


def tbl(*rows: str | list[str], widths: tuple[int, ...] = ()) -> str:
    """A table; a list is a row of texts."""
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    made = (row if isinstance(row, str) else tr(*row) for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"


def ins(inner: str) -> str:
    """Inserted runs."""
    return f'<w:ins w:id="1" w:author="A">{inner}</w:ins>'


def deleted(text: str) -> str:
    """A deleted run."""
    return f'<w:del w:id="1" w:author="A"><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'


def field(code: str, result: str) -> str:
    """A field with its result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def said(path: Path) -> list[str]:
    """Every paragraph and row as a line ('1 text', '2 [list] text', '3 [h1] text', 'T word', '4 | a | b'), then traps.

    A repeated cell has a star. What could not be accounted for in the reader's own count is said last.
    """
    document = read_document(path)
    return [*outline(document), *(f"{t.code} @ {_where(t.place)}: {t.what}" for t in document.traps)]


def outline(document: Document) -> list[str]:
    """The blocks alone."""
    found: list[str] = []
    number = 0
    for block in document.blocks:
        assert block.flow
        if isinstance(block, Paragraph):
            number += 1
            assert block.number == number
            marks = [f"h{block.level}"] if block.level else []
            marks += [block.kind] if block.kind else []
            found.append(" ".join([str(block.line), *(f"[{m}]" for m in marks), block.text]))
            continue
        found.append(f"T {block.separator}")
        for row in block.rows:
            cells = (c.text + ("*" if c.repeated else "") for c in row.cells)
            found.append(" | ".join([str(row.line), *cells]))
    return found


def _where(place: Place) -> str:
    if place.table is not None:
        return f"T{place.table} R{place.row}" + (f" C{place.column}" if place.column else "")
    if place.paragraph is not None:
        return f"P{place.paragraph}"
    return f"before {place.position}" if place.position else "file"
