"""What is the smallest explanation of a part that contradicts itself? Implicit hitting sets, all of fewest figures.

Conflicts are found as they are needed: the smallest sets of figures that meet all known conflicts are proposed, the
oracle says whether the rest can be right, and where it cannot, why not is one conflict more. Conflicts that share no
figure are explained apart. Source: DIAGNOSIS.md 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from checker.diagnose.certificate import Certificate, Unproven
from checker.diagnose.hitting import hitting_sets
from checker.diagnose.oracle import Oracle
from checker.diagnose.work import Exhausted, Work

MOST = 200
"""So many explanations of one cause are told apart; that there are more is said."""


@dataclass
class Cluster:
    """Conflicts that hang together, and the explanations of fewest figures."""

    conflicts: list[Certificate]
    options: list[frozenset[str]]
    complete: bool = True
    shared: tuple[Certificate, ...] = ()  # conflicts that other causes explain as well


@dataclass
class Explained:
    """The clusters of one part; `finished` is False where the work allowed was used up or nothing could be proven."""

    clusters: list[Cluster]
    finished: bool = True


def explain(oracle: Oracle, work: Work) -> Explained:
    """All clusters of the oracle's part; none where everything in it can be right together."""
    conflicts = [Certificate(figures, frozenset({check})) for figures, check in oracle.system.contradictions if figures]
    conflicts += oracle.failing()
    clusters: list[Cluster] = []
    try:
        while True:
            clusters = _clusters(conflicts, work)
            further = _further(clusters, oracle)
            if not further:
                return Explained(clusters)
            conflicts += further
    except (Exhausted, Unproven):
        return Explained(clusters, finished=False)


def _further(clusters: Sequence[Cluster], oracle: Oracle) -> list[Certificate]:
    """Conflicts that the explanations leave; where there are none, the explanations that fail are struck out."""
    chosen = frozenset(f for c in clusters for f in c.options[0])
    every = oracle.conflict(chosen)
    if every is not None:
        return [_told(every), *_apart(clusters, oracle)]
    for cluster in clusters:
        others = chosen - cluster.options[0]
        found = [_told(c) for o in cluster.options[1:] if (c := oracle.conflict(others | o)) is not None]
        if found:
            return found
    return []


def _apart(clusters: Sequence[Cluster], oracle: Oracle) -> list[Certificate]:
    """Further conflicts that share no figure with those known: several causes are found in one round."""
    freed = frozenset(f for c in clusters for known in c.conflicts for f in known.figures)
    found: list[Certificate] = []
    while (conflict := oracle.conflict(freed)) is not None and conflict.figures:
        found.append(conflict)
        freed |= conflict.figures
    return found


def _told(conflict: Certificate) -> Certificate:
    if not conflict.figures:
        raise Unproven
    return conflict


def _clusters(conflicts: Sequence[Certificate], work: Work) -> list[Cluster]:
    """Conflicts grouped by the figures they share, each group with its explanations.

    A figure that every explanation has is a cause of its own, with all conflicts that it explains; what is left of
    the group falls apart into groups again.
    """
    made: list[Cluster] = []
    for own in _connected(conflicts):
        forced = _forced(own, work)
        for n, figure in enumerate(forced):
            explained = [c for c in own if figure in c.figures]
            alone = [c for c in explained if c.figures.isdisjoint(set(forced) - {figure})]
            first = [c for c in explained if c.figures.isdisjoint(forced[:n])]
            told = alone or first or explained
            shared = tuple(c for c in explained if c not in told)
            made.append(Cluster(told, [frozenset({figure})], shared=shared))
        rest = [c for c in own if c.figures.isdisjoint(forced)]
        if not forced:
            options, complete = hitting_sets((c.figures for c in own), MOST, work)
            made += _factors(own, options) if complete else [Cluster(own, options, complete)]
        elif rest:
            made += _clusters(rest, work)
    return made


def _factors(conflicts: list[Certificate], options: list[frozenset[str]]) -> list[Cluster]:
    """Explanations that are free combinations of smaller ones, as causes of their own: one of a and b, one of c and d.

    Figures that no explanation has together are of one cause; where all combinations of what is left of the
    explanations in each are there, each conflict is met by every choice in one of them.
    """
    figures = sorted(frozenset[str]().union(*options))
    groups: list[set[str]] = []
    for figure in figures:
        apart = {f for f in figures if f != figure and not any({f, figure} <= o for o in options)}
        touching = [g for g in groups if g & apart or figure in g]
        groups = [g for g in groups if g not in touching]
        groups.append({figure}.union(*touching))
    choices = [sorted({o & g for o in options}, key=sorted) for g in groups]
    if len(groups) < 2 or prod(map(len, choices)) != len(options):
        return [Cluster(conflicts, options)]
    made = [Cluster([], own) for own in choices]
    for conflict in conflicts:
        next(c for c in made if all(o & conflict.figures for o in c.options)).conflicts.append(conflict)
    return made


def _forced(conflicts: Sequence[Certificate], work: Work) -> list[str]:
    """The figures that are in every explanation of fewest figures."""
    family = [c.figures for c in conflicts]
    (first,), _ = hitting_sets(family, 1, work)
    least = len(first)
    found = []
    for figure in sorted(first):
        without = [c - {figure} for c in family]
        if not all(without):
            found.append(figure)
            continue
        (other,), _ = hitting_sets(without, 1, work)
        if len(other) > least:
            found.append(figure)
    return found


def _connected(conflicts: Sequence[Certificate]) -> list[list[Certificate]]:
    """Conflicts in groups that share no figure."""
    groups: list[tuple[frozenset[str], list[Certificate]]] = []
    for conflict in conflicts:
        touching = [g for g in groups if not g[0].isdisjoint(conflict.figures)]
        groups = [g for g in groups if g[0].isdisjoint(conflict.figures)]
        figures = conflict.figures.union(*(g[0] for g in touching))
        groups.append((figures, [*(c for g in touching for c in g[1]), conflict]))
    return [own for _, own in groups]
