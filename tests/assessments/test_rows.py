"""Hearings, background, follow-ups and translations of an assessment: what is refused and what is kept."""

import datetime as dt

import pytest

from lautta.assessments import actions
from lautta.assessments.models import Rating
from lautta.common import clock
from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.plans.conflicts import StaleForm
from tests import factories as f
from tests.assessments import making
from tests.assessments.making import SAID, by, t
from tests.indicators.factories import IndicatorFactory, metadata, taken_in

OUTSIDERS = ["kalle", "paula", "nelli", "urho"]


def refused(action, **values) -> Refused:
    with pytest.raises(Refused) as found:
        action(**values)
    return found.value


# --- hearings


def test_what_was_heard_is_kept_and_not_a_word_of_it_in_the_trail(cast):
    a = making.proposed(cast)
    hearing = a.hearings.get()
    assert (str(hearing.said), hearing.number) == (SAID, 12)
    assert SAID not in str(list(AuditEntry.objects.values_list("changes", flat=True)))


def test_hearings_are_changed_and_left_out(cast):
    a = making.with_ratings(cast)

    def heard(*rows, reason=""):
        return actions.set_hearings(
            by=by(cast), assessment=a, version=a.version, rows=rows, not_heard_reason=t(reason)
        )

    a = heard(actions.HearingRow(who=t("Lapsia"), method="play", said=t("Keinu.")))
    row = a.hearings.get()
    a = heard(
        actions.HearingRow(who=t("Lapsia"), method="play", said=t("Kaksi keinua."), public_id=row.public_id)
    )
    assert (a.hearings.get().pk, str(a.hearings.get().said)) == (row.pk, "Kaksi keinua.")
    a = heard(reason="Ei ehditty.")
    assert not a.hearings.exists()
    assert str(a.not_heard_reason) == "Ei ehditty."


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"who": Translated()}, "who"),
        ({"said": Translated()}, "said"),
        ({"method": "spying"}, "method"),
        ({"number": 0}, None),
    ],
)
def test_a_bad_hearing_is_refused(cast, fields, field):
    a = making.assessing(cast)
    row = actions.HearingRow(**{"who": t("Lapsia"), "method": "talk", "said": t("Joo."), **fields})
    with pytest.raises(Refused) as problem:
        actions.set_hearings(
            by=by(cast), assessment=a, version=a.version, rows=[row], not_heard_reason=Translated()
        )
    assert problem.value.field == field
    assert not a.hearings.exists()


# --- background


def background(cast, a, **fields):
    given = {"background": t("Tiedämme tämän."), "articles": [], "indicators": [], "voices": [], **fields}
    return actions.set_background(by=by(cast), assessment=a, version=a.version, **given)


def test_a_number_stays_as_it_was_picked_until_it_is_taken_anew(cast, summarised):
    a = making.assessing(cast)
    indicator = summarised(20.0)
    a = background(cast, a, indicators=[actions.IndicatorPick(indicator, t("Paljon."))])
    link = a.indicator_links.get()
    assert (link.value, link.year, link.vintage_number, len(link.vintage_sha256)) == (20.0, 2019, 1, 64)
    summarised(25.0)
    a = background(cast, a, indicators=[actions.IndicatorPick(indicator, t("Paljon."))])
    assert a.indicator_links.get().value == 20.0
    a = background(cast, a, indicators=[actions.IndicatorPick(indicator, t("Paljon."), refresh=True)])
    assert (a.indicator_links.get().value, a.indicator_links.get().vintage_number) == (25.0, 2)
    a = background(cast, a)
    assert not a.indicator_links.exists()


@pytest.fixture
def summarised(cast):
    """Takes in numbers of which the region's newest is `value`, and returns their indicator."""
    from lautta.common.actors import SYSTEM
    from lautta.indicators.actions.summaries import summarise_current
    from lautta.indicators.areas import code_of_area
    from tests.indicators.factories import panel

    def _summarised(value):
        cells = {("SSS", year): 10.0 for year in range(2010, 2020)}
        cells |= {(code_of_area(cast.plan.region.area), year): value for year in range(2010, 2020)}
        entry = taken_in(panel(cells), metadata("4711"))
        summarise_current(by=SYSTEM)
        return entry.indicator

    return _summarised


def test_an_indicator_without_numbers_says_so(cast):
    a = making.assessing(cast)
    a = background(cast, a, indicators=[actions.IndicatorPick(IndicatorFactory())])
    link = a.indicator_links.get()
    assert (link.value, link.year, link.vintage_number) == (None, None, None)


def test_only_published_voices_of_this_plan_are_quoted(cast):
    a = making.assessing(cast)
    good, pending, strange = (
        f.VoiceFactory(plan=cast.plan), f.VoiceFactory(plan=cast.plan, state="pending"), f.VoiceFactory(plan=cast.other_plan),
    )  # fmt: skip
    for voice in (pending, strange):
        assert refused(background, cast=cast, a=a, voices=[voice]).field == "voices"
    a = background(cast, a, voices=[good])
    good.state = "rejected"
    good.decided_reason = "Pyynnöstä."
    good.save()
    a = background(
        cast, a, voices=[good]
    )  # one that was picked may stay in the list; the page shows it as removed
    assert a.voice_links.get().voice == good


def test_an_unknown_article_is_refused(cast):
    a = making.assessing(cast)
    assert refused(background, cast=cast, a=a, articles=["99"]).field == "articles"


def test_an_indicator_of_another_region_is_refused(cast):
    a = making.assessing(cast)
    strange = IndicatorFactory(source="file", region=cast.other_plan.region)
    assert (
        refused(background, cast=cast, a=a, indicators=[actions.IndicatorPick(strange)]).field == "indicators"
    )


# --- follow-up


def test_a_follow_up_is_told_once_and_stays(cast, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: dt.date(2025, 6, 2))
    a = making.decided(cast)
    follow_up = a.follow_ups.get()
    actions.finish_follow_up(by=by(cast), follow_up=follow_up, result=t("Kävi niin kuin arvioitiin."))
    follow_up.refresh_from_db()
    assert follow_up.done_on == dt.date(2025, 6, 2)
    assert (
        refused(actions.finish_follow_up, by=by(cast), follow_up=follow_up, result=t("Taas.")).status == 409
    )
    a.refresh_from_db()
    a = actions.set_follow_ups(by=by(cast), assessment=a, version=a.version, rows=[])
    assert a.follow_ups.get().result == follow_up.result


def test_a_follow_up_is_not_told_before_its_time(cast):
    a = making.proposed(cast)
    rows = [actions.FollowUpRow(dt.date(2025, 1, 1), t("Katsotaan."), "johtaja")]
    a = actions.set_follow_ups(by=by(cast), assessment=a, version=a.version, rows=rows)
    assert "päätös on tehty" in str(
        refused(actions.finish_follow_up, by=by(cast), follow_up=a.follow_ups.get(), result=t("x"))
    )
    b = making.decided(cast)
    late = clock.today() + dt.timedelta(days=1)
    problem = refused(
        actions.finish_follow_up, by=by(cast), follow_up=b.follow_ups.get(), result=t("x"), done_on=late
    )
    assert problem.field == "done_on"
    assert (
        refused(
            actions.finish_follow_up, by=by(cast), follow_up=b.follow_ups.get(), result=Translated()
        ).field
        == "result"
    )


@pytest.mark.parametrize(("fields", "field"), [({"what": Translated()}, "what"), ({"who": " "}, "who")])
def test_a_bad_follow_up_is_refused(cast, fields, field):
    a = making.assessing(cast)
    row = actions.FollowUpRow(
        **{"due_on": dt.date(2025, 1, 1), "what": t("Mitä?"), "who": "johtaja", **fields}
    )
    assert (
        refused(actions.set_follow_ups, by=by(cast), assessment=a, version=a.version, rows=[row]).field
        == field
    )


# --- translation


def test_every_text_is_translated_by_its_key(cast):
    a = making.decided(cast)
    hearing, rating = a.hearings.get(), Rating.objects.first()
    key = f"rating:{rating.alternative.public_id}-{rating.dimension}:sentence"
    given = {
        "decision": "Nämnden valde VE1.", f"hearing:{hearing.public_id}:said": "I biblioteket får man vara i fred.",
        key: "Motivering.", "gone:x:y": "Borta",
    }  # fmt: skip
    a = actions.translate(by=by(cast), assessment=a, version=a.version, language="sv", texts=given)
    assert a.decision.in_language("sv") == "Nämnden valde VE1."
    hearing.refresh_from_db()
    rating.refresh_from_db()
    assert hearing.said.in_language("sv") == "I biblioteket får man vara i fred."
    assert rating.sentence.in_language("sv") == "Motivering."
    told = AuditEntry.objects.order_by("-pk").first().changes["translated"]
    assert told == ["sv", ["decision", key]]


def test_a_translation_is_of_what_the_translator_saw(cast):
    a = making.assessing(cast)
    seen = a.version
    actions.save_step(
        by=by(cast), assessment=a, version=a.version, step="conflicts", values={"conflicts": t("Uusi.")}
    )
    with pytest.raises(StaleForm):
        actions.translate(by=by(cast), assessment=a, version=seen, language="sv", texts={"change": "Ny."})


def test_the_source_is_not_written_as_a_translation(cast):
    a = making.begun(cast)
    saved = actions.translate(by=by(cast), assessment=a, version=1, language="fi", texts={"title": "Toinen"})
    assert (saved.version, str(saved.title)) == (1, making.TITLE)
