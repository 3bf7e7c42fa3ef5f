"""Comments on a draft: bound to a passage, only while it circulates, answered, and seen by those who work with the plan."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.decisions import duties, rules
from lautta.decisions.actions import comments as actions
from lautta.decisions.freezing import digest, opened
from lautta.decisions.models import PassageComment
from lautta.decisions.passages import chapter_passages, find_passage
from lautta.decisions.presenters_statements import in_reading_order
from lautta.plans.chapters.richtext import canonical
from lautta.plans.standing import standing_of
from tests import factories as f

D = dt.date
BLOCKS = st.sampled_from(
    ["<p>Arki kantaa.</p>", "<p>Yhdessä &amp; yksin.</p>", "<h2>Otsikko</h2>", "<ul><li>yksi</li><li>kaksi</li></ul>", "<hr>",
     "<blockquote><p>Sanottua.</p></blockquote>", "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>", "<p></p>"]
)  # fmt: skip


@given(st.lists(BLOCKS, max_size=8))
def test_passages_are_the_whole_text_in_order_and_each_has_its_number(blocks):
    text = canonical("".join(blocks))
    chapter = {"id": "bcdfghjkmn", "texts": {"fi": {"title": "", "body": text}}}
    found = chapter_passages(chapter, "fi")
    assert "".join(p.html for p in found) == text
    assert [p.block for p in found] == list(range(1, len(found) + 1))
    assert all(p.hash == digest(p.words) for p in found)
    assert chapter_passages(chapter, "sv") == []


@pytest.fixture(autouse=True)
def _finnish():
    """A page opened in another language leaves it on, and a goal is quoted in the reader's language."""
    with translation.override("fi"):
        yield


@pytest.fixture
def circulating(matter):
    """A version that may be commented on from 4.3. to 15.3.2024; today is 4.3."""
    version = matter.freeze()
    matter.go_to(D(2024, 3, 1))
    actions.circulate(
        by=matter.kaisa, version=version, opens_on=D(2024, 3, 4), closes_on=D(2024, 3, 15), note=Translated.of("Lue luku 1.")
    )  # fmt: skip
    matter.go_to(D(2024, 3, 4))
    return version


def place(matter, **other):
    return {
        "kind": "chapter", "key": matter.chapter.public_id, "language": "fi", "block": 1,
        "block_hash": digest("Arki kantaa."), **other,
    }  # fmt: skip


def say(matter, version, by=None, organisation=None, text="Kenen arki?", **where):
    return actions.comment_passage(
        by=by or matter.cast.actor(matter.cast.hannes, matter.cast.hamina), version=version,
        organisation=organisation or matter.cast.hamina, text=text, text_language="fi", **(place(matter) | where),
    )  # fmt: skip


def test_a_comment_is_bound_to_the_words_it_is_about(matter, circulating):
    comment = say(matter, circulating)
    assert (comment.quoted, comment.block, comment.language) == ("Arki kantaa.", 1, "fi")
    assert (comment.author, comment.organisation, comment.state) == (
        matter.cast.hannes,
        matter.cast.hamina,
        "open",
    )
    matter.edit("<p>Aivan muuta.</p>")
    passage = find_passage(opened(circulating), "chapter", matter.chapter.public_id, "fi", 1)
    assert passage.hash == comment.block_hash, "the version is what it was"


def test_a_goal_and_a_measure_are_commented_on_as_wholes(matter, circulating):
    goal = say(
        matter,
        circulating,
        kind="goal",
        key=matter.cast.goal.public_id,
        language="",
        block=None,
        block_hash="",
    )
    assert goal.quoted == "4.1 Arjen hyvinvointi"
    with pytest.raises(Refused, match="ei ole tässä versiossa"):
        say(matter, circulating, kind="measure", key="bbbbbbbbbb", language="", block=None, block_hash="")


@pytest.mark.parametrize(
    "other",
    [
        {"block": 2},
        {"block": None},
        {"block_hash": digest("Arki kaatuu.")},
        {"block_hash": ""},
        {"language": "en"},
        {"key": "bbbbbbbbbb"},
        {"kind": "indicator"},
        {"kind": "whole"},
    ],
)
def test_what_is_not_in_the_version_is_not_commented_on(matter, circulating, other):
    with pytest.raises(Refused, match="ei ole tässä versiossa") as refusal:
        say(matter, circulating, **other)
    assert refusal.value.status == 422
    assert not PassageComment.objects.exists()


@pytest.mark.parametrize(
    ("day", "phase", "may"),
    [
        (D(2024, 3, 3), "before", False),
        (D(2024, 3, 4), "open", True),
        (D(2024, 3, 15), "open", True),
        (D(2024, 3, 16), "over", False),
    ],
)
def test_before_during_and_after(matter, circulating, day, phase, may):
    matter.go_to(day)
    circulation = circulating.circulation
    assert circulation.phase(day) == phase
    for user in (
        matter.cast.hannes,
        matter.cast.kirsi,
        matter.cast.paula,
        matter.cast.nelli,
        matter.cast.kaisa,
    ):
        assert rules.may_comment(standing_of(user, matter.plan), circulation, day) is may, user
    if may:
        assert say(matter, circulating)
    else:
        with pytest.raises(Refused, match="Tätä ei voi kommentoida"):
            say(matter, circulating)


def test_what_does_not_circulate_is_not_commented_on(matter):
    version = matter.freeze()
    assert rules.phase_of(None, D(2024, 3, 1)) == "none"
    with pytest.raises(Refused, match="ei kommentoitavana"):
        say(matter, version)


def test_only_in_the_name_of_ones_own_organisation(matter, circulating):
    with pytest.raises(PermissionDenied):
        say(matter, circulating, organisation=matter.cast.kotka)
    with pytest.raises(PermissionDenied):
        say(matter, circulating, by=matter.cast.actor(matter.cast.urho), organisation=matter.cast.elsewhere)


@pytest.mark.parametrize(("text", "words"), [("  ", "Kirjoita kommentti"), ("a" * 2001, "liian pitkä")])
def test_a_bad_comment_is_refused(matter, circulating, text, words):
    with pytest.raises(Refused, match=words):
        say(matter, circulating, text=text)


def test_a_comment_is_taken_back_by_its_writer_until_it_is_answered(matter, circulating):
    comment = say(matter, circulating)
    for user in (matter.cast.kirsi, matter.cast.kaisa):
        with pytest.raises(PermissionDenied):
            actions.take_back_comment(by=matter.cast.actor(user), comment=comment)
    hannes = matter.cast.actor(matter.cast.hannes, matter.cast.hamina)
    actions.take_back_comment(by=hannes, comment=comment)
    assert not PassageComment.objects.exists()
    comment = say(matter, circulating)
    actions.answer_comment(
        by=matter.kaisa, comment=comment, row_version=1, taken="partly", answer=Translated.of("Täsmensimme.")
    )
    with pytest.raises(Refused, match="on jo vastattu"):
        actions.take_back_comment(by=hannes, comment=comment)
    actions.erase_comment(by=matter.kaisa, comment=comment)
    assert not PassageComment.objects.exists()
    assert not any("Kenen" in str(entry.changes) for entry in AuditEntry.objects.all())


def test_comments_are_answered_by_the_coordinator(matter, circulating):
    comment = say(matter, circulating)
    answer = {"row_version": 1, "taken": "taken", "answer": Translated.of("Lisätty.")}
    for user in (matter.cast.hannes, matter.cast.kirsi, matter.cast.paula):
        with pytest.raises(PermissionDenied):
            actions.answer_comment(by=matter.cast.actor(user), comment=comment, **answer)
    for wrong, field in (
        ({"taken": "open"}, "taken"),
        ({"answer": Translated()}, "answer"),
        ({"row_version": 4}, None),
    ):
        with pytest.raises(Refused) as refusal:
            actions.answer_comment(by=matter.kaisa, comment=comment, **(answer | wrong))
        assert refusal.value.field == field
    matter.go_to(D(2024, 4, 1))
    done = actions.answer_comment(by=matter.kaisa, comment=comment, **answer)
    assert (done.state, done.answered_on) == ("taken", D(2024, 4, 1))


def test_the_days_are_set_by_the_coordinator_and_are_days(matter):
    version = matter.freeze()
    days = {"opens_on": D(2024, 3, 4), "closes_on": D(2024, 3, 15), "note": Translated()}
    with pytest.raises(PermissionDenied):
        actions.circulate(by=matter.paula, version=version, **days)
    with pytest.raises(Refused, match="ennen kuin se alkaa"):
        actions.circulate(by=matter.kaisa, version=version, **(days | {"closes_on": D(2024, 3, 3)}))
    with pytest.raises(Refused, match="on jo mennyt"):
        actions.circulate(by=matter.kaisa, version=version, **(days | {"closes_on": D(2024, 2, 3)}))
    with pytest.raises(Refused, match="liian pitkä"):
        actions.circulate(by=matter.kaisa, version=version, **(days | {"closes_on": D(2026, 2, 3)}))
    actions.circulate(by=matter.kaisa, version=version, **days)
    with pytest.raises(Refused, match="Joku muu tallensi"):
        actions.circulate(by=matter.kaisa, version=version, **days)
    longer = actions.circulate(
        by=matter.kaisa, version=version, row_version=1, **(days | {"closes_on": D(2024, 4, 1)})
    )
    assert longer.closes_on == D(2024, 4, 1)


def test_the_database_keeps_a_comment_in_its_place(matter, circulating):
    comment = say(matter, circulating)
    for wrong in ({"block": None}, {"block_hash": ""}, {"target_kind": "goal"}, {"state": "taken"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PassageComment.objects.filter(pk=comment.pk).update(**wrong)


def test_those_who_have_not_spoken_are_reminded_and_then_the_one_who_answers(matter, circulating):
    def waiting(user, day):
        found = duties.duties_of(standing_of(user, matter.plan), day)
        return [(d.key.split(":")[1], d.due) for d in found if d.key.split(":")[1].startswith("comment")]

    assert waiting(matter.cast.hannes, D(2024, 3, 4)) == [("comment", D(2024, 3, 15))]
    say(matter, circulating)
    assert waiting(matter.cast.hannes, D(2024, 3, 4)) == []
    assert waiting(matter.cast.kalle, D(2024, 3, 4)) == [("comment", D(2024, 3, 15))]
    assert waiting(matter.cast.kalle, D(2024, 3, 16)) == []
    assert waiting(matter.cast.kaisa, D(2024, 3, 16)) == [("comments", D(2024, 4, 14))]


# --- pages --------------------------------------------------------------------------------------------


def url(version, name="draft"):
    return reverse(f"decisions:{name}", args=(version.plan.public_id, version.public_id))


def test_a_paragraph_is_commented_on_without_scripts(matter, circulating, login):
    client = login(matter.cast.hannes)
    page = client.get(url(circulating))
    assert page.status_code == 200
    text = page.content.decode()
    assert "Arki kantaa." in text
    assert "&amp;comment=p1#p1" in text
    assert "<textarea" not in text
    opened_form = client.get(f"{url(circulating)}?at={matter.chapter.public_id}&language=fi&comment=p1")
    assert opened_form.content.decode().count("<textarea") == 1
    given = {
        "at": matter.chapter.public_id, "language": "fi", "comment": "p1", "kind": "chapter", "key": matter.chapter.public_id,
        "text_of": "fi", "block": "1", "hash": digest("Arki kantaa."), "organisation": matter.cast.hamina.public_id,
        "text": "Kenen arki?",
    }  # fmt: skip
    bad = client.post(url(circulating), {**given, "text": ""})
    assert bad.status_code == 422
    assert "text" in bad.context["form"].errors
    done = client.post(url(circulating), given)
    assert (done.status_code, done.url.rsplit("#", 1)[1]) == (302, "p1")
    text = client.get(done.url).content.decode()
    assert "Kenen arki?" in text
    assert "Poista oma kommenttini" in text
    comment = PassageComment.objects.get()
    assert client.post(url(circulating), {"take_back": comment.public_id}).status_code == 302
    assert not PassageComment.objects.exists()


def test_a_forged_hash_on_the_page_is_refused(matter, circulating, login):
    given = {
        "at": matter.chapter.public_id, "language": "fi", "comment": "p1", "kind": "chapter", "key": matter.chapter.public_id,
        "text_of": "fi", "block": "1", "hash": "0" * 64, "organisation": matter.cast.hamina.public_id, "text": "Hei",
    }  # fmt: skip
    assert login(matter.cast.hannes).post(url(circulating), given).status_code == 422
    elsewhere = {**given, "hash": digest("Arki kantaa."), "organisation": matter.cast.kotka.public_id}
    assert login(matter.cast.hannes).post(url(circulating), elsewhere).status_code == 422
    assert not PassageComment.objects.exists()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_pages_open_in_every_language_and_for_those_who_may(matter, circulating, login, language):
    say(matter, circulating)
    comment = PassageComment.objects.get()
    pages = [
        url(circulating),
        f"{url(circulating)}?at=goals",
        url(circulating, "comments"),
        reverse("decisions:comment", args=(matter.plan.public_id, comment.public_id)),
    ]
    for user, status in (
        (matter.cast.kaisa, 200),
        (matter.cast.kalle, 200),
        (matter.cast.nelli, 200),
        (matter.cast.urho, 404),
    ):
        for page in pages:
            assert login(user).get(page.replace("/fi/", f"/{language}/")).status_code == status, (user, page)
    days = url(circulating, "circulate")
    for user, status in ((matter.cast.kaisa, 200), (matter.cast.kalle, 403), (matter.cast.urho, 404)):
        assert login(user).get(days.replace("/fi/", f"/{language}/")).status_code == status
    assert login(matter.cast.kaisa).get(f"{url(circulating)}?at=bbbbbbbbbb").status_code == 404


def test_the_coordinator_answers_on_the_page(matter, circulating, login):
    comment = say(matter, circulating)
    client = login(matter.cast.kaisa)
    page = reverse("decisions:comment", args=(matter.plan.public_id, comment.public_id))
    assert client.post(page, {"seen": 1, "taken": "", "answer": ""}).status_code == 422
    assert client.post(page, {"seen": 1, "taken": "taken", "answer": "Lisätty."}).status_code == 302
    assert (
        login(matter.cast.kalle).post(page, {"seen": 2, "taken": "not_taken", "answer": "Ei."}).status_code
        == 403
    )
    assert (
        "Lisätty."
        in login(matter.cast.kalle).get(f"{url(circulating, 'comments')}?state=all").content.decode()
    )


def test_lists_take_a_constant_number_of_queries(matter, circulating, login, django_assert_max_num_queries):
    client = login(matter.cast.kaisa)
    for count in (100, 2_400):
        PassageComment.objects.bulk_create(
            f.PassageCommentFactory.build(
                version=circulating, organisation=matter.cast.hamina, target_id=matter.chapter.public_id
            )
            for _n in range(count)
        )
        with django_assert_max_num_queries(16):
            assert client.get(url(circulating, "comments")).status_code == 200
        with django_assert_max_num_queries(16):
            assert client.get(f"{url(circulating)}?at=goals").status_code == 200


@given(st.permutations(["1", "2", "2.1", "2.2", "3", "3.1", "9.1"]))
def test_sections_follow_their_chapter_whatever_the_order_they_come_in(numbers):
    parents = {"2.1": "2", "2.2": "2", "3.1": "3", "9.1": "9"}
    rows = [{"id": n, "parent": parents.get(n)} for n in numbers]
    found = [row["id"] for row in in_reading_order(rows)]
    assert sorted(found) == sorted(numbers), "nothing is lost"
    for section, chapter in parents.items():
        if chapter in found:
            between = found[found.index(chapter) + 1 : found.index(section)]
            assert all(parents.get(n) == chapter for n in between)
