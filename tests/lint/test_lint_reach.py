"""Does lint know which tables a layout can be, and which rules can meet nothing in them?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.kinds import KINDS
from checker.lint.probe import never_fires
from checker.lint.reach import held_by, wins
from checker.model.rules import Grounding, Rule
from checker.model.submission import Submission
from checker.recognise.vocabulary import Layout, layout, vocabulary
from checker.rulefile import load_rules
from checker.rulefile.known import layouts, measures
from tests.build import rule


def made(**entries: object) -> tuple[Layout, ...]:
    """Layouts by their ids; a list is what `any` names, a mapping the whole entry."""
    return tuple(
        layout({"id": id_, **(asked if isinstance(asked, dict) else {"any": asked})}) for id_, asked in entries.items()
    )


def winners(known: tuple[Layout, ...], *held: str) -> list[str]:
    return [each.id for each in known if wins(each, known, frozenset(held))]


def test_the_layout_that_asks_most_wins_and_the_first_of_equals() -> None:
    known = made(a=["x"], b={"all": ["x", "y"]}, c={"all": ["x"]})
    assert winners(known) == ["a", "b"], "c asks what a asks and comes later"
    assert winners(known, "x") == ["a", "b"]
    assert winners(known, "y") == ["b"]
    assert winners(known, "z") == ["a", "b"]


def test_a_title_outweighs_measures() -> None:
    known = made(
        a={"all": ["x", "y", "z"]}, b={"all": ["x"], "titles": ["ord"]}, c={"any": ["x"], "title_required": True}
    )
    assert winners(known, "y", "z") == ["a", "b"], "c demands a title and names none"


def test_alternatives_are_tried_together() -> None:
    known = made(a=["x"], b=["x", "y"])
    assert winners(known) == ["a", "b"]
    assert winners(known, "x") == ["a", "b"], "with x and y the second asks more"
    many = [f"m{n}" for n in range(12)]
    assert winners(made(a=["m0"], b=many), "m0") == ["a", "b"]


def test_what_tables_can_hold() -> None:
    known = made(a=["x"], b={"all": ["x", "y"]})
    assert held_by(known, ("x", "y", "z")) == {"a": ("x", "z"), "b": ("x", "y", "z"), "generic": ("y", "z")}
    held = held_by(vocabulary().layouts, measures())
    assert set(held) == set(layouts())
    assert "regnskab" not in held["budget"]
    assert "regnskab" not in held["generic"]
    assert "korrigeret_budget" not in held["regnskab"]
    assert {"regnskab", "korrigeret_budget", "over_underskud"} <= set(held["regnskab_mod_budget"])


def test_every_shipped_layout_can_be_met() -> None:
    known = vocabulary().layouts
    assert winners(known) == [each.id for each in known]


@pytest.mark.parametrize(
    ("kind", "check", "never"),
    [
        ("sign", {"measures": ["regnskab"]}, {"budget", "generic"}),
        ("sign", {"measures": ["regnskab", "budget"]}, {"generic"}),
        (
            "bound",
            {"figure": "overfoersel_soegt", "limit": "over_underskud"},
            {"budgetopfoelgning", "regnskab", "generic"},
        ),
        (
            "difference",
            {"stated": "over_underskud", "minuend": "korrigeret_budget", "subtrahend": "regnskab"},
            {"budget", "regnskab", "generic"},
        ),
        ("presence", {"what": "footnotes"}, set()),
        ("presence", {"what": "price_year"}, {"budget", "generic"}),
        ("total", {}, set()),
        ("sign_note", {}, set()),
    ],
)
def test_a_rule_that_can_meet_nothing_in_its_tables(kind: str, check: dict[str, object], never: set[str]) -> None:
    found = {each for each in layouts() if never_fires(rule(kind, check, tables=(each,)))}
    assert found == never
    assert not never_fires(rule(kind, check))
    assert not never_fires(rule(kind, check, tables=layouts()))


def test_scopes_are_tried_too() -> None:
    assert not never_fires(rule("total", {}, scopes=("drift",)))
    assert never_fires(rule("total", {}, scopes=("intet",)))


def test_no_shipped_rule_is_idle_and_most_kinds_can_be_judged() -> None:
    rules = load_rules().rules
    assert [r.id for r in rules if never_fires(r)] == []
    narrowed = [replace(r, tables=("no_such_layout",)) for r in rules if "table" in KINDS[r.kind].where]
    judged = {r.kind for r in narrowed if never_fires(r)}
    assert {"total", "difference", "bound", "sign", "presence", "ratio", "share", "ladder", "sign_note"} <= judged


@pytest.mark.parametrize("crashes", [True, False])
def test_a_kind_that_the_made_up_submission_does_not_suit_is_not_judged(
    crashes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ground(given: Rule, submission: Submission) -> Grounding:
        if crashes:
            raise ValueError(f"{given.id} {submission.year}")
        return Grounding(unbound="plan.no_totals")

    monkeypatch.setitem(KINDS, "total", replace(KINDS["total"], ground=ground))
    assert not never_fires(rule("total", {}, tables=("budget",)))
