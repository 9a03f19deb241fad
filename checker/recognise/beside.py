"""What do the columns of a table say of each other: which budget, basis, year, and which are not the same figures?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from checker.amounts.units import is_unit_phrase
from checker.model.submission import Column
from checker.recognise.vocabulary import Vocabulary
from checker.recognise.words import any_meets, best, fold, words


def settled(
    found: list[Column], pieces: Sequence[list[str]], default_year: int | None, vocab: Vocabulary
) -> tuple[Column, ...]:
    """The columns with what the others add; `pieces` are the headings above each from the top."""
    found = _with_bases(_with_budgets(_with_wholes(found, vocab)), vocab)
    return tuple(_told_apart(_with_years(found, default_year), pieces, vocab))


def _with_wholes(found: list[Column], vocab: Vocabulary) -> list[Column]:
    """'Overføres i alt' is a sum of its own only beside what is carried to each year."""
    result = []
    for column in found:
        of = vocab.measures[column.measure].beside
        alone = of and not any(c.measure == of and not c.empty for c in found)
        result.append(replace(column, measure=of) if alone else column)
    return result


def _with_budgets(found: list[Column]) -> list[Column]:
    """A plain budget beside a revised one is the original, and the other way round."""
    held = {(c.measure, c.year) for c in found}
    other = {"korrigeret_budget": "oprindeligt_budget", "oprindeligt_budget": "korrigeret_budget"}
    result = []
    for column in found:
        beside = [other[m] for m in other if (m, column.year) in held]
        named = column.measure == "budget" and len(beside) == 1
        result.append(replace(column, measure=beside[0]) if named else column)
    return result


def _told_apart(found: list[Column], pieces: Sequence[list[str]], vocab: Vocabulary) -> list[Column]:
    """Columns that would state the same points: only one whose own lowest heading says so keeps its measure.

    Under 'Budget 2023' the columns 'Ton' and '1.000 kr.' are not both the budget; 'Netto' is what it names, of the
    budget. Of measures that may stand there several times none keeps it.
    """
    points = Counter((c.measure, c.year, c.basis, c.as_of) for c in found if not c.empty)
    named = {
        (c.measure, c.year, c.basis, c.as_of, best(vocab.tables["deviation_plus"], words(c.header))) for c in found
    }
    sides = {p for p, n in Counter(n[:-1] for n in named).items() if n > 1}  # 'Merforbrug' beside 'Mindreforbrug'
    taken: set[tuple[object, ...]] = set()
    result = []
    for each in found:
        column = each
        point = (column.measure, column.year, column.basis, column.as_of)
        lowest = pieces[column.index][-1] if pieces[column.index] else ""
        own = is_unit_phrase(lowest) or best(vocab.headers, words(lowest)) == column.measure
        own = own and not vocab.measures[column.measure].several
        own = own and not (vocab.measures[column.measure].deviation and point in sides)
        part = best(vocab.named(weak=True), words(lowest))
        other_count = column.measure == "maengde" and point in taken  # årsværk beside indskrevne
        doubled = points[point] > 1 and not column.empty
        taken.add(point)
        if doubled and (not own or other_count):
            column = replace(column, measure=part or "beloeb", basis=column.measure if part else column.basis)
        if column.measure == "beloeb":  # two columns of unknown measure are not the same figures
            column = replace(column, basis=fold(column.header) or f"kolonne {column.index + 1}")
        result.append(column)
    return result


def _with_bases(found: list[Column], vocab: Vocabulary) -> list[Column]:
    """Deviations with what they are measured against, and whether they are of the expected accounts."""
    held = {c.measure for c in found if not c.empty}
    of_year = {c.measure for c in found if not c.empty and c.as_of is None}  # 'Forbrug pr. 31.8.' is no deviation's
    result = []
    for column in found:
        if not vocab.measures[column.measure].deviation:
            result.append(column)
            continue
        said = words(column.header)
        basis, both = _said_basis(said, vocab)
        order = ("korrigeret_budget", "budget", "oprindeligt_budget", "forventet_regnskab")
        if basis not in held:
            basis = basis if basis and "budget" not in held else next((m for m in order if m in held), basis)
        forecast = "forventet_regnskab" in held and (
            "regnskab" not in of_year or any_meets(vocab.lists["forecast_words"], said)
        )
        measure = "forventet_over_underskud" if (forecast or both) and basis != "forventet_regnskab" else column.measure
        result.append(replace(column, basis=basis, measure=measure))
    return result


def _said_basis(said: Sequence[str], vocab: Vocabulary) -> tuple[str | None, bool]:
    """What a deviation's heading names as its basis; 'FR - KB' names the budget, and that the accounts are expected."""
    table = vocab.tables["deviation_basis"]
    budget = best({m: p for m, p in table.items() if m != "forventet_regnskab"}, said)
    if budget and any_meets(table["forventet_regnskab"], said):
        return budget, True
    return best(vocab.tables["deviation_basis"], said), False


def _with_years(found: list[Column], default_year: int | None) -> list[Column]:
    """A column without a year takes that of its basis, of the table's main column, the title's, or the only one."""
    stated = {c.measure: {o.year for o in found if o.measure == c.measure and o.year} for c in found}
    order = (
        ("korrigeret_budget", "budget", "forventet_regnskab"),
        ("regnskab",),
        ("oprindeligt_budget", "over_underskud"),
    )
    main = next((years for names in order if (years := [c.year for c in found if c.year and c.measure in names])), [])
    every = {c.year for c in found if c.year}
    only = every.pop() if len(every) == 1 else None
    default = main[-1] if main else default_year or only
    result = []
    for column in found:
        of_basis = stated.get(column.basis or "", set())
        year = column.year or (next(iter(of_basis)) if len(of_basis) == 1 else default)
        result.append(replace(column, year=year))
    return result
