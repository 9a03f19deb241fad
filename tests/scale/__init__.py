"""Tests of checks of large sources."""
