"""Is every mistake in a rule file found at its place, all at once, and does a faulty rule set never load?"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from checker.errors import Complaint, RequestError, RuleError
from checker.kinds import KINDS
from checker.kinds.base import Setting
from checker.messages import catalogue, text
from checker.model.rules import Rule, RuleCase
from checker.rulefile import load_rules, shipped
from checker.rulefile.known import DERIVED_MEASURES, layouts, measures, scopes
from checker.rulefile.shape import check_setting
from checker.version import DEFAULT_RULES
from checker.yamlsource import parse_yaml, read_yaml
from tests.build import run

GOOD = """\
ruleset: {id: vores, version: 1}
parameters: {loft: 5, fri: null}
retired: [OLD001]
rules:
  - id: ABC001
    name: figure-exceeds-limit
    kind: bound
    severity: error
    title: {da: Titel, en: Title}
    why: {da: Derfor, en: Because}
    authority: unverified
    valid: {from: 2007, to: 2030}
    where: {table: any, scope: drift}
    missing: zero
    check: {figure: rest, limit: budget, percent: $loft}
    cases:
      - {name: a, given: x, expect: passed}
      - {name: b, given: x, expect: passed_rounding}
      - {name: c, given: x, expect: failed, findings: 2}
      - {name: d, given: x, expect: failed, parameters: {loft: 3}}
      - {name: e, given: x, expect: not_evaluated}
"""


def line_of(complaint: Complaint) -> str:
    """A complaint as `file:line:column key(arguments) -> suggestion`, without what the YAML library says."""
    said = ", ".join(f"{k}={v}" for k, v in complaint.args.items() if k not in ("known", "why"))
    hint = f" -> {complaint.suggestion}" if complaint.suggestion else ""
    return f"{complaint.file}:{complaint.line}:{complaint.column} {complaint.key}({said}){hint}"


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files by their relative names."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def complaints(folder: Path, text: str, **others: str) -> list[str]:
    """What is wrong with a rule file `x.yaml` beside others."""
    write(folder, {"x.yaml": text, **{f"{name}.yaml": other for name, other in others.items()}})
    with pytest.raises(RuleError) as caught:
        load_rules(folder / "x.yaml")
    return [line_of(c) for c in caught.value.complaints]


def changed(old: str, new: str) -> str:
    """The good file with one text in it changed."""
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


MISTAKES = {
    # the outer shape
    "text": (GOOD, "just text", ["x.yaml:1:1 rulefile.not_a_mapping()"]),
    "empty": (GOOD, "", ["x.yaml:1:1 rulefile.not_a_mapping()"]),
    "no head": ("ruleset: {id: vores, version: 1}\n", "", ["x.yaml:1:1 rulefile.no_head()"]),
    "head is text": ("{id: vores, version: 1}", "vores", ["x.yaml:1:1 rulefile.no_head()"]),
    "head without id": ("{id: vores, ", "{", ["x.yaml:1:10 rulefile.key_missing(key=id)"]),
    "head with empty id": ("id: vores", 'id: ""', ["x.yaml:1:10 rulefile.key_missing(key=id)"]),
    "head without version": (", version: 1", "", ["x.yaml:1:10 rulefile.key_missing(key=version)"]),
    "head with another key": (
        "version: 1}",
        "version: 1, declars: [a]}",
        ["x.yaml:1:34 yaml.unknown_key(key=declars) -> declares"],
    ),
    "extends is text": (
        "version: 1}",
        "version: 1, extends: dk-faelles}",
        ["x.yaml:1:43 rulefile.not_a_list()"],
    ),
    "rounding": (
        "version: 1}",
        "version: 1, rounding: truncate}",
        ["x.yaml:1:44 rulefile.not_a_choice(found=truncate) -> truncated"],
    ),
    "rules are no list": (
        "rules:\n",
        "rules: 5\nothers:\n",
        ["x.yaml:4:8 rulefile.not_a_list()", "x.yaml:5:1 yaml.unknown_key(key=others) -> parameters"],
    ),
    "parameters are a list": (
        "parameters: {loft: 5, fri: null}",
        "parameters: [loft]",
        ["x.yaml:2:13 rulefile.not_a_mapping()"],
    ),
    "an id of the head that is a list": ("id: vores", "id: [vores]", ["x.yaml:1:15 rulefile.not_a_text()"]),
    "a version that is true": ("version: 1}", "version: true}", ["x.yaml:1:31 rulefile.not_a_text()"]),
    "a name of the set in one language": (
        "version: 1}",
        "version: 1, title: {da: Vores}}",
        ["x.yaml:1:41 rulefile.language_missing(lang=en)"],
    ),
    "declares is text": ("version: 1}", "version: 1, declares: loft}", ["x.yaml:1:44 rulefile.not_a_list()"]),
    "extends a number": ("version: 1}", "version: 1, extends: [5]}", ["x.yaml:1:44 rulefile.not_a_text()"]),
    "a retired name": ("[OLD001]", "[old]", ["x.yaml:3:11 rulefile.bad_id(found=old)"]),
    "retired is text": ("[OLD001]", "OLD001", ["x.yaml:3:10 rulefile.not_a_list()"]),
    "another key at the top": (
        "retired: [OLD001]",
        "retire: [OLD001]",
        ["x.yaml:3:1 yaml.unknown_key(key=retire) -> retired"],
    ),
    # one rule
    "a rule is text": (
        "rules:\n",
        "rules:\n  - SUM001\n",
        ["x.yaml:5:5 rulefile.not_a_mapping()"],
    ),
    "another key in a rule": (
        "severity: error",
        "severity: error\n    autority: x",
        ["x.yaml:9:5 yaml.unknown_key(key=autority) -> authority"],
    ),
    "a key like no other": (
        "severity: error",
        "severity: error\n    zzz: x",
        ["x.yaml:9:5 yaml.unknown_key(key=zzz)"],
    ),
    "no id": ("- id: ABC001\n    name", "- name", ["x.yaml:5:5 rulefile.key_missing(key=id)"]),
    "no name": ("    name: figure-exceeds-limit\n", "", ["x.yaml:5:5 rulefile.key_missing(key=name)"]),
    "no kind": ("    kind: bound\n", "", ["x.yaml:5:5 rulefile.key_missing(key=kind)"]),
    "no severity": ("    severity: error\n", "", ["x.yaml:5:5 rulefile.key_missing(key=severity)"]),
    "no title": ("    title: {da: Titel, en: Title}\n", "", ["x.yaml:5:5 rulefile.key_missing(key=title)"]),
    "no why": ("    why: {da: Derfor, en: Because}\n", "", ["x.yaml:5:5 rulefile.key_missing(key=why)"]),
    "no authority": ("    authority: unverified\n", "", ["x.yaml:5:5 rulefile.key_missing(key=authority)"]),
    "authority is empty": ("authority: unverified", "authority:", ["x.yaml:5:5 rulefile.key_missing(key=authority)"]),
    "id in small letters": ("id: ABC001", "id: abc001", ["x.yaml:5:9 rulefile.bad_id(found=abc001)"]),
    "id too long": ("id: ABC001", "id: ABC0012", ["x.yaml:5:9 rulefile.bad_id(found=ABC0012)"]),
    "id is a mapping": ("id: ABC001", "id: {a: b}", ["x.yaml:5:9 rulefile.bad_id(found={'a': 'b'})"]),
    "kind is a list": (
        "kind: bound",
        "kind: [bound]",
        ["x.yaml:7:11 rulefile.not_a_choice(found=['bound']) -> bound"],
    ),
    "title is a number": ("{da: Titel,", "{da: 5,", ["x.yaml:9:17 rulefile.not_a_text()"]),
    "authority is a list": ("authority: unverified", "authority: [unverified]", ["x.yaml:11:16 rulefile.not_a_text()"]),
    "id is a number": ("id: ABC001", "id: 5", ["x.yaml:5:9 rulefile.bad_id(found=5)"]),
    "id of one letter": ("id: ABC001", "id: A001", ["x.yaml:5:9 rulefile.bad_id(found=A001)"]),
    "name of one word": ("figure-exceeds-limit", "figure", ["x.yaml:6:11 rulefile.bad_name(found=figure)"]),
    "name with capitals": ("figure-exceeds-limit", "A-b", ["x.yaml:6:11 rulefile.bad_name(found=A-b)"]),
    "kind": ("kind: bound", "kind: bond", ["x.yaml:7:11 rulefile.not_a_choice(found=bond) -> bound"]),
    "severity": ("severity: error", "severity: eror", ["x.yaml:8:15 rulefile.not_a_choice(found=eror) -> error"]),
    "severity is a list": (
        "severity: error",
        "severity: [error]",
        ["x.yaml:8:15 rulefile.not_a_choice(found=['error']) -> error"],
    ),
    "missing": ("missing: zero", "missing: zeros", ["x.yaml:14:14 rulefile.not_a_choice(found=zeros) -> zero"]),
    "title is text": ("{da: Titel, en: Title}", "Titel", ["x.yaml:9:12 rulefile.not_translated()"]),
    "title in one language": (", en: Title}", "}", ["x.yaml:9:12 rulefile.language_missing(lang=en)"]),
    "why in no language": (
        "{da: Derfor, en: Because}",
        "{en: null, dk: Derfor}",
        [
            "x.yaml:10:10 rulefile.language_missing(lang=da)",
            "x.yaml:10:10 rulefile.language_missing(lang=en)",
            "x.yaml:10:21 yaml.unknown_key(key=dk) -> da",
        ],
    ),
    "valid turned round": ("from: 2007, to: 2030", "from: 2031, to: 2030", ["x.yaml:12:12 rulefile.years_turned()"]),
    "valid is a year": ("{from: 2007, to: 2030}", "2007", ["x.yaml:12:12 rulefile.not_a_mapping()"]),
    "valid from text": ("from: 2007", "from: nu", ["x.yaml:12:19 rulefile.not_a_year(found=nu)"]),
    "valid from too early": ("from: 2007", "from: 1969", ["x.yaml:12:19 rulefile.not_a_year(found=1969)"]),
    "valid to too late": ("to: 2030", "to: 2101", ["x.yaml:12:29 rulefile.not_a_year(found=2101)"]),
    "valid by another word": ("to: 2030", "til: 2030", ["x.yaml:12:25 yaml.unknown_key(key=til)"]),
    "where is text": ("{table: any, scope: drift}", "drift", ["x.yaml:13:12 rulefile.not_a_mapping()"]),
    "where by another key": ("{table: any,", "{tables: any,", ["x.yaml:13:13 yaml.unknown_key(key=tables) -> table"]),
    "layout": ("table: any", "table: budgt", ["x.yaml:13:20 rulefile.not_a_choice(found=budgt) -> budget"]),
    "scope": ("scope: drift", "scope: drfit", ["x.yaml:13:32 rulefile.not_a_choice(found=drfit) -> drift"]),
    "where a kind looks at every table": (
        "kind: bound",
        "kind: line_name",
        [
            "x.yaml:13:25 rulefile.where_not_for_kind(key=scope, kind=line_name)",
            "x.yaml:15:13 yaml.unknown_key(key=figure)",
            "x.yaml:15:27 yaml.unknown_key(key=limit)",
            "x.yaml:15:42 yaml.unknown_key(key=percent)",
        ],
    ),
    # what stands under check
    "check is a list": (
        "{figure: rest, limit: budget, percent: $loft}",
        "[rest]",
        ["x.yaml:15:12 rulefile.not_a_mapping()"],
    ),
    "check is missing": (
        "    check: {figure: rest, limit: budget, percent: $loft}\n",
        "",
        ["x.yaml:5:5 rulefile.key_missing(key=check: figure)", "x.yaml:5:5 rulefile.key_missing(key=check: limit)"],
    ),
    "a setting is missing": (", limit: budget", "", ["x.yaml:15:12 rulefile.key_missing(key=check: limit)"]),
    "another setting": (
        "limit: budget",
        "limit: budget, limt_part: none",
        ["x.yaml:15:42 yaml.unknown_key(key=limt_part) -> limit_part"],
    ),
    "measure": (
        "figure: rest",
        "figure: overfoersel_sogt",
        ["x.yaml:15:21 rulefile.not_a_choice(found=overfoersel_sogt) -> overfoersel_soegt"],
    ),
    "choice": (
        "limit: budget",
        "limit: budget, direction: at_mots",
        ["x.yaml:15:53 rulefile.not_a_choice(found=at_mots) -> at_most"],
    ),
    "number": ("$loft", "mange", ["x.yaml:15:51 rulefile.not_a_number(found=mange)"]),
    "number is a word for true": ("$loft", "true", ["x.yaml:15:51 rulefile.not_a_number(found=True)"]),
    "parameter": ("$loft", "$lotf", ["x.yaml:15:51 rulefile.unknown_parameter(name=lotf) -> loft"]),
    "parameter of the wrong type": ("loft: 5", "loft: fem", ["x.yaml:2:20 rulefile.not_a_number(found=fem)"]),
    "measures are no list": (
        "kind: bound",
        "kind: sign",
        [
            "x.yaml:13:25 rulefile.where_not_for_kind(key=scope, kind=sign)",
            "x.yaml:15:12 rulefile.key_missing(key=check: measures)",
            "x.yaml:15:13 yaml.unknown_key(key=figure)",
            "x.yaml:15:27 yaml.unknown_key(key=limit)",
            "x.yaml:15:42 yaml.unknown_key(key=percent)",
        ],
    ),
    # cases
    "no cases": (
        GOOD.partition("    cases:")[2],
        "\n",
        ["x.yaml:5:5 rulefile.key_missing(key=cases)"],
    ),
    "four cases": (
        "      - {name: e, given: x, expect: not_evaluated}\n",
        "",
        ["x.yaml:17:7 rulefile.too_few_cases(least=5)"],
    ),
    "cases are text": (
        GOOD.partition("    cases:\n")[2],
        "      none\n",
        ["x.yaml:17:7 rulefile.too_few_cases(least=5)"],
    ),
    "a case is text": (
        "      - {name: e,",
        "      - e\n      - {name: e,",
        ["x.yaml:21:9 rulefile.not_a_mapping()"],
    ),
    "a case without parts": (
        "{name: e, given: x, expect: not_evaluated}",
        "{given: null}",
        [
            "x.yaml:21:9 rulefile.key_missing(key=name)",
            "x.yaml:21:9 rulefile.key_missing(key=given)",
            "x.yaml:21:9 rulefile.key_missing(key=expect)",
        ],
    ),
    "a case with another key": (
        "findings: 2",
        "finding: 2",
        ["x.yaml:19:45 yaml.unknown_key(key=finding) -> findings"],
    ),
    "findings are no number": (
        "findings: 2",
        "findings: to",
        ["x.yaml:19:55 rulefile.not_a_whole_number(found=to)"],
    ),
    "parameters of a case are a list": (
        "parameters: {loft: 3}",
        "parameters: [loft]",
        ["x.yaml:20:57 rulefile.not_a_mapping()"],
    ),
    "the text of a case is a list": (
        "{name: e, given: x,",
        "{name: e, given: [x],",
        ["x.yaml:21:26 rulefile.not_a_text()"],
    ),
    "a case sets another parameter": (
        "{loft: 3}",
        "{lotf: 3}",
        ["x.yaml:20:58 rulefile.unknown_parameter(name=lotf) -> loft"],
    ),
    "a case expects another status": (
        "expect: not_evaluated",
        "expect: not_evaluted",
        ["x.yaml:21:37 rulefile.not_a_choice(found=not_evaluted) -> not_evaluated"],
    ),
    # the form of the file
    "duplicate key": (
        "severity: error",
        "severity: error\n    kind: sign",
        ["x.yaml:9:5 yaml.duplicate_key(key=kind)"],
    ),
    "no YAML": ("rules:\n", "rules: [\n", ["x.yaml:5:3 yaml.invalid()"]),
    "a list as key": ("retired: [OLD001]", "? [a]\n: b", ["x.yaml:3:3 yaml.key_not_text()"]),
    "a tag": ("authority: unverified", "authority: !law x", ["x.yaml:11:16 yaml.tag_not_allowed(tag=!law)"]),
    "nested too deeply": (
        "retired: [OLD001]",
        "retired: " + "[" * 61 + "]" * 61,
        ["x.yaml:3:70 yaml.too_large()"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_found_at_its_place(name: str, tmp_path: Path) -> None:
    old, new, expected = MISTAKES[name]
    assert complaints(tmp_path, changed(old, new)) == expected


def test_the_good_file_loads_in_full(tmp_path: Path) -> None:
    write(tmp_path, {"x.yaml": GOOD})
    made = load_rules(tmp_path / "x.yaml")
    assert made.rules == (
        Rule(
            id="ABC001",
            name="figure-exceeds-limit",
            kind="bound",
            severity="error",
            title={"da": "Titel", "en": "Title"},
            why={"da": "Derfor", "en": "Because"},
            authority="unverified",
            settings={key: setting.default for key, setting in KINDS["bound"].settings.items()}
            | {"figure": "rest", "limit": "budget", "percent": 5},
            missing="zero",
            valid_from=2007,
            valid_to=2030,
            tables=(),
            scopes=("drift",),
            unset="",
            cases=(
                RuleCase("a", "x", "passed"),
                RuleCase("b", "x", "passed_rounding"),
                RuleCase("c", "x", "failed", 2),
                RuleCase("d", "x", "failed", None, {"loft": 3}),
                RuleCase("e", "x", "not_evaluated"),
            ),
            file="x.yaml",
            line=5,
        ),
    )
    assert (made.id, made.version, made.truncated, made.switched_off) == ("vores", "1", False, ())
    assert made.parameters == {"loft": 5, "fri": None}
    assert len(made.sha256) == 64


SHORT = """\
ruleset: {id: kort, version: "2", rounding: ROUNDING}
rules:
  - id: KRT001
    name: sign-wrong
    kind: sign
    severity: note
    title: {da: T, en: T}
    why: {da: W, en: W}
    authority: §
    where: {table: [budget, any, generic], scope: any}
    check: {measures: [pris, maengde]}
    cases:
CASES""".replace("CASES", "".join(f"      - {{name: {n}, given: x, expect: passed}}\n" for n in "abcde"))


def test_what_a_rule_leaves_out_has_its_default(tmp_path: Path) -> None:
    write(tmp_path, {"x.yaml": SHORT.replace("ROUNDING", "truncated")})
    made = load_rules(tmp_path / "x.yaml")
    (rule,) = made.rules
    assert (made.truncated, made.version, made.parameters) == (True, "2", {})
    assert (rule.missing, rule.valid_from, rule.valid_to, rule.unset) == ("not_evaluated", None, None, "")
    assert (rule.tables, rule.scopes) == (("budget", "generic"), ())
    assert rule.settings == {"measures": ("pris", "maengde"), "must_be": "positive"}
    write(tmp_path, {"x.yaml": SHORT.replace("ROUNDING", "nearest")})
    assert not load_rules(tmp_path / "x.yaml").truncated


def test_all_complaints_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    faulty = GOOD.replace("kind: bound", "kind: bond").replace("en: Title", "en: null").replace("from: 2007", "from: x")
    faulty = faulty.replace("retired: [OLD001]", "retire: [OLD001]")
    second = GOOD.partition("rules:\n")[2].replace("ABC001", "abc").replace("severity: error", "severity: slem")
    assert complaints(tmp_path, faulty + second) == [
        "x.yaml:3:1 yaml.unknown_key(key=retire) -> retired",
        "x.yaml:7:11 rulefile.not_a_choice(found=bond) -> bound",
        "x.yaml:9:12 rulefile.language_missing(lang=en)",
        "x.yaml:12:19 rulefile.not_a_year(found=x)",
        "x.yaml:22:9 rulefile.bad_id(found=abc)",
        "x.yaml:25:15 rulefile.not_a_choice(found=slem)",
    ]


def test_mistakes_of_form_in_the_head_and_in_rules_hide_none_of_each_other(tmp_path: Path) -> None:
    faulty = GOOD.replace("version: 1}", "versoin: 1, extends: [intet.yaml, nej.yaml]}").replace(
        "kind: bound", "kind: bond"
    )
    faulty = faulty.replace("authority: unverified", "authority: !lov x\n    severity: note")
    again = GOOD.partition("rules:\n")[2].replace("severity: error", "severity: slem")
    assert complaints(tmp_path, faulty + again) == [
        "x.yaml:1:10 rulefile.key_missing(key=version)",
        "x.yaml:1:22 yaml.unknown_key(key=versoin) -> version",
        "x.yaml:1:44 rulefile.unknown_base(name=intet.yaml)",
        "x.yaml:1:56 rulefile.unknown_base(name=nej.yaml)",
        "x.yaml:7:11 rulefile.not_a_choice(found=bond) -> bound",
        "x.yaml:11:16 yaml.tag_not_allowed(tag=!lov)",
        "x.yaml:12:5 yaml.duplicate_key(key=severity)",
        "x.yaml:23:9 rulefile.id_reused(id=ABC001, first=x.yaml)",
        "x.yaml:26:15 rulefile.not_a_choice(found=slem)",
    ]


def test_complaints_are_written_with_file_line_column_and_a_suggestion(tmp_path: Path) -> None:
    write(tmp_path, {"x.yaml": changed("kind: bound", "kind: bond").replace("to: 2030", "til: 2030")})
    with pytest.raises(RuleError) as caught:
        load_rules(tmp_path / "x.yaml")
    kinds = ", ".join(KINDS)
    args = {"found": "bond", "known": kinds}
    for lang, unknown in (("da", 'ukendt nøgle "til"'), ("en", 'unknown key "til"')):
        choice, hint = text("rulefile.not_a_choice", lang, args), text("rulefile.suggestion", lang, {"word": "bound"})
        assert caught.value.render(lang) == f"x.yaml:7:11: {choice}. {hint}\nx.yaml:12:25: {unknown}"
        assert kinds in choice and hint.endswith(' "bound"?')
    assert str(caught.value) == caught.value.render("da")


def test_an_id_is_used_once(tmp_path: Path) -> None:
    twice = GOOD + GOOD.partition("rules:\n")[2]
    write(tmp_path, {"x.yaml": twice})
    with pytest.raises(RuleError) as caught:
        load_rules(tmp_path / "x.yaml")
    (found,) = caught.value.complaints
    assert (found.file, found.line, found.column, found.key) == ("x.yaml", 22, 9, "rulefile.id_reused")
    assert found.args == {"id": "ABC001", "first": "x.yaml"}


def test_an_id_of_a_base_is_not_used_again(tmp_path: Path) -> None:
    write(tmp_path, {"base.yaml": GOOD, "x.yaml": GOOD.replace("version: 1", "version: 1, extends: [base.yaml]")})
    with pytest.raises(RuleError) as caught:
        load_rules(tmp_path / "x.yaml")
    (found,) = caught.value.complaints
    assert (found.file, found.line, found.column, found.key) == ("x.yaml", 5, 9, "rulefile.id_reused")
    assert found.args == {"id": "ABC001", "first": "base.yaml"}


def test_a_retired_id_is_not_used_again(tmp_path: Path) -> None:
    base = "ruleset: {id: base, version: 1}\nretired: [ABC001, ABC002]\nparameters: {loft: 1, fri: 2}\n"
    write(tmp_path, {"base.yaml": base, "x.yaml": GOOD.replace("version: 1", "version: 1, extends: [base.yaml]")})
    with pytest.raises(RuleError) as caught:
        load_rules(tmp_path / "x.yaml")
    (found,) = caught.value.complaints
    assert (found.file, found.line, found.column, found.key) == ("x.yaml", 5, 9, "rulefile.id_retired")
    assert found.args == {"id": "ABC001"}


# Rule sets that build on others

OWN = """\
ruleset: {id: vores, version: 3, extends: [grund.yaml], declares: [nyt]}
parameters: {loft: 7, nyt: 1}
rules:
""" + GOOD.partition("rules:\n")[2].replace("ABC001", "AAA001").replace("$loft", "$nyt")
BASE = GOOD.replace("id: vores", "id: grund")


def test_a_set_adds_rules_and_sets_parameters(tmp_path: Path) -> None:
    write(tmp_path, {"x.yaml": OWN, "grund.yaml": BASE})
    made = load_rules(tmp_path / "x.yaml")
    assert (made.id, made.version, made.parameters) == ("vores", "3", {"loft": 7, "fri": None, "nyt": 1})
    assert [(r.id, r.file, r.settings["percent"]) for r in made.rules] == [
        ("AAA001", "x.yaml", 1),
        ("ABC001", "grund.yaml", 7),
    ]
    given = load_rules(tmp_path / "x.yaml", {"loft": Decimal("2.5")})
    assert [r.settings["percent"] for r in given.rules] == [1, Decimal("2.5")]
    assert given.parameters == {"loft": Decimal("2.5"), "fri": None, "nyt": 1}
    base = load_rules(tmp_path / "grund.yaml")
    assert base.sha256 != made.sha256 == given.sha256


def test_a_set_may_build_on_a_shipped_one_and_on_one_twice(tmp_path: Path) -> None:
    first = "ruleset: {id: a, version: 1, extends: [dk-faelles]}\n"
    second = "ruleset: {id: b, version: 1, extends: [dk-faelles, a.yaml]}\n"
    write(tmp_path, {"a.yaml": first, "b.yaml": second})
    assert load_rules(tmp_path / "b.yaml").rules == load_rules("dk-faelles").rules


def test_the_rounding_of_the_last_file_that_says_counts(tmp_path: Path) -> None:
    def truncated(base: str, own: str) -> bool:
        write(tmp_path, {"base.yaml": f"ruleset: {{id: b, version: 1{base}}}\n"})
        rules = GOOD.partition("retired: [OLD001]\n")[2].replace("$loft", "5").replace("{loft: 3}", "{}")
        write(tmp_path, {"x.yaml": f"ruleset: {{id: x, version: 1, extends: [base.yaml]{own}}}\n{rules}"})
        return load_rules(tmp_path / "x.yaml").truncated

    assert truncated(", rounding: truncated", "")
    assert not truncated(", rounding: truncated", ", rounding: nearest")
    assert truncated("", ", rounding: truncated")
    assert not truncated("", "")


def test_a_parameter_that_the_base_does_not_know(tmp_path: Path) -> None:
    own = OWN.replace("{loft: 7, nyt: 1}", "{lotf: 7, nyt: 1}")
    assert complaints(tmp_path, own, grund=BASE) == ["x.yaml:2:14 rulefile.unknown_parameter(name=lotf) -> loft"]
    bare = "ruleset: {id: x, version: 1, extends: [grund.yaml]}\nparameters: {zzz: 1}\n"
    assert complaints(tmp_path, bare, grund=BASE) == ["x.yaml:2:14 rulefile.unknown_parameter(name=zzz)"]


def test_a_parameter_that_nobody_set_leaves_its_rule_out(tmp_path: Path) -> None:
    write(tmp_path, {"x.yaml": changed("$loft", "$fri")})
    made = load_rules(tmp_path / "x.yaml")
    assert (made.rules[0].unset, made.rules[0].settings["percent"]) == ("fri", None)
    assert [(p.rule_id, p.reason) for p in run("Ingen tal.", *made.rules).plan] == [("ABC001", "plan.parameter_unset")]
    assert load_rules(tmp_path / "x.yaml", {"fri": 4}).rules[0].unset == ""


def test_a_list_of_measures_may_be_a_parameter(tmp_path: Path) -> None:
    text = (
        SHORT.replace("ROUNDING", "nearest")
        .replace("[pris, maengde]", "$alle")
        .replace("rules:", "parameters: {alle: [rest]}\nrules:", 1)
    )
    write(tmp_path, {"x.yaml": text})
    assert load_rules(tmp_path / "x.yaml").rules[0].settings["measures"] == ("rest",)
    assert complaints(tmp_path, text.replace("[rest]", "[rst]")) == [
        "x.yaml:2:21 rulefile.not_a_choice(found=rst) -> rest"
    ]


def test_a_wrong_parameter_is_complained_of_where_it_is_set(tmp_path: Path) -> None:
    own = OWN.replace("loft: 7", "loft: syv")
    assert complaints(tmp_path, own, grund=BASE) == ["x.yaml:2:20 rulefile.not_a_number(found=syv)"]
    wrong_base = BASE.replace("loft: 5", "loft: fem")
    bare = OWN.replace("loft: 7, ", "")
    assert complaints(tmp_path, bare, grund=wrong_base) == ["grund.yaml:2:20 rulefile.not_a_number(found=fem)"]
    write(tmp_path, {"x.yaml": OWN, "grund.yaml": BASE})
    with pytest.raises(RuleError) as caught:
        load_rules(tmp_path / "x.yaml", {"loft": "syv"})
    (found,) = caught.value.complaints
    assert (found.key, found.args) == ("rulefile.not_a_number", {"found": "syv"})


def test_a_set_without_rules_checks_nothing_and_does_not_load(tmp_path: Path) -> None:
    head = "# intet\nruleset: {id: x, version: 1}\n"
    for content in (head, head + "rules:\n", head + "rules: []\nretired:\nparameters:\n"):
        assert complaints(tmp_path, content) == ["x.yaml:2:1 rulefile.no_rules()"]


def test_two_bases_may_share_a_file_name(tmp_path: Path) -> None:
    own = "ruleset: {id: x, version: 1, extends: [a/y.yaml, b/y.yaml, a/y.yaml]}\n"
    first, second = GOOD.replace("ABC001", "AAA001"), GOOD.replace("ABC001", "BBB001")
    write(tmp_path, {"x.yaml": own, "a/y.yaml": first, "b/y.yaml": second})
    made = load_rules(tmp_path / "x.yaml")
    assert [r.id for r in made.rules] == ["AAA001", "BBB001"]


def test_a_set_cannot_build_on_itself(tmp_path: Path) -> None:
    own = "ruleset: {id: x, version: 1, extends: [x.yaml]}\n"
    assert complaints(tmp_path, own) == ["x.yaml:1:40 rulefile.extends_circle(name=x.yaml)"]
    round_trip = complaints(
        tmp_path,
        "ruleset: {id: x, version: 1, extends: [y.yaml]}\n",
        y="ruleset:\n  id: y\n  version: 1\n  extends:\n    - dk-faelles\n    - sub/z.yaml\n",
        **{"sub/z": "ruleset: {id: z, version: 1, extends: [../x.yaml]}\n"},
    )
    assert round_trip == ["z.yaml:1:40 rulefile.extends_circle(name=../x.yaml)"]


def test_a_base_that_does_not_exist(tmp_path: Path) -> None:
    own = "ruleset: {id: x, version: 1, extends: [dk-faelles, dk-faeles]}\n"
    assert complaints(tmp_path, own) == ["x.yaml:1:52 rulefile.unknown_base(name=dk-faeles) -> dk-faelles"]
    with pytest.raises(RuleError, match=r"Kendte: dk-anlaeg, dk-balance, .*dk-dokument, dk-faelles"):
        load_rules(tmp_path / "x.yaml")


def test_mistakes_in_a_base_are_found_there(tmp_path: Path) -> None:
    broken = BASE.replace("kind: bound", "kind: bond")
    assert complaints(tmp_path, OWN.replace("severity: error", "severity: eror"), grund=broken) == [
        "grund.yaml:7:11 rulefile.not_a_choice(found=bond) -> bound",
        "x.yaml:7:15 rulefile.not_a_choice(found=eror) -> error",
    ]


def test_a_set_that_does_not_exist() -> None:
    with pytest.raises(RequestError) as caught:
        load_rules("dk-faeles")
    assert str(caught.value) == (
        'regelsættet "dk-faeles" findes ikke, hverken som medfølgende regelsæt eller som fil.'
        f" Kendte: {', '.join(shipped())}. Nærmest: dk-faelles"
    )
    assert caught.value.render("en").startswith('the rule set "dk-faeles" exists neither as a shipped rule set')
    with pytest.raises(RequestError, match="Nærmest: –"):
        load_rules("/ingen/steder/zzz.yaml")


def test_the_shipped_sets() -> None:
    assert {"dk-bemaerkninger", "dk-faelles", "dk-regneark"} <= set(shipped())
    assert DEFAULT_RULES in shipped()
    assert load_rules() == load_rules(DEFAULT_RULES)
    assert load_rules(shipped()["dk-faelles"]) == load_rules("dk-faelles")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes("ruleset: {id: x, version: 1}\n# æ\n".encode("cp1252"))
    with pytest.raises(RuleError) as caught:
        load_rules(tmp_path / "x.yaml")
    assert [line_of(c) for c in caught.value.complaints] == ["x.yaml:2:1 yaml.not_utf8()"]
    with pytest.raises(RuleError) as caught:
        read_yaml(tmp_path / "gone.yaml")
    assert [line_of(c) for c in caught.value.complaints] == ["gone.yaml:1:1 yaml.unreadable()"]


# What may stand in a rule


def test_the_names_a_rule_may_use() -> None:
    assert {"regnskab", "korrigeret_budget", "over_underskud", "pris"} <= set(measures())
    assert measures()[-1:] == DERIVED_MEASURES == ("forventet_over_underskud",)
    assert scopes() == ("drift", "anlaeg")
    assert {"budgetbro", "overfoersler"} <= set(layouts())
    assert layouts()[-1] == "generic"
    assert len(set(measures())) == len(measures())
    assert len(set(layouts())) == len(layouts())


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        (Setting("choice", choices=("a", "b")), "a", []),
        (Setting("choice", choices=("a", "b")), "c", ["f:1:4 rulefile.not_a_choice(found=c)"]),
        (Setting("choice", choices=("a", "b")), "rest", ["f:1:4 rulefile.not_a_choice(found=rest)"]),
        (Setting("measure"), "rest", []),
        (Setting("measure"), "rst", ["f:1:4 rulefile.not_a_choice(found=rst) -> rest"]),
        (Setting("measure", choices=("basis",)), "basis", []),
        (Setting("measure"), "basis", ["f:1:4 rulefile.not_a_choice(found=basis)"]),
        (Setting("measures"), ["rest", "pris"], []),
        (Setting("measures"), [], ["f:1:4 rulefile.not_a_list()"]),
        (Setting("measures"), "rest", ["f:1:4 rulefile.not_a_list()"]),
        (Setting("measures"), ["rest", "prs"], ["f:1:4 rulefile.not_a_choice(found=prs) -> pris"]),
        (Setting("number"), 5, []),
        (Setting("number"), 0, []),
        (Setting("number"), Decimal("2.5"), []),
        (Setting("number"), "5", ["f:1:4 rulefile.not_a_number(found=5)"]),
        (Setting("number"), False, ["f:1:4 rulefile.not_a_number(found=False)"]),
        (Setting("text"), "ord", []),
        (Setting("text"), "", ["f:1:4 rulefile.not_a_text()"]),
        (Setting("text"), 5, ["f:1:4 rulefile.not_a_text()"]),
        (Setting("texts"), ["ord", "flere ord"], []),
        (Setting("texts"), [], ["f:1:4 rulefile.not_a_list()"]),
        (Setting("texts"), "ord", ["f:1:4 rulefile.not_a_list()"]),
        (Setting("texts"), ["ord", 5, ""], ["f:1:4 rulefile.not_a_text()", "f:1:4 rulefile.not_a_text()"]),
        (Setting("pattern"), r"\d\.\d\d", []),
        (Setting("pattern"), "(", ["f:1:4 rulefile.not_a_pattern()"]),
        (Setting("pattern"), 5, ["f:1:4 rulefile.not_a_text()"]),
    ],
)
def test_a_setting(setting: Setting, value: object, expected: list[str]) -> None:
    source = parse_yaml("a: x\n", "f")
    assert [line_of(c) for c in check_setting(source, ("a",), setting, value, ("rest", "pris"))] == expected


def test_every_complaint_of_the_catalogue_is_provoked_here() -> None:
    """Requests (a set or rule that is asked for and not there) and the words around a suggestion are no complaints."""
    here = Path(__file__).parent
    text = "".join((here / name).read_text(encoding="utf-8") for name in ("test_rulefile.py", "test_adjust.py"))
    keys = {k for k in catalogue("da") if k.startswith(("rulefile.", "yaml."))}
    keys -= {"rulefile.suggestion", "rulefile.unknown_set", "rulefile.unknown_rule"}
    assert {k for k in keys if k not in text} == set()
