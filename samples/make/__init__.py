"""Which workbooks and CSV files are the samples? `python -m samples.make` writes them anew, the same every time."""
