"""What do sentences state: amounts in running text become facts, as cells of tables do."""

from __future__ import annotations

from collections.abc import Sequence

from checker.model.submission import KR, Fact, Statement
from checker.recognise.entity import named_entities
from checker.recognise.lines import TOTAL_KEY
from checker.recognise.narrative.facts import Told, tell
from checker.recognise.narrative.mentions import LineRef, Names
from checker.recognise.narrative.reader import read
from checker.recognise.narrative.sections import sections
from checker.recognise.rows import number_key
from checker.recognise.sources import Source
from checker.recognise.vocabulary import Vocabulary
from checker.recognise.words import best, words

_ROWS = ("oprindeligt_budget", "korrigeret_budget", "overfoersel_ind", "tillaegsbevilling", "omplacering", "regnskab")
"""Measures that a table may have in its rows, one after the other, as others have in their columns."""


def narrate(
    source: Source,
    statements: Sequence[Statement],
    facts: Sequence[Fact],
    year: int | None,
    vocab: Vocabulary,
    first: int,
) -> Told:
    """What the running text of one file states; paragraphs are numbered from `first`."""
    entities = dict.fromkeys([source.entity, *(s.entity for s in statements)])
    names = {e: Names(_lines(e, statements, vocab)) for e in entities}
    several = named_entities(source.document, vocab)
    opened = several if len(several) > 1 else {}
    found = sections(source.document.blocks, source.skip, names, opened, source.entity)
    return tell(read(found, names, year), source.document.file, year, facts, first)


def _is_measure(name: str, vocab: Vocabulary) -> bool:
    """Whether a row is called as columns are ('Oprindeligt budget 2023'): it is no line that a text speaks of."""
    found = [w for w in words(name) if not w.isdigit()]
    named = best(vocab.headers, found)
    if named not in _ROWS or len(found) > 3:
        return False
    return any(p.meets(found) == len(found) for p in vocab.headers[named])


def _lines(entity: str, statements: Sequence[Statement], vocab: Vocabulary) -> list[LineRef]:
    """The lines of all tables of an entity, each once, as the first table that has it names it."""
    result: dict[tuple[str, str | None], LineRef] = {}
    money = {s.id for s in statements if any(c.dimension == KR and c.measure != "pris" for c in s.columns)}
    for statement in sorted(statements, key=lambda s: s.id not in money):
        for line in statement.lines if statement.entity == entity else ():
            of_counts = line.role == "total" and money and statement.id not in money
            if line.role in ("heading", "wrapped") or of_counts or _is_measure(line.name, vocab):
                continue
            name = line.name
            if line.number and name.lower().startswith(line.number):
                name = name[len(line.number) :].lstrip(" .):-–")
            number = number_key(line.number) if line.number else None
            result.setdefault((line.key, line.scope), LineRef(entity, line.key, line.scope, name, number))
    if not any(key == TOTAL_KEY for key, _ in result):
        scopes = {s for _, s in result}
        scope = "drift" if "drift" in scopes else next(iter(scopes)) if len(scopes) == 1 else None
        result[TOTAL_KEY, scope] = LineRef(entity, TOTAL_KEY, scope, entity)
    return list(result.values())
