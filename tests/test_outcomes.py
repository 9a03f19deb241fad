"""Does an outcome tell both numbers, the difference with its direction, the bound, the places and the words?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from checker.engine.python import Result
from checker.model.document import Place
from checker.model.outcomes import At, Evidence, EvidenceTerm, Figure, Message, Outcome
from checker.model.rules import Predicate, Relation, Term
from checker.model.submission import Fact
from checker.names import Names
from checker.outcomes import from_predicate, from_result
from checker.wording import both, figure_text, say
from tests.build import KR, MIO, TKR, fact, results, rule, run, submission

SUM = """
Regnskab i 1.000 kr.
| Nr. | Område | Regnskab 2023 |
| 1 | Skoler | 100 |
| 2 | SFO | 40 |
| | I alt | {total} |
"""

DEVIATION = """
Beløb i 1.000 kr.
| Område | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |
| Skoler | 100 | {accounts} | {deviation} |
"""

TOTAL = rule("total")
DIFFERENCE = rule("difference", {"stated": "over_underskud", "minuend": "basis", "subtrahend": "regnskab"})


def only(text: str, given: object = TOTAL) -> Outcome:
    """The one outcome of a rule in a text."""
    (outcome,) = run(text, given).outcomes  # type: ignore[arg-type]
    return outcome


def test_a_sum_in_full() -> None:
    outcome = only(SUM.format(total="143"))
    facts = {f.line: f for f in submission(SUM.format(total="143")).facts}

    def term(line: str, label: str, weight: int, stated: bool = False) -> EvidenceTerm:
        made = facts[line]
        return EvidenceTerm(
            label, weight, made.value, TKR, made.as_printed, made.place, stated, "", 1, made.fact_id, "T1"
        )

    assert outcome.evidence == Evidence(
        terms=(term("1", "1 Skoler", 1), term("2", "2 SFO", 1), term("i alt", "I alt", -1, stated=True)),
        op="=",
        dimension="kr",
        show=TKR,
        divisor=1,
        stated=143 * TKR,
        computed=140 * TKR,
        difference=3 * TKR,
        tolerance2=3 * TKR,
        unit_known=True,
        odds=0,
    )
    assert outcome == Outcome(
        rule_id="R",
        rule_name="some-defect",
        kind="total",
        severity="error",
        status="failed",
        at=At(facts["1"].entity, "T1", "Regnskab i 1.000 kr.", "i alt", "I alt", "regnskab", 2023, None),
        message=outcome.message,
        evidence=outcome.evidence,
        places=(facts["i alt"].place, facts["1"].place, facts["2"].place),
        facts=(facts["1"].fact_id, facts["2"].fact_id, facts["i alt"].fact_id),
    )
    assert (outcome.places[0].line, outcome.places[0].column, outcome.places[0].row) == (6, 13, 4)
    assert outcome.message == Message(
        "outcome.total.failed",
        {
            "label": "I alt",
            "table": "Regnskab i 1.000 kr.",
            "measure": "@measure.regnskab",
            "stated": Figure(143 * TKR, TKR),
            "computed": Figure(140 * TKR, TKR),
            "difference": Figure(3 * TKR, TKR, signed=True),
            "tolerance": Figure(3 * TKR, TKR, halves=True),
            "first": "100",
            "other": "1 Skoler: 100; 2 SFO: 40; I alt: 143",
        },
    )


@pytest.mark.parametrize(
    ("total", "danish", "english"),
    [
        (
            "143",
            "Delposterne giver 140 t.kr., men der står 143 t.kr. Forskellen er +3 t.kr.; afrunding kan højst forklare"
            " 1,5 t.kr.",
            "The parts give 140 thousand DKK, but 143 thousand DKK is stated. The difference is +3 thousand DKK;"
            " rounding explains at most 1.5 thousand DKK.",
        ),
        (
            "1.137",
            "Delposterne giver 140 t.kr., men der står 1.137 t.kr. Forskellen er +997 t.kr.;"
            " afrunding kan højst forklare 1,5 t.kr.",
            "The parts give 140 thousand DKK, but 1,137 thousand DKK is stated. The difference is +997 thousand DKK;"
            " rounding explains at most 1.5 thousand DKK.",
        ),
        (
            "139",
            "Delposterne giver 140 t.kr., oplyst er 139 t.kr.; forskellen kan skyldes afrunding (højst 1,5 t.kr.).",
            "The parts give 140 thousand DKK, stated is 139 thousand DKK; rounding can explain the difference"
            " (at most 1.5 thousand DKK).",
        ),
        ("140", "Delposterne giver 140 t.kr., som oplyst.", "The parts give 140 thousand DKK, as stated."),
    ],
)
def test_the_sentences_of_a_sum(total: str, danish: str, english: str) -> None:
    assert both(only(SUM.format(total=total)).message) == {"da": danish, "en": english}


def test_a_difference_names_its_measures_and_points_at_the_stated_figure_first() -> None:
    outcome = only(DEVIATION.format(accounts="90", deviation="7"), DIFFERENCE)
    assert outcome.evidence is not None
    assert [(t.label, t.weight, t.as_printed, t.stated) for t in outcome.evidence.terms] == [
        ("@measure.korrigeret_budget", 1, "100", False),
        ("@measure.regnskab", -1, "90", False),
        ("@measure.over_underskud", -1, "7", True),
    ]
    assert (outcome.evidence.stated, outcome.evidence.computed, outcome.evidence.difference) == (
        *(7 * TKR, 10 * TKR),
        -3 * TKR,
    )
    assert (outcome.at.label, outcome.at.measure, outcome.at.line) == ("Skoler", "over_underskud", "skoler")
    assert [p.column for p in outcome.places] == [23, 12, 18]


def test_a_column_printed_the_other_way_round_keeps_what_is_printed() -> None:
    text = """
Beløb i 1.000 kr.
| Område | Korr. budget 2023 | Regnskab 2023 | Merforbrug 2023 |
| Skoler | 100 | 90 | -10 |
| SFO | 40 | 46 | 6 |
| Klub | 20 | 12 | -5 |
"""
    outcome = run(text, DIFFERENCE).outcomes[2]
    assert outcome.evidence is not None
    stated = outcome.evidence.terms[2]
    assert (stated.as_printed, stated.value, stated.orientation) == ("-5", 5 * TKR, -1)
    assert (outcome.status, outcome.evidence.stated, outcome.evidence.computed) == ("failed", 5 * TKR, 8 * TKR)


def test_a_missing_figure_is_named_and_no_arithmetic_is_shown() -> None:
    outcome = run(DEVIATION.format(accounts="", deviation="7") + "| SFO | 40 | 45 | -5 |\n", DIFFERENCE).outcomes[0]
    assert outcome.evidence == Evidence(
        terms=outcome.evidence.terms if outcome.evidence else (),
        op="=",
        show=TKR,
        missing=("@measure.regnskab",),
    )
    assert (outcome.status, outcome.reason) == ("not_evaluated", "reason.part_missing")
    assert both(outcome.message) == {
        "da": "Kunne ikke kontrolleres: en eller flere poster mangler et tal (regnskab).",
        "en": "Could not be checked: one or more parts lack a figure (accounts).",
    }


def test_a_stated_figure_that_is_missing_is_named_by_its_line_and_measure() -> None:
    text = DEVIATION.format(accounts="93", deviation="7") + "| SFO | 40 | 45 |  |\n| Dagtilbud | 20 | 15 |  |\n"
    about = [(o.at.line, o.at.label, o.at.measure, o.at.year) for o in run(text, DIFFERENCE).outcomes]
    assert len(about) == len(set(about)) == 3
    assert {measure for _, _, measure, _ in about} == {"over_underskud"}


def test_a_missing_line_is_named_as_printed() -> None:
    text = SUM.format(total="140").replace("| 40 |", "| |").replace("Regnskab 2023", "Budget 2023 | Regnskab 2023")
    text = text.replace("| 100 |", "| 100 | 100 |").replace("| SFO | |", "| SFO | 40 | |")
    text = text.replace("| 140 |", "| 140 | 140 |")
    outcome = run(text, TOTAL).outcomes[1]
    assert outcome.evidence is not None
    assert outcome.evidence.missing == ("2 SFO",)
    assert say(outcome.message, "da") == "Kunne ikke kontrolleres: en eller flere poster mangler et tal (2 SFO)."
    failed = run(text, rule("total", missing="fail")).outcomes[1]
    assert (failed.status, failed.reason) == ("failed", "reason.part_missing")
    assert both(failed.message) == {"da": "Der mangler tal for: 2 SFO.", "en": "Figures are missing for: 2 SFO."}
    assert failed.evidence is not None
    assert (failed.evidence.stated, failed.evidence.difference) == (None, None)


def test_a_relation_that_met_nothing_has_no_place() -> None:
    read = submission(SUM.format(total="140"))
    relation = Relation("r", "R", "=", "within", ("year",), statement="T1", label="I alt")
    outcome = from_result(TOTAL, Result(relation, (), "not_evaluated", reason="reason.no_facts"), Names(read))
    assert outcome.evidence == Evidence((), "=")
    assert (outcome.at, outcome.places, outcome.facts) == (
        At("", "T1", "Regnskab i 1.000 kr.", "", "I alt", "", None, None),
        *((), ()),
    )
    assert say(outcome.message, "da") == "Kunne ikke kontrolleres: ingen tal at kontrollere."
    assert say(outcome.message, "en") == "Could not be checked: no figures to check."


TWO_TABLES = """
Oversigt i 1.000 kr.
| Nr. | Område | Regnskab 2023 |
| 1 | Skoler | 100 |
| 2 | SFO | 40 |

Specifikation i 1.000 kr.
| Nr. | Område | Regnskab 2023 |
| 1 | Skoler | {other} |
| 2 | SFO | 40 |
"""


def test_the_same_figure_in_two_tables_in_full() -> None:
    outcome = run(TWO_TABLES.format(other="103"), rule("same_figure")).outcomes[0]
    assert outcome.evidence is not None
    assert [(t.label, t.value, t.statement, t.stated) for t in outcome.evidence.terms] == [
        ("Oversigt i 1.000 kr.", 100 * TKR, "T1", False),
        ("Specifikation i 1.000 kr.", 103 * TKR, "T2", False),
    ]
    assert (outcome.evidence.stated, outcome.evidence.computed) == (103 * TKR, 100 * TKR)
    assert (outcome.evidence.difference, outcome.evidence.tolerance2) == (3 * TKR, 0)
    assert (outcome.at.statement, outcome.at.label, outcome.severity) == ("T2", "1 Skoler", "error")
    assert [p.line for p in outcome.places] == [9, 4]
    assert both(outcome.message) == {
        "da": "Samme tal står forskelligt: Oversigt i 1.000 kr.: 100; Specifikation i 1.000 kr.: 103."
        " Forskellen er 3 t.kr.",
        "en": "The same figure differs: Oversigt i 1.000 kr.: 100; Specifikation i 1.000 kr.: 103."
        " The difference is 3 thousand DKK.",
    }


@pytest.mark.parametrize(
    ("other", "severity"), [("101", "warning"), ("99", "warning"), ("102", "error"), ("98", "error")]
)
def test_one_unit_apart_is_milder(other: str, severity: str) -> None:
    """ROUNDING.md 2: a mismatch by exactly one unit is a warning, by more an error."""
    assert run(TWO_TABLES.format(other=other), rule("same_figure")).outcomes[0].severity == severity
    strict = rule("same_figure", {"one_unit": "error"})
    assert run(TWO_TABLES.format(other=other), strict).outcomes[0].severity == "error"


def test_one_unit_apart_is_asked_of_the_same_figure_alone_and_only_where_it_fails() -> None:
    passed = run(TWO_TABLES.format(other="100"), rule("same_figure", {"one_unit": "note"})).outcomes[0]
    assert (passed.status, passed.severity) == ("passed", "error")
    coarse = (
        TWO_TABLES.format(other="1").replace("Specifikation i 1.000", "Specifikation i mio.").replace("40 |", "1 |")
    )
    apart = run(coarse.replace("100", "1.501"), rule("same_figure")).outcomes[0]
    assert (apart.status, apart.severity) == ("failed", "error")
    exact = rule("bound", {"figure": "regnskab", "limit": "budget"})
    off_by_one = run("I kr.\n| Område | Budget 2023 | Regnskab 2023 |\n| A | 1 | 5 |\n", exact).outcomes[0]
    assert (off_by_one.status, off_by_one.severity) == ("failed", "error")


def test_figures_of_two_units_are_shown_in_the_finer() -> None:
    text = TWO_TABLES.format(other="130.600").replace("Specifikation i 1.000 kr.", "Specifikation i kr.")
    outcome = run(text, rule("same_figure")).outcomes[0]
    assert outcome.evidence is not None
    assert (outcome.evidence.show, outcome.evidence.tolerance2) == (KR, 1_001 * KR)
    assert say(outcome.message, "da").endswith("Forskellen er 30.600 kr.")


CAPPED = """
Beløb i 1.000 kr.
| Område | Korr. budget 2023 | Søgt overført til 2024 |
| Skoler | 990 | {carried} |
"""


def test_a_share_is_told_in_the_figures_own_scale() -> None:
    """5 % of 990 is 49,5: the calculation is kept times 20, the sentence is not."""
    cap = rule("bound", {"figure": "overfoersel_soegt", "limit": "korrigeret_budget", "percent": 5})
    outcome = only(CAPPED.format(carried="51"), cap)
    assert outcome.evidence is not None
    assert (outcome.evidence.divisor, outcome.evidence.stated, outcome.evidence.computed) == (
        *(20, 1_020 * TKR),
        990 * TKR,
    )
    assert (outcome.evidence.difference, outcome.evidence.tolerance2) == (30 * TKR, 21 * TKR)
    assert say(outcome.message, "da") == (
        "Beløbet er 51 t.kr., men grænsen er 49,5 t.kr. Overskridelsen er +1,5 t.kr.; afrunding kan højst forklare"
        " 0,525 t.kr."
    )
    tight = rule("bound", {"figure": "overfoersel_soegt", "limit": "korrigeret_budget", "percent": Decimal("2.5")})
    assert only(CAPPED.format(carried="26"), tight).evidence is not None


def test_at_least_tells_the_difference_from_the_stated_figure() -> None:
    text = DEVIATION.format(accounts="150", deviation="-50").replace("2023 |\n", "2023 | Søgt overført til 2024 |\n", 1)
    text = text.replace("-50 |", "-50 | -53 |")
    least = {
        "figure": "overfoersel_soegt",
        "limit": "over_underskud",
        "limit_part": "negative",
        "direction": "at_least",
    }
    outcome = only(text, rule("bound", least))
    assert outcome.evidence is not None
    assert (outcome.status, outcome.evidence.stated, outcome.evidence.computed, outcome.evidence.difference) == (
        *("failed", -53 * TKR),
        *(-50 * TKR, -3 * TKR),
    )
    assert [(t.label, t.weight, t.clip) for t in outcome.evidence.terms] == [
        ("@measure.overfoersel_soegt", -1, ""),
        ("@measure.over_underskud", 1, "neg"),
    ]


def test_without_a_stated_unit_no_unit_word_is_printed() -> None:
    text = SUM.format(total="143").replace("Regnskab i 1.000 kr.\n", "Regnskab\n")
    outcome = only(text)
    assert outcome.evidence is not None
    assert not outcome.evidence.unit_known
    assert say(outcome.message, "da") == (
        "Delposterne giver 140, men der står 143. Forskellen er +3; afrunding kan højst forklare 1,5."
    )
    assert figure_text(Figure(5 * TKR, TKR, known=False), "da") == "5"
    assert figure_text(Figure(5 * TKR, TKR), "da") == "5 t.kr."


def test_counts_are_told_without_kroner() -> None:
    text = "| Aktivitet | Antal 2023 |\n| Dagpleje | 1.200 |\n| Vuggestue | 30 |\n| I alt | 1.231 |\n"
    outcome = only(text)
    assert outcome.evidence is not None
    assert (outcome.evidence.dimension, outcome.evidence.show, outcome.evidence.tolerance2) == ("number", 0, 0)
    assert say(outcome.message, "da") == (
        "Delposterne giver 1.230, men der står 1.231. Forskellen er +1; afrunding kan højst forklare 0."
    )
    assert say(outcome.message, "en").startswith("The parts give 1,230, but 1,231 is stated.")


def test_an_improbable_rounding_is_marked() -> None:
    rows = "".join(f"| Skole {chr(97 + i // 26)}{chr(97 + i % 26)} | 10 |\n" for i in range(50))
    outcome = only(f"Regnskab i 1.000 kr.\n| Område | Regnskab 2023 |\n{rows}| I alt | 509 |\n")
    assert outcome.evidence is not None
    assert (outcome.status, outcome.evidence.difference, outcome.evidence.tolerance2) == (
        *("passed_rounding", 9 * TKR),
        51 * TKR,
    )
    assert outcome.evidence.odds > 0


# A figure in the wrong unit


@pytest.mark.parametrize(
    ("parts", "total", "slip"),
    [
        (("100", "40"), "140.000", "i alt"),  # the total in kroner
        (("100.000", "40"), "140", "1"),  # a part in kroner
        (("100", "40.000"), "140", "2"),
        (("100.000", "40.000"), "140", "i alt"),  # the total in millions
        (("100", "40"), "143", ""),  # wrong, but no thousandfold
        (("100", "40"), "240", ""),
        (("0", "0"), "140", ""),
    ],
)
def test_a_figure_a_thousand_times_too_large_or_small(parts: tuple[str, str], total: str, slip: str) -> None:
    text = SUM.format(total=total).replace("| 100 |", f"| {parts[0]} |").replace("| 40 |", f"| {parts[1]} |")
    read = submission(text)
    (outcome,) = run(read, TOTAL).outcomes
    assert outcome.status == "failed"
    assert [f.line for f in read.facts if f.fact_id == outcome.scale_slip] == ([slip] if slip else [])


def slip_of(*facts: Fact, op: str = "=") -> str:
    """The suspected scale slip of p0 + p1 + … - sum."""
    relation = Relation("r", "R", op, "within", ("year",), statement="T1")
    terms = [Term("r", 1, "T1", None, f.line, "regnskab") for f in facts[:-1]]
    terms.append(Term("r", -1, "T1", None, facts[-1].line, "regnskab", stated=True))
    (result,) = results(facts, relation, terms)
    return from_result(TOTAL, result, Names(submission("Ingen tal."))).scale_slip


def test_a_scale_slip_is_told_only_of_a_failed_sum_and_of_one_figure() -> None:
    part, total = fact(100 * TKR, line="p0"), fact(100_000 * TKR, line="sum")
    assert slip_of(part, total) == ""  # either of the two may be the wrong one
    third = fact(40 * TKR, line="p1")
    assert slip_of(part, third, fact(140_000 * TKR, line="sum", fact_id="wrong")) == "wrong"
    assert slip_of(part, third, fact(140_000 * TKR, line="sum", fact_id="wrong"), op="<=") == ""
    assert slip_of(part, third, fact(141 * TKR, line="sum")) == ""


def test_a_missing_part_that_fails_is_no_scale_slip() -> None:
    text = SUM.format(total="100.000").replace("| 40 |", "| |")
    text = text.replace("Regnskab 2023", "Budget 2023 | Regnskab 2023").replace("| SFO | |", "| SFO | 40 | |")
    text = text.replace("| 100 |", "| 100 | 100 |").replace("| 100.000 |", "| 140 | 100.000 |")
    outcome = run(text, rule("total", missing="fail")).outcomes[1]
    assert (outcome.status, outcome.reason, outcome.scale_slip) == ("failed", "reason.part_missing", "")


# Predicates


def test_a_predicate_in_full() -> None:
    text = "Tal i 1.000 kr.\n| Område | Regnskab 2023 |\n| Skoler | 90 |\nAnm.: Regnskab 2022 er med.\n"
    read = submission(text)
    outcome = only(text, rule("year_in_note", severity="warning"))
    (claim,) = (c for c in read.claims if c.kind == "year_named")
    assert outcome == Outcome(
        rule_id="R",
        rule_name="some-defect",
        kind="year_in_note",
        severity="warning",
        status="failed",
        at=At(read.entity, "T1", "Tal i 1.000 kr.", "", "regnskab", "", None, None),
        message=Message(
            "outcome.year_in_note.failed",
            {
                "measure": "@measure.regnskab",
                "found": "2022",
                "allowed": "2023",
                "about": "regnskab",
                "table": "Tal i 1.000 kr.",
                "label": "regnskab",
                "reason": "",
                "missing": "",
            },
        ),
        evidence=None,
        places=(claim.place,),
        predicate=True,
    )
    assert claim.place.line == 4
    assert both(outcome.message) == {
        "da": "Noten nævner regnskab 2022, men tabellen har kun 2023.",
        "en": "The note names accounts 2022, but the table has only 2023.",
    }


def test_a_predicate_without_claims_points_at_its_table() -> None:
    text = "Tal\n| Område | Regnskab 2023 |\n| Skoler | 90 |\n"
    outcome = only(text, rule("presence", {"what": "unit"}))
    assert outcome.places == (submission(text).statements[0].place,)
    assert outcome.message.key == "outcome.presence.unit.failed"
    assert say(outcome.message, "da") == "Tabellen oplyser ikke, om tallene er kroner, 1.000 kr. eller andet."


def test_an_undecided_predicate_gives_its_reason() -> None:
    text = "| I 1.000 kr. | Budget 2024 | Budget 2025 |\n| Skoler | 90 | 100 |\nAlle beløb er i 2023-priser.\n"
    outcome = only(text, rule("price_year"))
    assert (outcome.status, outcome.reason, outcome.message.key) == (
        *("not_evaluated", "reason.no_accounts_year"),
        "outcome.undecided",
    )
    assert say(outcome.message, "da") == ("Kunne ikke kontrolleres: tabellen har intet regnskabsår at sammenligne med.")


def test_a_note_is_named_once_and_an_unknown_table_has_no_place() -> None:
    text = (
        "Tal i 1.000 kr.\n| Område | Regnskab 2023 |\n| Skoler | 90 |\nAnm.: Regnskab 2021 og regnskab 2022 er med.\n"
    )
    outcome = only(text, rule("year_in_note"))
    assert [p.line for p in outcome.places] == [4]
    lost = Predicate("p", "R", "T9", "x", ("a", "b"), ("c",), facts=("f",))
    made = from_predicate(rule("price_year"), lost, "failed", Names(submission(text)))
    assert (made.places, made.facts, made.at.title) == ((), ("f",), "")
    assert (made.message.args["found"], made.message.args["allowed"]) == ("a, b", "c")
    assert say(made.message, "da") == "Noten siger a, b-priser, men tallene er fra c."


# What things are called


def test_names() -> None:
    read = submission(SUM.format(total="140") + "\n| Område | Regnskab 2022 |\n| Havn | 5 |\n")
    untitled = replace(read, statements=(read.statements[0], replace(read.statements[1], title="")))
    names = Names(untitled)
    assert names.statement("T9") is None
    assert [names.title(i) for i in ("T1", "T2", "T9")] == ["Regnskab i 1.000 kr.", "T2", ""]
    assert names.label("T1", "1", None) == "1 Skoler"
    assert names.label("T1", "1", "drift") == "1"
    assert names.label("T1", "i alt", None) == "I alt"
    assert names.label("T9", "1", None) == "1"


def test_a_number_that_the_label_already_begins_with_is_not_repeated() -> None:
    numbered = fact(100 * TKR, line="p0", number="1", label="1 Skoler")
    plain = fact(40 * TKR, line="p1", number="2", label="SFO")
    bare = fact(150 * TKR, line="sum", label="I alt")
    relation = Relation("r", "R", "=", "within", ("year",), statement="T1")
    terms = [
        Term("r", w, "T1", None, line, "regnskab", stated=w < 0) for w, line in ((1, "p0"), (1, "p1"), (-1, "sum"))
    ]
    (result,) = results([numbered, plain, bare], relation, terms)
    outcome = from_result(TOTAL, result, Names(submission("Ingen tal.")))
    assert outcome.evidence is not None
    assert [t.label for t in outcome.evidence.terms] == ["1 Skoler", "2 SFO", "I alt"]


def test_across_tables_the_most_precise_statement_is_shown() -> None:
    coarse = fact(34 * MIO // 10, MIO // 10, measure="budget", as_printed="3,4", place=Place("case", line=9))
    fine = fact(3_426 * TKR, measure="budget", statement="T2", as_printed="3.426", place=Place("case", line=5))
    stated = fact(3_500 * TKR, measure="rest", statement="T3", as_printed="3.500", place=Place("case", line=7))
    relation = Relation("r", "R", "=", "across", ("line", "year"))
    terms = [Term("r", 1, measure="budget"), Term("r", -1, measure="rest", stated=True)]
    (result,) = results([coarse, fine, stated], relation, terms)
    outcome = from_result(DIFFERENCE, result, Names(submission("Ingen tal.")))
    assert outcome.evidence is not None
    assert [(t.as_printed, t.value, t.unit, t.statement) for t in outcome.evidence.terms] == [
        ("3.426", 3_426 * TKR, TKR, "T2"),
        ("3.500", 3_500 * TKR, TKR, "T3"),
    ]
    assert [p.line for p in outcome.places] == [7, 5]
    assert outcome.facts == (coarse.fact_id, fine.fact_id, stated.fact_id)
    assert (outcome.at.entity, outcome.at.statement, outcome.at.measure, outcome.at.year) == ("IT", "T3", "rest", 2023)


def test_a_made_figure_of_too_many_operands_is_told_as_one() -> None:
    """Which two of three are meant is not known; the outcome is not evaluated, and the rule does not crash."""
    text = """
Beløb i 1.000 kr.
| Område | Forventet regnskab 2023 pr. 31. marts | Forventet regnskab 2023 pr. 30. september | Regnskab 2023 |
| Skoler | 100 | 110 | 150 |
"""
    moved = rule("change", {"figure": "regnskab", "reference": "forventet_regnskab", "limit_kr": 5000, "limit_pct": 10})
    outcome = only(text, moved)
    assert (outcome.status, outcome.reason) == ("not_evaluated", "reason.ambiguous")
    assert outcome.evidence is not None
    assert [t.label for t in outcome.evidence.terms] == ["@derived.difference", "@derived.greatest"]


def test_a_predicate_may_say_itself_where_what_it_found_stands() -> None:
    text = SUM.format(total="140")
    read = submission(text)
    at = tuple(f.place for f in read.facts[:2])
    predicate = Predicate("P", "R", "T1", "duplicate", ("1 Skoler",), (), places=(*at, at[0]))
    assert from_predicate(rule("line_name"), predicate, "failed", Names(read)).places == at
