"""Register of personal data: every stored field stands in register.yaml, personal or not.

A personal field names its purpose, how long it is kept, and how it is erased (a key of `erasures`). tests/test_personal_data.py
fails on a field that is not listed and on a listed one that does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.apps import apps

FILE = Path(__file__).with_name("register.yaml")


@dataclass(frozen=True, slots=True)
class Entry:
    """One field. `purpose` is empty for a field that is not personal."""

    model: str
    field: str
    purpose: str = ""
    retention: str = ""
    erasure: str = ""

    @property
    def is_personal(self) -> bool:
        return bool(self.purpose)


@cache
def register() -> dict[tuple[str, str], Entry]:
    """{("app.Model", "field"): Entry} of the whole installation."""
    data = yaml.safe_load(FILE.read_text("utf-8"))
    entries = {}
    for model, fields in data["models"].items():
        for name, row in (fields.get("personal") or {}).items():
            entries[model, name] = Entry(model, name, row["purpose"], row["retention"], row["erasure"])
        for name in fields.get("not_personal") or []:
            entries[model, name] = Entry(model, name)
    return entries


def stored_fields() -> set[tuple[str, str]]:
    """Every ("app.Model", "field") that the database holds, made tables between models included."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if getattr(field, "column", None):
                found.add((f"{model._meta.app_label}.{model.__name__}", field.name))
    return found
