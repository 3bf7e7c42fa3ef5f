"""What search finds of versions, decisions and statements: public ones, by any form of a word, and nothing that has gone."""

import datetime as dt

import pytest
from django.core.management import call_command

from lautta.common import search
from lautta.common.models import SearchEntry
from lautta.common.translated import Translated
from lautta.decisions.actions import statements as actions
from lautta.decisions.actions.decisions import Facts, correct_decision
from lautta.decisions.actions.paths import remove_station
from lautta.decisions.actions.versions import withdraw

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 4, 10)
WORDS = Translated.of("Kirjastojen aukioloista päätetään syksyllä.")


def found(plan, words, language="fi"):
    return [(h.kind, h.object_id) for h in search.search(plan.public_id, words, language=language).hits]


def test_a_version_is_found_once_it_is_before_somebody(matter):
    version = matter.freeze(summary=Translated.of("Pyöräteistä on uusi luku."))
    assert found(matter.plan, "pyörätie") == []
    station = matter.lay(version, "hamina_council")["hamina_council"]
    assert found(matter.plan, "pyörätie") == [("version", version.public_id)]
    assert found(matter.plan, "fullmäktige", "sv") == [("version", version.public_id)]
    remove_station(by=matter.kaisa, station=station)
    assert found(matter.plan, "pyörätie") == []


def test_a_decision_is_found_by_any_form_of_its_words(matter):
    version = matter.freeze()
    matter.go_to(DAY)
    station = matter.lay(version, "kotka_board")["kotka_board"]
    decision = matter.decide(station, wording=WORDS, section="§ 45")
    assert found(matter.plan, "kirjasto aukiolo") == [("decision", decision.public_id)]
    facts = Facts("approve", DAY, wording=Translated.of("Uimahalleista."))
    new = correct_decision(by=matter.kaisa, decision=decision, facts=facts, reason="Väärä teksti.")
    assert found(matter.plan, "kirjasto") == []
    assert found(matter.plan, "uimahalli") == [("decision", new.public_id)]


def test_what_groups_of_the_tiers_decide_is_not_public(matter):
    version = matter.freeze()
    matter.go_to(DAY)
    matter.decide(matter.lay(version, "lape")["lape"], wording=WORDS)
    assert found(matter.plan, "kirjasto") == []


def test_a_withdrawn_version_takes_its_decisions_along(matter):
    version = matter.freeze(summary=WORDS)
    matter.go_to(DAY)
    matter.decide(matter.lay(version, "kotka_board")["kotka_board"], "table", wording=WORDS)
    assert {kind for kind, _key in found(matter.plan, "kirjasto")} == {"version", "decision"}
    withdraw(by=matter.kaisa, version=version, reason="Virhe.")
    assert found(matter.plan, "kirjasto") == []


def test_a_statement_is_found_while_it_is_published(hamina, cast):
    request = hamina.answer_all(hamina.given())
    assert found(cast.plan, "bussi") == []
    request = hamina.publish(request)
    assert found(cast.plan, "bussit") == [("statement", request.public_id)]
    actions.erase_point(by=hamina.kaisa, point=request.statement.points.get(position=2))
    assert found(cast.plan, "bussi") == []
    assert found(cast.plan, "kerho") == [("statement", request.public_id)]
    request = hamina.now(request)
    actions.unpublish_statement(by=hamina.kaisa, request=request, row_version=request.row_version)
    assert found(cast.plan, "kerho") == []


def test_reindex_knows_them(matter, hamina):
    version = matter.freeze(summary=WORDS)
    matter.go_to(DAY)
    matter.decide(matter.lay(version, "kotka_board")["kotka_board"])
    hamina.published()
    before = set(SearchEntry.objects.values_list("kind", "object_id", "language"))
    SearchEntry.objects.all().delete()
    call_command("reindex", verbosity=0)
    after = set(SearchEntry.objects.values_list("kind", "object_id", "language"))
    assert before <= after
    assert {"version", "decision", "statement"} <= {kind for kind, *_rest in after}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_search_page_names_the_kinds(matter, client, language):
    version = matter.freeze(summary=Translated.of("Kirja", sv="Bok", en="Book"))
    matter.lay(version)
    words = {"fi": "kirja", "sv": "bok", "en": "book"}[language]
    page = client.get(f"/{language}/{matter.plan.public_id}/search/", {"q": words}).content.decode()
    assert version.public_id in page
