"""Can a rule file switch off, narrow and re-grade what it inherits, with a reason that every report shows?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.casetest import run_cases
from checker.catalogue.pages import rule_list, rule_page
from checker.errors import RequestError
from checker.messages import catalogue
from checker.model.rules import Adjustment, Change
from checker.reports import FORMATS, View
from checker.rulefile import load_rules
from checker.run import check
from tests.test_rulefile import GOOD, complaints, write

HEAD = "ruleset: {id: vores, version: 1, extends: [grund.yaml]}\n"
BASE = GOOD.replace("id: vores", "id: grund").replace(
    "where: {table: any, scope: drift}", "where: {table: [budget, regnskab], scope: any}"
)
REASON = "reason: Byrådet har besluttet det"


def adjusted(folder: Path, *entries: str) -> tuple[Adjustment, ...]:
    """What a file with these adjustments of `grund.yaml` leaves in force."""
    lines = "".join(f"  - {{{entry}}}\n" for entry in entries)
    write(folder, {"x.yaml": f"{HEAD}adjust:\n{lines}", "grund.yaml": BASE})
    return load_rules(folder / "x.yaml").adjusted


MISTAKES = {
    "no list": ("adjust: ABC001\n", ["x.yaml:2:9 rulefile.not_a_list()"]),
    "text": ("adjust: [ABC001]\n", ["x.yaml:2:10 rulefile.not_a_mapping()"]),
    "no rule": (f"adjust:\n  - {{off: true, {REASON}}}\n", ["x.yaml:3:5 rulefile.key_missing(key=rule)"]),
    "no reason": ("adjust:\n  - {rule: ABC001, off: true}\n", ["x.yaml:3:5 rulefile.key_missing(key=reason)"]),
    "empty reason": (
        'adjust:\n  - {rule: ABC001, off: true, reason: ""}\n',
        ["x.yaml:3:5 rulefile.key_missing(key=reason)"],
    ),
    "a short reason": (
        "adjust:\n  - {rule: ABC001, off: true, reason: 'nej    nej'}\n",
        ["x.yaml:3:39 adjust.reason_too_short(least=10)"],
    ),
    "a number for a reason": (
        "adjust:\n  - {rule: ABC001, off: true, reason: 12345678901}\n",
        ["x.yaml:3:39 adjust.reason_too_short(least=10)"],
    ),
    "another key": (
        f"adjust:\n  - {{rule: ABC001, severty: note, off: true, {REASON}}}\n",
        ["x.yaml:3:20 yaml.unknown_key(key=severty) -> severity"],
    ),
    "a rule that is not inherited": (
        f"adjust:\n  - {{rule: ABC002, off: true, {REASON}}}\n",
        ["x.yaml:3:12 adjust.unknown_rule(id=ABC002) -> ABC001"],
    ),
    "twice": (
        f"adjust:\n  - {{rule: ABC001, off: true, {REASON}}}\n  - {{rule: ABC001, severity: note, {REASON}}}\n",
        ["x.yaml:4:12 adjust.twice(id=ABC001)"],
    ),
    "nothing": (f"adjust:\n  - {{rule: ABC001, {REASON}}}\n", ["x.yaml:3:5 adjust.nothing()"]),
    "an empty where": (f"adjust:\n  - {{rule: ABC001, where: {{}}, {REASON}}}\n", ["x.yaml:3:5 adjust.nothing()"]),
    "no where": (
        f"adjust:\n  - {{rule: ABC001, where: , {REASON}}}\n",
        ["x.yaml:3:5 adjust.nothing()"],
    ),
    "off and more": (
        f"adjust:\n  - {{rule: ABC001, off: true, severity: note, {REASON}}}\n",
        ["x.yaml:3:20 adjust.off_alone()"],
    ),
    "off by another word": (
        f"adjust:\n  - {{rule: ABC001, off: ja, {REASON}}}\n",
        ["x.yaml:3:25 rulefile.not_true_or_false(found=ja)"],
    ),
    "severity": (
        f"adjust:\n  - {{rule: ABC001, severity: fejl, {REASON}}}\n",
        ["x.yaml:3:30 rulefile.not_a_choice(found=fejl)"],
    ),
    "layout": (
        f"adjust:\n  - {{rule: ABC001, where: {{table: budgt}}, {REASON}}}\n",
        ["x.yaml:3:35 rulefile.not_a_choice(found=budgt) -> budget"],
    ),
    "where by another key": (
        f"adjust:\n  - {{rule: ABC001, where: {{tables: budget}}, {REASON}}}\n",
        ["x.yaml:3:28 yaml.unknown_key(key=tables) -> table"],
    ),
    "a table that the rule leaves out": (
        f"adjust:\n  - {{rule: ABC001, where: {{table: [budget, budgetbro]}}, {REASON}}}\n",
        ["x.yaml:3:35 adjust.not_narrower()"],
    ),
    "any table where the rule names some": (
        f"adjust:\n  - {{rule: ABC001, where: {{table: any}}, {REASON}}}\n",
        ["x.yaml:3:35 adjust.not_narrower()"],
    ),
    "author is a number": (
        f"adjust:\n  - {{rule: ABC001, off: true, author: 5, {REASON}}}\n",
        ["x.yaml:3:39 rulefile.not_a_text()"],
    ),
    "the author approves": (
        f"adjust:\n  - {{rule: ABC001, off: true, author: Bo Ny, approved_by: ' bo  ny', {REASON}}}\n",
        ["x.yaml:3:59 adjust.own_approval(name=Bo Ny)"],
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_found_at_its_place(name: str, tmp_path: Path) -> None:
    lines, expected = MISTAKES[name]
    assert complaints(tmp_path, HEAD + lines, grund=BASE) == expected


def test_all_mistakes_come_at_once(tmp_path: Path) -> None:
    lines = (
        "adjust:\n  - {rule: ABC002, off: maybe, severity: x, reason: nej, authr: B}\n"
        f"  - {{rule: ABC001, where: {{table: x}}, {REASON}}}\n"
    )
    assert complaints(tmp_path, HEAD + lines, grund=BASE.replace("kind: bound", "kind: bond")) == [
        "grund.yaml:7:11 rulefile.not_a_choice(found=bond) -> bound",
        "x.yaml:3:12 adjust.unknown_rule(id=ABC002) -> ABC001",
        "x.yaml:3:20 adjust.off_alone()",
        "x.yaml:3:25 rulefile.not_true_or_false(found=maybe)",
        "x.yaml:3:42 rulefile.not_a_choice(found=x)",
        "x.yaml:3:53 adjust.reason_too_short(least=10)",
        "x.yaml:3:58 yaml.unknown_key(key=authr) -> author",
        "x.yaml:4:35 rulefile.not_a_choice(found=x)",
    ]


def test_a_file_changes_its_own_rules_where_they_stand(tmp_path: Path) -> None:
    own = GOOD + f"adjust:\n  - {{rule: ABC001, off: true, {REASON}}}\n"
    assert complaints(tmp_path, own) == ["x.yaml:23:12 adjust.own_rule(id=ABC001)"]


def test_only_what_the_file_itself_extends_is_inherited(tmp_path: Path) -> None:
    """A file says the same whoever extends it: `side.yaml` does not extend `grund.yaml`."""
    side = f"ruleset: {{id: side, version: 1}}\nadjust:\n  - {{rule: ABC001, off: true, {REASON}}}\n"
    own = "ruleset: {id: x, version: 1, extends: [grund.yaml, side.yaml]}\n"
    assert complaints(tmp_path, own, grund=BASE, side=side) == ["side.yaml:3:12 adjust.unknown_rule(id=ABC001)"]


def test_a_base_that_is_broken_hides_no_other_mistake_and_makes_none_up(tmp_path: Path) -> None:
    lines = f"parameters: {{loft: 3}}\nadjust:\n  - {{rule: ABC001, off: 5, {REASON}}}\n"
    other = GOOD.replace("ABC001", "BBB001").replace("severity: error", "severity: eror").replace("[OLD001]", "[]")
    twice = HEAD.replace("[grund.yaml]", "[grund.yaml, b.yaml, c.yaml]")
    again = "ruleset: {id: c, version: 1, extends: [grund.yaml]}\n"
    broken = GOOD.replace("rules:", "rules: [")
    assert complaints(tmp_path, twice + lines, grund=broken, b=other, c=again) == [
        "b.yaml:8:15 rulefile.not_a_choice(found=eror) -> error",
        "grund.yaml:5:3 yaml.invalid()",
        "x.yaml:4:25 rulefile.not_true_or_false(found=5)",
    ]


def test_a_rule_is_regraded_narrowed_and_switched_off(tmp_path: Path) -> None:
    who = "author: Bo, approved_by: Eva, date: 2026-03-01"
    made = adjusted(
        tmp_path, f"rule: ABC001, severity: note, where: {{table: budget, scope: [anlaeg]}}, {who}, {REASON}"
    )
    changes = (
        Change("severity", ("error",), ("note",)),
        Change("table", ("budget", "regnskab"), ("budget",)),
        Change("scope", (), ("anlaeg",)),
    )
    assert made == (Adjustment("ABC001", changes, "Byrådet har besluttet det", "Bo", "Eva", "2026-03-01"),)
    ruleset = load_rules(tmp_path / "x.yaml")
    (rule,) = ruleset.rules
    assert (rule.severity, rule.tables, rule.scopes) == ("note", ("budget",), ("anlaeg",))
    assert ruleset.switched_off == ()


def test_a_rule_that_is_off_is_not_in_the_set(tmp_path: Path) -> None:
    assert complaints(tmp_path, f"{HEAD}adjust:\n  - {{rule: ABC001, off: true, {REASON}}}\n", grund=BASE) == [
        "x.yaml:1:1 rulefile.no_rules()"
    ]
    two = BASE + BASE.partition("rules:\n")[2].replace("ABC001", "BBB001")
    write(tmp_path, {"grund.yaml": two})
    made = load_rules(tmp_path / "x.yaml")
    assert [r.id for r in made.rules] == ["BBB001"]
    assert made.switched_off == (("ABC001", "Byrådet har besluttet det"),)
    assert made.adjusted == (Adjustment("ABC001", (Change("off"),), "Byrådet har besluttet det"),)


def test_the_last_file_decides_and_what_it_says_replaces_the_earlier(tmp_path: Path) -> None:
    def left(region: str, own: str) -> tuple[Adjustment, ...]:
        write(
            tmp_path,
            {
                "grund.yaml": BASE,
                "region.yaml": f"ruleset: {{id: r, version: 1, extends: [grund.yaml]}}\nadjust: [{{{region}}}]\n",
                "x.yaml": f"ruleset: {{id: x, version: 1, extends: [region.yaml]}}\nadjust: [{{{own}}}]\n",
            },
        )
        return load_rules(tmp_path / "x.yaml").adjusted

    off = "rule: ABC001, off: true, reason: regionens grund"
    narrow = "rule: ABC001, where: {table: budget}, reason: regionens grund"
    own = Change("severity", ("error",), ("warning",))
    for region in (off, narrow):
        assert left(region, f"rule: ABC001, severity: warning, {REASON}") == (
            Adjustment("ABC001", (own,), "Byrådet har besluttet det"),
        )
        (rule,) = load_rules(tmp_path / "x.yaml").rules
        assert (rule.severity, rule.tables) == ("warning", ("budget", "regnskab"))
    assert left(off, f"rule: ABC001, off: false, {REASON}") == (
        Adjustment("ABC001", (Change("on"),), "Byrådet har besluttet det"),
    )


@pytest.mark.parametrize("entry", ["off: false", "severity: error", "where: {table: [regnskab, budget]}"])
def test_an_adjustment_that_changes_nothing_is_shown_all_the_same(entry: str, tmp_path: Path) -> None:
    assert adjusted(tmp_path, f"rule: ABC001, {entry}, {REASON}") == (
        Adjustment("ABC001", (), "Byrådet har besluttet det"),
    )


def test_a_milder_case_of_a_rule_is_no_graver_than_the_rule(tmp_path: Path) -> None:
    """FIG001 has a severity of its own for figures that are one unit apart."""

    def one_unit(severity: str) -> object:
        lines = f"adjust: [{{rule: FIG001, severity: {severity}, {REASON}}}]\n"
        write(tmp_path, {"x.yaml": HEAD.replace("grund.yaml", "dk-faelles") + lines})
        rule = next(r for r in load_rules(tmp_path / "x.yaml").rules if r.id == "FIG001")
        return rule.severity, rule.settings["one_unit"]

    assert [one_unit(s) for s in ("note", "warning", "error")] == [
        ("note", "note"),
        ("warning", "warning"),
        ("error", "warning"),
    ]


OWN = """\
ruleset: {id: vores, version: 1, extends: [dk-faelles]}
adjust:
  - rule: SUM001
    where: {table: [budget]}
    severity: note
    reason: Totaler afstemmes i økonomisystemet
    author: Bo Ny
    approved_by: Eva Lund
    date: 2026-03-01
  - {rule: UNI001, off: true, reason: Enheden står på forsiden}
"""
TEXT = "Regnskab i 1.000 kr.\n| Område | Regnskab 2023 |\n| Skoler | 100 |\n| SFO | 40 |\n| I alt | 150 |\n"


def test_a_report_shows_every_adjustment_with_its_reason(tmp_path: Path) -> None:
    write(tmp_path, {"x.yaml": OWN, "r.txt": TEXT})
    report = check(tmp_path / "r.txt", tmp_path / "x.yaml")
    assert {o.rule_id for o in report.outcomes} & {"SUM001", "UNI001"} == set()
    said = " ".join(FORMATS["text"](report, View()).split())
    assert (
        "Regel SUM001 er tilpasset, til orientering i stedet for fejl, kun i tabeller af typen budget: Totaler "
        "afstemmes i økonomisystemet (forfatter Bo Ny, godkendt af Eva Lund, 2026-03-01) "
        "Regel UNI001 er slået fra: Enheden står på forsiden Regelsæt vores"
    ) in said
    data = json.loads(FORMATS["json"](report, View()))
    assert data["switched_off"] == [{"rule_id": "UNI001", "reason": "Enheden står på forsiden"}]
    assert data["ruleset"]["adjusted"] == [
        {
            "rule_id": "SUM001",
            "changes": [
                {"what": "severity", "from": ["error"], "to": ["note"]},
                {"what": "table", "from": [], "to": ["budget"]},
            ],
            "text": {
                "da": "til orientering i stedet for fejl, kun i tabeller af typen budget",
                "en": "for information instead of error, only in tables of type budget",
            },
            "reason": "Totaler afstemmes i økonomisystemet",
            "author": "Bo Ny",
            "approved_by": "Eva Lund",
            "date": "2026-03-01",
        },
        {
            "rule_id": "UNI001",
            "changes": [{"what": "off", "from": [], "to": []}],
            "text": {"da": "slået fra", "en": "switched off"},
            "reason": "Enheden står på forsiden",
            "author": None,
            "approved_by": None,
            "date": None,
        },
    ]


def test_the_lists_of_rules_show_adjustments(tmp_path: Path) -> None:
    write(tmp_path, {"x.yaml": OWN})
    made = load_rules(tmp_path / "x.yaml")
    assert "SUM001  til orientering" in rule_list(made, "da")
    assert rule_list(made, "en").endswith("Rule UNI001 is switched off: Enheden står på forsiden\n")
    assert "Tilpasning: Regel SUM001 er tilpasset" in rule_page(made, "SUM001", "da")
    assert "Tilpasning" not in rule_page(made, "DEV001", "da")
    with pytest.raises(RequestError, match="findes ikke i regelsættet"):
        rule_page(made, "UNI002", "da")
    with pytest.raises(RequestError, match="Regel UNI001 er slået fra: Enheden står på forsiden"):
        rule_page(made, "UNI001", "da")


def test_a_rule_keeps_its_own_cases_where_it_is_narrowed(tmp_path: Path) -> None:
    write(tmp_path, {"x.yaml": OWN})
    made = load_rules(tmp_path / "x.yaml")
    found = list(run_cases(made, tmp_path / "x.yaml"))
    assert [r for r in found if not r.ok] == []
    assert "SUM001" in {r.rule for r in found}
    assert "UNI001" not in {r.rule for r in found}


def test_every_complaint_is_provoked_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert {key for key in catalogue("da") if key.startswith("adjust.") and key not in text} == set()
