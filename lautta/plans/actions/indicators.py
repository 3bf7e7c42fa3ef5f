"""What the region follows together: choosing, changing, ordering and leaving out."""

from __future__ import annotations

import math
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from lautta.common import audit
from lautta.common.actors import Actor
from lautta.common.ids import new_public_id
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.indicators.models import Indicator
from lautta.organisations.models import Organisation
from lautta.organisations.permissions import Permission
from lautta.organisations.saving import checked_save
from lautta.plans.access import require
from lautta.plans.conflicts import StaleForm, changed_since
from lautta.plans.minimum import code_in_minimum_list, entry_of
from lautta.plans.models import Goal, JointIndicator, LeftOutIndicator, Plan
from lautta.plans.rules.structure import refuse_ended
from lautta.plans.search_entries import index_joint_indicator, unindex_joint_indicator

EDITABLE = frozenset(
    {
        "goal",
        "owner",
        "role",
        "direction",
        "baseline_year",
        "baseline_value",
        "target_year",
        "target_value",
        "note",
        "is_illustrative",
    }
)
LONGEST_TEXT = 2000
FIRST_YEAR, LAST_YEAR = 1950, 2100


class WrongSide(Refused):
    """The target would be worse than the baseline. The writer may mean it: the same with `confirmed` is accepted."""

    def __init__(self) -> None:
        super().__init__(
            _("Tavoite on huonompi kuin lähtötaso. Jos tarkoitat sitä, rastita vahvistus."),
            field="target_value",
            status=422,
        )


@transaction.atomic
def choose_indicator(
    *,
    by: Actor,
    plan: Plan,
    indicator: Indicator,
    goal: Goal | None = None,
    owner: Organisation | None = None,
    role: str = JointIndicator.Role.OUTCOME,
    direction: str = "",
    baseline_year: int | None = None,
    baseline_value: float | None = None,
    target_year: int | None = None,
    target_value: float | None = None,
    note: Translated | None = None,
    is_illustrative: bool = False,
    confirmed: bool = False,
    public_id: str | None = None,
) -> JointIndicator:
    """Follow an indicator, last of its goal's. `direction` is the indicator's own unless another is given.

    An entry of the minimum list that was left out is no longer. Raises WrongSide unless `confirmed`, Refused for an
    indicator that the region does not have and for years and values that do not go together.
    """
    require(by, Permission.EDIT_PLAN, plan=plan)
    refuse_ended(by, plan)
    _locked(plan)
    if indicator.region_id not in (None, plan.region_id):
        raise Refused(_("Valitse mittari luettelosta."), field="indicator", status=422)
    joint = JointIndicator(
        public_id=public_id or new_public_id(), plan=plan, indicator=indicator, goal=goal, owner=owner, role=role,
        direction=direction or indicator.direction, baseline_year=baseline_year, baseline_value=baseline_value,
        target_year=target_year, target_value=target_value, note=note or Translated(), is_illustrative=is_illustrative,
        position=(plan.joint_indicators.aggregate(last=Max("position"))["last"] or 0) + 1,
    )  # fmt: skip
    _refuse_odd(joint, confirmed)
    checked_save(joint)
    audit.record(
        by=by, action="indicator.add", target=joint, scope=plan.public_id,
        organisation=owner.public_id if owner else "",
        changes={
            "indicator": (None, indicator), "goal": (None, goal), "target_value": (None, target_value),
            "target_year": (None, target_year), "confirmed": (None, joint.target_is_on_wrong_side),
        },
    )  # fmt: skip
    index_joint_indicator(joint)
    if code := code_in_minimum_list(indicator):
        for row in plan.left_out_indicators.filter(code=code):
            _take_back(by, row)
    return joint


@transaction.atomic
def change_joint_indicator(
    *, by: Actor, joint: JointIndicator, seen: int, confirmed: bool = False, **values: Any
) -> JointIndicator:
    """Change fields (keys of EDITABLE) of the joint indicator as it was at version `seen`.

    Raises StaleForm naming what others changed since, WrongSide unless `confirmed`; nothing is then saved.
    """
    require(by, Permission.EDIT_PLAN, plan=joint.plan)
    refuse_ended(by, joint.plan)
    if unknown := values.keys() - EDITABLE:
        raise TypeError(f"unknown fields {sorted(unknown)}")
    _locked(joint.plan)
    joint = _fresh(joint)
    if joint.version != seen:
        raise StaleForm(changed=changed_since(joint, seen), version=joint.version)
    sides = joint.target_is_on_wrong_side
    changes = audit.apply_changes(joint, values)
    if not changes:
        return joint
    # Who keeps a target that was confirmed before is not asked again.
    numbers = {"baseline_value", "target_value", "direction"} & changes.keys()
    _refuse_odd(joint, confirmed or (sides and not numbers))
    joint.version += 1
    checked_save(joint, fields=[*changes, "version"])
    audit.record(
        by=by, action="indicator.update", target=joint, scope=joint.plan.public_id,
        changes={**changes, "version": (seen, joint.version)},
    )  # fmt: skip
    if "note" in changes:
        index_joint_indicator(joint)
    return joint


@transaction.atomic
def move_joint_indicator(*, by: Actor, joint: JointIndicator, step: int) -> bool:
    """Change places with the one before (`step` −1) or after (1) of the same goal; False at the edge."""
    require(by, Permission.EDIT_PLAN, plan=joint.plan)
    refuse_ended(by, joint.plan)
    if step not in {-1, 1}:
        raise Refused(_("Mittaria voi siirtää yhden askeleen ylös tai alas."), status=422)
    _locked(joint.plan)
    joint = _fresh(joint)
    beside = list(
        joint.plan.joint_indicators.for_goal(joint.goal).only("pk", "position").order_by("position", "pk")
    )
    here = next(place for place, row in enumerate(beside) if row.pk == joint.pk)
    if not 0 <= here + step < len(beside):
        return False
    beside[here], beside[here + step] = beside[here + step], beside[here]
    for place, row in enumerate(beside, 1):
        row.position = place
    JointIndicator.objects.bulk_update(beside, ["position"], batch_size=500)
    audit.record(
        by=by, action="indicator.move", target=joint, scope=joint.plan.public_id,
        changes={"place": (here + 1, here + step + 1)},
    )  # fmt: skip
    return True


@transaction.atomic
def remove_joint_indicator(
    *, by: Actor, joint: JointIndicator, reason: Translated
) -> LeftOutIndicator | None:
    """No longer follow it; the trail keeps why and what was aimed at.

    An entry of the minimum list is then left out, with the same reason; its row is returned.
    """
    require(by, Permission.EDIT_PLAN, plan=joint.plan)
    refuse_ended(by, joint.plan)
    _check_reason(reason)
    joint = _fresh(joint)
    plan, code = joint.plan, code_in_minimum_list(joint.indicator)
    facts = ("indicator", "goal", "owner", "baseline_year", "baseline_value", "target_year", "target_value")
    audit.record(
        by=by, action="indicator.remove", target=joint, scope=plan.public_id,
        changes={**{name: (getattr(joint, name), None) for name in facts}, "reason": (None, reason)},
    )  # fmt: skip
    joint.delete()
    unindex_joint_indicator(plan, joint.indicator)
    return leave_out(by=by, plan=plan, code=code, reason=reason) if code else None


@transaction.atomic
def leave_out(*, by: Actor, plan: Plan, code: str, reason: Translated) -> LeftOutIndicator:
    """State that an entry of the minimum list is not followed, and why; again: with another reason.

    Refused for what is not on the list and for what is followed.
    """
    require(by, Permission.EDIT_PLAN, plan=plan)
    refuse_ended(by, plan)
    definition = entry_of(code)
    if definition is None:
        raise Refused(_("Mittari ei ole vähimmäisluettelossa."), status=422)
    _check_reason(reason)
    _locked(plan)
    chosen = plan.joint_indicators.filter(
        indicator__source=definition.source, indicator__source_id=definition.source_id, indicator__region=None
    )
    if chosen.exists():
        raise Refused(_("Mittari on yhteisten mittarien joukossa. Poista se ensin sieltä."))
    row = plan.left_out_indicators.filter(code=code).first() or LeftOutIndicator(plan=plan, code=code)
    changes: dict[str, tuple[Any, Any]] = {"code": (None, code)} if row.pk is None else {}
    if changes or row.reason != reason:
        changes["reason"] = (row.reason or None, reason)
        row.reason = reason
        checked_save(row)
        audit.record(by=by, action="indicator.discard", target=row, scope=plan.public_id, changes=changes)
    return row


@transaction.atomic
def take_back(*, by: Actor, left_out: LeftOutIndicator) -> None:
    """The entry is undecided again."""
    require(by, Permission.EDIT_PLAN, plan=left_out.plan)
    refuse_ended(by, left_out.plan)
    _take_back(by, left_out)


def _take_back(by: Actor, row: LeftOutIndicator) -> None:
    audit.record(
        by=by, action="indicator.reopen", target=row, scope=row.plan.public_id,
        changes={"code": (row.code, None), "reason": (row.reason, None)},
    )  # fmt: skip
    row.delete()


def _fresh(joint: JointIndicator) -> JointIndicator:
    found = (
        JointIndicator.objects.select_for_update(of=("self",))
        .select_related("plan", "indicator", "goal", "owner")
        .filter(pk=joint.pk)
        .first()
    )
    if found is None:
        raise Refused(_("Mittari on poistettu sillä välin."))
    return found


def _locked(plan: Plan) -> Plan:
    return Plan.objects.select_for_update().get(pk=plan.pk)


def _check_reason(reason: Translated) -> None:
    if not reason:
        raise Refused(_("Kerro, miksi mittaria ei seurata."), field="reason", status=422)
    _check_length(reason, "reason")


def _check_length(text: Translated, field: str) -> None:
    if any(len(t.text) > LONGEST_TEXT for t in text.texts.values()):
        raise Refused(_("Teksti on liian pitkä. Siihen mahtuu 2 000 merkkiä."), field=field, status=422)


def _refuse_odd(joint: JointIndicator, confirmed: bool) -> None:
    """What neither a column nor a constraint can say, or says without its field."""
    _check_years(joint)
    if joint.direction not in Indicator.Direction.values:
        raise Refused(_("Valitse suunta luettelosta."), field="direction", status=422)
    if joint.role not in JointIndicator.Role.values:
        raise Refused(_("Valitse mittarin laji luettelosta."), field="role", status=422)
    goal, owner = joint.goal, joint.owner
    if goal is not None and (goal.plan_id != joint.plan_id or goal.ended_at is not None):
        raise Refused(_("Valitse tavoite, joka on tässä suunnitelmassa voimassa."), field="goal", status=422)
    if owner is not None and not owner.participations.filter(plan=joint.plan_id).exists():
        raise Refused(_("Vastuuorganisaation on oltava mukana suunnitelmassa."), field="owner", status=422)
    _check_length(joint.note, "note")
    if joint.target_is_on_wrong_side and not confirmed:
        raise WrongSide


def _check_years(joint: JointIndicator) -> None:
    for name, missing_year, missing_value in (
        ("baseline", _("Kirjoita, miltä vuodelta lähtötaso on."), _("Kirjoita lähtötason arvo.")),
        ("target", _("Kirjoita, mihin vuoteen mennessä tavoite saavutetaan."), _("Kirjoita tavoitearvo.")),
    ):
        year, value = getattr(joint, f"{name}_year"), getattr(joint, f"{name}_value")
        if value is not None and not math.isfinite(value):
            raise Refused(_("Kirjoita luku, esimerkiksi 8,5."), field=f"{name}_value", status=422)
        if year is None and value is not None:
            raise Refused(missing_year, field=f"{name}_year", status=422)
        if value is None and year is not None:
            raise Refused(missing_value, field=f"{name}_value", status=422)
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise Refused(
                _("Tarkista vuosi: se on neljä numeroa, esimerkiksi 2027."), field=f"{name}_year", status=422
            )
    if joint.baseline_year and joint.target_year and joint.target_year <= joint.baseline_year:
        raise Refused(
            _("Tavoitevuoden pitää olla lähtötason vuoden (%(year)s) jälkeen.")
            % {"year": joint.baseline_year},
            field="target_year",
            status=422,
        )
