"""A cluster of conflicts with what it is asked of."""

from __future__ import annotations

from dataclasses import dataclass

from checker.diagnose.explain import Cluster
from checker.diagnose.oracle import Oracle


@dataclass
class Case:
    """A cluster with what it is asked of: its oracle, and the figures that other clusters of its part leave open."""

    oracle: Oracle
    cluster: Cluster
    others: frozenset[str]
