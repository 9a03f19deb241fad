"""What do last year's accounts and the accounting system say of a figure that differs from theirs?"""

from __future__ import annotations

from dataclasses import replace

from checker.confront import confront
from checker.diagnose.causes import diagnose
from checker.diagnose.sources import Against, against
from checker.model.causes import LIKELY
from checker.model.outcomes import FAILED
from checker.model.submission import Submission
from tests.build import TKR, gathered
from tests.diagnose.build import default_rules, labels, only, report, slip
from tests.diagnose.texts import BEFORE, BOOKED, NOW, extract, last_years, one_sum, two_years


def found(given: Submission) -> list[tuple[str, int]]:
    """Figures that differ from another source, with what that says in thousands."""
    facts = {f.fact_id: f for f in given.facts}
    return [
        (f"{facts[a.figure].label} {facts[a.figure].as_printed}", a.value // TKR)
        for a in against(confront(given, default_rules()))
    ]


def booked(*kroner: str, printed: tuple[str, ...] = NOW) -> Submission:
    return gathered(one_sum(*printed), "", extract(*kroner))


def test_figures_that_are_those_of_the_other_source_are_not_against_it() -> None:
    assert found(booked(*BOOKED)) == []
    assert found(booked("1.135.499,99", "481.500,00", "311.000,00")) == []
    assert found(gathered(two_years(BEFORE, NOW), last_years(*BEFORE))) == []


def test_a_figure_that_differs_is_told_with_the_others_value_as_it_would_be_rounded() -> None:
    assert found(booked("1.135.000,00", "428.499,99", "311.000,00")) == [("SFO 482", 428)]
    assert found(booked("1.135.000,00", "428.500,00", "311.000,00")) == [("SFO 482", 429)]
    assert found(booked("1.135.000,00", "-428.500,00", "311.000,00")) == [("SFO 482", -429)]


def test_a_figure_that_is_the_slip_of_the_booked_one_is_the_cause() -> None:
    made = report(booked(*BOOKED, printed=("1.135", "428", "311", "1.928")))
    (option,) = only(made).options
    assert labels(made, option) == ("SFO regnskab 428",)
    assert [slip(s) for s in option.suggestions] == [("swapped", LIKELY, 482)]
    (finding,) = made.findings
    assert sorted(o.kind for o in finding.outcomes) == ["reconcile", "total"]


def test_a_table_made_throughout_with_a_figure_never_booked_has_no_slip() -> None:
    """All is right with 482 and nothing would be with 428, whatever the accounting system says."""
    made = report(booked("1.135.000,00", "428.000,00", "311.000,00"))
    assert made.diagnosis.causes == ()
    (finding,) = made.findings
    assert [o.kind for o in finding.outcomes] == ["reconcile"]


def test_last_years_figure_decides_where_the_sum_leaves_it_open() -> None:
    given = gathered(two_years(("1.187", "475", "302", "1.946"), NOW), last_years(*BEFORE))
    made = report(given)
    (option,) = only(made).options
    assert labels(made, option) == ("SFO regnskab 475",)
    assert [slip(s)[::2] for s in option.suggestions] == [("swapped", 457)]
    (finding,) = made.findings
    assert sorted(o.kind for o in finding.outcomes) == ["prior_year", "total"]


def test_a_comparative_column_that_is_another_throughout_is_no_slip() -> None:
    given = gathered(two_years(BEFORE, NOW), last_years("1.187", "475", "302", "1.964"))
    made = report(given)
    assert made.diagnosis.causes == ()
    assert [[o.kind for o in f.outcomes] for f in made.findings] == [["prior_year"], ["prior_year"]]


def test_without_sums_the_other_source_is_believed_but_not_for_certain() -> None:
    made = report(booked(*BOOKED, printed=("1.135", "428", "311", "")))
    (option,) = only(made).options
    assert [slip(s) for s in option.suggestions] == [("swapped", LIKELY, 482)]
    assert len(made.findings) == 1


def test_other_sources_are_never_doubted_themselves() -> None:
    given = gathered(two_years(("1.187", "475", "302", "1.946"), NOW), last_years(*BEFORE), extract(*BOOKED))
    figures = {f for c in report(given).diagnosis.causes for o in c.options for f in o.figures}
    assert figures <= {f.fact_id for f in given.facts}


def test_a_figure_that_two_tables_print_alike_is_one_finding() -> None:
    tables = one_sum("1.135", "428", "311", "") + one_sum("1.135", "428", "311", "", title="Oversigt")
    made = report(gathered(tables, "", extract(*BOOKED)))
    assert [o.kind for o in made.outcomes if o.status == FAILED] == ["reconcile"]
    assert len(made.findings) == 1


def test_a_figure_that_is_cut_off_is_told_as_it_would_be_cut_off() -> None:
    """1.135.900 kr. booked is 1.135 where amounts are cut off; 1.153 is printed."""
    given = booked("1.135.900,00", "482.000,00", "311.000,00", printed=("1.153", "482", "311", ""))
    rules = replace(default_rules(), truncated=True)
    (cause,) = diagnose(given, confront(given, rules), truncated=True).causes
    assert [slip(s)[::2] for s in cause.options[0].suggestions] == [("swapped", 1135)]


def test_against_names_the_check_that_says_it() -> None:
    given = booked("1.135.000,00", "428.000,00", "311.000,00")
    confronted = confront(given, default_rules())
    (made,) = against(confronted)
    assert isinstance(made, Against)
    assert (confronted.outcomes[made.check].kind, confronted.outcomes[made.check].status) == ("reconcile", FAILED)
