"""Methods: arrays and a seeded generator in, frozen dataclasses out. No Django, no input or output, no plotting."""
