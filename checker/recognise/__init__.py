"""Document -> Submission: tables become facts, notes become claims, structure is seen; nothing is lost silently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.model.document import Document, Paragraph, Place
from checker.model.submission import Claim, NotRead, Remark, SourceFile, Submission
from checker.recognise.assemble import assemble, claims_of
from checker.recognise.consensus import decide_bases, decide_budgets
from checker.recognise.draft import Common, Draft, common_unit, draft, read_cells
from checker.recognise.entity import entity_of, stated_year, year_of
from checker.recognise.furniture import Chunked, chunks, furniture
from checker.recognise.layouts import choose_layout
from checker.recognise.lines import Conflict, set_lines
from checker.recognise.longform import take_long
from checker.recognise.notes import claims, is_selected
from checker.recognise.orientation import DEVIATIONS, orient
from checker.recognise.prose import amounts_in
from checker.recognise.scopes import infer_scopes, set_scopes
from checker.recognise.structure import structure
from checker.recognise.vocabulary import Vocabulary, vocabulary
from checker.recognise.words import fold, plain, words


def recognise(document: Document) -> Submission:
    """Everything the document states. What could not be placed is in `not_read`, what was assumed in `remarks`."""
    vocab = vocabulary()
    document, long = take_long(document)
    skip = furniture(document.blocks, vocab)
    pieces = chunks(document.blocks, skip)
    drafts, remarks = _drafts(
        document, pieces, skip, Common(stated_year(document, vocab), common_unit(document, vocab)), vocab
    )
    entity = long.entities[0] if long.entities and not drafts else entity_of(document, vocab)
    conflicts = _relate(drafts, words(entity), vocab)
    statements, facts, parts = assemble(drafts, entity)
    said = [c for item in drafts for c in claims_of(item, pieces[item.number - 1], vocab)]
    said += [_conflict_claim(c) for c in conflicts]
    year = year_of([*drafts, *long.statements])
    return Submission(
        files=(SourceFile(document.file, document.sha256, document.encoding),),
        entity=entity,
        year=year,
        statements=(*statements, *long.statements),
        facts=(*facts, *long.facts),
        claims=(*said, *long.claims),
        structure=(*parts, *long.structure),
        remarks=(*long.remarks, *remarks, *(r for d in drafts for r in d.remarks)),
        not_read=(*long.not_read, *(n for d in drafts for n in d.not_read), *_sentences(document, skip)),
        others=long.others,
        other_statements=long.other_statements,
        entities=tuple(dict.fromkeys(e for e in (entity, *long.entities) if e)),
    )


def _drafts(
    document: Document, pieces: Sequence[Chunked], skip: frozenset[str], common: Common, vocab: Vocabulary
) -> tuple[list[Draft], list[Remark]]:
    drafts: list[Draft] = []
    remarks: list[Remark] = []
    for number, chunk in enumerate(pieces, start=1):
        item = draft(number, document.file, chunk, skip, common, vocab)
        if item is None:
            place = Place(document.file, line=chunk.table.rows[0].line, table=number)
            remarks.append(Remark("reading.no_figures", (), place))
            continue
        if not item.title and drafts and number > 1:
            item.title = drafts[-1].title
        drafts.append(item)
    for at in range(len(drafts) - 2, -1, -1):  # tables that stand right above another share its notes
        if not drafts[at].notes and not pieces[drafts[at].number - 1].after:
            drafts[at].notes = list(drafts[at + 1].notes)
    return drafts, remarks


def _relate(drafts: list[Draft], entity_words: Sequence[str], vocab: Vocabulary) -> list[Conflict]:
    """Everything that needs the figures, or more than one table."""
    read_cells(drafts)
    for item in drafts:
        set_scopes(item, entity_words, vocab)
        item.price_years = {
            (c.about, c.year): int(c.value)
            for n in item.notes
            for c in claims(n.text, vocab)
            if c.kind == "price_year" and c.year is not None
        }
        item.selected = is_selected(item.title, vocab) or is_selected(item.intro, vocab)
        item.wholes = structure(item.rows, [item.values(r) for r in range(len(item.rows))], vocab)
    infer_scopes(drafts)
    conflicts = set_lines(drafts, vocab)
    decide_budgets(drafts)
    decide_bases(drafts, DEVIATIONS)
    orient(drafts, vocab)
    for item in drafts:
        choose_layout(item, vocab)
    return conflicts


def _conflict_claim(conflict: Conflict) -> Claim:
    item, row = conflict.draft, conflict.row
    other = conflict.other.rows[conflict.other_row]
    place = replace(item.place(item.grid.body[row]), snippet=item.rows[row].label)
    return Claim("line_name", item.id, f"{conflict.number} {other.name}", item.rows[row].name, place)


def _sentences(document: Document, skip: frozenset[str]) -> list[NotRead]:
    """Amounts in running text and notes: counted and listed, since no rule reads them yet."""
    result = []
    for block in document.blocks:
        if isinstance(block, Paragraph) and fold(block.text) not in skip:
            at = Place(document.file, line=block.line, paragraph=block.number, snippet=block.text)
            result += [
                NotRead("unread.sentence", plain(f.text), _within(at, block.text, f.start))
                for f in amounts_in(block.text)
            ]
    return result


def _within(paragraph: Place, text: str, start: int) -> Place:
    """The place of a character in a paragraph of several printed lines."""
    breaks = text.count("\n", 0, start)
    column = start - (text.rfind("\n", 0, start) + 1)
    return replace(paragraph, line=(paragraph.line or 1) + breaks, column=column + 1, snippet=plain(text))
