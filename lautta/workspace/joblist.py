"""Jobs of one plan."""

from django.db.models import QuerySet

from lautta.common.models import Job, User
from lautta.plans.models import Plan


def jobs_in(plan: Plan, user: User | None) -> QuerySet[Job]:
    """Newest first; of one person when `user` is given."""
    jobs = Job.objects.filter(scope=plan.public_id).select_related("started_by").order_by("-pk")
    return jobs.filter(started_by=user) if user else jobs
