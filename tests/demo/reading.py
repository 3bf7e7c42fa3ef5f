"""Reads the demo regions' files; shared by the tests beside it."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "demo"
FRAMEWORKS = ROOT / "lautta" / "plans" / "data"
REGIONS = ["kymenlaakso", "pohjoinen"]


@cache
def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def region(name: str, file: str) -> Any:
    return read(DEMO / name / file)


def measures(name: str) -> list[dict]:
    single = DEMO / name / "measures.yaml"
    paths = [single] if single.exists() else sorted((DEMO / name / "measures").glob("*.yaml"))
    return [measure for path in paths for measure in read(path)["measures"]]


def chapters(name: str) -> list[dict]:
    return [read(path) for path in sorted((DEMO / name / "chapters").glob("*.yaml"))]


def nodes(name: str) -> Iterator[dict]:
    """Chapters and their sections, in order."""
    for chapter in chapters(name):
        yield chapter
        yield from chapter["sections"]


def keys(rows: list[dict]) -> set[str]:
    found = [row["key"] for row in rows]
    assert len(found) == len(set(found)), "a key is given twice"
    return set(found)


def texts(value: Any, language: str | None = None) -> Iterator[str]:
    """Every text of a tree; with `language` only those under that key of a translated mapping."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and key in ("fi", "sv", "en"):
                if language in (None, key):
                    yield inner
            else:
                yield from texts(inner, language)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, language)
    elif isinstance(value, str) and language is None:
        yield value


def translated(value: Any, path: str = "") -> Iterator[tuple[str, dict]]:
    """Every mapping of languages in a tree, with where it stands."""
    if isinstance(value, dict):
        if "fi" in value and "key" not in value:
            yield path, value
            return
        for key, inner in value.items():
            yield from translated(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from translated(inner, f"{path}/{position}")


def all_files() -> list[Path]:
    return sorted(DEMO.rglob("*.yaml")) + sorted(FRAMEWORKS.glob("c*.yaml"))
