"""The steps that are rows: alternatives, hearings, ratings of one dimension, follow-ups."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lautta.assessments import actions
from lautta.assessments.choices import (
    HIGHEST,
    LOWEST,
    MOST_ALTERNATIVES,
    NOT_KNOWN,
    NOT_KNOWN_NAME,
    RATING_NAMES,
    Directness,
    Duration,
    HearingMethod,
    Intention,
)
from lautta.assessments.dimensions import Dimension
from lautta.assessments.forms.base import RowsForm, StepForm, area, chips, radios, source_words
from lautta.assessments.models import Assessment, FollowUp, Rating
from lautta.common.actors import Actor
from lautta.common.translated import Translated
from lautta.measures.checks import MOST_TITLE
from lautta.measures.choices import VulnerableGroup
from lautta.measures.forms.fields import DayField
from lautta.plans.choices import TargetGroup


class AlternativesForm(RowsForm):
    """VE0 stays and may be worded anew."""

    step = "alternatives"

    def stored(self):
        return list(self.assessment.alternatives.in_order())

    def name_of(self, row):
        return row.code if row else _now("Uusi vaihtoehto")

    def may_remove(self, row):
        return not row.is_baseline

    def blanks(self):
        return 1 if len(self.rows_of) <= MOST_ALTERNATIVES else 0

    def row_fields(self, row):
        return {
            "title": forms.CharField(label=_("Nimi"), max_length=MOST_TITLE),
            "description": area(_("Mitä tämä tarkoittaa?"), rows=2, most=2_000),
        }

    def save(self, by: Actor) -> Assessment:
        rows = [
            actions.AlternativeRow(self.text(k, "title"), self.text(k, "description"), self.public_id(k))
            for k in self.kept
        ]
        return actions.set_alternatives(
            by=by, assessment=self.assessment, version=self.cleaned_data["version"], rows=rows
        )


class HearingsForm(RowsForm):
    step = "hearings"
    not_heard_reason = area(
        _("Jos ketään ei kuultu, miksi?"),
        rows=2,
        help_text=_("Tämä julkaistaan. Jätä tyhjäksi, kun kuulitte."),
    )

    def stored(self):
        return list(self.assessment.hearings.in_order())

    def name_of(self, row):
        return str(row.who) if row else _now("Uusi kuuleminen")

    def row_fields(self, row):
        return {
            "who": forms.CharField(
                label=_("Keitä kuultiin?"), max_length=MOST_TITLE,
                help_text=_("Ryhmä, ei nimiä. Esimerkiksi: lähikoulun 5.-luokkalaisia."),
            ),
            "number": forms.IntegerField(label=_("Kuinka monta?"), required=False, min_value=1, max_value=1_000_000),
            "heard_on": DayField(label=_("Milloin?"), required=False),
            "method": forms.ChoiceField(label=_("Miten?"), choices=[("", _("Valitse")), *HearingMethod.choices]),
            "asked": area(_("Mitä kysyttiin, ja miten se selitettiin?"), rows=2),
            "said": area(_("Mitä he sanoivat?"), required=True),
            "changed": area(_("Mitä siitä seurasi?"), rows=2),
            "not_changed": area(_("Mikä ei muuttunut, ja miksi?"), rows=2),
        }  # fmt: skip

    def save(self, by: Actor) -> Assessment:
        data = self.cleaned_data
        rows = [
            actions.HearingRow(
                number=data[f"number_{k}"], heard_on=data[f"heard_on_{k}"], method=data[f"method_{k}"],
                public_id=self.public_id(k),
                **{name: self.text(k, name) for name in ("who", "asked", "said", "changed", "not_changed")},
            )
            for k in self.kept
        ]  # fmt: skip
        reason = self.written(self.assessment.not_heard_reason, data["not_heard_reason"])
        return actions.set_hearings(
            by=by, assessment=self.assessment, version=data["version"], rows=rows, not_heard_reason=reason
        )


class FollowUpsForm(RowsForm):
    """Those done are shown elsewhere and stay as they are."""

    step = "follow_up"

    def stored(self):
        return list(self.assessment.follow_ups.filter(done_on__isnull=True).order_by("due_on", "pk"))

    def name_of(self, row):
        return "" if row else _now("Uusi seuranta")

    def row_fields(self, row):
        return {
            "due_on": DayField(label=_("Milloin katsotaan?")),
            "what": area(_("Mitä katsotaan?"), rows=2, most=600, required=True),
            "who": forms.CharField(label=_("Kuka katsoo?"), max_length=160, help_text=_("Tehtävänimike, ei nimeä.")),
        }  # fmt: skip

    def save(self, by: Actor) -> Assessment:
        data = self.cleaned_data
        rows = [
            actions.FollowUpRow(
                data[f"due_on_{k}"], self.text(k, "what"), data[f"who_{k}"], self.public_id(k)
            )
            for k in self.kept
        ]
        return actions.set_follow_ups(by=by, assessment=self.assessment, version=data["version"], rows=rows)


def rating_choices() -> list[tuple[str, Any]]:
    scale = [
        (str(v), f"{v:+d} {RATING_NAMES[v]}".replace("+0", "0").replace("-", "−"))
        for v in range(HIGHEST, LOWEST - 1, -1)
    ]
    return [*scale, (NOT_KNOWN, f"? {NOT_KNOWN_NAME}")]


class RatingsForm(StepForm):
    """One dimension: for each alternative a rating and a sentence; the pairs and groups unfold where wanted."""

    step = "ratings"

    def __init__(self, *args: Any, assessment: Assessment, dimension: Dimension, **kwargs: Any):
        super().__init__(*args, assessment=assessment, **kwargs)
        self.dimension = dimension
        self.alternatives = list(assessment.alternatives.in_order())
        rows = Rating.objects.filter(alternative__in=self.alternatives, dimension=dimension.code)
        self.ratings = {r.alternative_id: r for r in rows}
        for a in self.alternatives:
            self._add(a.public_id, self.ratings.get(a.pk))

    def _add(self, key: str, r: Rating | None) -> None:
        value = "" if r is None else NOT_KNOWN if r.value is None else str(r.value)
        groups = [*TargetGroup.choices[:4], *VulnerableGroup.choices]
        made: dict[str, forms.Field] = {
            "value": radios(_("Arvio"), rating_choices(), required=True, error_messages={"required": _("Valitse arvio.")}),
            "sentence": area(
                _("Perustelu yhdellä lauseella"), rows=2, most=600, required=True,
                error_messages={"required": _("Perustele yhdellä lauseella.")},
            ),
            "directness": forms.ChoiceField(label=_("Suora vai välillinen?"), choices=Directness.choices, required=False),
            "duration": forms.ChoiceField(label=_("Lyhyt vai pitkä?"), choices=Duration.choices, required=False),
            "intention": forms.ChoiceField(label=_("Tavoiteltu vai ei?"), choices=Intention.choices, required=False),
            "groups": chips(_("Keille vaikutus on erilainen?"), groups),
            "group_sentence": area(_("Miten?"), rows=2, most=600),
        }  # fmt: skip
        initial = {"value": value}
        if r is not None:
            initial |= {n: getattr(r, n) for n in ("directness", "duration", "intention", "groups")}
            initial |= {n: source_words(getattr(r, n)) for n in ("sentence", "group_sentence")}
        for name, field in made.items():
            field.initial = initial.get(name)
            self.fields[f"{name}_{key}"] = field

    MORE = ("directness", "duration", "intention", "groups", "group_sentence")

    def groups(self) -> list[dict[str, Any]]:
        return [
            {
                "alternative": a,
                "value": self[f"value_{a.public_id}"],
                "sentence": self[f"sentence_{a.public_id}"],
                "more": [self[f"{name}_{a.public_id}"] for name in self.MORE],
                "is_open": any(self[f"{n}_{a.public_id}"].errors for n in self.MORE) or self._has_more(a.pk),
            }
            for a in self.alternatives
        ]

    def _has_more(self, pk: int) -> bool:
        r = self.ratings.get(pk)
        return r is not None and bool(
            r.directness or r.duration or r.intention or r.groups or r.group_sentence
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for a in self.alternatives:
            names = [f"value_{a.public_id}", f"sentence_{a.public_id}"]
            # Nothing said of an alternative yet is no mistake; half an answer is.
            if not any((self.data.get(name) or "").strip() for name in names):
                for name in names:
                    self.errors.pop(name, None)
        return data

    def save(self, by: Actor) -> Assessment:
        rows = [self._row(a) for a in self.alternatives]
        return actions.set_ratings(
            by=by, assessment=self.assessment, version=self.cleaned_data["version"],
            dimension=self.dimension.code, rows=rows,
        )  # fmt: skip

    def _row(self, a: Any) -> actions.RatingRow:
        data, key, standing = self.cleaned_data, a.public_id, self.ratings.get(a.pk)
        value = data.get(f"value_{key}") or ""
        texts = {
            n: self.written(getattr(standing, n) if standing else Translated(self.language), data.get(f"{n}_{key}") or "")
            for n in ("sentence", "group_sentence")
        }  # fmt: skip
        return actions.RatingRow(
            alternative=a, value=int(value) if value not in {"", NOT_KNOWN} else value or None,
            directness=data[f"directness_{key}"], duration=data[f"duration_{key}"], intention=data[f"intention_{key}"],
            groups=data[f"groups_{key}"], **texts,
        )  # fmt: skip


class FollowUpDoneForm(forms.Form):
    """What was seen when it was looked at."""

    use_required_attribute = False
    result = area(
        _("Kävikö niin kuin arvioitiin?"), rows=4, required=True,
        help_text=_("Mitä lapsille todella tapahtui, ja mitä siitä opitaan?"),
    )  # fmt: skip
    done_on = DayField(
        label=_("Milloin katsottiin?"), required=False, help_text=_("Tyhjä tarkoittaa tätä päivää.")
    )

    def __init__(self, *args: Any, follow_up: FollowUp, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.follow_up = follow_up
