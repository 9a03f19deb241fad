"""Which lines do the rows of one long statement describe, and which line is part of which?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from checker.model.submission import Line, Parts
from checker.recognise.longheader import contract
from checker.recognise.longrows import Hints, Rows, shortened
from checker.recognise.structure import LADDER

Key = tuple[str | None, str]
"""Scope and line: what a line is, inside one statement."""

_DESCRIBING = ("label", "number", "role", "parent", "parent_scope", "parent_as")


@dataclass(slots=True)
class LongLine:
    """A line with what its rows say of it; `first` is the row that says each thing."""

    said: dict[str, str] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A line is part of another; `how` holds ladder (of a running result), uncertain and selected."""

    part: Key
    whole: Key
    how: frozenset[str]


def lines_of(rows: Rows, own: Iterable[int]) -> dict[Key, LongLine]:
    """The lines of one statement in the order of their first rows (`own` are those rows).

    What one row says of a line holds for all; two that say different things break the contract, the first counts.
    """
    found: dict[Key, LongLine] = {}
    for row in own:
        line = found.setdefault((rows.get(row, "scope"), rows.get(row, "line") or ""), LongLine())
        for column in _DESCRIBING:
            text = rows.get(row, column)
            if text is None or rows.is_bad(row, column):
                continue
            if line.said.setdefault(column, text) != text:
                rows.violate(row, column, "differs", f"{shortened(line.said[column])} ≠ {shortened(text)}")
            line.first.setdefault(column, row)
    return found


def model_lines(lines: Mapping[Key, LongLine]) -> tuple[Line, ...]:
    """The lines as a statement holds them; the name of a line that says none is the line itself."""
    return tuple(
        Line(name, line.said.get("label", name), line.said.get("number"), line.said.get("role", "line"), scope)
        for (scope, name), line in lines.items()
    )


def parts_of(rows: Rows, statement: str, lines: Mapping[Key, LongLine]) -> list[Parts]:
    """The part/whole groups of a statement in the order of its wholes; a wrong parent breaks the contract."""
    hints = Hints()
    links = list(dict.fromkeys(link for key, line in lines.items() for link in _links(rows, key, line, lines, hints)))
    circular = _circular(links)
    for link in links:
        if link.part in circular:
            rows.violate(lines[link.part].first["parent"], "parent", "circle", shortened(link.part[1]))
    groups: dict[tuple[Key, bool], list[Link]] = {}
    for link in links:
        if link.part not in circular:
            groups.setdefault((link.whole, LADDER in link.how), []).append(link)
    _one_total(rows, lines, [link for (_, ladder), own in groups.items() if not ladder for link in own])
    ordered = [(whole, ladder) for whole in lines for ladder in (False, True) if (whole, ladder) in groups]
    return [_group(statement, lines[key[0]], key, groups[key]) for key in ordered]


def _one_total(rows: Rows, lines: Mapping[Key, LongLine], sums: Sequence[Link]) -> None:
    """Of the wholes that are part of nothing one may be the total of its scope; others are subtotals."""
    nested, wholes = {link.part for link in sums}, {link.whole for link in sums}
    totals: dict[str | None, str] = {}
    for scope, name in lines:
        line = lines[scope, name]
        top = (scope, name) in wholes and (scope, name) not in nested
        if top and line.said.get("role") == "total" and totals.setdefault(scope, name) != name:
            rows.violate(line.first["role"], "role", "roots", f"{shortened(totals[scope])} + {shortened(name)}")


def _group(statement: str, line: LongLine, key: tuple[Key, bool], links: Sequence[Link]) -> Parts:
    (scope, whole), ladder = key
    how = {word for link in links for word in link.how}
    return Parts(
        statement=statement,
        whole=whole,
        parts=tuple(link.part[1] for link in links),
        seen_by=LADDER if ladder else "stated",
        whole_label=line.said.get("label", whole),
        selected="selected" in how,
        certain="uncertain" not in how,
        scope=scope,
        part_scopes=tuple(link.part[0] for link in links),
    )


def _links(rows: Rows, key: Key, line: LongLine, lines: Mapping[Key, LongLine], hints: Hints) -> list[Link]:
    written = line.said.get("parent")
    if written is None:
        return []
    whole = _resolved(written, line.said.get("parent_scope", ""), key, lines)
    names = [written] if whole else [name.strip() for name in written.split("|")]
    scopes = _as_many(line.said.get("parent_scope", ""), len(names))
    ways = _as_many(line.said.get("parent_as", ""), len(names))
    links = []
    for name, scope, how in zip(names, scopes, ways, strict=True):
        found = _resolved(name, scope, key, lines)
        if found is None:
            others = (other for _, other in lines if other != key[1])
            rows.violate(line.first["parent"], "parent", "parent", hints.of(name, others))
        else:
            links.append(Link(key, found, frozenset(how.split("+"))))
    return links


def _as_many(written: str, count: int) -> list[str]:
    found = [text.strip() for text in written.split("|")][:count]
    return found + [""] * (count - len(found))


def _resolved(name: str, scope: str, part: Key, lines: Mapping[Key, LongLine]) -> Key | None:
    """The line a parent names: in the scope given, else in the part's own, else the only one of that name."""
    if scope:
        key = (None if scope == "-" else scope, name)
        return key if key in lines else None
    if (part[0], name) in lines:
        return (part[0], name)
    others = [(other, name) for other in (None, *contract().choices["scope"]) if (other, name) in lines]
    return others[0] if len(others) == 1 else None


def _circular(links: Sequence[Link]) -> set[Key]:
    """Lines that are part of themselves, by whatever way."""
    wholes: dict[Key, list[Key]] = {}
    for link in links:
        wholes.setdefault(link.part, []).append(link.whole)
    return {part for part in wholes if _reaches(part, wholes)}


def _reaches(part: Key, wholes: Mapping[Key, Sequence[Key]]) -> bool:
    seen: set[Key] = set()
    ahead = list(wholes[part])
    while ahead:
        key = ahead.pop()
        if key == part:
            return True
        if key not in seen:
            seen.add(key)
            ahead += wholes.get(key, ())
    return False
