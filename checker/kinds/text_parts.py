"""Do the amounts that a text tells of parts add up to what it tells of the whole?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from checker.kinds.base import Kind, Setting
from checker.kinds.told import LineKey, in_scopes, line_of, term_of, told
from checker.model.rules import ACROSS, BESIDE, TEXT, Grounding, Relation, Rule, Term
from checker.model.submission import Fact, Parts, Submission

Told = dict[tuple[LineKey, str | None, int | None], Fact]
"""The figure of a line against a basis in a year, as exactly as the text tells it."""
LineYear = tuple[LineKey, int | None]


def ground(rule: Rule, submission: Submission) -> Grounding:
    """One relation per line whose figure a sentence tells and whose parts sentences tell too.

    A part that is not told is looked for in its own parts. Where all parts are told they must make the whole; where
    some are not, they may be at most the whole, or with `every_part` nothing is checked. `best_known` takes each
    figure as exactly as any table or sentence knows it. Amounts that a sentence says are parts of another ('heraf')
    may be at most that.
    """
    measure = rule.settings["figure"]
    figures: Told = {}
    for fact in told(submission, measure, referring=True):
        at = (line_of(fact), fact.basis, fact.year)
        if in_scopes(rule, fact) and (at not in figures or fact.unit < figures[at].unit):
            figures[at] = fact
    results = {(line_of(f), f.year): f for f in reversed(list(told(submission, "over_underskud")))}
    settled = {(line_of(f), f.year) for f in told(submission, measure, "rest_efter_overfoersel", referring=True)}
    relations: list[Relation] = []
    terms: list[Term] = []
    seen: set[LineYear] = set()
    for fact in figures.values():
        for group in _groups(fact, submission.structure):
            made = _relation(rule, fact, group, figures, results, settled, submission.structure)
            if made and (line_of(fact), fact.year) not in seen:
                seen.add((line_of(fact), fact.year))
                relations.append(made[0])
                terms += made[1]
    for relation, own in _within_sentences(rule, measure, submission):
        relations.append(relation)
        terms += own
    return Grounding(tuple(relations), tuple(terms), unbound="" if relations else "plan.no_parts_in_text")


def _groups(fact: Fact, structure: Sequence[Parts]) -> Iterator[Parts]:
    for group in structure:
        if (group.scope, group.whole) == (fact.scope, fact.line) and group.seen_by != "ladder" and not group.selected:
            yield group


def _relation(
    rule: Rule,
    whole: Fact,
    group: Parts,
    figures: Told,
    results: Mapping[LineYear, Fact],
    settled: set[LineYear],
    structure: Sequence[Parts],
) -> tuple[Relation, list[Term]] | None:
    every = rule.settings["every_part"] == "yes"
    parts: list[Fact] = []
    complete = True
    deficits: list[Fact] = []
    for key, scope in zip(group.parts, group.part_scopes, strict=True):
        at = (whole.entity, scope, key)
        found, all_told = _told_of(at, whole, figures, structure, frozenset((whole.line,)))
        result = results.get((at, whole.year))
        if result and result.value < 0 and not found and (at, whole.year) not in settled:
            return None  # a deficit of which nothing is told may be carried too
        deficits += [result] if result and result.value < 0 and not found else []
        parts += found
        if every and not all_told:
            return None
        complete = complete and all_told
    if len(parts) < (2 if every else 1):
        return None
    name = f"{rule.id}/{whole.fact_id}"
    best = rule.settings["best_known"] == "yes"
    sign = 1 if complete or whole.value >= 0 else -1
    if not complete and any(p.value * whole.value < 0 for p in parts):
        return None
    relation = Relation(name, rule.id, "=" if complete else "<=", ACROSS if best else BESIDE, (), rule.missing)
    relation = replace(relation, also=_net(rule, parts, deficits))
    terms = [_term(name, sign, p) for p in parts]
    return relation, [*terms, _term(name, -sign, whole, stated=True)]


def _net(rule: Rule, parts: Sequence[Fact], deficits: Sequence[Fact]) -> tuple[tuple[str, int], ...]:
    """The sum less the deficits of the other parts, where the rule wants it shown."""
    lost = sum(f.value for f in deficits)
    if rule.settings["net_of_deficits"] == "no" or not lost:
        return ()
    return (("report.net_of_deficits", sum(p.value for p in parts) + lost),)


def _told_of(
    line: LineKey, whole: Fact, figures: Told, structure: Sequence[Parts], above: frozenset[str]
) -> tuple[list[Fact], bool]:
    """The figure told of a line, else those told of its parts; and whether nothing of the line is left untold.

    `above` are the lines that it is part of, so that groups that hold each other end.
    """
    own = figures.get((line, whole.basis, whole.year))
    if own is not None:
        return [own], True
    entity, scope, key = line
    for group in structure:
        if (group.scope, group.whole) == (scope, key) and group.seen_by != "ladder" and key not in above:
            parts = zip(group.parts, group.part_scopes, strict=True)
            below = above | {key}
            told = [_told_of((entity, of, part), whole, figures, structure, below) for part, of in parts]
            return [f for found, _ in told for f in found], not group.selected and all(every for _, every in told)
    return [], False


def _term(relation: str, weight: int, fact: Fact, stated: bool = False) -> Term:
    return Term(
        relation, weight, None, fact.scope, fact.line, fact.measure, fact.basis, fact.year, stated=stated, source=TEXT
    )


def _within_sentences(rule: Rule, measure: str, submission: Submission) -> Iterator[tuple[Relation, list[Term]]]:
    """'3 mio. kr., heraf 2 mio. kr. til … og 1 mio. kr. til …': the parts are at most the whole."""
    facts = {f.fact_id: f for f in submission.facts}
    for group in submission.text_parts:
        whole = facts[group.whole]
        parts = [facts[i] for i in group.parts]
        if group.measure != measure or not in_scopes(rule, whole) or any(p.measure != measure for p in parts):
            continue
        name = f"{rule.id}/{whole.fact_id}/heraf"
        sign = -1 if whole.value < 0 else 1
        if any(p.value * sign < 0 for p in parts):
            continue
        relation = Relation(name, rule.id, "<=", BESIDE, (), rule.missing)
        terms = [term_of(name, sign, p) for p in parts]
        yield relation, [*terms, term_of(name, -sign, whole, stated=True)]


KIND = Kind(
    ground,
    {
        "figure": Setting("measure", required=True, help="The measure whose parts are added up."),
        "every_part": Setting(
            "choice",
            choices=("yes", "no"),
            default="no",
            help="Whether the text must tell every part, or none is nothing.",
        ),
        "net_of_deficits": Setting(
            "choice", choices=("yes", "no"), default="no", help="Whether the sum less the parts' deficits is shown too."
        ),
        "best_known": Setting(
            "choice",
            choices=("yes", "no"),
            default="no",
            help="Whether tables make the figures of the text more exact.",
        ),
    },
    where=("scope",),
)
