"""What does each column hold: measure, year, basis, unit and dimension?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from checker.amounts.units import KRONE, declared_unit, is_percent, is_unit_phrase, without_units
from checker.model.submission import KR, PERCENT, Column
from checker.recognise.beside import settled
from checker.recognise.grid import Grid
from checker.recognise.vocabulary import LEVELS, Vocabulary
from checker.recognise.words import any_meets, best, fold, words

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AS_OF = re.compile(
    r"\bpr\.?\s*(\d{1,2}\.?\s*(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?(?:\s+(?:19|20)\d\d)?"
    r"|\d{1,2}[./-]\d{1,2}(?:[./-](?:20)?\d\d)?|ultimo\b|primo\b"
    r"|(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\b)",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(r"\b(?:r|b|kb|ob|fr|vb|regnskab|budget)\s?'?(\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a table: its title and the unit and year said outside the columns."""

    title: str
    unit_kr: int | None
    year: int | None


def header_texts(grid: Grid, vocab: Vocabulary) -> list[list[str]]:
    """The heading cells above each column from the top, merged cells spread over the columns they cover.

    A cell of an upper row covers blank ones as long as the row below says something there that is no measure of
    its own: with separators those to its right, in aligned text those it is nearest to.
    """
    rows: list[list[str]] = []
    for level, row in enumerate(grid.header):
        below = grid.header[level + 1] if level + 1 < len(grid.header) else None
        spread = list(row)
        for index in range(grid.width):
            if not row[index] and below and below[index] and index in grid.amounts + grid.empty:
                cover = _cover(grid, level, index)
                if cover and not _says_otherwise(below[index], cover, vocab):
                    spread[index] = cover
        rows.append(spread)
    return [list(dict.fromkeys(row[index] for row in rows if row[index])) for index in range(grid.width)]


def _cover(grid: Grid, level: int, index: int) -> str:
    """The heading cell of an upper row that covers the blank one at `index`."""
    row = grid.header[level]
    if not grid.header_at:
        below = grid.header[level + 1]
        for left in range(index - 1, -1, -1):
            if row[left]:
                return row[left]
            if not below[left]:
                return ""
        return ""
    middle = sum(grid.header_at[level + 1][index]) / 2
    named = [i for i in range(grid.width) if row[i] and i in grid.amounts + grid.empty]
    nearest = min(named, key=lambda i: abs(sum(grid.header_at[level][i]) / 2 - middle), default=None)
    return row[nearest] if nearest is not None else ""


def _says_otherwise(below: str, cover: str, vocab: Vocabulary) -> bool:
    """Whether the lower heading names another measure than the upper one, so that it stands alone."""
    inner = ("pris", "maengde", "andel", "beloeb")
    levels = {m: p for m, p in vocab.headers.items() if m not in inner and not vocab.measures[m].weak}
    own, over = best(levels, words(below)), best(levels, words(cover))
    return own is not None and over is not None and own != over and "budget" not in (own, over)


def columns(grid: Grid, context: Context, vocab: Vocabulary) -> tuple[Column, ...]:
    """The amount columns, and the declared but empty ones, as far as their headings tell."""
    pieces = header_texts(grid, vocab)
    texts = [" ".join(p) for p in pieces]
    shared = _shared_unit(grid, texts)
    found = [
        _column(index, pieces[index], grid, context, shared, vocab)
        for index in sorted(grid.amounts + grid.empty)
        if index in grid.amounts
        or (texts[index] and not any_meets(vocab.lists["text_headers"], words(texts[index])[:1]))
    ]
    if shared is None and _is_of_counts(found, texts, context.title, vocab):
        found = [_as_count(column, vocab) for column in found]
    return settled(found, pieces, context.year, vocab)


def _is_of_counts(found: Sequence[Column], texts: Sequence[str], title: str, vocab: Vocabulary) -> bool:
    """Under the title 'Antal børn' the columns 'Budget' and 'Regnskab' are counts, unless something says money."""
    begins = any_meets(vocab.lists["count_titles"], words(title)[:1]) and not any_meets(
        vocab.headers["pris"], words(title)
    )
    other = any(c.measure in ("maengde", "pris") for c in found)
    return begins and not other and all(declared_unit(text) is None for text in (title, *texts))


def _as_count(column: Column, vocab: Vocabulary) -> Column:
    if column.measure not in LEVELS:
        return column
    dimension = vocab.measures["maengde"].dimension
    return replace(column, measure="maengde", basis=column.measure, unit_kr=None, dimension=dimension)


def _shared_unit(grid: Grid, texts: Sequence[str]) -> int | None:
    """The unit in the heading of the label columns ('I 1.000 kr.') or in a row under the years."""
    for index in [*grid.labels, *([grid.number] if grid.number is not None else []), *grid.texts]:
        if (unit := declared_unit(texts[index])) is not None:
            return unit
    for title in grid.title_rows:
        if (unit := declared_unit(title)) is not None:
            return unit
    phrases = {declared_unit(c) for row in grid.header for c in row if c and is_unit_phrase(c)} - {None}
    return phrases.pop() if len(phrases) == 1 else None


def _column(
    index: int, pieces: list[str], grid: Grid, context: Context, shared: int | None, vocab: Vocabulary
) -> Column:
    text = " ".join(pieces)
    as_of = _AS_OF.search(text)
    per_line = _per_line(grid)
    bare = per_line.sub(" ", _AS_OF.sub(" ", text))
    found = words(without_units(bare))
    bare_pieces = [per_line.sub(" ", _AS_OF.sub(" ", p)) for p in pieces]
    measure = _measure(bare_pieces, vocab) or _title_measure(context.title, found, vocab)
    spec = vocab.measures[measure]
    years = [int(w) for w in words(bare) if _YEAR.fullmatch(w)]
    if not years and (short := _SHORT_YEAR.search(bare)):
        years = [2000 + int(short[1])]
    if not years and as_of:
        years = [int(y) for y in re.findall(r"(?:19|20)\d\d", as_of[1])]  # 'Forbrug pr. 30.9.2023'
    year = years[-1] if years else None
    if year is not None and spec.year_shift:
        shift = next((by for word, by in spec.year_shift.items() if word in words(bare)), 0)
        year += shift
    unit = declared_unit(text)
    if unit is None:
        unit = KRONE if spec.own_unit else shared if shared is not None else context.unit_kr
    return Column(
        index=index,
        header=text,
        measure=measure,
        year=year,
        basis=_level([context.title] if spec.weak else bare_pieces, vocab)
        if spec.weak or measure in ("maengde", "pris")
        else None,
        as_of=fold(as_of[1]) if as_of else None,
        unit_kr=unit if spec.dimension == KR else None,
        dimension=spec.dimension,
        empty=index in grid.empty,
    )


def _per_line(grid: Grid) -> re.Pattern[str]:
    """'pr. kommune' where the lines are headed 'Kommune': an amount of each line, no price of a unit."""
    heads = [row[i] for row in grid.header for i in grid.labels if row[i] and not is_unit_phrase(row[i])]
    named = [re.escape(w) for head in heads for w in words(without_units(head))[:1]]
    return re.compile(rf"\bpr\.?\s+(?:{'|'.join(named)})\w*" if named else r"(?!)", re.IGNORECASE)


def _measure(pieces: Sequence[str], vocab: Vocabulary) -> str | None:
    """What the heading names first; counts, prices and shares wherever they are named ('Budget 2021 | Mængde').

    A part ('Netto') only where nothing else is named, unless it is the longer word: 'Netto budget' is a budget,
    'Budgetgaranteret' is not.
    """
    text = " ".join(pieces)
    if is_percent(text) or any(w.endswith(("pct", "procent")) for w in words(text)):
        return "andel"
    found = words(without_units(text)) or words(text)
    special = vocab.named("pris", "maengde", "andel", "pl_regulering")
    if named := best(special, words(text)):
        upper = best({"over_underskud": vocab.headers["over_underskud"]}, words(pieces[0])) if len(pieces) > 1 else None
        return None if upper and named in ("pris", "maengde") else named  # what a deviation is made of is in kroner
    weak = vocab.named(weak=True)
    strong = best({m: p for m, p in vocab.named(weak=False).items() if m != "beloeb"}, found)
    if strong is None:
        return best(weak, found) or best(vocab.named("beloeb"), found)
    begin = min(at for p in vocab.headers[strong] if (at := p.begins(found)) is not None)
    return best({strong: vocab.headers[strong], **weak}, found[begin:])


def _level(pieces: Sequence[str], vocab: Vocabulary) -> str | None:
    """Whose count or price it is: budgeted or of the accounts ('Budget 2023 | Antal')."""
    return best({m: vocab.headers[m] for m in LEVELS}, words(" ".join(pieces)))


def _title_measure(title: str, header: Sequence[str], vocab: Vocabulary) -> str:
    """Columns headed by a year alone hold what the title says; others hold an amount of unknown measure."""
    if header and all(_YEAR.fullmatch(w) for w in header):
        return _level([title], vocab) or "beloeb"
    return "beloeb"


def dimension_of(column: Column, texts: Sequence[str]) -> str:
    """Per cent where the heading or most cells say so, else the measure's own dimension."""
    signs = sum(is_percent(t) for t in texts)
    return PERCENT if column.measure == "andel" or 2 * signs > len(texts) > 0 else column.dimension
