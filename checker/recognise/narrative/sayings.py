"""What else do sentences say that a rule can hold against the figures: years, opposite words, reasons, per cents?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.amounts.units import read_amount
from checker.recognise.narrative.against import nearest_basis
from checker.recognise.narrative.amounts import Said
from checker.recognise.narrative.claim import Claim
from checker.recognise.narrative.cues import clause, says
from checker.recognise.narrative.lexicon import Lexicon, spots
from checker.recognise.narrative.mentions import LineRef
from checker.recognise.narrative.sections import Section
from checker.recognise.narrative.sentences import AMOUNT, MARK, PERCENT, WORD, Sentence

FAR = 9
"""So many tokens may stand between an amount and the per cent that it is said to be."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim of a sentence that is no amount: `kind` as in `Claim` of the model, `at` the token that says it."""

    kind: str
    section: Section
    sentence: Sentence
    at: int
    line: LineRef
    value: str
    year: int | None = None


def transfer_years(claim: Claim, section: Section, line: LineRef, year: int | None, lex: Lexicon) -> Iterator[Saying]:
    """The year that a transfer is said to go to; the one after the accounts is expected."""
    if claim.measure != "overfoersel_soegt" or year is None:
        return
    at = claim.hit.start if claim.hit and claim.back else claim.token
    start, end = clause(claim.sentence, at, lex)
    words = claim.sentence.words
    for i in range(start, end):
        if words[i].isdigit() and len(words[i]) == 4 and words[i - 1 : i] == ["til"]:
            yield Saying("text_transfer_year", section, claim.sentence, i, line, words[i], year + 1)
            return


def contradictions(
    sentence: Sentence, section: Section, line: LineRef, result: Claim | None, lex: Lexicon
) -> Iterator[Saying]:
    """'Overskuddet indgår …' after an underskud of the same line: a sentence that begins with the opposite word."""
    first = next((i for i, t in enumerate(sentence.tokens) if t.kind == WORD), 0)
    if result is None or not result.sign or result.said is None or result.measure != "over_underskud":
        return
    while sentence.words[first : first + 1] and says(lex.whole, sentence.words[first]):
        first += 1
    if first >= len(sentence.words) or any(t.kind == AMOUNT for t in sentence.tokens):
        return
    said = next(
        (
            s
            for s, p in ((1, lex.opposites["bedre"]), (-1, lex.opposites["daarligere"]))
            if says(p, sentence.words[first])
        ),
        0,
    )
    after = sentence.words[first + 1 :]
    if said and said != result.sign and any(says(lex.opposites["verbs"], w) for w in after):
        yield Saying("text_contradiction", section, sentence, first, line, line.number or line.name)


def explanations(sentence: Sentence, section: Section, line: LineRef, lex: Lexicon) -> Iterator[Saying]:
    """That a sentence gives a reason."""
    for start, _ in spots(lex.reasons, sentence.words)[:1]:
        yield Saying("text_explained", section, sentence, start, line, line.key)


def percents(sentence: Sentence, made: Sequence[Claim], lex: Lexicon) -> Iterator[tuple[Claim, Claim]]:
    """Per cents that a result is said to be of the budget: 'et merforbrug på 2 mio. kr., svarende til 3 pct. af …'."""
    for at, token in enumerate(sentence.tokens):
        if token.kind != PERCENT:
            continue
        near = [c for c in made if 0 < at - c.token <= FAR and not c.back]
        if not near or near[-1].measure != "over_underskud":
            continue
        if sentence.tokens[at - 1].text == "(" and near[-1].token != at - 2:
            continue  # 'merforbrug 3 mio. kr. på grund af sygefravær (8,9 %)'
        between = sentence.tokens[near[-1].token + 1 : at]
        if any(t.text in ("mod", "end", "fra") or (t.kind == MARK and t.text in ";.") for t in between):
            continue
        lower = _of_what(sentence, at, near[-1], lex)
        amount = read_amount(
            token.text.replace("procent", "pct.").replace("pct", "%").replace(".", "")
            if "," in token.text
            else token.text.replace("procent", "%")
        )
        if lower and amount is not None and amount.dimension == "percent":
            said = Said(token.text, token.start, token.end, amount.value, amount.unit)
            yield Claim(sentence, at, said, None, "andel", basis=f"over_underskud/{lower}"), near[-1]


def _of_what(sentence: Sentence, at: int, result: Claim, lex: Lexicon) -> str:
    """The budget that a per cent is of: as it says, else what the result is measured against; '' for other things."""
    after = sentence.words[at + 1 : at + 7]
    if after[:1] == ["af"]:
        if not any(says(lex.lists["budget_words"], w) for w in after):
            return ""
        return (
            nearest_basis(sentence, at, min(len(sentence.tokens), at + 7), at, lex)
            or result.basis
            or "korrigeret_budget"
        )
    following = sentence.tokens[at + 1 : at + 2]
    if following and following[0].kind != MARK:
        return ""
    basis = result.basis or "korrigeret_budget"
    return basis if basis.endswith("budget") else ""
