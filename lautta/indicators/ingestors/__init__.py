"""Reading what a source gave, whole or not at all: bytes in, panels and metadata out, `SourceProblem` when anything is wrong.

No database and no network here.
"""
