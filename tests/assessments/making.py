"""An assessment taken as far as a test needs it, by the actions alone."""

import datetime as dt

from lautta.assessments import actions
from lautta.assessments.models import Assessment
from lautta.common.translated import Translated

TITLE = "Kirjaston aukioloajat lyhenevät"
SAID = "Kirjastossa saa olla rauhassa."
MEMO = {
    "title": Translated.of(TITLE, sv="Bibliotekets öppettider förkortas", en="Shorter library hours"),
    "decider": Translated.of("Hyvinvointilautakunta"),
    "decision_day": dt.date(2024, 12, 4),
    "target_groups": ["children_7_12", "young_13_17"],
    "first_estimate": Translated.of("Ilta menee kiinni monelta koululaiselta."),
}
SCREENING = {
    "change": Translated.of("Iltapäivän paikka katoaa kahtena päivänä."),
    "reach": "hundreds",
    "dimensions": ["friends", "safety"],
    "vulnerable_groups": ["low_income"],
}


def t(words: str) -> Translated:
    return Translated.of(words)


def by(cast, user=None, organisation=None):
    return cast.actor(user or cast.hannes, organisation or cast.hamina)


def begun(cast, *, need: str = "screen", who=None, organisation=None, **fields) -> Assessment:
    """A memo slip of Hamina's by Hannes; with `need="screen"` in screening."""
    organisation = organisation or cast.hamina
    given = {**MEMO, "need": need, **fields}
    return actions.write_memo(
        by=cast.actor(who or cast.hannes, organisation), plan=cast.plan, organisation=organisation, **given
    )


def assessing(cast, **fields) -> Assessment:
    """Screened, with two dimensions, and being assessed."""
    a = begun(cast, **fields)
    a = actions.save_step(by=by(cast), assessment=a, version=a.version, step="screening", values=SCREENING)
    return actions.move(by=by(cast), assessment=a, state="assessing")


def with_ratings(cast, **fields) -> Assessment:
    """Two alternatives, each rated on both dimensions: VE1 better, VE0 not known for safety."""
    a = assessing(cast, **fields)
    baseline = a.alternatives.get()
    rows = [
        actions.AlternativeRow(baseline.title, public_id=baseline.public_id),
        actions.AlternativeRow(t("Lyhennetään vain aamuista")),
    ]
    a = actions.set_alternatives(by=by(cast), assessment=a, version=a.version, rows=rows)
    for dimension in a.dimensions:
        values = {0: "not_known" if dimension == "safety" else -1, 1: 1}
        rated = [
            actions.RatingRow(x, values[x.position], t(f"Perustelu {x.code}."))
            for x in a.alternatives.in_order()
        ]
        a = actions.set_ratings(by=by(cast), assessment=a, version=a.version, dimension=dimension, rows=rated)
    return a


def proposed(cast, **fields) -> Assessment:
    """Everything that a proposal asks for, and the proposal made."""
    a = with_ratings(cast, **fields)
    a = actions.set_hearings(
        by=by(cast), assessment=a, version=a.version, not_heard_reason=Translated(),
        rows=[actions.HearingRow(who=t("Koululaisia"), method="group", said=t(SAID), number=12)],
    )  # fmt: skip
    values = {
        "best_interests": t("Iltapäivä ilman aikuista on lapselle huonoin."),
        "proposed": a.alternatives.get(position=1),
        "proposal": t("Säästö saadaan aamuista."),
    }
    a = actions.save_step(by=by(cast), assessment=a, version=a.version, step="reasoning", values=values)
    return actions.move(by=by(cast), assessment=a, state="proposed")


def decided(cast, **fields) -> Assessment:
    """Decided, with one follow-up agreed for the first of June 2025."""
    a = proposed(cast, **fields)
    a = actions.set_follow_ups(
        by=by(cast), assessment=a, version=a.version,
        rows=[actions.FollowUpRow(dt.date(2025, 6, 1), t("Kävijät ja nuorten mielipide"), "kirjastonjohtaja")],
    )  # fmt: skip
    values = {"decided_on": dt.date(2024, 12, 4), "decision": t("Lautakunta valitsi VE1:n.")}
    values["decided"] = a.alternatives.get(position=1)
    a = actions.save_step(by=by(cast), assessment=a, version=a.version, step="decision", values=values)
    return actions.move(by=by(cast), assessment=a, state="decided")
