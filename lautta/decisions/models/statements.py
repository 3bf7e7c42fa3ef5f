"""Statements: asked of councils and organisations, given point by point, and answered point by point."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField
from lautta.decisions.choices import TargetKind
from lautta.decisions.choices_statements import (
    MOVES,
    STANDS,
    CouncilKind,
    RequestState,
    StatementSource,
    Taken,
)
from lautta.decisions.models.versions import Version

_LANGUAGES = [("fi", "fi"), ("sv", "sv"), ("en", "en")]


class StatementRequestQuerySet(models.QuerySet["StatementRequest"]):
    def public(self) -> StatementRequestQuerySet:
        return self.filter(state=RequestState.PUBLISHED)

    def standing(self) -> StatementRequestQuerySet:
        """Whose statement has been given and, where it needs one, confirmed."""
        return self.filter(state__in=sorted(STANDS))

    def visible_to(self, standing) -> StatementRequestQuerySet:
        """All for the coordinator; for others what was asked of their organisations, and what is public."""
        if standing.sees_all_drafts:
            return self
        own = Q(organisation__in=standing.organisation_ids)
        return self.filter(own | Q(state=RequestState.PUBLISHED))

    def with_content(self) -> StatementRequestQuerySet:
        """Names and the version's number read along, never the version's content."""
        return self.select_related("organisation", "version", "statement").defer("version__content")

    def with_tallies(self) -> StatementRequestQuerySet:
        """`points` and `open_points`: how many there are, and how many wait for an answer."""
        points = "statement__points"
        return self.annotate(
            points=Count(points), open_points=Count(points, filter=Q(statement__points__taken=Taken.OPEN))
        )

    def newest_first(self) -> StatementRequestQuerySet:
        return self.order_by("-asked_on", "-pk")

    def by_due(self) -> StatementRequestQuerySet:
        return self.order_by("due", "pk")


class StatementRequest(models.Model):
    """A statement is asked of an organisation, or of a council or a group by its name.

    Of a link only the hash is stored: whoever holds the address may answer once, until it expires. A new link makes the
    former one void.
    """

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="statement_requests")
    version = models.ForeignKey(
        Version, null=True, blank=True, on_delete=models.PROTECT, related_name="statement_requests"
    )
    matter = TranslatedField(blank=False, help_text="what the statement is about, in one line")
    background = TranslatedField(help_text="what is being decided and what it changes, in plain words")
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT,
        related_name="statement_requests",
    )  # fmt: skip
    council_kind = models.CharField(max_length=20, choices=CouncilKind.choices)
    council_name = TranslatedField()
    asked_on = models.DateField()
    due = models.DateField()
    languages = models.JSONField(default=list, help_text="languages in which an answer may come")
    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.ASKED)
    state_reason = models.CharField(max_length=300, blank=True)
    link_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the link's secret")
    link_expires_on = models.DateField(null=True, blank=True, help_text="last day on which the link opens")
    is_illustrative = models.BooleanField(default=False)
    row_version = models.PositiveIntegerField(default=1)

    objects = StatementRequestQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "state"], name="statement_request_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values), name="statement_request_state_known"
            ),
            models.CheckConstraint(
                condition=Q(council_kind__in=CouncilKind.values), name="statement_request_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(due__gte=F("asked_on")),
                name="statement_request_due_after_asking",
                violation_error_message=_("Määräpäivä ei voi olla ennen pyyntöä."),
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(council_kind="organisation"),
                name="statement_request_has_organisation",
                violation_error_message=_("Valitse organisaatio, jolta lausuntoa pyydetään."),
            ),
            models.CheckConstraint(
                condition=Q(link_hash="", link_expires_on__isnull=True)
                | ~Q(link_hash="") & Q(link_expires_on__isnull=False),
                name="statement_request_link_expires",
            ),
            models.UniqueConstraint(
                fields=["link_hash"], condition=~Q(link_hash=""), name="statement_request_link_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["withdrawn", "not_given"]) | ~Q(state_reason=""),
                name="statement_request_end_has_reason",
                violation_error_message=_("Kerro, miksi."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.who)

    @property
    def who(self):
        """The name that the statement bears: the council's, else the organisation's, else the kind's."""
        if self.council_name:
            return self.council_name
        return self.organisation.name if self.organisation else self.get_council_kind_display()

    @property
    def is_youth_council(self) -> bool:
        return self.council_kind == CouncilKind.YOUTH_COUNCIL

    def may_become(self, state: str) -> bool:
        return state in MOVES[self.state]

    def is_late(self, today: dt.date) -> bool:
        return self.state == RequestState.ASKED and self.due < today


class StatementQuestion(models.Model):
    """One of at most five plain questions."""

    request = models.ForeignKey(StatementRequest, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    text = TranslatedField(blank=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="statement_question_place_once"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=5),
                name="statement_question_at_most_five",
                violation_error_message=_("Kysy enintään viisi kysymystä."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)


class Statement(models.Model):
    """What was answered, under the council's or organisation's name. Of a link nobody is stored, not even as a giver."""

    request = models.OneToOneField(StatementRequest, on_delete=models.CASCADE, related_name="statement")
    source = models.CharField(max_length=8, choices=StatementSource.choices)
    language = models.CharField(max_length=2, choices=_LANGUAGES)
    given_on = models.DateField(
        help_text="of a link: the Monday of the week in which it came, then the day of the confirmation"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=StatementSource.values), name="statement_source_known"
            ),
            models.CheckConstraint(
                condition=~Q(source="link") | Q(given_by__isnull=True), name="statement_by_link_names_nobody"
            ),
        ]


class StatementPoint(models.Model):
    """One thing that was said, the place of the version that it is about, and what was done about it."""

    public_id = PublicIdField()
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    question = models.ForeignKey(
        StatementQuestion, null=True, blank=True, on_delete=models.PROTECT, related_name="points"
    )
    text = TranslatedField(blank=False)
    target_kind = models.CharField(max_length=10, choices=TargetKind.choices, default=TargetKind.WHOLE)
    target_id = models.CharField(max_length=16, blank=True, help_text="public id within the version")
    taken = models.CharField(max_length=9, choices=Taken.choices, default=Taken.OPEN)
    answer = TranslatedField(help_text="what changed, or why not")
    answered_on = models.DateField(null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "position"], name="statement_point_place_once"),
            models.CheckConstraint(condition=Q(taken__in=Taken.values), name="statement_point_taken_known"),
            models.CheckConstraint(
                condition=Q(target_kind__in=TargetKind.values), name="statement_point_target_known"
            ),
            models.CheckConstraint(
                condition=Q(taken="open", answered_on__isnull=True)
                | ~Q(taken="open") & Q(answered_on__isnull=False),
                name="statement_point_answered_has_day",
            ),
        ]
