"""Does a reader meet one finding per cause: which figure, why it, what it should be, and the checks that show it?"""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.messages import text
from checker.model.outcomes import FAILED, Finding, Report
from checker.model.rules import SEVERITIES
from checker.run import check
from checker.wording import say
from tests.build import gathered
from tests.diagnose.build import only, report, slip, told
from tests.diagnose.test_causes import roundings
from tests.diagnose.texts import (
    ALL,
    BEFORE,
    BOOKED,
    BUDGET,
    KLUB,
    NOW,
    REGNSKAB,
    REST,
    SFO,
    SKOLER,
    accounts,
    extract,
    one_sum,
    two_years,
)

LIKELY_VALUE = "Sandsynligvis skal der stå "


def one(made: Report) -> Finding:
    (found,) = made.findings
    return found


def said(made: Report) -> str:
    """All that is said of the one finding."""
    return "\n".join(told(one(made)))


@pytest.mark.parametrize(
    ("wrong", "value", "slip_"),
    [
        ((SKOLER, REGNSKAB, "1.153"), "1.135", "; to cifre ved siden af hinanden er byttet om"),
        ((SFO, REGNSKAB, "432"), "482", "; et ciffer er forkert"),
        ((SKOLER, REGNSKAB, "135"), "1.135", "; et ciffer mangler"),
        ((SFO, REGNSKAB, "4.882"), "482", "; der er et ciffer for meget"),
        ((SFO, REGNSKAB, "482.000"), "482", "; enheden er en anden (1.000 gange større eller mindre)"),
        ((KLUB, REST, "11"), "-11", ", med modsat fortegn"),
        ((ALL, REGNSKAB, "1.446"), "1.928", "; 2 SFO er ikke talt med"),
        ((ALL, REGNSKAB, "2.410"), "1.928", "; 2 SFO er talt med to gange"),
        ((SKOLER, BUDGET, "1.777"), "1.200", ""),
    ],
)
def test_one_wrong_figure_is_one_finding_with_all_its_checks(
    wrong: tuple[int, int, str], value: str, slip_: str
) -> None:
    made = report(accounts(wrong))
    finding = one(made)
    assert {id(o) for o in finding.outcomes} == {id(o) for o in made.outcomes if o.status == FAILED}
    assert len(finding.outcomes) == 2
    assert finding.about is not None
    assert finding.about.as_printed == wrong[2]
    assert finding.cause == ("unit" if "enheden" in slip_ else "figure")
    heading, message, should_be, *_, step = told(finding)
    assert heading == "Et tal passer ikke med de øvrige"
    assert message == f"Der står {wrong[2]}. Det er det eneste tal, der alene kan forklare fejlen."
    assert should_be == f"{LIKELY_VALUE}{value}{slip_}."
    assert f"Står der {value}, så ret {wrong[2]}." in step


def test_the_calculations_are_shown_with_the_figure_put_right() -> None:
    finding = one(report(accounts((SKOLER, REGNSKAB, "1.153"))))
    assert all(o.corrected is not None and o.corrected.difference == 0 for o in finding.outcomes)
    assert finding.repaired is not None
    assert (finding.repaired.key, finding.repaired.args["value"]) == ("cause.with_value", "1.135")


def test_what_the_others_allow_is_told() -> None:
    assert "De øvrige tal tillader 1.134 til 1.136." in said(report(accounts((SKOLER, REGNSKAB, "1.153"))))


def test_the_gravest_check_of_a_cause_is_its_severity() -> None:
    for made in (report(accounts((SKOLER, REGNSKAB, "1.153"))), report(one_sum("1.135", "482", "311", "1.937"))):
        finding = one(made)
        assert SEVERITIES.index(finding.severity) == max(SEVERITIES.index(o.severity) for o in finding.outcomes)


def test_two_independent_errors_are_two_findings_the_largest_first() -> None:
    small, large = (SKOLER, REGNSKAB, "1.153"), (KLUB, BUDGET, "380")
    for wrong in ((small, large), (large, small)):
        made = report(accounts(*wrong))
        assert [f.about and f.about.as_printed for f in made.findings] == ["380", "1.153"]
        assert [len(f.outcomes) for f in made.findings] == [2, 2]


def test_of_two_errors_of_one_sum_the_largest_comes_first() -> None:
    """1.153 is 18 from 1.135, and 482.000 is far from 482."""
    made = report(accounts((SKOLER, REGNSKAB, "1.153"), (SFO, REGNSKAB, "482.000")))
    assert [f.about and f.about.as_printed for f in made.findings] == ["482.000", "1.153"]


def test_a_sure_figure_comes_before_a_larger_one_that_nothing_decides() -> None:
    open_ = one_sum("9.135", "4.482", "2.311", "19.928").replace("2023", "2021").replace("Regnskab i", "Oversigt i")
    made = report(accounts((SKOLER, REGNSKAB, "1.153")) + open_)
    assert [(f.cause, f.severity) for f in made.findings if f.severity == "error"] == [
        ("figure", "error"),
        ("one_of", "error"),
    ]


def test_what_nothing_decides_lists_what_may_be_wrong() -> None:
    finding = one(report(one_sum("1.135", "482", "311", "1.937")))
    assert (finding.cause, finding.about) == ("one_of", None)
    lines = told(finding)
    assert "Ét af disse fire tal er forkert; de øvrige kontroller viser ikke hvilket:" in lines
    assert "I alt, regnskab 2023 (1.937): efter de øvrige tal fra 1.926 til 1.930" in lines
    assert "3 Klub, regnskab 2023 (311): efter de øvrige tal fra 318 til 322" in lines
    for printed in ("1.135", "482", "311", "1.937"):
        assert f"({printed})" in "\n".join(told(finding))


def test_the_likeliest_of_several_is_told_as_that() -> None:
    made = report(two_years(BEFORE, ("1.135", "457", "311", "1.928")))
    (finding,) = [f for f in made.findings if f.severity == "error"]
    assert finding.cause == "figure"
    lines = told(finding)
    assert "Mest sandsynligt er det 2 SFO, regnskab 2023 (457)." in lines
    assert f"{LIKELY_VALUE}482; sidste års tal er blevet stående." in lines


def test_two_figures_that_changed_places_are_one_finding() -> None:
    made = report(accounts((SKOLER, REGNSKAB, "482"), (SFO, REGNSKAB, "1.135")))
    lines = told(one(made))
    assert lines[0] == "To tal ser ud til at have byttet plads"
    assert "Der står 482 ved 1 Skoler, regnskab 2023 og 1.135 ved 2 SFO, regnskab 2023." in lines[1]


def test_what_is_certain_is_told_as_that() -> None:
    made = report(one_sum(*NOW) + one_sum("1.135", "428", "311", "", title="Bilag"))
    lines = told(one(made))
    assert "428 i „Bilag i 1.000 kr.“ er det forkerte; de øvrige tal taler imod det." in lines
    assert "Efter alt at dømme skal der stå 482; to cifre ved siden af hinanden er byttet om." in lines


def test_what_is_wrong_only_together_is_a_warning_with_its_figures() -> None:
    finding = one(report(roundings("31", "61")))
    assert (finding.cause, finding.severity, len(finding.outcomes)) == ("joint", "warning", 2)
    heading, message, *_ = told(finding)
    assert heading == "Tal, der ikke alle kan være rigtige"
    assert message.startswith("Hver kontrol stemmer inden for afrunding, men disse fem tal kan ikke alle være rigtige")
    ((conflict, calculation),) = finding.shown
    assert conflict.key == "cause.conflict"
    assert sorted((t.as_printed, t.weight) for t in calculation.terms) in (
        [("11", 1), ("21", 1), ("240", 1), ("300", -1), ("31", 1)],
        [("11", -1), ("21", -1), ("240", -1), ("300", 1), ("31", -1)],
    )
    assert calculation.difference is not None
    assert calculation.tolerance2 is not None
    assert 2 * abs(calculation.difference) > calculation.tolerance2


def test_joint_findings_stand_after_those_that_fail() -> None:
    wrong = accounts((SKOLER, REGNSKAB, "1.153")).replace("2023", "2021")
    made = report(roundings("31", "61") + wrong)
    assert [f.cause for f in made.findings if f.cause] == ["figure", "joint"]


def test_a_figure_that_differs_from_the_accounting_system_is_one_finding() -> None:
    made = report(gathered(one_sum("1.135", "428", "311", "1.928"), "", extract(*BOOKED)))
    assert sorted(o.kind for o in one(made).outcomes) == ["reconcile", "total"]
    assert f"{LIKELY_VALUE}482" in said(made)


def sentence(words: str, *wrong: tuple[int, int, str]) -> Report:
    """What is told of accounts with a sentence about Skoler."""
    return report(accounts(*wrong) + f"Skoler\nSkoler har et {words}.\n")


def test_a_sentence_that_says_what_the_table_says_is_right() -> None:
    assert sentence("overskud på 65.000 kr.").findings == ()


def test_the_wrong_word_of_a_sentence_is_told_as_the_word() -> None:
    made = sentence("underskud på 65.000 kr.")
    finding = one(made)
    assert finding.about is not None
    assert (finding.about.text, finding.outcomes[0].kind) == (True, "text_sign")
    assert slip(only(made).options[0].suggestions[0]) == ("sign", "likely", 65)
    assert finding.repaired is not None
    assert finding.repaired.key == "cause.with_word"
    assert any("ret ordet i teksten" in line for line in told(finding))


def test_a_wrong_amount_of_a_sentence_is_told_with_the_right_one() -> None:
    made = sentence("overskud på 56.000 kr.")
    finding = one(made)
    assert finding.about is not None
    assert (finding.about.text, [o.kind for o in finding.outcomes]) == (True, ["text_figure"])
    assert f"{LIKELY_VALUE}65.000 kr.; to cifre ved siden af hinanden er byttet om." in told(finding)


def test_a_right_sentence_speaks_against_the_wrong_figure_of_the_table() -> None:
    finding = one(sentence("overskud på 65.000 kr.", (SKOLER, REST, "56")))
    assert finding.about is not None
    assert (finding.about.text, finding.about.as_printed) == (False, "56")
    assert sorted(o.kind for o in finding.outcomes) == ["difference", "text_figure", "total"]


def test_a_right_word_speaks_against_the_wrong_sign_of_the_table() -> None:
    finding = one(sentence("overskud på 65.000 kr.", (SKOLER, REST, "-65")))
    assert finding.about is not None
    assert (finding.about.text, finding.about.as_printed) == (False, "-65")
    assert sorted(o.kind for o in finding.outcomes) == ["difference", "text_sign", "total"]


def test_the_unit_of_an_amount_in_a_sentence_may_be_the_slip() -> None:
    """65 mio. kr. where 65 t.kr. is meant; that it should be 0 mio. kr. is told as certain."""
    made = sentence("overskud på 65 mio. kr.")
    (option,) = only(made).options
    assert " 0 mio. kr." not in said(made)
    assert [s.kind for s in option.suggestions] == ["scale"]


def test_figures_that_cannot_all_be_right_are_named_with_the_word_of_their_sign() -> None:
    """'1 Skoler (65.000 kr.)' with 28, -11 and 82 looks right: it is the underskud of 65.000 kr. that is not."""
    ((conflict, _),) = one(sentence("underskud på 65.000 kr.")).shown
    assert "underskud" in say(conflict, "da").replace("over-/underskud", "")


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(
    "kind",
    [
        *("sign", "word", "swapped", "digit", "digit_missing", "digit_extra", "scale"),
        *("last_year", "line_missing", "line_twice"),
    ],
)
def test_every_slip_can_be_told(kind: str, language: str) -> None:
    assert text(f"slip.{kind}", language, {"other": "SFO"})


def test_what_the_others_allow_of_a_deficit_in_words_runs_upwards(tmp_path: Path) -> None:
    text = (
        "Beløb i 1.000 kr.\n| Område | Budget 2025 | Regnskab 2025 | Afvigelse |\n"
        "| Musikskole | 6.300 | 6.410 | -110 |\n| Idrætsanlæg | 18.250 | 17.905 | 345 |\n"
        "| I alt | 24.550 | 24.315 | 235 |\n\n"
        "Musikskolen viser et merforbrug på 101.000 kr.\n"
    )
    (tmp_path / "regnskab.txt").write_text(text, encoding="utf-8")
    found = next(f for f in check(tmp_path / "regnskab.txt").findings if f.outcomes[0].rule_id == "TXT010")
    assert "De øvrige tal tillader 109.500 kr. til 110.500 kr." in [say(m, "da") for m in found.further]
