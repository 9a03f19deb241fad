"""Documents of one submission -> drafts of all their tables, each with its role and the entity it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from checker.amounts.units import KRONE
from checker.model.document import Document, Paragraph, Table
from checker.model.submission import EXTRACT, KR, THIS, Declared, Remark
from checker.recognise.draft import Common, Draft, common_unit, draft
from checker.recognise.entity import area_named, entity_of, named_entities, stated_year
from checker.recognise.furniture import Chunked, chunks, furniture
from checker.recognise.grid import is_number_cell
from checker.recognise.places import of_cell
from checker.recognise.rows import number_key
from checker.recognise.vocabulary import Vocabulary
from checker.recognise.words import fold, words


@dataclass(slots=True)
class Source:
    """A document with its part in the submission; `pieces` are its tables, `skip` its page furniture."""

    document: Document
    role: str = THIS
    skip: frozenset[str] = frozenset()
    pieces: list[Chunked] = field(default_factory=list)
    entity: str = ""
    named: bool = False  # a heading names the entity; else it is the first heading of the file


def sources(documents: Iterable[tuple[Document, str]], declared: Declared, vocab: Vocabulary) -> list[Source]:
    """Documents taken apart, each with its entity.

    A file that names none belongs to the only entity that is named, in regnskab.yaml or by another file; a file
    of last year that names none to the only entity of this year.
    """
    result = []
    for document, role in documents:
        skip = furniture(document.blocks, vocab)
        source = Source(document, role, skip, chunks(document.blocks, skip))
        source.entity, source.named = entity_of(document, vocab)
        result.append(source)
    named = {declared.entity} if declared.entity else {s.entity for s in result if s.named and s.role == THIS}
    first = next((s.entity for s in result if s.role == THIS), "")
    for source in result:
        several = len(named_entities(source.document, vocab)) > 1
        if not source.named and (len(named) == 1 or source.role != THIS):
            source.entity = next(iter(named)) if len(named) == 1 else first
        elif declared.entity and not several and area_named(source.entity, declared.entity):
            source.entity = declared.entity
    return result


def drafts_of(found: Sequence[Source], declared: Declared, vocab: Vocabulary) -> tuple[list[Draft], list[Remark]]:
    """Every table that holds figures, in order; ids and numbers run over all files of a role."""
    drafts: list[Draft] = []
    remarks: list[Remark] = []
    numbers: dict[str, int] = {}
    for source in found:
        document = source.document
        common = Common(
            stated_year(document, vocab) or (declared.year if source.role == THIS else None),
            common_unit(document, vocab) or (None if source.role == EXTRACT else declared.unit_kr),
        )
        entities = _entities(source, vocab)
        own: list[tuple[Draft, Chunked]] = []
        for chunk, entity in zip(source.pieces, entities, strict=True):
            number = numbers[source.role] = numbers.get(source.role, 0) + 1
            item = draft(number, document.file, chunk, source.skip, common, vocab)
            if item is None:
                table = chunk.table
                first, flow = table.rows[0], table.flow
                place = of_cell(document.file, table.sheet, first.line, table=number, flow=flow, page=first.page)
                remarks.append(Remark("reading.no_figures", (), place))
                continue
            if source.role != THIS:
                item.id, item.role = f"{source.role}.{item.id}", source.role
            if source.role == EXTRACT:
                _in_kroner(item)
            item.entity = entity
            if not item.title and own and own[-1][0].sheet == item.sheet:
                item.title = own[-1][0].title
            own.append((item, chunk))
        for at in range(len(own) - 2, -1, -1):  # tables that stand right above another share its notes
            alike = own[at][0].sheet == own[at + 1][0].sheet
            if alike and not own[at][0].notes and not own[at][1].after:
                own[at][0].notes = list(own[at + 1][0].notes)
        drafts += [item for item, _ in own]
    _rename(drafts, declared)
    return drafts, remarks


def _in_kroner(item: Draft) -> None:
    """What is booked is booked in kroner: an extract that states no unit is read so, and that is said."""
    unstated = [at for at, c in enumerate(item.columns) if c.dimension == KR and c.unit_kr is None and not c.empty]
    for at in unstated:
        item.columns[at] = replace(item.columns[at], unit_kr=KRONE)
    if unstated:
        item.remark("reading.extract_in_kroner")


def _rename(drafts: Sequence[Draft], declared: Declared) -> None:
    """Lines that regnskab.yaml says are known by another name get the name (or number) they are to be matched by.

    With a number goes the name that it has elsewhere, since one number under two names is no match.
    """
    aliases = {fold(other): name for other, name in declared.aliases}
    rows = [row for item in drafts for row in item.rows]
    named = {row.number: (row.name, row.words) for row in reversed(rows) if row.number}
    for row in rows if aliases else ():
        name = aliases.get(fold(row.name)) or aliases.get(fold(row.label))
        if name and is_number_cell(name):
            row.number = number_key(name)
            row.name, row.words = named.get(row.number, (row.name, row.words))
        elif name:
            row.name, row.words = name, words(name)


def _entities(source: Source, vocab: Vocabulary) -> list[str]:
    """The entity of each table: that of the last heading before it which names one, where the file names several."""
    several = named_entities(source.document, vocab)
    current = source.entity
    result: list[str] = []
    tables = {id(chunk.table.rows[0]) for chunk in source.pieces}
    for block in source.document.blocks:
        if isinstance(block, Paragraph) and len(several) > 1:
            current = several.get(block.text, current)
        elif isinstance(block, Table) and id(block.rows[0]) in tables:
            result.append(current)
    return result
