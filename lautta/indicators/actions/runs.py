"""The log of a run: its beginning, its end, the lines of what could not be taken in, and the answers as they came."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.indicators.access import require_indicator_keeper
from lautta.indicators.fetchers.http import Answer
from lautta.indicators.models import Fetch, FetchEntry, Indicator, RawResponse
from lautta.indicators.problems import SourceProblem
from lautta.organisations.models import Region

# A run that has been going for longer was killed.
LONGEST_RUN = dt.timedelta(hours=12)
# A broken answer is kept too, to be looked at; a very long one only by its beginning.
MOST_BROKEN_BYTES = 2_000_000


@transaction.atomic
def begin_fetch(
    *, by: Actor, source: str, base_address: str = "", wanted: int = 0, region: Region | None = None
) -> Fetch:
    """A run begins. Runs that were killed long ago are marked as interrupted."""
    require_indicator_keeper(by, region)
    now = timezone.now()
    Fetch.objects.filter(state=Fetch.State.RUNNING, started_at__lt=now - LONGEST_RUN).update(
        state=Fetch.State.INTERRUPTED, ended_at=now
    )
    run = Fetch.objects.create(
        source=source, base_address=base_address[:300], started_by_role=by.role, wanted=wanted
    )
    audit.record(by=by, action="fetch.begin", target=run, changes={"source": (None, source)})
    return run


@transaction.atomic
def end_fetch(*, by: Actor, fetch: Fetch, problem: SourceProblem | None = None) -> None:
    """A run ends: failed when the source could not be used at all, else done (its lines say what came of each indicator)."""
    state = Fetch.State.FAILED if problem else Fetch.State.DONE
    changed = Fetch.objects.filter(pk=fetch.pk, state=Fetch.State.RUNNING).update(
        state=state, ended_at=timezone.now(), problem=problem.to_json() if problem else {}
    )
    if changed:
        audit.record(by=by, action="fetch.end", target=fetch, changes={"state": ("running", state)})


def log_failure(
    *,
    by: Actor,
    fetch: Fetch,
    source_id: str,
    problem: SourceProblem,
    answers: Iterable[Answer] = (),
    region: Region | None = None,
) -> FetchEntry:
    """The line of an indicator that could not be taken in. Nothing else changes."""
    require_indicator_keeper(by, region)
    packed = pack(answers)
    with transaction.atomic():
        entry = FetchEntry.objects.create(
            fetch=fetch,
            source_id=source_id[:160],
            indicator=Indicator.objects.filter(
                source=fetch.source, source_id=source_id, region=region
            ).first(),
            outcome=FetchEntry.Outcome.FAILED,
            problem=problem.to_json(),
        )
        entry.responses.set(keep(packed))
        audit.record(by=by, action="fetch.fail", target=entry, changes={"code": (None, problem.code)})
    return entry


Packed = list[tuple[Answer, bytes | None]]


def pack(answers: Iterable[Answer]) -> Packed:
    """Bodies compressed, before the transaction begins; None for one that is kept already."""
    found = list(answers)
    known = set(
        RawResponse.objects.filter(sha256__in=[a.sha256 for a in found]).values_list("sha256", "address")
    )
    return [
        (a, None if (a.sha256, a.address) in known else zlib.compress(_limited(a), level=4)) for a in found
    ]


def _limited(answer: Answer) -> bytes:
    return answer.body if answer.status == 200 else answer.body[:MOST_BROKEN_BYTES]


def keep(packed: Packed) -> list[RawResponse]:
    """The stored answers, in the caller's transaction; the same answer to the same address is one row."""
    rows = []
    for answer, body in packed:
        row, _made = RawResponse.objects.get_or_create(
            sha256=answer.sha256,
            address=answer.address,
            defaults={
                "status": answer.status,
                "media_type": answer.media_type,
                "size": len(answer.body),
                "body": zlib.compress(_limited(answer), level=4) if body is None else body,
            },
        )
        rows.append(row)
    return rows
