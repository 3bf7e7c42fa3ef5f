"""Population from the page of sources: behind the page, or as a file that is taken whole or not at all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lautta.common.models import Job
from lautta.indicators.actions.population import newest
from lautta.indicators.models import StoredResult, Vintage
from lautta.indicators.population import METHOD
from lautta.organisations.models import AreaMembership
from tests import factories as f
from tests.indicators import people
from tests.indicators.little_source import little_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(cast):
    return f"/fi/work/{cast.plan.public_id}/figures/"


def places(cast) -> list[str]:
    found = []
    for code in people.PLACES:
        area = f.AreaFactory(code=code[2:])
        AreaMembership.objects.create(area=area, parent=cast.plan.region.area, started_on="2000-01-01")
        found.append(code)
    return found


def sent(body: bytes, **fields) -> dict:
    return {"file": SimpleUploadedFile("väestö.csv", body), "which": "observed", **fields}


def test_whose_the_page_is(cast, login, address):
    for user, status in ((cast.hannes, 403), (cast.kirsi, 403), (cast.urho, 404), (cast.kaisa, 200)):
        assert login(user).get(address + "people/file/").status_code == status, user.name
    assert login(cast.hannes).post(address + "people/").status_code == 403
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_fetch_goes_on_behind_the_page(cast, login, address, monkeypatch):
    monkeypatch.setattr("lautta.indicators.fetchers.http.time.sleep", lambda seconds: None)
    client = login(cast.kaisa)
    with little_source({}) as source:
        monkeypatch.setattr("lautta.indicators.tasks.PXWEB", f"{source.base}/fi")
        answer = client.post(address + "people/")
    job = Job.objects.get()
    assert answer["Location"].endswith(f"/jobs/{job.public_id}/")
    assert (job.kind, job.state) == ("population_fetch", "failed")
    assert "Väestön ja ennusteen haku" in client.get(answer["Location"]).content.decode()
    assert "404" in client.get(address).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_file_becomes_the_regions_own_and_the_scenario_follows(cast, login, address):
    codes = places(cast)
    client = login(cast.kaisa)
    for which in ("observed", "projection"):
        panel = people.panel(which, codes, top="")
        answer = client.post(address + "people/file/", sent(people.as_csv(panel), which=which))
        assert answer.status_code == 302, answer.content.decode()
    vintage = newest("observed", cast.plan.region)
    assert vintage.indicator.region == cast.plan.region
    assert newest("observed", cast.other_plan.region) is None
    rows = StoredResult.objects.filter(method=METHOD, vintage=vintage)
    assert rows.latest("pk").payload["official"]
    page = client.get(address).content.decode()
    assert "2005–2023" in page
    assert "Väestö iän mukaan" in page


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_kept(cast, login, address):
    client = login(cast.kaisa)
    answer = client.post(address + "people/file/", sent(b"alue;vuosi;ika;pop\nKU286;2020;0-4;10"))
    assert answer.status_code == 422
    assert "yksivuotisikäryhmittäin" in answer.content.decode()
    assert not Vintage.objects.exists()
    for wrong in ({"which": "births"}, {"file": ""}):
        assert client.post(address + "people/file/", sent(b"x") | wrong).status_code == 422
    large = sent(b"x" * 5_000_001)
    assert "liian suuri" in client.post(address + "people/file/", large).content.decode()


def test_another_region_does_not_see_the_name_of_a_file_that_failed(cast, login, address):
    login(cast.kaisa).post(address + "people/file/", sent(b"rikki"))
    other = f.UserFactory()
    f.RoleAssignmentFactory(
        plan=cast.other_plan, role="administrator",
        membership=f.MembershipFactory(user=other, organisation=cast.elsewhere),
    )  # fmt: skip
    page = login(other).get(f"/fi/work/{cast.other_plan.public_id}/figures/")
    assert page.status_code == 200
    assert "observed:" not in page.content.decode()
