"""Does the checker do what its documents say?"""
