"""Indicators as readers see them. Nothing is estimated here: what is said of a number was reckoned when it was taken in."""
