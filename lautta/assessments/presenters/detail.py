"""Everything the workspace shows of one assessment."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lautta.assessments import readiness, reading, rules, texts
from lautta.assessments.choices import REOPENINGS, State
from lautta.assessments.frozen import as_document, sha256_of
from lautta.assessments.models import Assessment, Publication
from lautta.assessments.presenters.conflicts import label
from lautta.assessments.presenters.document import shown
from lautta.assessments.steps import steps_of
from lautta.organisations.permissions import ROLE_NAMES
from lautta.plans.standing import Standing

# What a move is called on its button; going back to what was closed is another deed than going on.
GO = {
    State.SCREENING: gettext_lazy("Jatka seulontaan"),
    State.ASSESSING: gettext_lazy("Aloita arviointi"),
    State.PROPOSED: gettext_lazy("Merkitse ehdotus tehdyksi"),
    State.DECIDED: gettext_lazy("Merkitse päätetyksi"),
    State.FOLLOWED: gettext_lazy("Merkitse seuranta valmiiksi"),
    State.NOT_NEEDED: gettext_lazy("Päätä muistilappuun"),
    State.SCREENED: gettext_lazy("Päätä seulontaan"),
    State.DROPPED: gettext_lazy("Asia raukesi"),
}
ICONS = {
    State.MEMO: "edit", State.SCREENING: "search", State.ASSESSING: "under-way", State.PROPOSED: "document",
    State.DECIDED: "decision", State.FOLLOWED: "check", State.NOT_NEEDED: "check", State.SCREENED: "check",
    State.DROPPED: "cancelled",
}  # fmt: skip


def state_pill(state: str) -> dict[str, str]:
    """For components/pill.html."""
    css = "pill-ok" if state in {"decided", "followed", "not_needed", "screened"} else "pill-under-way"
    return {
        "label": str(State(state).label),
        "icon_name": ICONS[State(state)],
        "css": "pill-planned" if state == State.DROPPED else css,
    }


def step_url(plan_id: str, assessment_id: str, step: str) -> str:
    return reverse("assessments:step", args=[plan_id, assessment_id, step])


def progress(assessment: Assessment, standing: Standing, current: str = "") -> list[dict[str, Any]]:
    """The line of steps: done, here, ahead; with an address where the step may be opened."""
    done = readiness.done_steps(assessment)
    items = []
    for step in steps_of(assessment.state):
        open_now = rules.may_edit_step(standing, assessment, step.code)
        items.append(
            {
                "label": step.label,
                "code": step.code,
                "state": "now" if step.code == current else "done" if step.code in done else "ahead",
                "url": step_url(assessment.plan.public_id, assessment.public_id, step.code)
                if open_now
                else "",
            }
        )
    return items


def moves(assessment: Assessment) -> list[dict[str, Any]]:
    """What may be done next, the way on first; the text of a reopening says so."""
    found = []
    for state in rules.next_states(assessment):
        back = (assessment.state, state) in REOPENINGS
        found.append(
            {
                "state": state,
                "label": _("Avaa uudelleen") if back else str(GO[State(state)]),
                "is_on": not back and state not in {"dropped", "not_needed", "screened"},
                "url": reverse(
                    "assessments:move", args=[assessment.plan.public_id, assessment.public_id, state]
                ),
                "missing": len(readiness.missing_for(assessment, state)),
            }
        )
    return sorted(found, key=lambda m: not m["is_on"])


def translations(assessment: Assessment) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "left": texts.untranslated(assessment, code),
            "url": reverse(
                "assessments:translate", args=[assessment.plan.public_id, assessment.public_id, code]
            ),
        }
        for code, name in settings.LANGUAGES
        if code != assessment.title.source
    ]


def history(assessment: Assessment) -> list[dict[str, Any]]:
    """The trail in words: when, in which role, what."""
    deeds = {
        "create": _("Muistilappu kirjattu"), "update": _("Muutettu"), "phase": _("Tila vaihdettu"),
        "publish": _("Julkaistu"), "unpublish": _("Otettu pois julkisuudesta"), "erase": _("Kuulemisen sanat hävitetty"),
    }  # fmt: skip
    return [
        {
            "at": row.at,
            "role": str(ROLE_NAMES.get(row.actor_role, _("Järjestelmä"))),  # type: ignore[call-overload]
            "deed": deeds.get(row.action.split(".")[-1], row.action),
            "fields": [label(name) for name in row.changes if name not in {"version", "sha256", "number"}],
        }
        for row in reading.trail_of(assessment)
    ]


def detail_context(assessment: Assessment, standing: Standing) -> dict[str, Any]:
    """Own people see the working text, others what is published."""
    plan = assessment.plan
    own = reading.is_own(standing, assessment)
    publication = reading.published_of(assessment)
    document = as_document(assessment) if own or publication is None else publication.document
    may_edit, may_publish = rules.may_edit(standing, assessment), rules.may_publish(standing, assessment)
    return {
        "a": assessment,
        "pill": state_pill(assessment.state),
        "d": shown(document, reading.voices_in(plan, document)),
        "is_own": own,
        "may_edit": may_edit,
        "may_publish": may_publish and rules.can_be_published(assessment),
        "steps": progress(assessment, standing) if own else [],
        "next": next_step(assessment, standing) if may_edit else None,
        "moves": moves(assessment) if may_edit else [],
        "publication": publication,
        "is_behind": own and is_behind(document, publication),
        "may_unpublish": may_publish and publication is not None,
        "public_url": public_url(assessment, publication),
        "follow_ups": follow_ups(assessment) if may_edit and assessment.state == State.DECIDED else [],
        "translations": translations(assessment) if may_edit else [],
        "history": history(assessment) if own else [],
    }


def next_step(assessment: Assessment, standing: Standing) -> dict[str, Any] | None:
    """The nearest follow-up of what is decided; else the first step that may be opened and is not done."""
    if assessment.state == State.DECIDED and (waiting := follow_ups(assessment)):
        return {"label": _("Kirjaa seuranta"), "url": waiting[0]["url"]}
    return next((s for s in progress(assessment, standing) if s["url"] and s["state"] == "ahead"), None)


def is_behind(document: dict[str, Any], publication: Publication | None) -> bool:
    """Whether the working text says something else than what is public."""
    return publication is not None and sha256_of(document) != publication.sha256


def public_url(assessment: Assessment, publication: Publication | None) -> str:
    if publication is None or not assessment.plan.published_at:
        return ""
    return reverse("publishing:assessment", args=[assessment.plan.public_id, assessment.public_id])


def follow_ups(assessment: Assessment) -> list[dict[str, Any]]:
    """Those still to be looked at, with the address where it is told."""
    rows = assessment.follow_ups.filter(done_on__isnull=True).order_by("due_on", "pk")
    return [
        {
            "row": row,
            "url": reverse(
                "assessments:follow_up_done",
                args=[assessment.plan.public_id, assessment.public_id, row.public_id],
            ),
        }
        for row in rows
    ]
