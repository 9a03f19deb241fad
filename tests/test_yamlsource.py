"""Is a YAML file read as plain values with their places, without floats, duplicate keys, tags or bombs?"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import Complaint, RuleError
from checker.resources import data_dir
from checker.yamlsource import Source, nearest, parse_yaml, read_yaml, unknown_keys
from tests.build import PROPERTY


def value(text: str) -> Any:
    """What a single value is read as."""
    return parse_yaml(f"a: {text}\n", "f").data["a"]


def told(text: str) -> list[tuple[int, int, str]]:
    """Line, column and key of what is complained of, whether or not it stops the reading."""
    try:
        found = tuple(parse_yaml(text, "f").complaints)
    except RuleError as error:
        found = error.complaints
    return [(c.line, c.column, c.key) for c in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ord", "ord"),
        ("'5'", "5"),
        ('""', ""),
        ("5", 5),
        ("-5", -5),
        ("+5", 5),
        ("0", 0),
        ("1.5", Decimal("1.5")),
        ("-1.50", Decimal("-1.50")),
        ("+1.5", Decimal("1.5")),
        (".5", Decimal("0.5")),
        ("true", True),
        ("False", False),
        ("TRUE", True),
        ("null", None),
        ("~", None),
        ("", None),
        # what YAML would turn into something else stays a text
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("'true'", "true"),
        ("2021-01-01", "2021-01-01"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("00", "00"),
        ("001", "001"),
        ("1:30", "1:30"),
        ("1.0e+3", "1.0e+3"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("1.2.3", "1.2.3"),
        ("[1, b, [2.5]]", [1, "b", [Decimal("2.5")]]),
        ("{b: {c: no}}", {"b": {"c": "no"}}),
    ],
)
def test_values(text: str, expected: object) -> None:
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


def test_keys_are_texts() -> None:
    assert parse_yaml("1: a\ntrue: b\n2021-01-01: c\n", "f").data == {"1": "a", "true": "b", "2021-01-01": "c"}


def test_an_empty_file_has_no_data() -> None:
    assert parse_yaml("", "f").data is None
    assert parse_yaml("# kun en bemærkning\n", "f").data is None


TEXT = """\
a: 1
liste:
  - x
  - {k: v}
b: {c: d}
"""


def test_every_key_and_value_has_its_place() -> None:
    source = parse_yaml(TEXT, "f")
    assert source.values == {
        (): (1, 1),
        ("a",): (1, 4),
        ("liste",): (3, 3),
        ("liste", 0): (3, 5),
        ("liste", 1): (4, 5),
        ("liste", 1, "k"): (4, 9),
        ("b",): (5, 4),
        ("b", "c"): (5, 8),
    }
    assert source.keys == {
        ("a",): (1, 1),
        ("liste",): (2, 1),
        ("liste", 1, "k"): (4, 6),
        ("b",): (5, 1),
        ("b", "c"): (5, 5),
    }


def test_a_complaint_stands_at_the_value_the_key_or_what_encloses_it() -> None:
    source = parse_yaml(TEXT, "f.yaml")

    def at(*path: str | int, at_key: bool = False) -> tuple[int, int]:
        made = source.complaint(path, "rulefile.no_head", at_key=at_key)
        return made.line, made.column

    assert at("liste", 1, "k") == (4, 9)
    assert at("liste", 1, "k", at_key=True) == (4, 6)
    assert at("liste", 1, "gone", "deeper") == (4, 5)
    assert at("b", "gone", at_key=True) == (5, 4)
    assert at("gone") == (1, 1)
    assert at() == (1, 1)
    assert source.complaint(("a",), "rulefile.bad_id", "A", found="1") == Complaint(
        "f.yaml", 1, 4, "rulefile.bad_id", {"found": "1"}, "A"
    )
    nowhere = Source("f", None, "").complaint((), "rulefile.no_head")
    assert (nowhere.line, nowhere.column, nowhere.suggestion) == (1, 1, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", [(3, 1, "yaml.duplicate_key")]),
        ("a: {b: 1, b: 2}\na: 1\n", [(1, 11, "yaml.duplicate_key"), (2, 1, "yaml.duplicate_key")]),
        ("? [a]\n: b\n", [(1, 3, "yaml.key_not_text")]),
        ("? {a: b}\n: b\n", [(1, 3, "yaml.key_not_text")]),
        ("a: !foo x\n", [(1, 4, "yaml.tag_not_allowed")]),
        ("- !foo x\n- !bar y\n", [(1, 3, "yaml.tag_not_allowed"), (2, 3, "yaml.tag_not_allowed")]),
        ("a: 1\n---\nb: 2\n", [(2, 1, "yaml.invalid")]),
        ("a: *unknown\n", [(1, 4, "yaml.invalid")]),
        ("a: 'open\n", [(2, 1, "yaml.invalid")]),
        ("a: \x01\n", [(1, 1, "yaml.invalid")]),
        ("a: &x [*x]\n", [(1, 4, "yaml.too_large")]),
    ],
)
def test_mistakes_of_form(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert told(text) == expected


def test_the_arguments_of_a_complaint_name_what_was_found() -> None:
    found = parse_yaml("a: !lov x\nb: 1\nb: 2\n", "f")
    assert [dict(c.args) for c in found.complaints] == [{"tag": "!lov"}, {"key": "b"}]
    assert found.data == {"a": "x", "b": 1}


def test_how_deep_a_file_may_be() -> None:
    assert parse_yaml("[" * 60 + "x" + "]" * 60, "f").data
    assert told("[" * 61 + "x" + "]" * 61) == [(1, 62, "yaml.too_large")]


def test_aliases_that_multiply_are_stopped() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for name, before in zip("bcdef", "abcde", strict=True):
        bomb += f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    ((_, _, key),) = told(bomb)
    assert key == "yaml.too_large"


def test_an_alias_is_the_value_it_stands_for() -> None:
    assert parse_yaml("a: &x {b: 1}\nc: *x\n", "f").data == {"a": {"b": 1}, "c": {"b": 1}}


def test_reading_a_file(tmp_path: Path) -> None:
    path = tmp_path / "regler.yaml"
    raw = "\ufeffa: æ\n".encode()
    path.write_bytes(raw)
    source = read_yaml(path)
    assert (source.file, source.data, source.sha256) == ("regler.yaml", {"a": "æ"}, hashlib.sha256(raw).hexdigest())
    assert read_yaml(path, "andet navn").file == "andet navn"
    assert parse_yaml("a: æ\n", "f").sha256 == hashlib.sha256("a: æ\n".encode()).hexdigest()
    assert parse_yaml("a: æ\n", "f", "given").sha256 == "given"


def test_the_shipped_files_have_no_faults_of_form() -> None:
    files = [path for folder in ("rules", "schemas") for path in sorted(data_dir(folder).glob("*.yaml"))]
    assert len(files) >= 4
    assert [c.render("en") for path in files for c in read_yaml(path).complaints] == []


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    def complaint(path: Path) -> Complaint:
        with pytest.raises(RuleError) as caught:
            read_yaml(path, "f.yaml")
        (found,) = caught.value.complaints
        return found

    (tmp_path / "x.yaml").write_bytes("a: 1\nb: 2\nc: æ\n".encode("cp1252"))
    assert complaint(tmp_path / "x.yaml") == Complaint("f.yaml", 3, 1, "yaml.not_utf8")
    gone = complaint(tmp_path / "gone.yaml")
    assert (gone.line, gone.column, gone.key, list(gone.args)) == (1, 1, "yaml.unreadable", ["why"])
    assert complaint(tmp_path).key == "yaml.unreadable"


def test_the_nearest_word() -> None:
    assert nearest("severty", ["severity", "missing"]) == "severity"
    assert nearest("zzz", ["severity", "missing"]) is None
    assert nearest("x", []) is None
    assert nearest("bond", (word for word in ("kind", "bound", "band"))) in ("bound", "band")


def test_unknown_keys() -> None:
    source = parse_yaml("a: 1\nb:\n  knd: x\n  kind: y\n  zzz: z\n", "f")
    assert unknown_keys(source, ("b",), source.data["b"], iter(["kind", "name"])) == [
        Complaint("f", 3, 3, "yaml.unknown_key", {"key": "knd"}, "kind"),
        Complaint("f", 5, 3, "yaml.unknown_key", {"key": "zzz"}),
    ]
    assert unknown_keys(source, (), source.data, ["a", "b"]) == []


plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**12), 10**12), st.text("abcæøå -:#'\"", max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text("abcæø", min_size=1, max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@PROPERTY
@given(plain)
def test_what_is_written_is_read_back(data: Any) -> None:
    source = parse_yaml(yaml.safe_dump(data, allow_unicode=True), "f")
    assert source.data == data
    assert set(source.keys) <= set(source.values)


@PROPERTY
@given(st.text(st.sampled_from("ab:-[]{}&*!|>'\"# \n\t,?0.9\x07é"), max_size=30))
def test_any_text_is_data_or_complaints(text: str) -> None:
    try:
        source = parse_yaml(text, "f")
    except RuleError as error:
        assert error.complaints
        assert all(c.line >= 1 and c.column >= 1 for c in error.complaints)
    else:
        assert not isinstance(source.data, float)
