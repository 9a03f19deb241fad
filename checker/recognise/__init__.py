"""Document -> Submission: tables become facts, notes become claims, structure is seen; nothing is lost silently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from checker.model.document import Document
from checker.model.submission import (
    EXTRACT,
    PRIOR,
    THIS,
    Claim,
    Declared,
    Extract,
    Fact,
    SourceFile,
    Submission,
)
from checker.recognise.assemble import assemble, claims_of
from checker.recognise.consensus import decide_bases, decide_budgets, rests_of_grants
from checker.recognise.draft import Draft, drop_dashes, read_cells
from checker.recognise.entity import year_of
from checker.recognise.extract import reconcile
from checker.recognise.extraction import account
from checker.recognise.layouts import choose_layout
from checker.recognise.lines import Conflict, set_lines
from checker.recognise.longform import take_long
from checker.recognise.narrative import narrate
from checker.recognise.narrative.facts import Told
from checker.recognise.notes import claims, is_selected
from checker.recognise.orientation import orient
from checker.recognise.percent import decide_percents
from checker.recognise.proven import proven
from checker.recognise.scopes import infer_scopes, set_scopes
from checker.recognise.sources import drafts_of, sources
from checker.recognise.structure import structure
from checker.recognise.vocabulary import DEVIATIONS, Vocabulary, vocabulary
from checker.recognise.words import words


def recognise(document: Document) -> Submission:
    """Everything one document states."""
    return recognise_all([(document, THIS)])


def recognise_all(documents: Iterable[tuple[Document, str]], declared: Declared | None = None) -> Submission:
    """Everything the documents state, each with its role in the submission ('this', 'prior').

    What could not be placed is in `not_read`, what was assumed in `remarks`. Last year's tables are read together
    with this year's, so that their lines are matched.
    """
    vocab, declared = vocabulary(), declared or Declared()
    given = list(documents)
    rest, long = take_long(given, declared.entity)
    ordinary = [d for (d, role), (left, _) in zip(given, rest, strict=True) if role == THIS and left.blocks == d.blocks]
    found = sources(rest, declared, vocab)
    every, remarks = drafts_of(found, declared, vocab)
    drafts = [d for d in every if d.role != EXTRACT]
    conflicts = _relate(drafts, vocab)
    drafts, refused = proven(drafts, every)
    statements, facts, parts = assemble(drafts)
    own = [d for d in drafts if d.role == THIS]
    ledger, unmapped = _extract([d for d in every if d.role == EXTRACT], own, declared, vocab)
    ids = {d.id for d in own}
    said = [c for item in own for c in claims_of(item, vocab)]
    said += [_conflict_claim(c) for c in conflicts if c.draft.role == c.other.role == THIS]
    said += [Claim("trap", "", t.code, t.what, t.place) for s in found if s.role != PRIOR for t in s.document.traps]
    said += unmapped
    said += [Claim("trap", "", t.code, t.what, t.place) for t in refused.traps]
    named = (*(s.entity for s in statements if s.id in ids), *long.entities)
    entities = tuple(dict.fromkeys(e for e in named if e)) or tuple(s.entity for s in found[:1])
    earlier = [f for f in facts if f.submission == PRIOR]
    year = year_of([*own, *long.statements]) or declared.year
    tables = [s for s in statements if s.id in ids]
    told: list[Told] = []
    for source in (s for s in found if s.role == THIS):
        first = 1 + sum(len(t.statements) for t in told)
        told.append(narrate(source, tables, [f for f in facts if f.submission == THIS], year, vocab, first))
        if refused.traps or any(t.code == "page_not_read" for t in source.document.traps):
            told[-1].doubt_wholes()
    said += [c for t in told for c in t.claims]
    facts = (*(f for f in facts if f.submission == THIS), *long.facts, *(f for t in told for f in t.facts))
    not_read = (
        *long.not_read,
        *(n if d.role == THIS else replace(n, is_amount=False) for d in every for n in d.not_read),
        *(n for t in told for n in t.not_read),
        *refused.not_read,
    )
    return Submission(
        files=tuple(SourceFile(s.document.file, s.document.sha256, s.document.encoding, s.role) for s in found),
        entity=entities[0] if entities else "",
        year=year,
        statements=(*(s for s in statements if s.id in ids), *long.statements),
        facts=facts,
        claims=(*said, *long.claims, *declared.claims),
        structure=(*(p for p in parts if p.statement in ids), *long.structure),
        remarks=(*long.remarks, *remarks, *(r for d in every for r in d.remarks)),
        not_read=not_read,
        others=(*earlier, *ledger, *long.others),
        other_statements=(
            *(s for s in statements if s.id not in ids),
            *(s for d in every if d.role == EXTRACT for s in assemble([d])[0]),
            *long.other_statements,
        ),
        entities=entities,
        municipality=declared.municipality,
        texts=tuple(s for t in told for s in t.statements),
        text_parts=tuple(p for t in told for p in t.parts),
        extraction=account(ordinary, own, facts, not_read),
    )


def _extract(
    extracts: list[Draft], own: list[Draft], declared: Declared, vocab: Vocabulary
) -> tuple[list[Fact], list[Claim]]:
    """The extract's rows added up on the printed lines, and its rows that belong to none."""
    _relate(extracts, vocab)
    facts: list[Fact] = []
    unmapped: list[Claim] = []
    for item in extracts:
        item.entity = own[0].entity if own else item.entity
        found, left = reconcile(item, own, declared.extract or Extract(item.file))
        facts += found
        unmapped += left
    return facts, unmapped


def _relate(drafts: list[Draft], vocab: Vocabulary) -> list[Conflict]:
    """Everything that needs the figures, or more than one table."""
    read_cells(drafts)
    for item in drafts:
        set_scopes(item, words(item.entity), vocab)
        item.price_years = {
            (c.about, c.year): int(c.value)
            for n in item.notes
            for c in claims(n.text, vocab)
            if c.kind == "price_year" and c.year is not None
        }
        item.selected = is_selected(item.title, vocab) or is_selected(item.intro, vocab)
        item.wholes = structure(item.rows, [item.values(r) for r in range(len(item.rows))], vocab)
        drop_dashes(item)
    infer_scopes(drafts)
    conflicts = set_lines(drafts, vocab)
    rests_of_grants(drafts)
    decide_budgets(drafts)
    decide_bases(drafts, DEVIATIONS)
    orient(drafts, vocab)
    decide_percents(drafts, vocab)
    for item in drafts:
        choose_layout(item, vocab)
    return conflicts


def _conflict_claim(conflict: Conflict) -> Claim:
    item, row = conflict.draft, conflict.row
    other = conflict.other.rows[conflict.other_row]
    place = replace(item.place(item.grid.body[row]), snippet=item.rows[row].label)
    return Claim("line_name", item.id, f"{conflict.number} {other.name}", item.rows[row].name, place)
