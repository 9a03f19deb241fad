"""Danish numbers, units and the intervals they stand for; all arithmetic is on integers."""
