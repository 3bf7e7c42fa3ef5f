"""Pages of measures, rounds and reports in the workspace."""
