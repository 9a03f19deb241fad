"""Submissions with their accepted reports, and what makes the workbooks among them."""
