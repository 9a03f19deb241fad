"""A Word file -> Document: what is it really, which parts does it have, and what do they hold in order?"""

from __future__ import annotations

from pathlib import Path

from checker.errors import SubmissionError
from checker.model.document import Document, Place, TokenCount, Trap
from checker.readers.docx_blocks import Blocks
from checker.readers.docx_count import count_part
from checker.readers.docx_flow import Context, Flow
from checker.readers.docx_items import Para
from checker.readers.docx_notes import Notes
from checker.readers.docx_numbering import Numbering
from checker.readers.docx_styles import Styles
from checker.readers.docx_tree import Node, Parts
from checker.readers.ole import MAGIC as OLE
from checker.readers.ole import Ole, OleError
from checker.readers.package import Package
from checker.readers.source import read_bytes, sha256, without_collecting
from checker.readers.xlsx_book import targets

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_IN_WORDS_TERMS = {
    "input.lock_file": "input.word_lock_file",
    "input.changed": "input.word_changed",
    "input.damaged_workbook": "input.damaged_word",
    "input.unpacks_too_large": "input.word_unpacks_too_large",
    "input.doctype": "input.word_doctype",
}
"""What is said of any file or zip, where its words name Excel."""


def read(path: Path, name: str) -> Document:
    """Read a .docx or .docm as all its tracked changes accepted; raises SubmissionError for what is none."""
    try:
        raw = read_bytes(path, name)
        with without_collecting():
            return _read(raw, name)
    except SubmissionError as error:
        key = _IN_WORDS_TERMS.get(error.key)
        if key is None:
            raise
        raise SubmissionError(error.file, key, error.line, **error.args_) from error


def _read(raw: bytes, name: str) -> Document:
    if raw.startswith(OLE):
        raise _why_ole(raw, name)
    if not raw.startswith(_ZIP):
        raise SubmissionError(name, "input.no_word")
    package = Package(raw, name)
    start = next((t for k, t in targets(package, "").values() if k == "officeDocument"), "word/document.xml")
    if start not in package:
        raise SubmissionError(name, "input.no_word")
    related = targets(package, start)
    parts = _Document(package, start, dict(related.values()))
    parts.read_body()
    shown = parts.running_heads({id_: part for id_, (_, part) in related.items()})
    made = Blocks(name, parts.flow.items)
    if not made.blocks:
        raise SubmissionError(name, "input.word_no_text")
    tokens = parts.context.added + _count(package, start, parts, shown)
    traps = (*made.traps, *parts.comments())
    return Document(name, sha256(raw), "docx", tuple(made.blocks), traps, (TokenCount("", tokens),))


def _why_ole(raw: bytes, name: str) -> SubmissionError:
    """Why an OLE container is not read: a password, the old format of Word, or something else."""
    try:
        streams = Ole(raw).streams
    except OleError:
        return SubmissionError(name, "input.damaged_word")
    if "EncryptedPackage" in streams:
        return SubmissionError(name, "input.encrypted")
    return SubmissionError(name, "input.old_doc" if "WordDocument" in streams else "input.no_word")


class _Document:
    """The parts of a document and what is made of them; `named` are its related parts by kind."""

    def __init__(self, package: Package, start: str, named: dict[str, str]) -> None:
        self.package, self.start, self.named = package, start, named
        self.parts = Parts(package)
        self.settings = self._part("settings")
        self.styles = Styles(self._part("styles"))
        notes = Notes(self._part("footnotes"), self._part("endnotes"), self.settings)
        self.context = Context(self.styles, Numbering(self._part("numbering"), self.styles), notes)
        self.flow = Flow(self.context)

    def read_body(self) -> None:
        """Take the body in; raises SubmissionError where the part is no Word document or leaves text to other files."""

        def take(node: Node) -> None:
            if node.name in ("altChunk", "subDoc"):
                raise SubmissionError(self.package.name, "input.word_parts_outside")
            self.flow.add(node)

        if self.parts.stream(self.start, take) != "document":
            raise SubmissionError(self.package.name, "input.no_word")
        self.flow.end()

    def running_heads(self, related: dict[str, str]) -> list[str]:
        """Add the headers and footers that are shown, each part once, at the end; the parts they stand in."""
        even = self.settings is not None and bool(self.settings.on("evenAndOddHeaders"))
        found: list[str] = []
        for section in self.context.sections:
            first = bool(section.on("titlePg"))
            for node in section.nodes("headerReference", "footerReference"):
                kind, part = node.attributes.get("type"), related.get(node.attributes.get("id", ""), "")
                is_shown = {"first": first, "even": even}.get(kind or "", True)
                if is_shown and part not in found and part in self.package:
                    found.append(part)
        for part in found:
            flow = Flow(self.context, "furniture")
            root = self.parts.tree(part)
            for node in root.nodes("p", "tbl") if root else ():
                flow.add(node)
            flow.end()
            self.flow.items += [Para(), *flow.items]
        return found

    def comments(self) -> list[Trap]:
        """One trap with the number of comments, none where there are none."""
        root = self._part("comments")
        number = sum(1 for _ in root.nodes("comment")) if root else 0
        return [Trap("comment", str(number), Place(self.package.name))] if number else []

    def _part(self, kind: str) -> Node | None:
        return self.parts.tree(self.named.get(kind, ""))


def _count(package: Package, start: str, document: _Document, heads: list[str]) -> int:
    """The pieces that should be read: of the body, the notes it refers to, and the running heads."""
    found, notes = count_part(package, start, document.styles)
    for kind in ("footnote", "endnote"):
        part = document.named.get(kind + "s", "")
        if part in package:
            only = {id_ for name, id_ in notes if name == kind + "Reference"}
            found += count_part(package, part, document.styles, only)[0]
    return found + sum(count_part(package, part, document.styles, pages=False)[0] for part in heads)
