"""Jobs: their states, their bar, and what is kept of a problem."""

import pytest

from lautta.common import jobs
from lautta.common.models import Job

pytestmark = pytest.mark.django_db


class Task:
    """Stands for a declared task; remembers what it was given."""

    def __init__(self):
        self.given = []

    def enqueue(self, pk):
        self.given.append(pk)


def test_a_job_is_handed_over_once_its_transaction_has_ended(cast, django_capture_on_commit_callbacks):
    task = Task()
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.start(
            by=cast.actor(cast.kaisa), scope=cast.plan.public_id, kind="x", task=task, input={"a": 1}
        )
        assert task.given == []
    assert task.given == [job.pk]
    assert (job.state, job.started_by) == ("waiting", cast.kaisa)


@pytest.fixture
def job(cast):
    return Job.objects.create(scope=cast.plan.public_id, kind="x")


def test_a_job_that_runs_through_is_done(job):
    with jobs.running(job.pk) as running:
        jobs.advance(running, 2, 5)
        running.result = {"made": 3}
        assert Job.objects.get().state == "running"
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.result) == ("done", 2, 5, {"made": 3})
    assert job.ended_at


def test_a_problem_is_kept_in_codes_for_the_page(job):
    with jobs.running(job.pk):
        raise jobs.JobProblem("empty", limit=3)
    job.refresh_from_db()
    assert (job.state, job.problem) == ("failed", {"code": "empty", "parameters": {"limit": 3}})


def test_an_unexpected_error_is_raised_and_the_job_does_not_run_forever(job):
    with pytest.raises(ZeroDivisionError), jobs.running(job.pk):
        1 / 0  # noqa: B018
    job.refresh_from_db()
    assert (job.state, job.problem["code"]) == ("failed", "unexpected")
