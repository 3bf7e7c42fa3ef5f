"""The public register of impact assessments: what is published and nothing else, light at any size."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lautta.assessments import actions
from lautta.assessments.models import Assessment, Publication
from tests import factories as f
from tests.assessments import making
from tests.assessments.making import SAID, TITLE, by, t

SUMMARY = "Kirjasto on auki iltapäivisin. Aamulla se on kiinni."


def url(cast, name, *args):
    return reverse(f"publishing:{name}", args=(cast.plan.public_id, *args))


def content(response) -> str:
    return response.content.decode()


@pytest.fixture
def public(cast):
    a = making.decided(cast)
    a = actions.save_step(
        by=by(cast), assessment=a, version=a.version, step="summary", values={"child_summary": t(SUMMARY)}
    )
    actions.publish(by=by(cast, cast.kirsi), assessment=a)
    return a


def test_the_register_shows_what_is_published_alone(cast, client, public):
    making.begun(cast, title=t("Salainen luonnos"))
    page = content(client.get(url(cast, "assessments")))
    assert TITLE in page
    assert "Salainen luonnos" not in page
    assert "1 arviointi" in page


def test_an_empty_register_teaches(cast, client):
    assert "Arviointeja ei ole vielä julkaistu" in content(client.get(url(cast, "assessments")))


def test_a_stopped_screening_is_in_the_register_with_its_reason(cast, client):
    a = making.begun(cast)
    a = actions.move(by=by(cast), assessment=a, state="screened", reason=t("Vaikutus on pieni."))
    actions.publish(by=by(cast, cast.kirsi), assessment=a)
    assert "Seulonta riitti" in content(client.get(url(cast, "assessments")))
    page = content(client.get(url(cast, "assessment", a.public_id), follow=True))
    assert "Vaikutus on pieni." in page
    assert "VE0" not in page, "a screening compares nothing"


def test_the_page_holds_the_whole_with_its_picture_and_table(cast, client, public):
    page = content(client.get(url(cast, "assessment", public.public_id), follow=True))
    for words in (
        SUMMARY,
        SAID,
        "Lyhennetään vain aamuista",
        "Lautakunta valitsi VE1:n.",
        "Perustelu VE0.",
        "? Ei tiedetä",
    ):
        assert words in page, words
    assert page.count('class="graph graph-comparison') == 2, "one for wide, one for narrow windows"
    assert "Kävijät ja nuorten mielipide" in page


def test_the_summary_for_children_has_an_address_of_its_own(cast, client, public):
    page = content(client.get(url(cast, "assessment_plain", public.public_id)))
    assert SUMMARY in page
    assert SAID not in page
    b = making.begun(cast, need="no")
    actions.publish(by=by(cast, cast.kirsi), assessment=b)
    assert client.get(url(cast, "assessment_plain", b.public_id)).status_code == 404


def test_the_public_page_does_not_change_by_itself(cast, client, public):
    Assessment.objects.filter(pk=public.pk).update(decision=t("Salainen luonnos"))
    assert "Salainen luonnos" not in content(
        client.get(url(cast, "assessment", public.public_id), follow=True)
    )


def test_what_was_taken_back_is_gone(cast, client, public):
    actions.unpublish(by=by(cast, cast.kirsi), assessment=public, reason="Korjataan.")
    assert client.get(url(cast, "assessment", public.public_id), follow=True).status_code == 404
    assert TITLE not in content(client.get(url(cast, "assessments")))


def test_nothing_of_another_plan(cast, client, public):
    for name in ("assessment", "assessment_plain"):
        address = reverse(f"publishing:{name}", args=(cast.other_plan.public_id, public.public_id))
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_page_in_every_language(cast, client, public, language):
    for address in (
        url(cast, "assessments"), url(cast, "assessment", public.public_id), url(cast, "assessment_plain", public.public_id),
    ):  # fmt: skip
        response = client.get(address.replace("/fi/", f"/{language}/"), follow=True)
        assert response.status_code == 200
        assert f'<html lang="{language}"' in content(response)


def test_the_list_is_limited_by_links(cast, client, public):
    b = making.begun(cast, need="no", title=t("Pysäköinti"))
    actions.publish(by=by(cast, cast.kirsi), assessment=b)
    page = content(client.get(f"{url(cast, 'assessments')}?state=not_needed"))
    assert "Pysäköinti" in page
    assert TITLE not in page
    assert TITLE in content(
        client.get(f"{url(cast, 'assessments')}?year=2024&organisation={cast.hamina.public_id}")
    )


def test_a_measure_leads_to_its_assessment(cast, client):
    measure = f.MeasureFactory(plan=cast.plan, organisation=cast.hamina)
    year = f.MeasureYearFactory(measure=measure, round=cast.round, published_at="2024-05-01T10:00Z")
    year.goals.add(cast.goal)
    a = making.decided(cast, measure=measure)
    address = reverse("publishing:measure", args=(cast.plan.public_id, measure.public_id))
    assert TITLE not in content(client.get(address, follow=True))
    actions.publish(by=by(cast, cast.kirsi), assessment=a)
    page = content(client.get(address, follow=True))
    assert "Vaikutus lapsiin" in page
    assert TITLE in page
    assert "Katso toimenpide" in content(client.get(url(cast, "assessment", a.public_id), follow=True))


def test_it_is_found_by_search(cast, client, public):
    hits = content(client.get(f"{url(cast, 'search')}?q=kirjasto"))
    assert TITLE in hits or "aukioloajat" in hits


def fill(cast, size: int, document: dict) -> None:
    made = Assessment.objects.bulk_create(
        f.AssessmentFactory.build(plan=cast.plan, organisation=cast.hamina, state="screened", baseline=None)
        for _ in range(size)
    )
    Publication.objects.bulk_create(
        Publication(
            assessment=a, number=1, document=document, sha256="0" * 64, title=a.title, sort_key=a.sort_key,
            state="screened", organisation=cast.hamina,
        )
        for a in made
    )  # fmt: skip


def test_the_register_asks_the_same_of_100_and_2500(cast, client, public):
    document = public.publications.get().document
    asked, sizes = {}, {}
    for size in (99, 2_400):
        fill(cast, size, document)
        client.get(url(cast, "assessments"))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url(cast, "assessments"))
        asked[size], sizes[size] = len(queries), len(response.content)
    assert response.context["page"].paginator.count == 2_500
    assert asked[99] == asked[2_400] <= 10
    assert max(sizes.values()) < 100_000
