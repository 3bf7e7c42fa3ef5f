"""Family centres: areas, meeting places, and who does each of the seven tasks where."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lautta.common.ids import PublicIdField
from lautta.common.translated import TranslatedField


class CentreArea(models.Model):
    """A family-centre area. Its coordinator keeps the directory's entries of its municipalities."""

    public_id = PublicIdField()
    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="centre_areas")
    name = TranslatedField(blank=False)
    sort_key = models.CharField(max_length=120)
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    contact = models.CharField(max_length=200, blank=True, help_text="public: a title, phone or mail")
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "sort_key"],
                name="centre_area_name_once",
                violation_error_message=_("Samanniminen alue on jo olemassa."),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)


class AreaPart(models.Model):
    """A municipality of a family-centre area, or the named part of one."""

    centre_area = models.ForeignKey(CentreArea, on_delete=models.CASCADE, related_name="parts")
    area = models.ForeignKey("organisations.Area", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=80, blank=True, help_text="empty: all of it")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre_area", "area", "part"], name="area_part_once")]


class MeetingPlace(models.Model):
    """A family centre or a meeting place: where one may come."""

    class Kind(models.TextChoices):
        CENTRE = "centre", _("Perhekeskus")
        MEETING = "meeting", _("Kohtaamispaikka")

    public_id = PublicIdField()
    centre_area = models.ForeignKey(CentreArea, on_delete=models.CASCADE, related_name="places")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = TranslatedField(blank=False)
    sort_key = models.CharField(max_length=120)
    municipality = models.ForeignKey("organisations.Area", on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    opening = TranslatedField()
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        ordering = ["kind", "sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["centre", "meeting"]), name="meeting_place_kind_known"
            )
        ]

    def __str__(self) -> str:
        return str(self.name)


class TaskCell(models.Model):
    """How one of the seven tasks is taken care of in an area; a task without a row is not known."""

    class State(models.TextChoices):
        WORKS = "works", _("Toimii")
        PARTLY = "partly", _("Toimii osittain")
        PLANNED = "planned", _("Suunnitteilla")
        GAP = "gap", _("Puuttuu")

    centre_area = models.ForeignKey(CentreArea, on_delete=models.CASCADE, related_name="cells")
    task = models.CharField(max_length=16)
    state = models.CharField(max_length=8, choices=State.choices)
    who = TranslatedField()
    what = TranslatedField(help_text="what is done, or what is missing")
    plan_text = TranslatedField(help_text="how the gap is closed")
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre_area", "task"], name="task_cell_once"),
            models.CheckConstraint(
                condition=Q(state__in=["works", "partly", "planned", "gap"]), name="task_cell_state_known"
            ),
        ]
