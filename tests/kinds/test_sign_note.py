"""Does the kind `sign_note` hold the sign a note states against the one the figures show?"""

from __future__ import annotations

from dataclasses import replace

from checker.kinds import KINDS
from checker.model.rules import Grounding, Predicate
from tests.build import ground, predicate_line, rule, submission, told

NOTE = rule("sign_note")

DEVIATIONS = """
Beløb i 1.000 kr.
| Område | Korr. budget 2023 | Regnskab 2023 | Over-/underskud 2023 |
| Skoler | 100 | 90 | 10 |
| SFO | 40 | 45 | -5 |
"""

FLOWS = """
Beløb i 1.000 kr.
| Post | Regnskab 2023 |
| Udgifter til løn | 100 |
| Indtægter fra salg | -20 |
| I alt | 80 |
"""


def test_what_the_note_says_of_better_than_budget() -> None:
    right, wrong = "Anm.: + er overskud, - er underskud.\n", "Anm.: - er overskud, + er underskud.\n"
    assert told(DEVIATIONS + right, NOTE) == ["passed T1 bedre: found [+] allowed [+]"]
    assert told(DEVIATIONS + wrong, NOTE) == ["failed T1 bedre: found [-] allowed [+]"]


def test_what_the_note_says_of_expenses() -> None:
    assert told(FLOWS + "+ = udgift; - = indtægt\n", NOTE) == ["passed T1 udgift: found [+] allowed [+]"]
    assert told(FLOWS + "- = udgift; + = indtægt\n", NOTE) == ["failed T1 udgift: found [-] allowed [+]"]


def test_two_notes_that_contradict_each_other_cannot_both_be_right() -> None:
    text = FLOWS + "+ = udgift; - = indtægt\n- = udgift\n"
    assert told(text, NOTE) == ["failed T1 udgift: found [+, -] allowed [+]"]


def test_a_predicate_in_full_names_its_claims() -> None:
    read = submission(DEVIATIONS + "Anm.: + er overskud, - er underskud.\nUdgifter = -\n")
    said = {c.about: i for i, c in enumerate(read.claims) if c.kind == "sign"}
    udgift, bedre = (said["udgift"],), (said["bedre"],)
    expected = (
        Predicate("R/T1/udgift", "R", "T1", "udgift", ("-",), ("+",), udgift, args=(("about", "@sign.udgift"),)),
        Predicate("R/T1/bedre", "R", "T1", "bedre", ("+",), ("+",), bedre, args=(("about", "@sign.bedre"),)),
    )
    assert ground(NOTE, read) == Grounding(predicates=expected)
    others = tuple(replace(c, kind="unit") for c in read.claims if c.kind == "sign")
    assert ground(NOTE, replace(read, claims=(*read.claims, *others))) == Grounding(predicates=expected)


def test_figures_that_do_not_show_it_leave_it_undecided() -> None:
    text = """
Beløb i 1.000 kr.
| Post | Regnskab 2023 |
| Pulje A | 100 |
| Pulje B | -90 |
Udgifter = +, indtægter = -
"""
    (predicate,) = ground(NOTE, text).predicates
    assert (predicate.found, predicate.allowed, predicate.undecided) == (("+",), (), "reason.sign_undecided")
    assert told(text, NOTE) == ["not_evaluated T1 udgift: reason.sign_undecided"]


def test_columns_that_show_opposite_signs_leave_it_undecided() -> None:
    read = submission(DEVIATIONS + "Anm.: + er overskud, - er underskud.\n")
    (statement,) = read.statements
    (deviation,) = [c for c in statement.columns if c.better_sign]
    both = replace(statement, columns=(*statement.columns, replace(deviation, better_sign="-")))
    assert told(replace(read, statements=(both,)), NOTE) == ["not_evaluated T1 bedre: reason.sign_undecided"]
    twice = replace(statement, columns=(*statement.columns, deviation))
    assert told(replace(read, statements=(twice,)), NOTE) == ["passed T1 bedre: found [+] allowed [+]"]


def test_without_a_sign_note_there_is_nothing_to_check() -> None:
    none = Grounding(unbound="plan.no_sign_note")
    assert ground(NOTE, DEVIATIONS) == none
    assert ground(NOTE, DEVIATIONS + "Anm.: Beløb er afrundet.\n") == none
    noted = DEVIATIONS + "Anm.: + er overskud, - er underskud.\n"
    assert ground(rule("sign_note", tables=("overfoersler",)), noted) == none


def test_each_table_has_its_own_note() -> None:
    text = FLOWS + "- = udgift\n\nNæste i 1.000 kr.\n" + FLOWS.partition("\n|")[2].replace("Post", "| Post", 1)
    assert [p.statement for p in ground(NOTE, text).predicates] == ["T1"]
    assert predicate_line(ground(NOTE, text).predicates[0]).startswith("R/T1/udgift: udgift found ['-'] allowed ['+']")


def test_it_is_a_predicate_without_settings() -> None:
    assert (KINDS["sign_note"].predicate, dict(KINDS["sign_note"].settings)) == (True, {})
    assert KINDS["sign_note"].where == ("table",)
