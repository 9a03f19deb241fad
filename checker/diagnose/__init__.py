"""Which figure is the wrong one? So far: where other figures decide between two statements of one data point."""
