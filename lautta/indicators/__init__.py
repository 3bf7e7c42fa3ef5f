"""Indicators: catalogue, sources (fetch, keep raw, validate, commit), vintages, panels, profiles."""
