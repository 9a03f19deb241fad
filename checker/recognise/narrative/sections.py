"""Which line does each paragraph speak of, by its number, its name and the headings above it?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.model.document import Paragraph, Table
from checker.recognise.lines import TOTAL_KEY
from checker.recognise.narrative.amounts import amounts
from checker.recognise.narrative.lexicon import Lexicon, lexicon, spots
from checker.recognise.narrative.mentions import LineRef, Names, content
from checker.recognise.rows import number_key
from checker.recognise.vocabulary import vocabulary
from checker.recognise.words import any_meets, fold, plain, words

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?[a-zæøå]?\.?", re.IGNORECASE)
_LAST = re.compile(r"\s\(?(?:nr\.\s?)?(\d{1,3}(?:\.\d{1,3})*)\)?$")
"""The number of a line after its name: 'Færgen (10)'."""
_EMPTY_CELLS = re.compile(r"(?:;\s*){2,}$")
MOST_WORDS = 9
"""A heading has no more."""


@dataclass(frozen=True, slots=True)
class Section:
    """A paragraph of running text with the line it speaks of unless its sentences say otherwise.

    `offset` is where its text begins after a number such as '1a.'; `own` says that number, name or heading name a
    line, so that it is not the whole area. `whole` is the line of the area, where the paragraph has no number itself
    and follows one that has, with no heading between: it may go on with that line or be done with the list.
    """

    paragraph: Paragraph
    entity: str
    line: LineRef
    heading: str
    offset: int = 0
    own: bool = False
    whole: LineRef | None = None


def sections(
    blocks: Iterable[Table | Paragraph],
    skip: frozenset[str],
    names: Mapping[str, Names],
    entities: Mapping[str, str],
    entity: str,
) -> Iterator[Section]:
    """Every paragraph that is no page furniture, with its line; `entities` maps headings to the areas they open."""
    lex = lexicon()
    total = _total(names[entity], entity)
    line, heading, listed = total, "", False
    given = list(blocks)
    for place, block in enumerate(given):
        if isinstance(block, Table) or block.kind == "furniture":
            continue
        alone = _alone(block, given[place + 1 : place + 2], names[entity])
        if alone is not None:
            line, heading, listed = alone, plain(block.text), False
            continue
        if fold(block.text) in skip:
            continue
        opened = entities.get(block.text)
        if opened is not None and opened in names and names[entity].named(plain(block.text)) is None:
            entity = opened
            total = line = _total(names[entity], entity)
            listed = False
            continue
        text = _EMPTY_CELLS.sub("", plain(block.text))
        known = names[entity]
        numbered = known.numbered(block.text)
        if is_heading(block, text):
            captions = not block.level and _is_caption(given[place + 1 : place + 3])
            found = _found(numbered, known, block.text, text)
            if captions and found is None:
                continue
            totals = [own for own in known.lines if own.key == TOTAL_KEY]
            line, heading, listed = _under(found, text, line, total, totals, lex), text, False
            continue
        own = numbered[0] if numbered else None
        if own is not None:
            line, heading, listed = own, "", True
        offset = numbered[1] if numbered else 0
        yield Section(
            block, entity, line, heading, offset, line is not total, total if listed and own is None else None
        )


def _is_caption(after: Sequence[Table | Paragraph]) -> bool:
    """Whether a table follows, at once or after a short line such as 'Enhed: 1.000 kr.'"""
    if len(after) > 1 and isinstance(after[0], Paragraph):
        between = plain(after[0].text)
        unit = ":" in between and len(between.split()) <= MOST_WORDS and not amounts(between)
        return isinstance(after[1], Table) and unit
    return bool(after) and isinstance(after[0], Table)


def _alone(block: Paragraph, after: Sequence[Table | Paragraph], known: Names) -> LineRef | None:
    """The line whose number stands alone right above a text: then it is no page number."""
    below = after[0] if after else None
    if not isinstance(below, Paragraph) or below.line != block.line + 1 or not _NUMBER.fullmatch(block.text.strip()):
        return None
    return known.by_number.get(number_key(block.text.strip()))


def _found(numbered: tuple[LineRef, int] | None, known: Names, raw: str, text: str) -> LineRef | None:
    """The line that a heading names by number and name; a number with a name of something else is no line's."""
    last = _LAST.search(raw)
    if last and (line := known.by_number.get(number_key(last[1]))):
        return line if set(content(raw[: last.start()])) & set(content(line.name)) else known.named(raw)
    if numbered is None:
        area = any_meets(lexicon().headings["entity"], words(text)[:2])
        return None if area and fold(text) not in {fold(n.name) for n in known.lines} else known.named(text)
    line, offset = numbered
    own, name = set(content(raw[offset:])), set(content(line.name))
    return line if not own or not name or own & name else known.named(raw[offset:])


def _under(
    found: LineRef | None, text: str, line: LineRef, total: LineRef, totals: Sequence[LineRef], lex: Lexicon
) -> LineRef:
    """The line after a heading: the one it names, the whole area, or the one before where it names an aspect."""
    if found is not None:
        return found
    said = words(text)
    if any(spots(lex.headings["same"], said)[:1]):
        return line
    scope = next(
        (s for s in ("anlaeg", "drift") if any(w.startswith({"anlaeg": "anlæg", "drift": "drift"}[s]) for w in said)),
        None,
    )
    if any_meets(lex.headings["whole"], said) or scope or len(said) > 6:
        return next((line for line in totals if scope and line.scope == scope), total)
    if any_meets(lex.headings["entity"], said):
        return total
    return LineRef(total.entity, fold(text), total.scope, text, None, known=False)


def _total(names: Names, entity: str) -> LineRef:
    """The line of the whole area: of operations where there are totals of several scopes."""
    totals = [line for line in names.lines if line.key == TOTAL_KEY]
    totals = [t for t in totals if not _is_particular(t.name)]
    best = min(totals, key=lambda t: (t.scope == "anlaeg", t.scope != "drift"), default=None)
    return best or LineRef(entity, f"{TOTAL_KEY} (tekst)", None, entity)


def _is_particular(name: str) -> bool:
    """'Driftsudgifter i alt' is not the whole of what a text tells."""
    rows = vocabulary().tables["rows"]
    return any(any_meets((*rows["expense"], *rows["income"]), (w,)) for w in words(name))


def is_heading(paragraph: Paragraph, text: str) -> bool:
    """A short line that ends in no stop and holds no amount, or one that the file itself calls a heading."""
    if paragraph.level:
        return not amounts(paragraph.text)
    said = text.rstrip()
    short = said[:1].isalnum() and 0 < len(said.split()) <= MOST_WORDS and "\n" not in paragraph.text.strip()
    return (
        short
        and not said.endswith((".", ",", ";", ":", "!", "?"))
        and paragraph.kind == ""
        and not amounts(paragraph.text)
    )
