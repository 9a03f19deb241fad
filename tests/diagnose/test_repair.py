"""Which failed checks hold once every suspect figure is put right, and how does it then look?"""

from __future__ import annotations

import pytest

from checker.confront import confront
from checker.diagnose.causes import diagnose
from checker.diagnose.repair import corrected, mark, symptoms
from checker.model.causes import LIKELY, Cause, Suggestion
from checker.model.outcomes import FAILED
from checker.model.submission import PERCENT
from checker.printed import as_printed
from tests.build import KR, MIO, TKR, fact, of_facts, submission
from tests.diagnose.build import default_rules, figure, report
from tests.diagnose.texts import KLUB, REGNSKAB, REST, SFO, SKOLER, accounts, one_sum


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        (fact(1135 * TKR), "1.135"),
        (fact(-11 * TKR), "-11"),
        (fact(11 * TKR, orientation=-1), "-11"),
        (fact(12 * MIO, MIO // 10), "12,0"),
        (fact(65_000 * KR, KR, text=True), "65.000 kr."),
        (fact(3 * MIO, MIO, text=True), "3 mio. kr."),
        (fact(3 * MIO, MIO, text=True, unit_known=False), "3"),
        (fact(12_500_000, 100_000, dimension=PERCENT), "12,5"),
    ],
)
def test_a_figure_is_printed_as_where_it_stands(given: object, printed: str) -> None:
    assert as_printed(given).removesuffix(" pct.").removesuffix(" %") == printed  # type: ignore[arg-type]


def test_only_the_figure_that_is_wrong_is_put_right() -> None:
    made = of_facts(figure("a", 10), figure("b", 20))
    found = corrected(made, Suggestion("a", "digit", LIKELY, 12 * TKR))
    assert {i: (f.value, f.as_printed) for i, f in found.items()} == {"a": (12 * TKR, "12")}
    assert corrected(made, Suggestion("a", "sums", LIKELY, None)) == {}


def test_what_refers_back_is_put_right_with_its_own_sign() -> None:
    own = figure("P1.A1", 10, text=True)
    again = figure("P1.A2", -10, text=True, refers="P1.A1")
    found = corrected(of_facts(own, again), Suggestion("P1.A1", "digit", LIKELY, 12 * TKR))
    assert {i: f.value for i, f in found.items()} == {"P1.A1": 12 * TKR, "P1.A2": -12 * TKR}


def test_the_sign_of_a_sentence_is_in_its_words_and_its_amount_stays() -> None:
    own = figure("P1.A1", -10, text=True, as_printed="10.000 kr.", orientation=-1, exact=5, coarse=MIO)
    (found,) = corrected(of_facts(own), Suggestion("P1.A1", "sign", LIKELY, 10 * TKR)).values()
    assert (found.value, found.orientation, found.as_printed) == (10 * TKR, 1, "10.000 kr.")
    assert (found.exact, found.coarse) == (None, 0)


def test_every_symptom_of_a_figure_holds_with_it_put_right() -> None:
    made = report(accounts((SKOLER, REGNSKAB, "1.153")))
    failed = [o for o in made.outcomes if o.status == FAILED]
    wrong = next(f.fact_id for f in made.submission.facts if f.as_printed == "1.153")
    assert [(o.kind, o.suspect) for o in failed] == [("difference", wrong), ("total", wrong)]
    for outcome in failed:
        assert outcome.corrected is not None
        assert outcome.evidence is not None
        assert (outcome.evidence.difference, outcome.corrected.difference) != (0, None)
        assert outcome.corrected.difference == 0
        assert [t.as_printed for t in outcome.corrected.terms if t.fact_id == wrong] == ["1.135"]


def test_all_figures_are_put_right_at_once() -> None:
    """The sum holds only with both."""
    made = report(accounts((SKOLER, REGNSKAB, "1.153"), (SFO, REGNSKAB, "428")))
    (summed,) = [o for o in made.outcomes if o.status == FAILED and o.kind == "total"]
    assert summed.corrected is not None
    assert summed.corrected.difference == 0


def test_where_nothing_decides_nothing_is_suspect_and_nothing_put_right() -> None:
    made = report(one_sum("1.135", "482", "311", "1.937"))
    assert [(o.suspect, o.corrected) for o in made.outcomes if o.status == FAILED] == [("", None)]


def test_what_passed_is_left_as_it_is() -> None:
    made = report(accounts((KLUB, REST, "11")))
    assert all((o.suspect, o.corrected) == ("", None) for o in made.outcomes if o.status != FAILED)


def test_a_check_that_shows_two_causes_goes_to_both() -> None:
    """The accounts of Skoler and of SFO are wrong, each by its own line and both by the sum."""
    read = submission(accounts((SKOLER, REGNSKAB, "1.153"), (SFO, REGNSKAB, "482.000")))
    confronted = confront(read, default_rules())
    found = diagnose(read, confronted).causes
    outcomes = confronted.outcomes
    told = symptoms(found, read, default_rules(), outcomes)
    assert [[outcomes[s.check].kind for s in own] for own in told] == [["difference", "total"]] * 2


def test_without_causes_nothing_is_explained() -> None:
    read = submission(accounts((SKOLER, REGNSKAB, "1.153")))
    outcomes = confront(read, default_rules()).outcomes
    assert symptoms((), read, default_rules(), outcomes) == []
    assert mark(outcomes, (), ()) == outcomes


def test_a_cause_of_which_nothing_is_known_has_the_checks_that_show_it() -> None:
    read = submission(one_sum("1.135", "482", "311", "1.937"))
    confronted = confront(read, default_rules())
    (cause,) = diagnose(read, confronted).causes
    bare = Cause(tuple(type(o)(o.figures) for o in cause.options), cause.conflicts, cause.checks)
    ((symptom,),) = symptoms([bare], read, default_rules(), confronted.outcomes)
    assert (symptom.check, symptom.corrected) == (cause.checks[0], None)
