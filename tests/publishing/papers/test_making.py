"""Making papers: behind the page, once for the same inputs, never with words that have been removed."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from lautta.common.actors import SYSTEM
from lautta.common.models import AuditEntry, Job
from lautta.common.problems import Refused
from lautta.publishing.actions.papers import drop_papers_with_removed_words, make_paper, start_papers
from lautta.publishing.models import Paper
from lautta.publishing.papers.making import Source, Wanted
from lautta.voices.actions import erase_voice

pytestmark = pytest.mark.django_db(transaction=True)

ONE = Wanted("one_page", "fi", "pdf")


@pytest.fixture
def version(matter):
    return matter.freeze(kind="whole", round=matter.cast.round)


def work(plan, *rest) -> str:
    return "/".join([f"/fi/work/{plan.public_id}/papers", *rest, ""])


def test_the_same_inputs_use_the_stored_paper(version, matter):
    first = make_paper(by=SYSTEM, plan=matter.plan, source=Source(version), wanted=ONE)
    again = make_paper(by=SYSTEM, plan=matter.plan, source=Source(version), wanted=ONE)
    assert first.pk == again.pk
    assert Paper.objects.count() == 1
    assert AuditEntry.objects.filter(action="paper.create").count() == 1


def test_each_input_makes_another_digest(version, matter):
    source = Source(version)
    wanted = list(source.everything())
    assert len({source.inputs(w) for w in wanted}) == len(wanted) == 5 * len(source.languages) * 2
    assert source.inputs(ONE) != source.inputs(Wanted("one_page", "fi", "pdf", matter.cast.kotka.public_id))


def test_a_job_makes_them_with_progress(version, matter):
    job = start_papers(by=matter.kaisa, plan=matter.plan, source=Source(version), wanted=[ONE, ONE])
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    paper = Paper.objects.get()
    assert paper.created_by == matter.cast.kaisa
    assert bytes(paper.content).startswith(b"%PDF")
    assert paper.size == len(paper.content)


def test_one_who_does_not_work_in_the_plan_makes_none(version, matter):
    outsider = matter.cast.actor(matter.cast.urho)
    with pytest.raises(PermissionDenied):
        start_papers(by=outsider, plan=matter.plan, source=Source(version), wanted=[ONE])
    with pytest.raises(Refused):
        start_papers(by=matter.kaisa, plan=matter.plan, source=Source(version), wanted=[])


def test_a_job_that_is_under_way_is_given_back(version, matter):
    waiting = Job.objects.create(
        scope=matter.plan.public_id, kind="papers", input={"version": version.public_id, "papers": []}
    )
    assert (
        start_papers(by=matter.kaisa, plan=matter.plan, source=Source(version), wanted=[ONE]).pk == waiting.pk
    )


def test_a_removed_quotation_takes_the_paper_with_it(version, matter, login):
    paper = make_paper(by=SYSTEM, plan=matter.plan, source=Source(version), wanted=ONE)
    client = login(matter.cast.kaisa)
    address = work(matter.plan, "files", paper.public_id)
    assert client.get(address).status_code == 200
    assert drop_papers_with_removed_words(by=SYSTEM) == 0
    erase_voice(by=matter.kaisa, voice=matter.voice)
    assert client.get(address).status_code == 404
    call_command("tick")
    assert not Paper.objects.exists()
    assert AuditEntry.objects.filter(action="paper.discard").exists()


def test_a_paper_made_anew_takes_the_place_of_the_former(version, matter):
    make_paper(by=SYSTEM, plan=matter.plan, source=Source(version), wanted=ONE)
    erase_voice(by=matter.kaisa, voice=matter.voice)
    make_paper(by=SYSTEM, plan=matter.plan, source=Source(version), wanted=ONE)
    assert Paper.objects.count() == 1


def test_from_the_page_to_the_file(version, matter, login):
    client = login(matter.cast.paula)
    page = work(matter.plan, "versions", version.public_id)
    assert "ei vielä tehty" in client.get(page).content.decode()
    assert client.post(page, {"kind": "one_page"}).status_code == 302
    assert set(Paper.objects.values_list("kind", flat=True)) == {"one_page"}
    assert "ei vielä tehty" in client.get(page).content.decode()
    paper = Paper.objects.get(language="sv", format="docx")
    answer = client.get(work(matter.plan, "files", paper.public_id))
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert f"v{version.number}-sv.docx" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert client.post(page, {"kind": "nonsense"}).status_code == 422


def test_an_organisations_copy_has_an_address(version, matter, login):
    client = login(matter.cast.hannes)
    page = work(matter.plan, "versions", version.public_id) + f"?organisation={matter.cast.hamina.public_id}"
    assert client.post(page, {"kind": "all"}).status_code == 302
    assert set(Paper.objects.values_list("kind", "organisation")) == {("one_page", matter.cast.hamina.pk)}
    assert client.get(page + "x").status_code == 404


def test_everybody_gets_papers_of_a_version_before_a_body_and_of_no_other(version, matter, client):
    paper = make_paper(by=SYSTEM, plan=matter.plan, source=Source(version), wanted=ONE)
    address, shelf = (
        f"/fi/{matter.plan.public_id}/papers/{paper.public_id}/",
        f"/fi/{matter.plan.public_id}/papers/",
    )
    assert client.get(address).status_code == 404
    assert "Valtuutetun yksi sivu" not in client.get(shelf).content.decode()
    matter.lay(version, "hamina_council")
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert "Valtuutetun yksi sivu" in client.get(shelf).content.decode()


def test_an_outsider_finds_nothing(version, matter, login):
    paper = make_paper(by=SYSTEM, plan=matter.plan, source=Source(version), wanted=ONE)
    client = login(matter.cast.urho)
    for address in (work(matter.plan), work(matter.plan, "files", paper.public_id)):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("many", [100, 2_500])
def test_the_lists_take_the_same_number_of_queries(
    version, matter, login, django_assert_max_num_queries, many
):
    from lautta.decisions.models import Version
    from lautta.publishing.models import WellbeingReport

    Version.objects.bulk_create(
        Version(
            plan=matter.plan, number=n, kind="part_one", schema=1, content=version.content, sha256=version.sha256,
            frozen_on=version.frozen_on,
        )
        for n in range(2, many)
    )  # fmt: skip
    WellbeingReport.objects.bulk_create(
        WellbeingReport(plan=matter.plan, organisation=matter.cast.hamina, year=n) for n in range(2000, 2000 + many)
    )  # fmt: skip
    client = login(matter.cast.kaisa)
    client.get(work(matter.plan))
    with django_assert_max_num_queries(14):
        assert client.get(work(matter.plan)).status_code == 200
    with django_assert_max_num_queries(14):
        assert client.get(work(matter.plan, "versions", version.public_id)).status_code == 200
