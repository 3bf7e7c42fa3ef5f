"""A result with what is needed to get it again: seed, version of the code, hash of the input."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Result(Generic[T]):
    """`value` is the estimate (a frozen dataclass), `method` the function's dotted name, `seed` None where there is no chance."""

    value: T
    method: str
    seed: int | None
    code: str
    inputs: str


@cache
def code_version() -> str:
    """SHA-256 over the sources of this room and the versions of NumPy and SciPy, 16 hexadecimal digits.

    Any change of a source gives a new version: better one recomputation too many than an old number under a new method.
    """
    import scipy

    digest = hashlib.sha256(f"numpy {np.__version__} scipy {scipy.__version__}".encode())
    room = Path(__file__).parent
    for source in sorted(room.rglob("*.py")):
        digest.update(source.relative_to(room).as_posix().encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def input_hash(*parts: Any, **named: Any) -> str:
    """SHA-256 of arrays, numbers, text and nests of them; alike for alike content, whatever the memory order.

    Every NaN is the same NaN, and -0.0 is 0.0. Raises TypeError for a thing it cannot see into.
    """
    digest = hashlib.sha256()

    def add(part: Any) -> None:
        if part is None or isinstance(part, (bool, int, float, str, np.generic)):
            digest.update(f"{type(part).__name__}:{part!r};".encode())
        elif isinstance(part, np.ndarray):
            if part.dtype.hasobject:
                raise TypeError("An array of objects has no content that could be hashed.")
            array = np.ascontiguousarray(part)
            if np.issubdtype(array.dtype, np.floating):
                array = np.where(np.isnan(array), np.nan, array) + 0.0
            array = array.astype(array.dtype.newbyteorder("<"), copy=False)
            digest.update(f"array:{array.dtype.str}:{array.shape};".encode() + array.tobytes())
        elif isinstance(part, Mapping):
            digest.update(f"mapping:{len(part)};".encode())
            for key in sorted(part, key=repr):
                add(key)
                add(part[key])
        elif isinstance(part, (list, tuple)):
            digest.update(f"sequence:{len(part)};".encode())
            for each in part:
                add(each)
        elif hasattr(part, "__dataclass_fields__"):
            add({name: getattr(part, name) for name in part.__dataclass_fields__})
        elif hasattr(part, "value") and isinstance(part.value, (str, int)):  # an Enum
            add(f"{type(part).__name__}.{part.value}")
        else:
            raise TypeError(f"A {type(part).__name__} cannot be hashed as input.")

    add(list(parts))
    add(named)
    return digest.hexdigest()


def run(method: Callable[..., T], *parts: Any, seed: int | None = None, **named: Any) -> Result[T]:
    """Call a method of this room and keep seed, code version and input hash with what it gives.

    A method with chance gets `rng=np.random.default_rng(seed)`; without a seed it gets none.
    """
    inputs = input_hash(*parts, **named)
    if seed is not None:
        value = method(*parts, rng=np.random.default_rng(seed), **named)
    else:
        value = method(*parts, **named)
    return Result(value, f"{method.__module__}.{method.__qualname__}", seed, code_version(), inputs)
