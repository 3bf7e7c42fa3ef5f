"""Kept minutes are corrected by a row that leaves the former text standing."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions.actions.minutes import Entry, correct_item
from tests.decisions.test_groups import DAY, T, keep, own, url, words
from tests.decisions.test_groups import meeting as _meeting

pytestmark = pytest.mark.django_db
meeting = _meeting


@pytest.fixture
def item(tiers, meeting):
    own(tiers, meeting, "Jono")
    tiers.go_to(DAY)
    keep(tiers, meeting, Jono=Entry(T("Puretaan."), tiers.cast.hamina, DAY + dt.timedelta(days=30)))
    return meeting.items.get(has_decision=True)


def test_both_texts_stay_and_the_newest_holds(tiers, item):
    by = tiers.actor("hannes")
    first = correct_item(by=by, item=item, decision=T("Puretaan syksyllä."), reason="Aika puuttui.")
    correct_item(by=by, item=item, decision=T("Puretaan keväällä."), reason="Väärä aika.")
    item.refresh_from_db()
    assert str(item.decision) == "Puretaan."
    assert str(item.decision_now) == "Puretaan keväällä."
    assert [c.number for c in item.corrections.all()] == [1, 2]
    with pytest.raises(RuntimeError, match="never altered"):
        first.save()


@pytest.mark.parametrize(
    ("decision", "reason", "says"),
    [("", "Syy.", "mitä päätettiin"), ("Uusi.", " ", "miksi"), ("Puretaan.", "Syy.", "sama kuin ennen"),
     ("x" * 4_001, "Syy.", "Lyhennä")],
)  # fmt: skip
def test_a_bad_correction_is_refused(tiers, item, decision, reason, says):
    with pytest.raises(Refused, match=says):
        correct_item(by=tiers.actor("hannes"), item=item, decision=Translated.of(decision), reason=reason)
    assert not item.corrections.exists()


def test_only_who_leads_the_group_corrects_and_only_kept_minutes(tiers, item):
    with pytest.raises(PermissionDenied):
        correct_item(by=tiers.actor("kalle"), item=item, decision=T("Ei."), reason="Syy.")


def test_nothing_is_corrected_before_the_minutes_are_kept(tiers, meeting):
    with pytest.raises(Refused, match="ei ole vielä vahvistettu"):
        correct_item(
            by=tiers.actor("hannes"), item=own(tiers, meeting, "Jono"), decision=T("Ei."), reason="Syy."
        )


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_on_the_page(tiers, login, meeting, item, language):
    client = login(tiers.cast.hannes)
    page = url(tiers, "item_correct", language, agenda_id=item.public_id)
    assert client.get(page).status_code == 200
    assert client.post(page, {"decision": "Uusi.", "reason": ""}).status_code == 422
    given = {"decision": "Siirretään.", "reason": "Kirjausvirhe."} | {
        f"decision_{c}": "" for c in ("sv", "en")
    }
    assert client.post(page, given).status_code == 302
    shown = words(client.get(url(tiers, "meeting", language, meeting_id=meeting.public_id)))
    assert "Puretaan." in shown
    assert "Siirretään." in shown
    assert "Kirjausvirhe." in shown
    assert login(tiers.cast.kalle).get(page).status_code == 403
