"""Figures in narrative: `[[mittari:ID KU285 2023]]` in a text is a number of an indicator, kept as it was when saved.

tokens.py finds the references of a text, resolving.py gives them their numbers, rendering.py puts the numbers in their
places, moves.py tells which numbers the newest data gives otherwise.
"""
