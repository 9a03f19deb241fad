"""Does docs/rules.md say what is so: do its examples load, and does it name every key, kind and setting?"""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from checker.casetest import run_cases
from checker.cli import app
from checker.kinds import KINDS
from checker.lint import lint
from checker.resources import data_dir
from checker.rulefile import load_rules
from checker.rulefile.shape import CASE, HEAD, OUTER, adjustment_shape, rule_shape
from checker.run import check
from tests.test_rulefile import write

GUIDE = (Path(__file__).parent.parent / "docs" / "rules.md").read_text(encoding="utf-8")


def block(language: str, beginning: str) -> str:
    """The example in the guide that begins so."""
    blocks = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    (found,) = [text for text in blocks if text.startswith(beginning)]
    return str(found)


def test_the_complete_example_does_what_the_guide_says(tmp_path: Path) -> None:
    write(tmp_path, {"vores-regler.yaml": block("yaml", "ruleset:"), "regnskab.txt": block("text", "Skoleområdet")})
    made = load_rules(tmp_path / "vores-regler.yaml")
    assert [r for r in run_cases(made, tmp_path / "vores-regler.yaml") if not r.ok] == []
    found = lint([tmp_path])
    assert (found.complaints, found.warnings) == ((), ())
    report = check(tmp_path / "regnskab.txt", made)
    assert [f.outcomes[0].rule_id for f in report.findings if f.severity != "note"] == ["OVF003"]


def test_the_adjustments_of_the_guide_are_right_and_change_something(tmp_path: Path) -> None:
    head = "ruleset: {id: x, version: 1, extends: [dk-bemaerkninger]}\n"
    write(tmp_path, {"x.yaml": head + block("yaml", "adjust:")})
    found = lint([tmp_path])
    assert (found.complaints, found.warnings) == ((), ())
    assert [made.rule for made in load_rules(tmp_path / "x.yaml").adjusted] == ["OVF001", "SUM001", "TXT002"]


def test_every_key_kind_and_setting_is_named() -> None:
    keys = [key for shape in (OUTER, HEAD, rule_shape(), adjustment_shape(), CASE) for key in shape.keys]
    assert [key for key in keys if f"`{key}`" not in GUIDE] == []


def test_every_kind_is_named_with_its_settings() -> None:
    for name, kind in KINDS.items():
        row = next((line for line in GUIDE.splitlines() if line.startswith(f"| `{name}`")), "")
        assert row, name
        assert [key for key in kind.settings if f"`{key}`" not in row] == [], name


def test_the_schema_for_an_editor_is_written_as_the_guide_says(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["rules", "--schema", "-o", str(tmp_path / "rules.schema.json")])
    shipped = (data_dir("schemas") / "rules.schema.json").read_bytes()
    assert (done.exit_code, (tmp_path / "rules.schema.json").read_bytes()) == (0, shipped)
    assert "regnskabstjek rules --schema -o rules.schema.json" in GUIDE
    assert CliRunner().invoke(app, ["rules", "--schema"]).output == shipped.decode("utf-8")
