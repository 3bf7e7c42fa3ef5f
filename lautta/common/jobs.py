"""Background jobs with progress that a page can show.

A room declares a task with django-tasks, starts it by `start`, and moves its bar by `advance`. What went wrong is kept as a
code with parameters; the page puts it into the reader's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from lautta.common.actors import Actor
from lautta.common.audit import record
from lautta.common.models import Job


class JobProblem(Exception):
    """A job cannot be done: a code and parameters that the page knows how to say."""

    def __init__(self, code: str, **parameters: Any):
        super().__init__(code)
        self.code, self.parameters = code, parameters


@transaction.atomic
def start(*, by: Actor, scope: str, kind: str, task: Any, input: dict[str, Any]) -> Job:
    """Make the job and hand it to the worker once the transaction has ended. `task` takes the job's primary key."""
    job = Job.objects.create(scope=scope, kind=kind, input=input, started_by=by.user)
    record(by=by, action=f"job.{kind}.start", target=job, scope=scope)
    transaction.on_commit(lambda: task.enqueue(job.pk))
    return job


@contextmanager
def running(job_pk: int) -> Iterator[Job]:
    """Around a task's work: marks the job running, then done or failed. A JobProblem is kept, any other error is raised too."""
    Job.objects.filter(pk=job_pk).update(state=Job.State.RUNNING)
    job = Job.objects.get(pk=job_pk)
    try:
        yield job
    except JobProblem as problem:
        _end(job, Job.State.FAILED, problem={"code": problem.code, "parameters": problem.parameters})
    except Exception:
        _end(job, Job.State.FAILED, problem={"code": "unexpected", "parameters": {}})
        raise
    else:
        _end(job, Job.State.DONE)


def _end(job: Job, state: str, problem: dict[str, Any] | None = None) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state, problem=problem or {}, result=job.result, ended_at=timezone.now()
    )


def advance(job: Job, done: int, total: int) -> None:
    """Move the bar: `done` of `total` parts."""
    Job.objects.filter(pk=job.pk).update(done=done, total=total)


ProgressCallback = Callable[[int, int], None]
