"""The yearly wellbeing report: drafted from the data, written by people, frozen once, then public."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from docx import Document as Word

from lautta.common.actors import SYSTEM
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions.freezing import digest
from lautta.measures.checks import ChangedMeanwhile
from lautta.publishing.actions.papers import make_paper
from lautta.publishing.actions.reports import begin_report, freeze_report, publish_report, update_report
from lautta.publishing.models import Paper
from lautta.publishing.papers.making import Source, Wanted
from lautta.voices.actions import erase_voice
from tests import factories as f
from tests.common.documents.structure import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kirsi(matter):
    return matter.cast.actor(matter.cast.kirsi, matter.cast.hamina)


@pytest.fixture
def voice(matter):
    return f.VoiceFactory(
        plan=matter.plan, organisation=matter.cast.hamina, text=Translated.of("Kerho on paras paikka."),
        heard_month=dt.date(matter.cast.round.year, 2, 1),
    )  # fmt: skip


@pytest.fixture
def report(matter, kirsi, voice):
    year = matter.cast.hamina.measures.first().years.get()
    f.ProgressReportFactory(measure_year=year, done="Kahvila avattiin.", changed="Lapsi sai kaverin.")
    return begin_report(
        by=kirsi, plan=matter.plan, organisation=matter.cast.hamina, year=matter.cast.round.year
    )


def filled(report, kirsi):
    return update_report(
        by=kirsi, report=report, version=report.version, texts={"summary": Translated.of("Hyvä vuosi.")}
    )


def address(matter, *rest) -> str:
    return "/".join([f"/fi/work/{matter.plan.public_id}/papers/reports", *rest, ""])


def test_the_draft_says_what_the_data_say_in_every_language(report):
    assert report.done.in_language("fi").startswith("Vuonna")
    assert "1" in report.done.in_language("sv")
    assert report.heard.in_language("en")
    assert not report.summary


def test_a_year_has_one_report_of_an_organisation(report, matter, kirsi):
    with pytest.raises(Refused):
        begin_report(by=kirsi, plan=matter.plan, organisation=matter.cast.hamina, year=report.year)
    with pytest.raises(Refused):
        begin_report(by=kirsi, plan=matter.plan, organisation=matter.cast.hamina, year=1999)


def test_another_organisation_s_people_may_not(report, matter):
    kalle = matter.cast.actor(matter.cast.kalle, matter.cast.kotka)
    for deed in (
        lambda: begin_report(by=kalle, plan=matter.plan, organisation=matter.cast.hamina, year=report.year),
        lambda: update_report(by=kalle, report=report, version=1, texts={}),
        lambda: freeze_report(by=kalle, report=report),
        lambda: publish_report(by=kalle, report=report),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_two_writers_do_not_overwrite_each_other(report, kirsi):
    filled(report, kirsi)
    with pytest.raises(ChangedMeanwhile):
        update_report(by=kirsi, report=report, version=1, texts={"ahead": Translated.of("Lisää kerhoja.")})


def test_frozen_is_frozen(report, kirsi, matter):
    with pytest.raises(Refused):
        freeze_report(by=kirsi, report=report)
    frozen = freeze_report(by=kirsi, report=filled(report, kirsi))
    assert digest(frozen.content) == frozen.sha256
    assert "Kerho on paras" not in frozen.content
    with pytest.raises(Refused):
        update_report(by=kirsi, report=frozen, version=frozen.version, texts={"ahead": Translated.of("X")})
    frozen.content = "{}"
    with pytest.raises(RuntimeError):
        frozen.save()


def test_its_papers_come_from_the_frozen_content_alone(report, kirsi, matter, voice):
    frozen = freeze_report(by=kirsi, report=filled(report, kirsi))
    source = Source(frozen)
    before = source.bytes_of(Wanted("wellbeing", "fi", "pdf"))
    matter.cast.hamina.measures.first().years.update(title=Translated.of("Muu"))
    assert Source(frozen).bytes_of(Wanted("wellbeing", "fi", "pdf")) == before
    assert_accessible(before, "fi")
    text = "\n".join(
        p.text for p in Word(BytesIO(source.bytes_of(Wanted("wellbeing", "fi", "docx")))).paragraphs
    )
    assert "Hyvä vuosi." in text
    assert "Kerho on paras paikka." in text
    erase_voice(by=matter.kaisa, voice=voice)
    gone = "\n".join(
        p.text for p in Word(BytesIO(Source(frozen).bytes_of(Wanted("wellbeing", "fi", "docx")))).paragraphs
    )
    assert "Kerho on paras" not in gone


def test_from_the_form_to_the_public_file(matter, login, client):
    kirsi = login(matter.cast.kirsi)
    hamina = matter.cast.hamina.public_id
    begun = kirsi.post(address(matter), {"organisation": hamina, "year": matter.cast.round.year})
    assert begun.status_code == 302
    page = begun.url
    assert kirsi.get(page).status_code == 200
    assert kirsi.post(page, {"summary": "Vuosi oli hyvä.", "version": 1}).status_code == 302
    assert kirsi.post(page, {"summary": "Toinen.", "version": 1}).status_code == 409
    assert kirsi.post(page + "freeze/").status_code == 302
    assert kirsi.post(page, {"kind": "all"}).status_code == 302
    paper = Paper.objects.get(language="fi", format="pdf")
    public = f"/fi/{matter.plan.public_id}/papers/{paper.public_id}/"
    client.logout()
    assert client.get(public).status_code == 404
    kirsi = login(matter.cast.kirsi)
    assert kirsi.post(page + "publish/").status_code == 302
    client.logout()
    assert client.get(public).status_code == 200
    assert "Hyvinvointiraportti" in client.get(f"/fi/{matter.plan.public_id}/papers/").content.decode()


def test_a_draft_is_shown_to_those_who_write_it(report, matter, login):
    assert login(matter.cast.kalle).get(address(matter, report.public_id)).status_code == 403
    assert login(matter.cast.urho).get(address(matter, report.public_id)).status_code == 404


def test_a_paper_of_a_report_is_stored_once(report, kirsi, matter):
    frozen = freeze_report(by=kirsi, report=filled(report, kirsi))
    one = Wanted("wellbeing", "sv", "pdf")
    assert (
        make_paper(by=SYSTEM, plan=matter.plan, source=Source(frozen), wanted=one).pk
        == make_paper(by=SYSTEM, plan=matter.plan, source=Source(frozen), wanted=one).pk
    )
