"""Does lint find what is idle, doubtful or doubled in rule files, beside what keeps them from loading?"""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.lint import lint
from tests.test_rulefile import GOOD, line_of, write

GRUND = GOOD.replace("id: vores", "id: grund").replace(", fri: null", "")
"""A rule file with nothing to remark: its one parameter is used."""
OWN = "ruleset: {id: x, version: 1, extends: [grund.yaml]}\n"
RULES = GRUND.partition("rules:\n")[2].replace("ABC001", "XYZ001").replace("figure-exceeds-limit", "figure-exceeds-all")
REASON = "reason: Byrådet har besluttet det"


def linted(folder: Path, files: dict[str, str]) -> tuple[list[str], list[str]]:
    """Complaints and warnings about all files of a folder."""
    write(folder, {f"{name}.yaml": text for name, text in files.items()})
    found = lint([folder])
    here = f"{folder.resolve()}/"
    assert found.files == tuple(f"{here}{name}.yaml" for name in sorted(files))
    said = [[line_of(c).replace(here, "") for c in each] for each in (found.complaints, found.warnings)]
    return said[0], said[1]


def warnings(folder: Path, **files: str) -> list[str]:
    """Warnings about files without complaints."""
    complaints, warned = linted(folder, files)
    assert complaints == []
    return warned


def test_a_good_file_gives_nothing(tmp_path: Path) -> None:
    assert warnings(tmp_path, grund=GRUND) == []
    assert warnings(tmp_path, grund=GRUND, x=OWN + "parameters: {loft: 7}\n") == []


def test_what_keeps_a_file_from_loading_is_a_complaint_once(tmp_path: Path) -> None:
    broken = GRUND.replace("kind: bound", "kind: bond")
    assert linted(tmp_path, {"grund": broken, "x": OWN, "y": OWN})[0] == [
        "grund.yaml:7:11 rulefile.not_a_choice(found=bond) -> bound"
    ]


def test_a_file_that_is_no_yaml_hides_nothing_of_the_others(tmp_path: Path) -> None:
    other = GOOD.replace("severity: error", "severity: eror").replace(", fri: null", "")
    own = OWN.replace("[grund.yaml]", "[grund.yaml, y.yaml]") + "parameters: {loft: 7}\n"
    assert linted(tmp_path, {"grund": GRUND.replace("rules:", "rules: ["), "x": own, "y": other})[0] == [
        "grund.yaml:5:3 yaml.invalid()",
        "y.yaml:8:15 rulefile.not_a_choice(found=eror) -> error",
    ]


def test_a_parameter_that_no_rule_uses(tmp_path: Path) -> None:
    assert warnings(tmp_path, x=GOOD) == ["x.yaml:2:23 lint.parameter_idle(name=fri)"]
    spare = GRUND.replace("{loft: 5}", "{loft: 5, spare: 1}")
    assert warnings(tmp_path, x=spare) == ["x.yaml:2:23 lint.parameter_idle(name=spare)"]
    user = OWN + "rules:\n" + RULES.replace("$loft", "$spare")
    assert warnings(tmp_path, grund=spare, x=user) == [], "a file that extends it uses it"


def test_what_a_file_declares(tmp_path: Path) -> None:
    def own(declares: str, parameters: str) -> list[str]:
        head = OWN.replace("]}", f"], declares: [{declares}]}}")
        return warnings(tmp_path, grund=GRUND, x=f"{head}parameters: {{{parameters}}}\nrules:\n" + RULES)

    assert own("loft", "loft: 4") == ["x.yaml:1:64 lint.declared_twice(name=loft)"]
    assert own("nyt", "loft: 4") == ["x.yaml:1:64 lint.declared_not_set(name=nyt)"]
    assert own("nyt", "nyt: 4") == ["x.yaml:2:14 lint.parameter_idle(name=nyt)"]


def test_a_rule_that_can_never_be_used(tmp_path: Path) -> None:
    narrow = GRUND.replace("table: any, scope: drift", "table: [regnskab, generic]")
    assert warnings(tmp_path, grund=narrow) == [], "the limit may stand in another table"
    narrow = narrow.replace("figure: rest, limit: budget", "figure: budget, limit: rest")
    never = "grund.yaml:13:12 lint.never_fires(id=ABC001)"
    assert warnings(tmp_path, grund=narrow) == [never]
    assert warnings(tmp_path, grund=narrow, x=OWN) == [never], "it is told of where it stands"
    turned = GRUND.replace("figure: rest, limit: budget", "figure: budget, limit: rest")
    adjusted = f"{OWN}adjust:\n  - {{rule: ABC001, where: {{table: generic}}, {REASON}}}\n"
    assert warnings(tmp_path, grund=turned, x=adjusted) == ["x.yaml:3:27 lint.never_fires(id=ABC001)"]


def test_an_adjustment_that_changes_nothing(tmp_path: Path) -> None:
    adjusted = f"{OWN}adjust:\n  - {{rule: ABC001, severity: error, {REASON}}}\n"
    assert warnings(tmp_path, grund=GRUND, x=adjusted) == ["x.yaml:3:5 lint.adjust_idle(id=ABC001)"]
    assert warnings(tmp_path, grund=GRUND, x=adjusted.replace("error", "note")) == []


def test_cases_that_are_lacking(tmp_path: Path) -> None:
    cases = GRUND.replace("expect: not_evaluated", "expect: passed").replace("expect: failed", "expect: passed")
    assert warnings(tmp_path, grund=cases) == [
        "grund.yaml:16:5 lint.case_lacking(status=failed, id=ABC001)",
        "grund.yaml:16:5 lint.case_lacking(status=not_evaluated, id=ABC001)",
    ]


def test_a_text_that_is_not_translated(tmp_path: Path) -> None:
    same = GRUND.replace("en: Title", "en: Titel")
    assert warnings(tmp_path, grund=same) == ["grund.yaml:9:12 lint.not_translated(key=title)"]


def test_ids_and_names_of_files_that_do_not_build_on_each_other(tmp_path: Path) -> None:
    assert warnings(tmp_path, a=GRUND, b=GRUND) == [
        "b.yaml:5:9 lint.id_reused(found=ABC001, first=a.yaml)",
        "b.yaml:6:11 lint.name_reused(found=figure-exceeds-limit, first=a.yaml)",
    ]
    retired = GRUND.replace("[OLD001]", "[XYZ001]").replace("figure-exceeds-limit", "figure-is-odd")
    other = GRUND.replace("ABC001", "XYZ001")
    assert warnings(tmp_path, a=retired, b=other) == ["b.yaml:5:9 lint.id_retired(found=XYZ001, first=a.yaml)"]
    again = GRUND + RULES.replace("figure-exceeds-all", "figure-exceeds-limit")
    assert warnings(tmp_path, a=again, b="# a name may stand twice in one file\n" + OWN.replace("grund", "a")) == [
        "a.yaml:23:11 lint.name_reused(found=figure-exceeds-limit, first=a.yaml)"
    ]


def test_an_id_used_twice_in_a_chain_is_a_complaint(tmp_path: Path) -> None:
    own = OWN + "rules:\n" + RULES.replace("XYZ001", "ABC001")
    assert linted(tmp_path, {"grund": GRUND, "x": own}) == (
        ["x.yaml:3:9 rulefile.id_reused(id=ABC001, first=grund.yaml)"],
        [],
    )


@pytest.mark.parametrize(
    "content",
    [
        "ruleset: {id: x}\nrules: 5\n",
        "ruleset: 5\n",
        "ruleset: {id: x, version: 1}\nrules: [5]\n",
        "ruleset:\n  extends: [5]\nadjust: [5]\n",
    ],
)
def test_a_file_of_the_wrong_shape_is_complained_of(content: str, tmp_path: Path) -> None:
    complaints, _ = linted(tmp_path, {"x": content, "y": GRUND})
    assert complaints
    assert all(line.startswith("x.yaml:") for line in complaints)
