"""Who sits in a group: a seat by its role and title, with or without a person of the installation."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField
from lautta.decisions.models.bodies import Body


class MemberRole(models.TextChoices):
    CHAIR = "chair", pgettext_lazy("toimielimen jäsen", "Puheenjohtaja")
    SECRETARY = "secretary", pgettext_lazy("toimielimen jäsen", "Sihteeri")
    MEMBER = "member", pgettext_lazy("toimielimen jäsen", "Jäsen")


# They act for the body: hand matters on, answer, keep its minutes.
LEADING = frozenset({MemberRole.CHAIR, MemberRole.SECRETARY})


class BodyMemberQuerySet(models.QuerySet["BodyMember"]):
    def current(self, on: dt.date) -> BodyMemberQuerySet:
        """Seats that are held on the date. `ended_on` is the first day without."""
        return self.filter(Q(started_on__lte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gt=on)))

    def leading(self, on: dt.date) -> BodyMemberQuerySet:
        """Chairs and secretaries with a person who belongs to the organisation still."""
        return self.current(on).filter(
            Q(membership__ended_on__isnull=True) | Q(membership__ended_on__gt=on),
            role__in=sorted(LEADING),
            membership__user__is_active=True,
        )

    def in_order(self) -> BodyMemberQuerySet:
        leads = models.Case(
            models.When(role="chair", then=0), models.When(role="secretary", then=1), default=2
        )
        return self.order_by(leads, "organisation__sort_key", "pk")


class BodyMember(models.Model):
    """A seat in a body. `title` says what the person represents; names are never public."""

    public_id = PublicIdField()
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="members")
    role = models.CharField(max_length=10, choices=MemberRole.choices, default=MemberRole.MEMBER)
    title = TranslatedField(help_text="such as representative of early education; no name")
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    membership = models.ForeignKey(
        "organisations.Membership", null=True, blank=True, on_delete=models.SET_NULL, related_name="seats"
    )
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True, help_text="first day without")

    objects = BodyMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=MemberRole.values),
                name="body_member_role_known",
                violation_error_message=_("Valitse tehtävä luettelosta."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="body_member_in_order",
                violation_error_message=_("Viimeinen päivä ei voi olla ennen ensimmäistä."),
            ),
            models.UniqueConstraint(
                fields=["body", "role"],
                condition=Q(role="chair", ended_on__isnull=True),
                name="body_has_one_chair",
                violation_error_message=_("Toimielimellä on jo puheenjohtaja."),
            ),
            models.UniqueConstraint(
                fields=["body", "membership"],
                condition=Q(ended_on__isnull=True, membership__isnull=False),
                name="body_member_once",
                violation_error_message=_("Henkilö on jo tämän toimielimen jäsen."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title) or self.get_role_display()
