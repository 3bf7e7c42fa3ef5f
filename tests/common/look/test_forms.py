"""How a form looks and speaks: label, help and error beside the field, and a summary on top."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation


class Sample(forms.Form):
    title = forms.CharField(label="Otsikko", help_text="Lyhyesti")
    note = forms.CharField(label="Lisää", required=False, widget=forms.Textarea)
    goal = forms.ChoiceField(
        label="Tavoite", widget=forms.RadioSelect, choices=[("1", "Arki"), ("2", "Ääni")]
    )
    groups = forms.MultipleChoiceField(
        label="Ketkä", widget=forms.CheckboxSelectMultiple, choices=[("a", "Lapset"), ("b", "Nuoret")]
    )
    begins = forms.DateField(label="Alkaa", help_text="Esimerkiksi 24.11.2026")
    public = forms.BooleanField(label="Julkaise")
    token = forms.CharField(widget=forms.HiddenInput)


class Reader(HTMLParser):
    """Collects ids, references and the nesting of elements."""

    VOID = frozenset({"input", "br", "hr", "use", "img", "path", "meta", "link"})

    def __init__(self, text: str):
        super().__init__()
        self.ids: list[str] = []
        self.labels: list[str] = []
        self.links: list[str] = []
        self.described: list[str] = []
        self.elements: list[tuple[str, dict]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.elements.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "label" and "for" in found:
            self.labels.append(found["for"])
        if tag == "a":
            self.links.append(found["href"])
        self.described += found.get("aria-describedby", "").split()
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.fixture(autouse=True)
def finnish():
    with translation.override("fi"):
        yield


def page(form) -> tuple[str, Reader]:
    text = str(form)
    return text, Reader(text)


def test_a_fresh_form_has_no_summary_and_names_every_control():
    text, read = page(Sample())
    assert "error-summary" not in text
    assert read.open == []
    assert len(read.ids) == len(set(read.ids))
    for name in ("title", "note", "begins", "public"):
        assert f"id_{name}" in read.labels
    assert {"id_goal_0", "id_goal_1", "id_groups_0", "id_groups_1"} <= set(read.labels)


def test_what_may_be_left_out_is_said():
    text, _ = page(Sample())
    assert text.count("(vapaaehtoinen)") == 1


def test_groups_are_fieldsets_with_a_legend():
    _, read = page(Sample())
    assert sum(tag == "fieldset" for tag, _ in read.elements) == 2
    assert sum(tag == "legend" for tag, _ in read.elements) == 2


def test_help_is_tied_to_its_control():
    _, read = page(Sample())
    title = next(a for tag, a in read.elements if a.get("id") == "id_title")
    assert title["aria-describedby"] == "id_title_helptext"
    assert set(read.described) <= set(read.ids)


def test_errors_stand_beside_the_field_and_on_top():
    form = Sample({"title": "", "begins": "1.13.2026", "goal": "9"})
    text, read = page(form)
    assert text.index("error-summary") < text.index("id_title_helptext")
    targets = [link.removeprefix("#") for link in read.links]
    assert targets == ["id_title", "id_goal_0", "id_groups_0", "id_begins", "id_public"]
    assert set(targets) <= set(read.ids)
    assert set(read.described) <= set(read.ids)
    begins = next(a for tag, a in read.elements if a.get("id") == "id_begins")
    assert begins["aria-invalid"] == "true"
    assert begins["aria-describedby"].split() == ["id_begins_helptext", "id_begins_error"]
    assert begins["value"] == "1.13.2026"
    assert len(read.ids) == len(set(read.ids))


def test_an_error_of_a_hidden_field_is_not_lost():
    text, _ = page(Sample({"title": "x"}))
    assert "Token" in text


def test_errors_of_the_whole_form_are_in_the_summary():
    form = Sample({})
    form.add_error(None, "Kausi on <suljettu>")
    text, _ = page(form)
    assert "Kausi on &lt;suljettu&gt;" in text


def test_a_field_alone_and_the_summary_alone():
    form = Sample({})
    template = Template('{% include "forms/summary.html" %}{{ form.title.as_field_group }}')
    read = Reader(template.render(Context({"form": form})))
    assert "#id_title" in read.links
    assert "id_title_error" in read.ids


def test_two_forms_on_a_page_keep_their_ids_apart():
    one, other = page(Sample({}, prefix="a"))[1], page(Sample({}, prefix="b"))[1]
    assert not set(one.ids) & set(other.ids)
