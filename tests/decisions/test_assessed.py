"""Assessments tied to versions and decisions: who may, what is refused, and where it shows."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from lautta.assessments import actions as assessments
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions.actions.assessed import link_assessment, tell_assessment, unlink_assessment
from lautta.decisions.actions.decisions import Facts, correct_decision
from lautta.decisions.models import AssessmentLink
from tests.assessments.making import by as writer
from tests.assessments.making import proposed
from tests.decisions.test_pages import at, public

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 4, 10)
WORDS = Translated.of("Valtuusto valitsi VE1:n arvioinnin perusteella.")


@pytest.fixture
def published(matter):
    """Kotka's assessment: proposed and public. Its secretary is Paula."""
    made = proposed(matter.cast)
    made.organisation = matter.cast.kotka
    made.save()
    assessments.publish(by=matter.kaisa, assessment=made, checked=True)
    return made


@pytest.fixture
def decided(matter):
    """Kotka's board has proposed; Paula records there."""
    version = matter.freeze()
    matter.go_to(DAY)
    station = matter.lay(version, "kotka_board", "kotka_council")["kotka_board"]
    return matter.decide(station)


def test_an_assessment_is_tied_to_a_version_and_seen_where_it_should(matter, published, login, client):
    version = matter.freeze()
    link_assessment(by=matter.kaisa, version=version, assessment=published)
    matter.lay(version)
    page = login(matter.cast.kaisa).get(at(matter.plan, "version", version_id=version.public_id))
    assert "Kirjaston aukioloajat" in page.content.decode()
    shown = client.get(public(matter.plan, "version", version.public_id)).content.decode()
    assert "Vaikutukset lapsiin" in shown
    assert published.public_id in shown
    back = client.get(public(matter.plan, "assessment", published.public_id), follow=True).content.decode()
    assert "Osa I, versio 1" in back
    assert version.public_id in back


def test_the_public_sees_no_tie_of_what_is_not_public(matter, published, client):
    version = matter.freeze()
    link_assessment(by=matter.kaisa, version=version, assessment=published)
    page = client.get(public(matter.plan, "assessment", published.public_id), follow=True).content.decode()
    assert "Osa I, versio 1" not in page
    matter.lay(version)
    assessments.unpublish(by=matter.kaisa, assessment=published, reason="Virhe.")
    page = client.get(public(matter.plan, "version", version.public_id)).content.decode()
    assert "Vaikutukset lapsiin" not in page


def test_what_is_refused(matter, published):
    version = matter.freeze()
    link_assessment(by=matter.kaisa, version=version, assessment=published)
    with pytest.raises(Refused, match="jo liitetty"):
        link_assessment(by=matter.kaisa, version=version, assessment=published)
    matter.lay(version)
    draft = proposed(matter.cast)
    with pytest.raises(Refused, match="Julkaise arviointi ensin"):
        link_assessment(by=matter.kaisa, version=version, assessment=draft)
    draft.plan = matter.cast.other_plan
    with pytest.raises(Refused, match="toisesta suunnitelmasta"):
        link_assessment(by=matter.kaisa, version=version, assessment=draft)
    with pytest.raises(PermissionDenied):
        link_assessment(by=matter.paula, version=version, assessment=published)
    with pytest.raises(PermissionDenied):
        link_assessment(by=writer(matter.cast), version=version, assessment=published)


def test_the_secretary_ties_to_a_decision_and_tells_the_assessment(matter, published, decided):
    link = link_assessment(
        by=matter.paula, version=decided.station.version, decision=decided, assessment=published
    )
    chosen = published.alternatives.get(position=1)
    told = tell_assessment(by=matter.paula, link=link, decided=chosen, words=WORDS)
    # No follow-up has been agreed: the assessment's own people still finish it.
    assert (told.state, told.decided_on, told.decided) == ("proposed", decided.decided_on, chosen)
    with pytest.raises(Refused, match="jo kirjattu"):
        tell_assessment(by=matter.paula, link=link, decided=chosen, words=WORDS)


def test_with_a_follow_up_the_assessment_is_decided(matter, published, decided):
    rows = [assessments.FollowUpRow(dt.date(2025, 6, 1), WORDS, "kirjastonjohtaja")]
    assessment = assessments.move(
        by=matter.kaisa, assessment=published, state="assessing", reason=Translated.of("Seuranta puuttui.")
    )
    assessment = assessments.set_follow_ups(
        by=matter.kaisa, assessment=assessment, version=assessment.version, rows=rows
    )
    assessment = assessments.move(by=matter.kaisa, assessment=assessment, state="proposed")
    link = link_assessment(
        by=matter.paula, version=decided.station.version, decision=decided, assessment=assessment
    )
    told = tell_assessment(by=matter.paula, link=link, decided=None, words=WORDS)
    assert told.state == "decided"
    assert told.state_changes.count() == published.state_changes.count()


def test_an_alternative_of_another_assessment_and_no_words_are_refused(matter, published, decided):
    link = link_assessment(
        by=matter.paula, version=decided.station.version, decision=decided, assessment=published
    )
    strange = proposed(matter.cast).alternatives.first()
    with pytest.raises(Refused, match="vaihtoehdoista"):
        tell_assessment(by=matter.paula, link=link, decided=strange, words=WORDS)
    with pytest.raises(Refused, match="mitä päätettiin"):
        tell_assessment(by=matter.paula, link=link, decided=None, words=Translated())


def test_a_correction_takes_the_tie_along(matter, published, decided):
    link = link_assessment(
        by=matter.paula, version=decided.station.version, decision=decided, assessment=published
    )
    new = correct_decision(
        by=matter.paula,
        decision=decided,
        facts=Facts("approve", DAY, section="§ 9"),
        reason="Pykälä puuttui.",
    )
    link.refresh_from_db()
    assert link.decision == new
    decided.refresh_from_db()
    with pytest.raises(Refused, match="uuteen kirjaukseen"):
        link_assessment(by=matter.paula, version=new.station.version, decision=decided, assessment=published)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_all_of_it_by_forms(matter, published, decided, login, language):
    client = login(matter.cast.paula)
    page = at(matter.plan, "link_decision", language=language, decision_id=decided.public_id)
    assert client.get(page).status_code == 200
    assert client.post(page, {"assessment": "nothing"}).status_code == 422
    assert client.post(page, {"assessment": published.public_id}).status_code == 302
    link = AssessmentLink.objects.get()
    station = at(matter.plan, "station", language=language, station_id=decided.station.public_id)
    outcome = at(matter.plan, "assessment_outcome", language=language, link_id=link.public_id)
    assert outcome in client.get(station).content.decode()
    assert client.get(outcome).status_code == 200
    assert client.post(outcome, {"decided": "", "decision": ""}).status_code == 422
    assert client.post(outcome, {"decided": "", "decision": "Päätettiin."}).status_code == 302
    published.refresh_from_db()
    assert str(published.decision) == "Päätettiin."
    remove = at(matter.plan, "unlink_assessment", language=language, link_id=link.public_id)
    assert client.post(remove).status_code == 302
    assert not AssessmentLink.objects.exists()


def test_others_may_not(matter, published, decided, login):
    link = link_assessment(
        by=matter.paula, version=decided.station.version, decision=decided, assessment=published
    )
    addresses = [
        at(matter.plan, "link_version", version_id=decided.station.version.public_id),
        at(matter.plan, "link_decision", decision_id=decided.public_id),
        at(matter.plan, "assessment_outcome", link_id=link.public_id),
    ]
    assert [login(matter.cast.hannes).get(url).status_code for url in addresses] == [403, 403, 403]
    with pytest.raises(PermissionDenied):
        unlink_assessment(by=writer(matter.cast), link=link)


def test_a_replaced_version_shows_why_and_no_form(matter, login):
    version = matter.freeze()
    matter.go_to(DAY)
    station = matter.lay(version, "hamina_council")["hamina_council"]
    matter.edit("<p>Uutta.</p>")
    newer = matter.freeze()
    matter.lay(newer, "hamina_council")
    page = login(matter.cast.kaisa).get(at(matter.plan, "station", station_id=station.public_id))
    text = page.content.decode()
    assert 'name="outcome"' not in text
    assert newer.public_id in text
    assert "Päätös kirjataan siihen" in text


def test_a_decision_is_written_in_every_language(matter, login):
    version = matter.freeze()
    matter.go_to(DAY)
    station = matter.lay(version, "kotka_board")["kotka_board"]
    data = {
        "outcome": "approve", "decided_on": "2024-04-10", "wording": "Hyväksytään.", "wording_sv": "Godkänns.",
        "dissent_en": "One member disagreed.", "rows": "2",
    }  # fmt: skip
    url = at(matter.plan, "station", station_id=station.public_id)
    assert login(matter.cast.paula).post(url, data).status_code == 302
    decision = station.decisions.get()
    assert decision.wording.in_language("sv") == "Godkänns."
    assert decision.dissent.in_language("en") == "One member disagreed."


def test_a_meeting_with_minutes_is_not_cancelled(matter):
    from lautta.decisions.actions.bodies import cancel_meeting
    from lautta.decisions.models import BodyMeeting, Minutes

    meeting = BodyMeeting.objects.create(body=matter.bodies["lape"], held_on=DAY, materials_on=DAY)
    Minutes.objects.create(meeting=meeting)
    with pytest.raises(Refused, match="muistio"):
        cancel_meeting(by=matter.kaisa, meeting=meeting)
