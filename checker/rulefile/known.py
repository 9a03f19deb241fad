"""The names a rule may use: measures, layouts and scopes, as schemas/ declares them."""

from __future__ import annotations

from functools import cache

from checker.resources import data_dir
from checker.yamlsource import read_yaml

DERIVED_MEASURES = ("forventet_over_underskud",)
"""Measures that no heading states by itself: a deviation of the expected accounts."""


@cache
def measures() -> tuple[str, ...]:
    """Every measure of the vocabulary, and the derived ones."""
    return (*read_yaml(data_dir("schemas") / "vocabulary.yaml").data["measures"], *DERIVED_MEASURES)


@cache
def scopes() -> tuple[str, ...]:
    """Every scope of the vocabulary."""
    return tuple(read_yaml(data_dir("schemas") / "vocabulary.yaml").data["scopes"])


@cache
def layouts() -> tuple[str, ...]:
    """Every layout, and 'generic' for tables none knows."""
    return (*(entry["id"] for entry in read_yaml(data_dir("schemas") / "layouts.yaml").data["layouts"]), "generic")
