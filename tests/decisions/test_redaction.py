"""Personal data is removed from frozen versions: gone from every answer, told of, and the version still verifies."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from lautta.common import search
from lautta.common.actors import SYSTEM
from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions.actions.redaction import count_in_versions, redact_versions
from lautta.decisions.freezing import digest
from lautta.decisions.freezing.opened import opened, verified
from lautta.decisions.models import Version
from lautta.plans.actions.chapter_redaction import count_passage, redact_revision
from lautta.publishing.actions.papers import drop_papers_with_removed_words, make_paper
from lautta.publishing.papers import sheet_of
from lautta.publishing.papers.making import Source, Wanted
from tests.decisions.test_pages import at, public

pytestmark = pytest.mark.django_db
NAME = "Keijo Keksitty"


@pytest.fixture
def named(matter):
    """A version whose chapter and cover tell a name, and one before it that does not."""
    first = matter.freeze()
    matter.edit("<p>Puheenjohtajana oli <strong>Keijo</strong> Keksitty.</p>")
    second = matter.freeze(summary=Translated.of(f"Uutta kertoi {NAME}."))
    matter.lay(second)
    return first, second


def test_the_words_are_gone_from_every_answer(matter, named, client):
    first, second = named
    before = (first.content, second.sha256)
    assert redact_versions(by=matter.kaisa, plan=matter.plan, passage=NAME.upper()) == 1
    second.refresh_from_db()
    assert "Keksitty" not in second.content
    for name in ("version", "version_json", "version_changes"):
        assert "Keksitty" not in client.get(public(matter.plan, name, second.public_id)).content.decode()
    page = client.get(public(matter.plan, "version", second.public_id)).content.decode()
    assert "[poistettu pyynnöstä]" in page
    assert "poistettu pyynnöstä 2 kohtaa" in page
    assert not search.search(matter.plan.public_id, "Keksitty", language="fi").hits
    sheets = [str(sheet_of(kind, Source(second).edition()).blocks) for kind in ("whole", "one_page")]
    assert all("Keksitty" not in blocks and "Tekstistä on poistettu" in blocks for blocks in sheets)
    # The other version and the frozen digest are as they were.
    first.refresh_from_db()
    assert (first.content, second.sha256) == before


def test_the_version_verifies_and_says_what_was_done(matter, named, capsys):
    _first, second = named
    old = json.loads(second.content)
    redact_versions(by=matter.kaisa, plan=matter.plan, passage=NAME)
    second.refresh_from_db()
    verdict = verified(second)
    assert verdict.whole
    assert verdict.passages == 2
    link = second.redactions.get()
    assert (link.sha256_before, link.sha256_after) == (second.sha256, digest(second.content))
    new = json.loads(second.content)
    assert new["seal"] != old["seal"]
    assert new["removed"] == [{"on": "2024-03-01", "places": 2}]
    row = AuditEntry.objects.get(action="version.redact")
    assert NAME not in str(row.changes)
    call_command("verify")


def test_a_second_removal_goes_on_from_the_first(matter, named):
    _first, second = named
    redact_versions(by=matter.kaisa, plan=matter.plan, passage=NAME)
    redact_versions(by=matter.kaisa, plan=matter.plan, passage="Puheenjohtajana")
    assert verified(Version.objects.get(pk=second.pk)).passages == 3
    assert redact_versions(by=matter.kaisa, plan=matter.plan, passage=NAME) == 0


@pytest.mark.parametrize("broken", ["content", "link"])
def test_a_changed_byte_is_caught_after_a_removal_too(matter, named, broken):
    _first, second = named
    redact_versions(by=matter.kaisa, plan=matter.plan, passage=NAME)
    if broken == "content":
        Version.objects.filter(pk=second.pk).update(content=Version.objects.get(pk=second.pk).content + " ")
    else:
        second.redactions.update(sha256_before="0" * 64)
    assert not verified(Version.objects.get(pk=second.pk)).whole


def test_what_does_not_verify_is_not_made_right_by_a_removal(matter, named):
    _first, second = named
    Version.objects.filter(pk=second.pk).update(content=second.content.replace("oli", "ei"))
    with pytest.raises(Refused, match="ei ole se, mikä jäädytettiin"):
        redact_versions(by=matter.kaisa, plan=matter.plan, passage=NAME)


def test_a_chapters_removal_takes_its_frozen_texts_along(matter, named):
    _first, second = named
    assert count_passage(chapter=matter.chapter, passage=NAME) == 2
    result = redact_revision(by=matter.kaisa, chapter=matter.chapter, passage=NAME)
    assert (result.revisions, result.frozen) == (1, 1)
    document = opened(Version.objects.get(pk=second.pk))
    assert "Keksitty" not in str(document.chapters)
    # The cover is no chapter's text: it goes with the whole plan, or from the version's own page.
    assert NAME in str(document.summary)
    redact_revision(by=matter.kaisa, chapter=matter.chapter, passage=NAME, whole_plan=True)
    assert "Keksitty" not in Version.objects.get(pk=second.pk).content


def test_a_paper_with_the_words_is_not_given_and_is_destroyed(matter, named, client):
    _first, second = named
    paper = make_paper(
        by=SYSTEM, plan=matter.plan, source=Source(second), wanted=Wanted("one_page", "fi", "docx")
    )
    url = public(matter.plan, "public_paper", paper.public_id)
    assert client.get(url).status_code == 200
    assert drop_papers_with_removed_words(by=SYSTEM) == 0
    redact_versions(by=matter.kaisa, plan=matter.plan, passage=NAME)
    assert client.get(url).status_code == 404
    assert drop_papers_with_removed_words(by=SYSTEM) == 1


def test_who_may_and_what_the_page_says(matter, named, login):
    _first, second = named
    url = at(matter.plan, "redact", version_id=second.public_id)
    assert login(matter.cast.paula).get(url).status_code == 403
    with pytest.raises(PermissionDenied):
        redact_versions(by=matter.paula, plan=matter.plan, passage=NAME)
    client = login(matter.cast.kaisa)
    assert client.get(url).status_code == 200
    assert client.post(url, {"passage": "ab", "find": "1"}).status_code == 422
    assert (
        "Kohta on 1 jäädytetyssä versiossa"
        in client.post(url, {"passage": NAME, "find": "1"}).content.decode()
    )
    assert count_in_versions(plan=matter.plan, passage=NAME) == 1
    assert client.post(url, {"passage": NAME, "remove": "1"}).status_code == 302
    assert count_in_versions(plan=matter.plan, passage=NAME) == 0
