"""Bringing in a plan: read behind the page, checked by a person, taken whole or not at all, published never."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from lautta.common.models import Job
from lautta.plans.models import Chapter, ChapterRevision, Goal, Participant, Source
from lautta.voices.models import Voice
from lautta.workspace.models import PlanImport

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """Lapsen paras 2025–2028

1 Johdanto

Suunnitelma kokoaa alueen lasten asiat yhteen. Se on laadittu yhdessä (Esimerkkivirasto, 2024).

2 Tavoitteet

2.1 Arki sujuu

Jokaisella lapsella on turvallinen aikuinen. Harrastus löytyy läheltä.

Kivointa on leikkiä ulkona.
KOULULAINEN

Lähteet

Esimerkkivirasto 2024. Lasten arki.
"""


@pytest.fixture
def address(cast):
    return f"/fi/work/{cast.plan.public_id}/import/"


def upload(client, address, content: bytes, name: str = "suunnitelma.txt"):
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


def everything(page: str) -> dict[str, str]:
    """All ticks of a checking page, as a browser would send them."""
    import re

    return dict.fromkeys(re.findall(r'name="(keep-[a-z]+-\d+)"', page), "on")


def test_a_text_becomes_drafts_and_nothing_public(cast, login, address):
    client = login(cast.kaisa)
    response = upload(client, address, TEXT.encode())
    assert response.status_code == 302
    page = client.get(response.url)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Johdanto" in text
    assert "Kivointa on leikkiä ulkona." in text
    assert Chapter.objects.count() == 0, "nothing is taken before a person says so"
    taken = client.post(response.url, everything(text))
    assert taken.status_code == 302, taken.content.decode()[-2000:]
    assert ChapterRevision.objects.filter(title__icontains="Johdanto", origin="import").count() == 1
    assert not Chapter.objects.filter(publications__isnull=False).exists()
    assert not Goal.objects.filter(published_at__isnull=False).exclude(pk=cast.goal.pk).exists()
    assert set(Voice.objects.values_list("state", flat=True)) == {"pending"}
    assert Source.objects.exists()
    assert PlanImport.objects.get().state == "taken"
    assert PlanImport.objects.get().draft == {}, "the draft may name people and goes"


def test_only_what_is_ticked_is_taken_and_titles_are_as_corrected(cast, login, address):
    client = login(cast.kaisa)
    where = upload(client, address, TEXT.encode()).url
    client.post(where, {"keep-chapters-0": "on", "title-chapters-0": "Alkusanat"})
    assert list(ChapterRevision.objects.values_list("title", flat=True)) == ["Alkusanat"]
    assert not Source.objects.exists()
    assert not Voice.objects.exists()


def test_a_draft_is_taken_once(cast, login, address):
    client = login(cast.kaisa)
    where = upload(client, address, TEXT.encode()).url
    client.post(where, {"keep-chapters-0": "on"})
    again = client.post(where, {"keep-chapters-0": "on"})
    assert again.status_code == 409
    assert Chapter.objects.count() == 1


def test_a_mistake_half_way_takes_nothing(cast, login, address, monkeypatch):
    client = login(cast.kaisa)
    where = upload(client, address, TEXT.encode()).url
    page = client.get(where).content.decode()

    from lautta.common.problems import Refused

    def refuse(**kwargs):
        raise Refused("ei käy")

    monkeypatch.setattr("lautta.workspace.actions.imports.add_voice", refuse)
    response = client.post(where, everything(page))
    assert response.status_code == 409
    assert "ei käy" in response.content.decode()
    assert Chapter.objects.count() == 0
    assert PlanImport.objects.get().state == "checking"


def test_a_discarded_draft_is_erased(cast, login, address):
    client = login(cast.kaisa)
    where = upload(client, address, TEXT.encode()).url
    client.post(f"{where}discard/")
    assert PlanImport.objects.get().state == "discarded"
    assert PlanImport.objects.get().draft == {}
    assert bytes(PlanImport.objects.get().content) == b""


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 400_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", bomb, "epätavallisen suureksi"),
        ("a.pdf", lambda: b"%PDF-1.7 ...", "PDF"),
        ("a.docx", lambda: b"PK\x03\x04 rubbish", ""),
        ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".docx"),
        ("a.txt", lambda: b"   \n ", "tyhjä"),
        ("a.txt", lambda: bytes(range(256)) * 40, ""),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_comes_of_it(cast, login, address, name, content, words):
    client = login(cast.kaisa)
    response = upload(client, address, content(), name)
    if response.status_code == 302:
        page = client.get(response.url).content.decode()
        assert 'role="alert"' in page
        assert Job.objects.get().state == "failed"
        assert bytes(PlanImport.objects.get().content) == b""
    else:
        page = response.content.decode()
        assert response.status_code == 422
    assert words in page
    assert Chapter.objects.count() == 0


def test_a_word_file_comes_in(cast, login, address):
    document = Document()
    document.add_heading("Johdanto", 1)
    document.add_paragraph("Suunnitelma on yhteinen.")
    table = document.add_table(2, 2)
    for n, cell in enumerate(table._cells):
        cell.text = f"solu {n}"
    buffer = io.BytesIO()
    document.save(buffer)
    client = login(cast.kaisa)
    where = upload(client, address, buffer.getvalue(), "plan.docx").url
    page = client.get(where).content.decode()
    client.post(where, everything(page))
    body = ChapterRevision.objects.get().body
    assert "Suunnitelma on yhteinen." in body
    assert "<table>" in body


@pytest.mark.parametrize("who", ["hannes", "kirsi", "paula"])
def test_only_the_coordinator_brings_in_a_plan(cast, login, address, who):
    client = login(getattr(cast, who))
    assert client.get(address).status_code == 403
    assert upload(client, address, TEXT.encode()).status_code == 403
    assert not PlanImport.objects.exists()


def test_a_missing_or_oversized_file_is_told_beside_the_field(cast, login, address, settings):
    settings.MAX_UPLOAD_BYTES = 100
    client = login(cast.kaisa)
    assert client.post(address, {}).status_code == 422
    response = upload(client, address, TEXT.encode())
    assert response.status_code == 422
    assert "liian suuri" in response.content.decode()


def test_the_real_plan_comes_in_whole(cast, login, address, shared):
    client = login(cast.kaisa)
    where = upload(client, address, (shared / "kymenlaakso_plan_2020_2024.txt").read_bytes()).url
    page = client.get(where).content.decode()
    taken = client.post(where, everything(page))
    assert taken.status_code == 302, taken.context["error"]
    titles = " ".join(ChapterRevision.objects.values_list("title", flat=True))
    for word in ("Johdanto", "Nykytilan kuvaus", "Päätavoitteet", "Lapsivaikutusten arviointi"):
        assert word in titles
    assert Goal.objects.filter(plan=cast.plan, kind="main").count() == 1 + 3
    assert Goal.objects.filter(plan=cast.plan, kind="means").count() == 4
    assert Voice.objects.count() == 17
    assert Participant.objects.filter(consent="not_asked").count() >= 15
    assert not Participant.objects.exclude(consent="not_asked").exists()
