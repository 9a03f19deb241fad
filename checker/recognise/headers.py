"""What does each column hold: measure, year, basis, unit and dimension?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from checker.amounts.units import KRONE, declared_unit, is_percent, is_unit_phrase, without_units
from checker.model.submission import KR, PERCENT, Column
from checker.recognise.grid import Grid
from checker.recognise.vocabulary import Vocabulary
from checker.recognise.words import any_meets, best, fold, words

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AS_OF = re.compile(
    r"\bpr\.?\s*(\d{1,2}\.?\s*(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?(?:\s+(?:19|20)\d\d)?"
    r"|\d{1,2}[./-]\d{1,2}(?:[./-](?:20)?\d\d)?)",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(r"\b(?:r|b|kb|ob|fr|vb|regnskab|budget)\s?'?(\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a table: its title and the unit and year said outside the columns."""

    title: str
    unit_kr: int | None
    year: int | None


def header_texts(grid: Grid) -> list[list[str]]:
    """The heading cells above each column from the top, a merged cell filled to the right.

    A cell of an upper row covers the blank ones to its right as long as the row below says something there.
    """
    filled: list[list[str]] = []
    for level, row in enumerate(grid.header):
        below = grid.header[level + 1] if level + 1 < len(grid.header) else None
        carried, result = "", []
        for index, cell in enumerate(row):
            own = cell
            if not own and carried and below is not None and below[index] and index in grid.amounts + grid.empty:
                own = carried
            carried = cell or (carried if own else "")
            result.append(own)
        filled.append(result)
    texts = []
    for index in range(grid.width):
        pieces: list[str] = []
        for row in filled:
            if row[index] and row[index] not in pieces:
                pieces.append(row[index])
        texts.append(pieces)
    return texts


def columns(grid: Grid, context: Context, vocab: Vocabulary) -> tuple[Column, ...]:
    """The amount columns, and the declared but empty ones, as far as their headings tell."""
    pieces = header_texts(grid)
    texts = [" ".join(p) for p in pieces]
    shared = _shared_unit(grid, texts)
    found = [
        _column(index, pieces[index], grid, context, shared, vocab)
        for index in sorted(grid.amounts + grid.empty)
        if index in grid.amounts
        or (texts[index] and not any_meets(vocab.lists["text_headers"], words(texts[index])[:1]))
    ]
    return tuple(_with_years(_with_bases(found, vocab), context))


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
    bare = _AS_OF.sub(" ", text)
    found = words(without_units(bare))
    bare_pieces = [_AS_OF.sub(" ", p) for p in pieces]
    measure = _measure(bare_pieces, vocab) or _title_measure(context.title, found, vocab)
    spec = vocab.measures[measure]
    years = [int(y) for y in _YEAR.findall(bare)]
    if not years and (short := _SHORT_YEAR.search(bare)):
        years = [2000 + int(short[1])]
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
        basis=_level(bare_pieces, vocab) if measure in ("maengde", "pris") else None,
        as_of=fold(as_of[1]) if as_of else None,
        unit_kr=unit if spec.dimension == KR else None,
        dimension=spec.dimension,
        empty=index in grid.empty,
    )


def _measure(pieces: Sequence[str], vocab: Vocabulary) -> str | None:
    """What the heading names first; counts, prices and shares wherever they are named ('Budget 2021 | Mængde')."""
    text = " ".join(pieces)
    if is_percent(text):
        return "andel"
    found = words(without_units(text)) or words(text)
    special = {m: p for m, p in vocab.headers.items() if m in ("maengde", "pris", "andel")}
    return best(special, found) or best(vocab.headers, found)


def _level(pieces: Sequence[str], vocab: Vocabulary) -> str | None:
    """Whose count or price it is: budgeted or of the accounts ('Budget 2023 | Antal')."""
    levels = ("regnskab", "oprindeligt_budget", "korrigeret_budget", "budget", "forventet_regnskab")
    return best({m: vocab.headers[m] for m in levels}, words(" ".join(pieces)))


def _title_measure(title: str, header: Sequence[str], vocab: Vocabulary) -> str:
    """Columns headed by a year alone hold what the title says; others hold an amount of unknown measure."""
    if header and all(_YEAR.fullmatch(w) for w in header):
        return best({k: v for k, v in vocab.headers.items() if k != "beloeb"}, words(title)) or "beloeb"
    return "beloeb"


def _with_bases(found: list[Column], vocab: Vocabulary) -> list[Column]:
    """Deviations with what they are measured against, and whether they are of the expected accounts."""
    held = {c.measure for c in found if not c.empty}
    result = []
    for column in found:
        if not vocab.measures[column.measure].deviation:
            result.append(column)
            continue
        said = words(column.header)
        basis = best(vocab.tables["deviation_basis"], said)
        order = ("korrigeret_budget", "budget", "oprindeligt_budget", "forventet_regnskab")
        if basis not in held:
            basis = basis if basis and "budget" not in held else next((m for m in order if m in held), basis)
        forecast = "forventet_regnskab" in held and (
            "regnskab" not in held or any_meets(vocab.lists["forecast_words"], said)
        )
        measure = "forventet_over_underskud" if forecast and basis != "forventet_regnskab" else column.measure
        result.append(replace(column, basis=basis, measure=measure))
    return result


def _with_years(found: list[Column], context: Context) -> list[Column]:
    """A column without a year takes that of its basis, else of the table's main column, else the title's."""
    stated = {c.measure: {o.year for o in found if o.measure == c.measure and o.year} for c in found}
    order = (
        ("korrigeret_budget", "budget", "forventet_regnskab"),
        ("regnskab",),
        ("oprindeligt_budget", "over_underskud"),
    )
    main = next((years for names in order if (years := [c.year for c in found if c.year and c.measure in names])), [])
    default = main[-1] if main else context.year
    result = []
    for column in found:
        of_basis = stated.get(column.basis or "", set())
        year = column.year or (next(iter(of_basis)) if len(of_basis) == 1 else default)
        result.append(replace(column, year=year))
    return result


def dimension_of(column: Column, texts: Sequence[str]) -> str:
    """Per cent where the heading or most cells say so, else the measure's own dimension."""
    signs = sum(is_percent(t) for t in texts)
    return PERCENT if column.measure == "andel" or 2 * signs > len(texts) > 0 else column.dimension
