"""Voices: nothing public without a look, nothing left after erasure, nothing of other plans."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.common.search import SearchEntry, search
from lautta.common.translated import Translated
from lautta.voices import actions
from lautta.voices.models import Voice
from tests import factories as f

SAID = "Välitunnilla saa olla rauhassa."


@pytest.fixture
def kaisa(cast):
    return cast.actor(cast.kaisa)


def add(cast, user=None, organisation=None, **fields):
    user, organisation = user or cast.hannes, organisation or cast.hamina
    given = {"text": Translated.of(SAID), "speaker_role": "pupil", "method": "interview", **fields}
    return actions.add_voice(
        by=cast.actor(user, organisation), plan=cast.plan, organisation=organisation, **given
    )


def found(cast, query="välitunti") -> int:
    return search(cast.plan.public_id, query, language="fi").total


def test_a_new_voice_waits_and_is_found_by_nobody(cast):
    voice = add(cast, heard_month=dt.date(2024, 5, 17), goals=[cast.goal], age_group="7_12")
    assert (voice.state, voice.heard_month, voice.version) == ("pending", dt.date(2024, 5, 1), 1)
    assert list(voice.goals.all()) == [cast.goal]
    assert found(cast) == 0
    assert not SearchEntry.objects.filter(kind="voice").exists()


def test_the_trail_holds_no_word_of_it(cast, kaisa):
    voice = add(cast)
    actions.update_voice(
        by=kaisa, voice=voice, version=1, values={"text": Translated.of("Pihalla on tilaa.")}
    )
    actions.publish_voice(by=kaisa, voice=voice, version=2)
    actions.erase_voice(by=kaisa, voice=voice)
    trail = list(AuditEntry.objects.order_by("pk"))
    assert [row.action for row in trail] == ["voice.add", "voice.update", "voice.publish", "voice.erase"]
    text = str([row.changes for row in trail])
    assert "rauhassa" not in text
    assert "Pihalla" not in text
    assert "pupil" not in text


@pytest.mark.parametrize("who", ["hannes", "kirsi", "nelli", "kaisa"])
def test_those_who_may_add(cast, who):
    assert add(cast, getattr(cast, who)).pk


@pytest.mark.parametrize(
    ("who", "where"), [("kalle", "hamina"), ("hannes", "kotka"), ("paula", "kotka"), ("urho", "hamina")]
)
def test_others_may_not_add(cast, who, where):
    with pytest.raises(PermissionDenied):
        add(cast, getattr(cast, who), getattr(cast, where))
    assert not Voice.objects.exists()


def test_only_plan_wide_roles_add_without_an_organisation(cast, kaisa):
    given = {"plan": cast.plan, "text": Translated.of(SAID), "speaker_role": "pupil", "method": "survey"}
    assert actions.add_voice(by=kaisa, **given).organisation is None
    with pytest.raises(PermissionDenied):
        actions.add_voice(by=cast.actor(cast.hannes), **given)


def test_nothing_of_another_plan(cast):
    goal, chapter = f.GoalFactory(plan=cast.other_plan), f.ChapterFactory(plan=cast.other_plan)
    for fields, name in (({"goals": [goal]}, "goals"), ({"chapter": chapter}, "chapter")):
        with pytest.raises(Refused) as refused:
            add(cast, **fields)
        assert refused.value.field == name
    with pytest.raises(Refused) as refused:
        add(cast, cast.kaisa, cast.elsewhere)
    assert refused.value.field == "organisation"
    assert not Voice.objects.exists()


@pytest.mark.parametrize(
    "text", [Translated(), Translated.of("a" * 2001), Translated.of("Hei", sv="b" * 2001)]
)
def test_bad_text_is_refused(cast, text):
    with pytest.raises(Refused) as refused:
        add(cast, text=text)
    assert refused.value.field == "text"


@pytest.mark.parametrize("fields", [{"speaker_role": "king"}, {"method": "spying"}, {"age_group": "old"}])
def test_unknown_codes_are_refused(cast, fields):
    with pytest.raises(Refused):
        add(cast, **fields)
    assert not Voice.objects.exists()


def test_publishing_makes_it_found_in_its_languages(cast, kaisa):
    voice = add(cast, text=Translated.of(SAID, sv="På rasten får man vara i fred."))
    actions.publish_voice(by=kaisa, voice=voice, version=1)
    assert found(cast) == 1
    hit = search(cast.plan.public_id, "rasten", language="sv").hits[0]
    assert (hit.title, hit.url_name) == ("Skolelev", "publishing:voice") or hit.url_name == "publishing:voice"
    assert search(cast.other_plan.public_id, "välitunti", language="fi").total == 0


@pytest.mark.parametrize("who", ["hannes", "kirsi", "nelli", "kalle", "urho"])
def test_only_those_who_moderate_decide(cast, who):
    voice = add(cast)
    by = cast.actor(getattr(cast, who))
    for decide in (
        lambda: actions.publish_voice(by=by, voice=voice, version=1),
        lambda: actions.reject_voice(by=by, voice=voice, version=1, reason="x"),
        lambda: actions.erase_voice(by=by, voice=voice),
    ):
        with pytest.raises(PermissionDenied):
            decide()
    voice.refresh_from_db()
    assert (voice.state, voice.version) == ("pending", 1)


def test_what_looks_personal_is_not_published_unseen(cast, kaisa):
    voice = add(cast, text=Translated.of("Pörrö Ankka vie aina pallon."))
    with pytest.raises(actions.LooksPersonal):
        actions.publish_voice(by=kaisa, voice=voice, version=1)
    assert found(cast, "pallo") == 0
    actions.publish_voice(by=kaisa, voice=voice, version=1, checked=True)
    assert found(cast, "pallo") == 1


def test_a_translation_is_looked_at_too(cast, kaisa):
    voice = add(cast, text=Translated.of(SAID, en="Ducky McQuack takes the ball."))
    with pytest.raises(actions.LooksPersonal):
        actions.publish_voice(by=kaisa, voice=voice, version=1)


def test_a_published_text_does_not_become_personal_unseen(cast, kaisa):
    voice = add(cast)
    actions.publish_voice(by=kaisa, voice=voice, version=1)
    worse = {"text": Translated.of("Soita 040 1234567.")}
    with pytest.raises(actions.LooksPersonal):
        actions.update_voice(by=kaisa, voice=voice, version=2, values=worse)
    voice.refresh_from_db()
    assert str(voice.text) == SAID
    assert found(cast) == 1


def test_an_edit_of_a_published_voice_renews_search(cast, kaisa):
    voice = add(cast)
    actions.publish_voice(by=kaisa, voice=voice, version=1)
    actions.update_voice(
        by=kaisa, voice=voice, version=2, values={"text": Translated.of("Pihalla on tilaa.")}
    )
    assert found(cast) == 0
    assert found(cast, "piha") == 1


def test_the_municipality_may_be_named(cast, kaisa):
    voice = add(cast, text=Translated.of("Haluan, että Haminan kaupunki avaa uimarannan."))
    assert actions.publish_voice(by=kaisa, voice=voice, version=1).state == "published"


def test_rejection_needs_a_reason_and_takes_it_out_of_the_public(cast, kaisa):
    voice = add(cast)
    actions.publish_voice(by=kaisa, voice=voice, version=1)
    with pytest.raises(Refused) as refused:
        actions.reject_voice(by=kaisa, voice=voice, version=2, reason="  ")
    assert refused.value.field == "reason"
    actions.reject_voice(by=kaisa, voice=voice, version=2, reason="Puhuja tunnistettavissa.")
    assert found(cast) == 0
    assert not Voice.objects.public().exists()


def test_no_decision_is_made_twice(cast, kaisa):
    voice = add(cast)
    actions.publish_voice(by=kaisa, voice=voice, version=1)
    with pytest.raises(Refused):
        actions.publish_voice(by=kaisa, voice=voice, version=2)
    actions.reject_voice(by=kaisa, voice=voice, version=2, reason="Pyynnöstä.")
    with pytest.raises(Refused):
        actions.reject_voice(by=kaisa, voice=voice, version=3, reason="Pyynnöstä.")


def test_a_stale_page_decides_nothing(cast, kaisa):
    voice = add(cast)
    actions.update_voice(by=kaisa, voice=voice, version=1, values={"age_group": "7_12"})
    for decide in (
        lambda: actions.publish_voice(by=kaisa, voice=voice, version=1),
        lambda: actions.reject_voice(by=kaisa, voice=voice, version=1, reason="x"),
        lambda: actions.update_voice(by=kaisa, voice=voice, version=1, values={"age_group": "13_17"}),
    ):
        with pytest.raises(actions.StaleVoice):
            decide()
    voice.refresh_from_db()
    assert (voice.age_group, voice.state, voice.version) == ("7_12", "pending", 2)


def test_who_brought_it_edits_until_it_is_decided_on(cast, kaisa):
    voice = add(cast)
    by = cast.actor(cast.hannes, cast.hamina)
    actions.update_voice(by=by, voice=voice, version=1, values={"age_group": "7_12"})
    with pytest.raises(PermissionDenied):
        actions.update_voice(
            by=cast.actor(cast.kalle, cast.kotka), voice=voice, version=2, values={"age_group": ""}
        )
    actions.publish_voice(by=kaisa, voice=voice, version=2)
    with pytest.raises(PermissionDenied):
        actions.update_voice(by=by, voice=voice, version=3, values={"age_group": "13_17"})


def test_a_voice_is_not_moved_to_an_organisation_of_others(cast):
    voice = add(cast)
    with pytest.raises(PermissionDenied):
        actions.update_voice(
            by=cast.actor(cast.hannes, cast.hamina),
            voice=voice,
            version=1,
            values={"organisation": cast.kotka},
        )


def test_saving_without_changes_writes_nothing(cast, kaisa):
    voice = add(cast, goals=[cast.goal])
    before = AuditEntry.objects.count()
    actions.update_voice(by=kaisa, voice=voice, version=1, values={"goals": [cast.goal], "age_group": ""})
    voice.refresh_from_db()
    assert voice.version == 1
    assert AuditEntry.objects.count() == before


def test_unknown_fields_are_a_mistake_of_the_caller(cast, kaisa):
    with pytest.raises(ValueError, match="state"):
        actions.update_voice(by=kaisa, voice=add(cast), version=1, values={"state": "published"})


def test_erasure_leaves_nothing(cast, kaisa):
    voice = add(cast, goals=[cast.goal])
    actions.publish_voice(by=kaisa, voice=voice, version=1)
    actions.erase_voice(by=kaisa, voice=voice)
    assert not Voice.objects.exists()
    assert not Voice.goals.through.objects.exists()
    assert not SearchEntry.objects.filter(kind="voice").exists()
    assert found(cast) == 0


def test_search_and_voice_stand_or_fall_together(cast, kaisa, monkeypatch):
    voice = add(cast)
    actions.publish_voice(by=kaisa, voice=voice, version=1)

    def broken(**fields):
        raise RuntimeError("no trail")

    monkeypatch.setattr("lautta.voices.actions.voices.audit.record", broken)
    with pytest.raises(RuntimeError):
        actions.erase_voice(by=kaisa, voice=voice)
    assert Voice.objects.exists()
    assert found(cast) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"state": "gone"}, {"state": "rejected", "decided_reason": ""}, {"heard_month": dt.date(2024, 5, 2)}],
)
def test_the_database_holds_the_rules(cast, wrong):
    voice = add(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.filter(pk=voice.pk).update(**wrong)
