"""My work: what waits, and the ways in."""

import pytest

from tests import factories as f

pytestmark = pytest.mark.django_db


def test_one_plan_leads_straight_to_my_work(cast, login):
    response = login(cast.hannes).get("/fi/work/")
    assert response.url == f"/fi/work/{cast.plan.public_id}/"


def test_two_plans_are_offered(cast, login):
    f.RoleAssignmentFactory(plan=cast.other_plan, membership=cast.hannes.memberships.get())
    page = login(cast.hannes).get("/fi/work/").content.decode()
    assert cast.plan.public_id in page
    assert cast.other_plan.public_id in page


def test_no_plan_says_what_to_do(db, login):
    page = login(f.UserFactory()).get("/fi/work/").content.decode()
    assert "koordinaattoria" in page


def test_the_open_round_waits_for_the_contributor(cast, login):
    page = login(cast.hannes).get(f"/fi/work/{cast.plan.public_id}/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "vuoden 2024 toimenpiteet" in text
    assert f"/fi/work/{cast.plan.public_id}/measures/rounds/2024/" in text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("who", ["kaisa", "hannes", "kirsi", "paula", "nelli"])
def test_everybody_has_a_page_in_each_language(cast, login, who, language):
    page = login(getattr(cast, who)).get(f"/{language}/work/{cast.plan.public_id}/")
    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode()


@pytest.mark.parametrize("size", [100, 2_500])
def test_queries_do_not_grow(cast, login, size, django_assert_max_num_queries):
    measures = f.MeasureFactory._meta.model.objects.bulk_create(
        f.MeasureFactory.build(plan=cast.plan, organisation=cast.hamina) for _ in range(size)
    )
    f.MeasureYearFactory._meta.model.objects.bulk_create(
        f.MeasureYearFactory.build(measure=m, round=cast.round, status="under_way") for m in measures
    )
    client = login(cast.hannes)
    with django_assert_max_num_queries(25):
        assert client.get(f"/fi/work/{cast.plan.public_id}/").status_code == 200


def test_my_settings_are_saved_and_told_in_the_trail_without_my_data(cast, login):
    from lautta.common.models import AuditEntry

    client = login(cast.hannes)
    response = client.post("/fi/work/me/", {"name": "Uusi Nimi", "language": "sv"})
    assert response.status_code == 302
    cast.hannes.refresh_from_db()
    assert (cast.hannes.name, cast.hannes.language, cast.hannes.wants_reminders) == ("Uusi Nimi", "sv", False)
    entry = AuditEntry.objects.get(action="account.update")
    assert "Nimi" not in str(entry.changes)


def test_bad_settings_are_told_beside_the_field(cast, login):
    response = login(cast.hannes).post("/fi/work/me/", {"name": "", "language": "xx"})
    assert response.status_code == 422
    cast.hannes.refresh_from_db()
    assert cast.hannes.name == "Hannes"


def test_my_data_is_a_file_of_mine_alone(cast, login):
    response = login(cast.hannes).get("/fi/work/me/data/")
    assert response["Content-Disposition"].startswith("attachment")
    text = response.content.decode()
    assert "hannes@test.invalid" in text
    assert "kalle@test.invalid" not in text


def test_an_unsaved_form_is_found_again_from_my_work(cast, login):
    """The draft's address is told by htmx; what was typed in the editor is shown without its tags."""
    client = login(cast.kaisa)
    form = f"/fi/work/{cast.plan.public_id}/measures/new/"
    typed = {"title": "", "body": "<p>Iltapala <b>puistossa</b></p>", "_url": "https://elsewhere.invalid/"}
    told = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{form}"}
    client.post("/fi/work/drafts/measure-new:x/", typed, headers=told)
    page = client.get(f"/fi/work/{cast.plan.public_id}/").content.decode()
    assert "Keskeneräiset luonnokset" in page
    assert f'href="{form}"' in page
    assert "Iltapala puistossa" in page
    client.post(
        "/fi/work/drafts/measure-new:x/",
        typed,
        headers=told | {"HX-Current-URL": "https://elsewhere.invalid/"},
    )
    assert "Keskeneräiset luonnokset" not in client.get(f"/fi/work/{cast.plan.public_id}/").content.decode()
