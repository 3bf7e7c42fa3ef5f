"""Removing personal data from frozen versions. What a version was and what it has become stand in a chain of digests."""

from __future__ import annotations

import re

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lautta.common import audit, clock, search
from lautta.common.actors import Actor
from lautta.common.problems import Refused
from lautta.decisions.freezing import digest, dumped
from lautta.decisions.freezing.opened import verified
from lautta.decisions.freezing.removing import without
from lautta.decisions.indexing import index_version
from lautta.decisions.models import Version, VersionRedaction
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.actions.chapter_redaction import passage_pattern
from lautta.plans.models import Chapter, Plan
from lautta.plans.redactions import Holder, redact_with


@transaction.atomic
def redact_versions(*, by: Actor, plan: Plan, passage: str) -> int:
    """Remove the words from every frozen version of the plan, wherever in its texts they stand. In how many they stood."""
    require(by, Permission.FREEZE_VERSIONS, plan=plan)
    return _remove(by, plan, passage_pattern(passage), None)


def count_in_versions(*, plan: Plan, passage: str) -> int:
    """In how many versions the words stand; for asking before removing."""
    return _count(plan, passage_pattern(passage), None)


def _count(plan: Plan, pattern: re.Pattern[str], chapter: Chapter | None) -> int:
    key = chapter.public_id if chapter else ""
    return sum(
        without(content, pattern, "", key)[1] > 0
        for content in plan.versions.values_list("content", flat=True).iterator(chunk_size=10)
    )


def _remove(by: Actor, plan: Plan, pattern: re.Pattern[str], chapter: Chapter | None) -> int:
    """Within the caller's transaction and after its check of rights."""
    day, count = clock.today(), 0
    for version in plan.versions.select_for_update(of=("self",)).order_by("number"):
        document, places = without(
            version.content, pattern, day.isoformat(), chapter.public_id if chapter else ""
        )
        if not places:
            continue
        version.plan = plan
        if not verified(version).whole:
            # Removing would make whatever somebody has altered look right again.
            raise Refused(
                _(
                    "Version %(number)s sisältö ei ole se, mikä jäädytettiin. Selvitä se ensin ylläpidon kanssa."
                )
                % {"number": version.number}
            )
        content, before = dumped(document), digest(version.content)
        made = VersionRedaction(
            version=version, number=version.redactions.count() + 1, removed_on=day, places=places, sha256_before=before,
            sha256_after=digest(content), removed_by=by.user,
        )  # fmt: skip
        checked_save(made)
        Version.objects.filter(pk=version.pk).update(content=content)
        version.content = content
        index_version(version)
        audit.record(
            by=by, action="version.redact", target=version, scope=plan.public_id,
            changes={"places": (None, places), "sha256": (before, made.sha256_after)},
        )  # fmt: skip
        count += 1
    if count:
        search.purge()
    return count


redact_with(Holder(_remove, _count))
