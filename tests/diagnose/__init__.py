"""Tests of the diagnosis: which figures are wrong behind what fails?"""
