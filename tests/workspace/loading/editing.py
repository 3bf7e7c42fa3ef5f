"""A tiny region's files, changed at will in a folder of their own."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.demo.reading import DEMO

NORTH = DEMO / "pohjoinen"
ORIGINAL = {path.name: yaml.safe_load(path.read_text("utf-8")) for path in sorted(NORTH.glob("*.yaml"))}


def written(folder: Path, files: dict[str, Any]) -> Path:
    """The files in the folder, which is returned."""
    for name, data in files.items():
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        (folder / name).write_text(text, "utf-8")
    return folder


def changed(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """The tiny region after `change` has altered its {file name: data}."""
    files = copy.deepcopy(ORIGINAL)
    change(files)
    return written(folder, files)


def leaves(value: Any, way: tuple = ()) -> Iterator[tuple]:
    """The ways to every value of a tree, branches included."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*way, key)
        if isinstance(inner, (dict, list)):
            yield from leaves(inner, (*way, key))


def put(files: dict[str, Any], way: tuple, value: Any) -> None:
    for key in way[:-1]:
        files = files[key]
    files[way[-1]] = value
