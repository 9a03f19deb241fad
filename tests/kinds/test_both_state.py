"""What do kinds that compare with another source (last year's, an extract) ask for?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.kinds.both_state import agreement, settings
from checker.model.rules import TABLE, Grounding, Relation, Term
from checker.model.submission import EXTRACT, PERCENT, PRIOR, Fact, Submission
from tests.build import EMPTY, TKR, fact, ground, rule


def read(*facts: Fact, others: tuple[Fact, ...] = ()) -> Submission:
    return replace(EMPTY, facts=facts, others=others)


@pytest.mark.parametrize(("kind", "mode"), [("prior_year", PRIOR), ("reconcile", EXTRACT)])
def test_the_measures_of_tables_are_compared_in_their_order_but_shares_and_those_left_out(kind: str, mode: str) -> None:
    made = read(
        fact(9 * TKR),
        fact(8 * TKR, measure="korrigeret_budget"),
        fact(7 * TKR, measure="beloeb"),
        fact(6, measure="andel", dimension=PERCENT),
        fact(5 * TKR, measure="overfoersel_soegt", text=True),
    )
    key = f"R/{mode}"
    assert agreement(rule(kind), mode, made) == Grounding(
        (Relation(key, "R", "agree", mode, ("scope", "line", "year", "basis", "as_of")),),
        (Term(key, 1, measure="korrigeret_budget", source=TABLE), Term(key, 1, measure="regnskab", source=TABLE)),
    )
    every = agreement(rule(kind, {"except": ()}), mode, made)
    assert [t.measure for t in every.terms] == ["beloeb", "korrigeret_budget", "regnskab"]


def test_figures_of_an_extract_in_long_form_are_compared_though_no_file_of_it_has_rows_to_map() -> None:
    given = rule("reconcile")
    own = fact(9 * TKR)
    there = replace(own, submission=EXTRACT)
    assert ground(given, read(own, others=(there,))) == agreement(given, EXTRACT, read(own))
    assert ground(given, read(own, others=(replace(own, submission=PRIOR),))) == Grounding(unbound="plan.no_extract")


def test_each_kind_has_its_own_severity_of_one_unit() -> None:
    assert [settings(severity)["one_unit"].default for severity in ("note", "error")] == ["note", "error"]
    assert settings("note")["except"].default == ("beloeb", "pris")
