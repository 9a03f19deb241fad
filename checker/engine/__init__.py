"""Engines that confront relation rows with facts; all must give the same results."""
