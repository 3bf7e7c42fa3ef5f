import pytest
from django import forms
from django.http import QueryDict
from django.urls import reverse

from lautta.common import drafts
from lautta.common.actors import SYSTEM, Actor
from lautta.common.models import FormDraft
from lautta.common.problems import Refused
from tests.factories import UserFactory


@pytest.fixture
def user(db):
    return UserFactory()


@pytest.fixture
def by(user):
    return Actor(user=user, role="self")


def test_kept_found_replaced_and_dropped(user, by):
    assert drafts.draft_of(user, "a:1") is None
    drafts.keep_draft(by=by, key="a:1", fields={"title": "x"})
    drafts.keep_draft(by=by, key="a:1", fields={"title": "y", "many": ["1", "2"]})
    assert drafts.draft_of(user, "a:1") == {"title": "y", "many": ["1", "2"]}
    drafts.drop_draft(by=by, key="a:1")
    drafts.drop_draft(by=by, key="a:1")
    assert drafts.draft_of(user, "a:1") is None


def test_a_draft_is_ones_own(user, by):
    drafts.keep_draft(by=by, key="a:1", fields={"title": "x"})
    assert drafts.draft_of(UserFactory(), "a:1") is None


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ("", {}),
        ("a b", {}),
        ("x" * 121, {}),
        ("a", {"t": "x\x00"}),
        ("a", {"t\x00": ["x"]}),
        ("a", {"t": "ä" * 1_300_000}),
        ("a", {str(n): "" for n in range(401)}),
    ],
)
def test_what_cannot_be_kept_is_refused(by, key, fields):
    with pytest.raises(Refused):
        drafts.keep_draft(by=by, key=key, fields=fields)
    assert not FormDraft.objects.exists()


def test_a_backslash_is_not_a_nul(user, by):
    drafts.keep_draft(by=by, key="a", fields={"t": r"\u0000"})
    assert drafts.draft_of(user, "a") == {"t": r"\u0000"}


def test_the_system_has_no_drafts(db):
    with pytest.raises(Refused):
        drafts.keep_draft(by=SYSTEM, key="a", fields={})


def test_the_oldest_give_way(user, by, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 3)
    for n in range(5):
        drafts.keep_draft(by=by, key=f"a:{n}", fields={"t": str(n)})
    assert set(FormDraft.objects.values_list("key", flat=True)) == {"a:2", "a:3", "a:4"}


def test_tokens_and_passwords_are_not_kept():
    data = QueryDict("csrfmiddlewaretoken=x&password1=y&_save=1&title=z&goal=1&goal=2")
    assert drafts.typed_fields(data) == {"title": "z", "goal": ["1", "2"]}


class Example(forms.Form):
    title = forms.CharField()
    tick = forms.BooleanField(required=False)
    many = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)


def test_a_form_shows_its_draft_as_it_was_typed():
    shown = drafts.initial_from_draft(Example(), {"title": "", "many": "b"})
    assert shown["title"] == ""
    assert shown["many"] == ["b"]


def test_the_address_keeps_what_is_posted_and_says_when(user, login):
    url = reverse("draft", kwargs={"key": "a:1"})
    answer = login(user).post(url, {"title": "x", "csrfmiddlewaretoken": "t"})
    assert answer.status_code == 200
    assert "Luonnos tallessa klo" in answer.content.decode()
    assert drafts.draft_of(user, "a:1") == {"title": "x"}


def test_a_draft_that_cannot_be_kept_says_so(user, login):
    answer = login(user).post(reverse("draft", kwargs={"key": "a b"}), {"title": "x"})
    assert answer.status_code == 422
    assert "autosave-failed" in answer.content.decode()


def test_signed_out_one_is_told_and_not_sent_to_a_page_inside_the_page(client, db):
    answer = client.post(reverse("draft", kwargs={"key": "a"}), {"title": "x"})
    assert answer.status_code == 422
    assert "Istuntosi on päättynyt" in answer.content.decode()


def test_dropping_leads_back_to_this_site_alone(user, by, login):
    drafts.keep_draft(by=by, key="a", fields={"t": "x"})
    client = login(user)
    url = reverse("draft_drop", kwargs={"key": "a"})
    assert client.post(url, {"next": "/fi/work/"}).headers["Location"] == "/fi/work/"
    assert not FormDraft.objects.exists()
    for elsewhere in ("https://x.invalid/", "//x.invalid", "javascript:1", ""):
        assert client.post(url, {"next": elsewhere}).headers["Location"] == "/"
    assert client.get(url).status_code == 405


def test_rewriting_touches_only_what_changes(user, by):
    drafts.keep_draft(by=by, key="a:1", fields={"t": "x"})
    drafts.keep_draft(by=by, key="a:2", fields={"t": "y"})
    before = {d.key: d.updated_at for d in FormDraft.objects.all()}
    assert drafts.rewrite_drafts(prefix="a:", change=lambda key, f: {"t": f["t"].replace("x", "z")}) == 1
    assert drafts.draft_of(user, "a:1") == {"t": "z"}
    assert {d.key: d.updated_at for d in FormDraft.objects.all()} == before
