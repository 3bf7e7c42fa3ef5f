"""Keeping what a method found."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.indicators.access import require_indicator_keeper
from lautta.indicators.models import StoredResult, Vintage


def parameters_sha256(parameters: Mapping[str, Any]) -> str:
    """Of the parameters as canonical JSON."""
    return hashlib.sha256(
        json.dumps(parameters, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    ).hexdigest()


@transaction.atomic
def store_result(
    *,
    by: Actor,
    vintage: Vintage,
    method: str,
    parameters: Mapping[str, Any],
    code_version: str,
    inputs_sha256: str,
    payload: Mapping[str, Any],
    arrays: Mapping[str, NDArray] | None = None,
    seed: int = 0,
) -> StoredResult:
    """Keep a result. The same question with the same code, seed and inputs is stored once: the row there is, is returned."""
    require_indicator_keeper(by, vintage.indicator.region)
    packed = b""
    if arrays:
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
        packed = buffer.getvalue()
    row, made = StoredResult.objects.get_or_create(
        vintage=vintage,
        method=method,
        parameters_sha256=parameters_sha256(parameters),
        seed=seed,
        code_version=code_version,
        inputs_sha256=inputs_sha256,
        defaults={"parameters": dict(parameters), "payload": dict(payload), "arrays": packed},
    )
    if made:
        audit.record(by=by, action="result.store", target=row, changes={"method": (None, method)})
    return row
