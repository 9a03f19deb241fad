"""The version of the tool, and the rule set it uses unless told otherwise."""

__version__ = "0.1.0"
DEFAULT_RULES = "dk-bemaerkninger"
