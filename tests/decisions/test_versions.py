"""Freezing: what was frozen stays, byte by byte; a changed byte is caught; erased words go and the version still verifies."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions.actions.versions import carry_out, freeze, withdraw
from lautta.decisions.freezing import digest, dumped, opened
from lautta.decisions.freezing.opened import verified
from lautta.decisions.models import FrozenQuotation, Version
from lautta.voices.actions import erase_voice
from tests import factories as f
from tests.decisions.making import ASKED

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=6), ANY_JSON, max_size=5))
def test_the_canonical_form_does_not_depend_on_order_and_reads_back(document):
    text = dumped(document)
    assert dumped(dict(reversed(list(document.items())))) == text
    assert json.loads(text) == document
    assert dumped(json.loads(text)) == text
    assert len(digest(text)) == 64


def test_what_is_not_a_number_is_not_frozen():
    with pytest.raises(ValueError, match="Out of range"):
        dumped({"value": float("nan")})


def test_a_version_holds_the_plan_of_its_day(matter):
    version = matter.freeze(summary=Translated.of("Ensimmäinen versio."))
    assert (version.number, version.kind, version.year, version.frozen_on) == (
        1,
        "part_one",
        None,
        dt.date(2024, 3, 1),
    )
    document = opened(version)
    chapter = document.chapters[0]
    assert chapter["texts"]["fi"]["body"] == "<p>Arki kantaa.</p>"
    assert chapter["texts"]["sv"]["title"] == "Inledning"
    assert document.goals[0]["title"]["texts"]["sv"]["text"] == "Vardag"
    assert str(document.summary) == "Ensimmäinen versio."
    assert "part_two" not in document.data
    assert str(document.organisations[matter.cast.kotka.public_id]) == "Kotkan kaupunki"
    assert verified(version).whole


def test_later_edits_leave_it_as_it_was(matter):
    version = matter.freeze()
    before = Version.objects.get(pk=version.pk).content
    matter.edit("<p>Aivan muuta.</p>")
    matter.cast.goal.title = Translated.of("Toinen nimi")
    matter.cast.goal.save()
    second = matter.freeze()
    assert Version.objects.get(pk=version.pk).content == before
    assert second.previous == version
    assert json.loads(second.content)["previous"] == version.sha256
    assert opened(version).chapters[0]["texts"]["fi"]["body"] == "<p>Arki kantaa.</p>"


def test_a_row_is_never_altered(matter):
    version = matter.freeze()
    version.content = "{}"
    with pytest.raises(RuntimeError, match="never altered"):
        version.save()
    with pytest.raises(RuntimeError, match="never altered"):
        version.save(update_fields=["content"])


def test_a_changed_byte_is_caught(matter):
    version = matter.freeze()
    out = StringIO()
    call_command("verify", stdout=out)
    assert "1 versions, all whole" in out.getvalue()
    changed = version.content.replace("Arki kantaa", "Arki kaataa")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE decisions_version SET content = %s WHERE id = %s", [changed, version.pk])
    assert not verified(Version.objects.get(pk=version.pk)).whole
    with pytest.raises(CommandError, match="1 versions are not what was frozen"):
        call_command("verify", stdout=out)
    assert "NOT WHOLE: content" in out.getvalue()


def test_verify_of_one_and_of_an_unknown_version(matter):
    version = matter.freeze()
    out = StringIO()
    call_command("verify", version.public_id, stdout=out)
    assert version.public_id in out.getvalue()
    with pytest.raises(CommandError, match="no such version"):
        call_command("verify", "nosuchone", stdout=out)


def test_a_quotation_is_kept_by_hash_and_goes_when_it_is_erased(matter):
    version = matter.freeze()
    assert "rauhassa" not in version.content
    key = matter.voice.public_id
    shown = opened(version).quotations([key])
    assert str(shown[0].words) == "Välitunnilla saa olla rauhassa."
    assert shown[0].role == "pupil"
    erase_voice(by=matter.kaisa, voice=matter.voice)
    version = Version.objects.get(pk=version.pk)
    gone = opened(version).quotations([key])
    assert gone[0].is_removed
    assert not FrozenQuotation.objects.exists()
    verdict = verified(version)
    assert verdict.whole
    assert verdict.removed == 1


def test_a_quotation_that_somebody_altered_is_not_shown_and_is_caught(matter):
    version = matter.freeze()
    FrozenQuotation.objects.update(text={"fi": "Aivan muuta."})
    assert opened(version).quotations([matter.voice.public_id])[0].is_removed
    assert verified(version).problem == "quotation"


def test_part_two_holds_what_is_published_and_no_draft(matter):
    f.MeasureYearFactory(
        measure__plan=matter.plan, measure__organisation=matter.cast.kotka, round=matter.cast.round,
        title=Translated.of("Salainen luonnos"),
    )  # fmt: skip
    version = matter.freeze(kind="part_two", round=matter.cast.round)
    assert [m["title"]["texts"]["fi"]["text"] for m in opened(version).measures] == ["Perhekahvila"]
    assert "Salainen" not in version.content
    assert "part_one" not in opened(version).data


def test_nothing_changed_nothing_frozen(matter):
    matter.freeze()
    matter.go_to(dt.date(2024, 5, 2))
    with pytest.raises(Refused, match="Mikään ei ole muuttunut version 1 jälkeen"):
        matter.freeze(proposal=Translated.of("Pyydetään samaa."))
    assert Version.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "novel"}, "kind"),
        ({"proposal": Translated()}, "proposal"),
        ({"proposal": Translated.of("x" * 4_001)}, "proposal"),
        ({"kind": "part_two"}, "year"),
        ({"kind": "extension", "period_end": 2024}, "period_end"),
        ({"kind": "extension", "period_end": 2029, "reason": Translated.of("a")}, "period_end"),
        ({"kind": "extension", "period_end": 2025}, "reason"),
        ({"kind": "succession"}, "successor"),
    ],
)
def test_what_cannot_be_frozen_is_said_beside_its_field(matter, given, field):
    with pytest.raises(Refused) as refusal:
        matter.freeze(**given)
    assert refusal.value.field == field
    assert not Version.objects.exists()


def test_an_empty_plan_and_an_empty_year_are_refused(cast, matter):
    by = matter.kaisa
    matter.chapter.revisions.all().delete()
    with pytest.raises(Refused, match="yhtään tekstiä"):
        freeze(by=by, plan=cast.plan, kind="part_one", proposal=ASKED)
    empty = f.RoundFactory(plan=cast.plan, year=2023)
    with pytest.raises(Refused, match="julkaissut"):
        freeze(by=by, plan=cast.plan, kind="part_two", round=empty, proposal=ASKED)


def test_a_round_of_another_plan_is_refused(cast, matter):
    strange = f.RoundFactory(plan=cast.other_plan, year=2024)
    with pytest.raises(Refused):
        matter.freeze(kind="part_two", round=strange)


@pytest.mark.parametrize("who", ["hannes", "kirsi", "kalle", "paula", "nelli", "urho"])
def test_only_the_coordinator_freezes(cast, matter, who):
    with pytest.raises(PermissionDenied):
        freeze(by=cast.actor(getattr(cast, who)), plan=cast.plan, kind="part_one", proposal=ASKED)


def test_withdrawing_asks_why_and_is_refused_once_somebody_is_bound(matter):
    version = matter.freeze()
    with pytest.raises(Refused):
        withdraw(by=matter.kaisa, version=version, reason=" ")
    stations = matter.lay(version, "hamina_council")
    matter.decide(stations["hamina_council"])
    with pytest.raises(Refused, match="Tee uusi versio"):
        withdraw(by=matter.kaisa, version=version, reason="Virhe taulukossa.")
    matter.edit("<p>Korjattu.</p>")
    second = matter.freeze()
    withdraw(by=matter.kaisa, version=second, reason="Virhe taulukossa.")
    assert Version.objects.get(pk=second.pk).withdrawn_reason == "Virhe taulukossa."
    # The next freezing continues from what stands.
    matter.edit("<p>Korjattu uudelleen.</p>")
    assert matter.freeze().previous == version


def test_an_extension_takes_effect_when_everybody_has_decided(matter):
    version = matter.freeze(
        kind="extension", period_end=2025, reason=Translated.of("Hyvinvointialue aloittaa.")
    )
    stations = matter.lay(version, "hamina_council", "county_council")
    matter.decide(stations["hamina_council"])
    with pytest.raises(Refused, match="eivät ole vielä"):
        carry_out(by=matter.kaisa, version=version)
    matter.decide(stations["county_council"])
    carry_out(by=matter.kaisa, version=version)
    matter.plan.refresh_from_db()
    assert matter.plan.period_end == 2025
    with pytest.raises(Refused, match="jo toteutettu"):
        carry_out(by=matter.kaisa, version=version)
    assert verified(Version.objects.get(pk=version.pk)).whole


def test_a_succession_ends_the_plan_and_names_who_goes_on(matter):
    successor = f.PlanFactory(region=matter.plan.region, period_start=2026, period_end=2029)
    version = matter.freeze(kind="succession", successor=successor, reason=Translated.of("Kausi päättyy."))
    stations = matter.lay(version, "hamina_council")
    matter.decide(stations["hamina_council"])
    carry_out(by=matter.kaisa, version=version)
    matter.plan.refresh_from_db()
    successor.refresh_from_db()
    assert matter.plan.phase == "ended"
    assert successor.predecessor == matter.plan


def test_the_trail_tells_of_it_without_its_content(matter):
    version = matter.freeze()
    entry = AuditEntry.objects.get(action="version.freeze")
    assert entry.object_id == version.public_id
    assert entry.changes["sha256"] == [None, version.sha256]
    assert "Arki" not in str(entry.changes)


def test_freezing_takes_a_constant_number_of_queries(matter, django_assert_max_num_queries):
    for _n in range(30):
        chapter = f.ChapterFactory(plan=matter.plan)
        f.ChapterRevisionFactory(chapter=chapter)
        f.GoalFactory(plan=matter.plan)
        f.VoiceFactory(plan=matter.plan, chapter=chapter)
    with django_assert_max_num_queries(60):
        matter.freeze()
