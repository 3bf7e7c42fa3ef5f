"""Pages of the room: who sees what, bad input, drafts, lists that do not slow down."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lautta.common.drafts import draft_of, keep_draft
from lautta.common.translated import Translated
from lautta.measures import actions
from lautta.measures.models import (
    ExcelUpload,
    MeasureYear,
    ProgressReport,
    Round,
    RoundAnswer,
    YearEvaluation,
)
from tests.measures.making import given, many


def address(cast, name, *rest):
    return reverse(f"measures:{name}", args=[cast.plan.public_id, *rest])


def of(cast, made, name="detail", *rest):
    return address(cast, name, made.measure.public_id, made.round.year, *rest)


def own(cast, name, organisation=None):
    return address(cast, name, cast.round.year, (organisation or cast.hamina).public_id)


SIX = {
    "title": "Leikkikesä",
    "change": "Kesällä on joka päivä jotain, mihin voi vain mennä.",
    "target_groups": ["children_7_12", "families"],
    "starts_on": "2024-06-01",
    "ends_on": "",
}


def six(cast, **changed):
    return {**SIX, "goals": [cast.goal.public_id], "organisation": cast.hamina.public_id, **changed}


def test_every_page_opens_for_the_coordinator_in_three_languages(cast, login):
    client = login(cast.kaisa)
    made = given(cast, cast.hamina)
    report = actions.submit_report(
        by=cast.actor(cast.hannes), measure_year=made, period="spring", done="Tehty"
    )
    sections = ["description", "tier", "people", "resources", "groups", "mirroring", "indicators"]
    pages = [
        address(cast, "list"), address(cast, "new"), address(cast, "rounds"), address(cast, "round_new"),
        *(address(cast, n, 2024) for n in ("round", "round_edit", "round_close", "round_reopen", "remind", "word_file")),
        *(own(cast, n) for n in ("own_round", "emphasis", "evaluation", "excel_download", "excel_upload")),
        *(of(cast, made, n) for n in ("detail", "edit", "report", "status", "unpublish", "end")),
        *(of(cast, made, "section", s) for s in sections),
        of(cast, made, "translate", "sv"), of(cast, made, "correct", report.public_id),
    ]  # fmt: skip
    for page in pages:
        for language in ("fi", "sv", "en"):
            assert client.get(page.replace("/fi/", f"/{language}/")).status_code == 200, (language, page)


def test_six_fields_make_a_draft_and_the_kept_draft_goes(cast, login):
    client, page = login(cast.hannes), address(cast, "new")
    key = f"measure-new:{cast.plan.public_id}:2024"
    keep_draft(by=cast.actor(cast.hannes), key=key, fields={"title": "Kesken jäänyt"})
    shown = client.get(page).content.decode()
    assert "Kesken jäänyt" in shown
    assert f'value="{cast.hamina.public_id}"' in shown, "the only organisation needs no tap"
    assert client.post(page, six(cast)).status_code == 302
    made = MeasureYear.objects.get()
    assert (str(made.title), made.measure.organisation, made.published_at) == (
        "Leikkikesä",
        cast.hamina,
        None,
    )
    assert draft_of(cast.hannes, key) is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "id_title"),
        ({"goals": []}, "Valitse ainakin yksi tavoite."),
        ({"goals": ["nosuchgoal"]}, "id_goals_0"),
        ({"target_groups": []}, "Valitse, keitä varten tämä on."),
        ({"starts_on": "31.2.2024"}, "24.11.2026"),
        ({"ends_on": "2020-01-01"}, "ennen kuin se alkaa"),
        ({"starts_on": "0024-01-01"}, "Tarkista vuosi."),
        ({"title": "x" * 300}, "id_title"),
        ({"change": "a\x00b"}, "id_change"),
    ],
)
def test_bad_input_is_said_beside_the_field_and_nothing_typed_is_lost(cast, login, changed, words):
    answer = login(cast.hannes).post(address(cast, "new"), six(cast, **changed))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert words in text
    assert "Tarkista vielä nämä" in text
    if "title" not in changed:
        assert "Leikkikesä" in text
    assert not MeasureYear.objects.exists()


def test_outsiders_learn_nothing_and_neighbours_see_no_drafts(cast, login):
    made = given(cast, cast.hamina)
    assert login(cast.urho).get(of(cast, made)).status_code == 404
    assert login(cast.urho).get(address(cast, "list")).status_code == 404
    assert login(cast.kalle).get(of(cast, made)).status_code == 404
    actions.publish_measure(by=cast.actor(cast.kirsi), measure_year=made)
    client = login(cast.kalle)
    assert client.get(of(cast, made)).status_code == 200
    for name in ("edit", "report", "status", "end", "unpublish"):
        assert client.get(of(cast, made, name)).status_code == 403, name
    assert client.post(of(cast, made, "publish")).status_code == 403
    for name in ("own_round", "emphasis", "evaluation", "excel_download", "excel_upload"):
        assert client.get(own(cast, name)).status_code == 403, name
    for name in ("round_edit", "round_close", "round_reopen", "remind"):
        assert client.get(address(cast, name, 2024)).status_code == 403, name


def test_the_list_of_a_neighbour_has_no_drafts(cast, login):
    given(cast, cast.hamina, title="Salainen luonnos")
    assert "Salainen luonnos" not in login(cast.kalle).get(address(cast, "list")).content.decode()
    assert "Salainen luonnos" in login(cast.hannes).get(address(cast, "list")).content.decode()


@pytest.mark.parametrize("year", [0, 99999, 10**30])
def test_impossible_years_are_not_found(cast, login, year):
    client = login(cast.kaisa)
    for name in ("round", "round_edit", "word_file"):
        assert client.get(address(cast, name, year)).status_code == 404
    assert client.get(address(cast, "detail", "nosuchmeas", year)).status_code == 404


def queries(client, page):
    client.get(page)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


def test_the_list_takes_ten_queries_at_any_size(cast, login):
    client = login(cast.kaisa)
    many(cast, cast.hamina, 100)
    pages = [
        address(cast, "list"),
        address(cast, "list") + "?mine=1&status=planned&tier=2&group=families",
        address(cast, "list") + f"?year=all&goal={cast.goal.public_id}&organisation={cast.hamina.public_id}",
    ]
    before = [queries(client, page) for page in pages]
    many(cast, cast.hamina, 2400)
    assert [queries(client, page) for page in pages] == before
    assert max(before) <= 10


def test_the_round_pages_do_not_slow_down(cast, login):
    client = login(cast.kaisa)
    many(cast, cast.hamina, 100)
    later = Round.objects.create(plan=cast.plan, year=2031, deadline=dt.date(2031, 1, 1), state="open")
    pages = [
        address(cast, "rounds"), address(cast, "round", 2024), own(cast, "own_round"), address(cast, "word_file", 2024),
        own(cast, "excel_download"), address(cast, "own_round", later.year, cast.hamina.public_id),
    ]  # fmt: skip
    before = [queries(client, page) for page in pages]
    many(cast, cast.hamina, 500)
    assert [queries(client, page) for page in pages] == before
    assert max(before) <= 16


def test_filters_are_links_that_leave_what_they_say(cast, login):
    client = login(cast.kaisa)
    given(cast, cast.hamina, title="Haminan oma", service_tier=1, target_groups=["parents"])
    given(cast, cast.kotka, title="Kotkan oma")
    for query, hamina, kotka in (
        ("", True, True),
        (f"?organisation={cast.hamina.public_id}", True, False),
        ("?tier=1", True, False),
        ("?group=parents", True, False),
        ("?status=done", False, False),
        ("?mine=1", False, False),
        ("?year=all", True, True),
        (f"?goal={cast.goal.public_id}", True, True),
        ("?tier=9&status=%00&goal=x&year=abc&page=zz", True, True),
    ):
        text = client.get(address(cast, "list") + query).content.decode()
        assert ("Haminan oma" in text, "Kotkan oma" in text) == (hamina, kotka), query


def test_a_stale_edit_shows_what_others_changed_and_the_second_press_saves(cast, login):
    made = given(cast, cast.hamina)
    client, page = login(cast.hannes), of(cast, made, "edit")
    actions.update_measure(by=cast.actor(cast.kirsi), measure_year=made, title=Translated.of("Kirsin nimi"))
    typed = {**six(cast, title="Hanneksen nimi"), "version": "1"}
    answer = client.post(page, typed)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Kirsin nimi" in text
    assert "Hanneksen nimi" in text
    assert 'name="version" value="2"' in text
    assert str(MeasureYear.objects.get().title) == "Kirsin nimi"
    assert client.post(page, {**typed, "version": "2"}).status_code == 302
    assert str(MeasureYear.objects.get().title) == "Hanneksen nimi"


def test_sections_are_saved_one_by_one(cast, login):
    made, client = given(cast, cast.hamina), login(cast.hannes)

    def save(section, **data):
        version = MeasureYear.objects.get().version
        return client.post(of(cast, made, "section", section), {"version": version, **data}).status_code

    assert save("tier", service_tier="2") == 302
    assert save("tier", service_tier="9") == 422
    assert save("description", description="Pitkä kuvaus") == 302
    assert save("groups", vulnerable_groups=["low_income"], sectors=["sports", "culture"]) == 302
    assert (
        save(
            "people",
            responsible_title="ohjaaja",
            responsible=cast.kirsi.public_id,
            partners=[cast.kotka.public_id],
        )
        == 302
    )
    assert save("people", responsible=cast.urho.public_id) == 422
    assert save("mirroring", convention_articles=["12"], convention=["12"], child_strategy=["L01"]) == 302
    m = MeasureYear.objects.get()
    assert (m.service_tier, str(m.description), m.responsible) == (2, "Pitkä kuvaus", cast.kirsi)
    assert (m.sectors, list(m.partners.all())) == (["sports", "culture"], [cast.kotka])
    assert ("child_strategy", "L01") in set(m.mirrorings.values_list("framework", "code"))


def test_euros_are_typed_as_people_write_them(cast, login):
    made, client = given(cast, cast.hamina), login(cast.hannes)
    row = {"kind": "budget", "year": "2024", "tier": "2", "organisation": cast.hamina.public_id}
    blank = {"TOTAL_FORMS": "2", "INITIAL_FORMS": "0"}

    def data(amount, version=1):
        found = {"version": version}
        for prefix in ("money", "person_years"):
            found |= {f"{prefix}-{k}": v for k, v in blank.items()}
            for n in (0, 1):
                found |= {f"{prefix}-{n}-{k}": v for k, v in row.items()}
        found["money-0-amount"] = amount
        found["money-0-funding"] = "Oma"
        return found

    page = of(cast, made, "section", "resources")
    assert client.post(page, data("paljon")).status_code == 422
    assert client.post(page, data("-5")).status_code == 422
    assert client.post(page, data("12 000,50 €")).status_code == 302
    assert [str(r.amount) for r in made.money.all()] == ["12000.50"]
    assert not made.person_years.exists()
    assert client.post(page, data("1", version=1)).status_code == 409
    shown = client.get(page).content.decode()
    assert 'value="12\xa0000,50"' in shown


def test_a_translation_is_its_own_page_and_knows_its_source(cast, login):
    made, client = given(cast, cast.hamina, title="Leikkikesä"), login(cast.hannes)
    page = of(cast, made, "translate", "sv")
    assert (
        client.post(page, {"version": 1, "title": "Leksommar", "change": "", "description": ""}).status_code
        == 302
    )
    title = MeasureYear.objects.get().title
    assert (title.in_language("sv"), title.in_language("fi"), title.is_stale("sv")) == (
        "Leksommar",
        "Leikkikesä",
        False,
    )
    assert client.get(of(cast, made, "translate", "fi")).status_code == 404
    assert client.get(of(cast, made, "translate", "xx")).status_code == 404


def test_a_report_takes_one_text(cast, login):
    made, client = given(cast, cast.hamina), login(cast.hannes)
    page = of(cast, made, "report")
    checked = [i for i in re.findall(r"<input[^>]*>", client.get(page).content.decode()) if " checked" in i]
    assert any('value="under_way"' in i for i in checked), "what is reported has begun"
    assert client.post(page, {"done": "", "status": "under_way", "period": "spring"}).status_code == 422
    answer = client.post(
        page, {"done": "Kolme iltaa", "status": "under_way", "timeliness": "on_time", "period": "spring"}
    )
    assert answer.status_code == 302
    report = ProgressReport.objects.get()
    assert (report.done, report.measure_year.status) == ("Kolme iltaa", "under_way")
    assert (
        client.post(
            of(cast, made, "correct", report.public_id), {"done": "Neljä", "status": "under_way"}
        ).status_code
        == 302
    )
    assert client.get(of(cast, made, "correct", report.public_id)).status_code == 404
    assert "Kolme iltaa" in client.get(of(cast, made)).content.decode(), "the corrected one stays readable"


def test_an_organisations_round_from_emphasis_to_answer(cast, login):
    client = login(cast.hannes)
    assert client.post(own(cast, "emphasis"), {"text": "Arki", "version": 0}).status_code == 302
    assert client.post(own(cast, "emphasis"), {"text": "Toinen", "version": 0}).status_code == 409
    assert client.post(own(cast, "answer"), {"answer": "ready"}).status_code == 409
    assert client.post(own(cast, "answer"), {"answer": "nothing"}).status_code == 302
    assert RoundAnswer.objects.get().nothing_new
    assert client.post(own(cast, "answer"), {"answer": "withdraw"}).status_code == 302
    assert not RoundAnswer.objects.filter(withdrawn_at__isnull=True).exists()


def test_last_years_measures_are_carried_over_together(cast, login):
    first, second = given(cast, cast.hamina, title="Jatkuva"), given(cast, cast.hamina, title="Päättynyt")
    actions.change_status(by=cast.actor(cast.hannes), measure_year=second, status="done")
    later = Round.objects.create(plan=cast.plan, year=2025, deadline=dt.date(2999, 1, 1), state="open")
    client = login(cast.hannes)
    text = client.get(address(cast, "own_round", 2025, cast.hamina.public_id)).content.decode()
    assert text.count(" checked>") == 1, "done ones are not ticked"
    ids = [m.measure.public_id for m in (first, second)]
    page = address(cast, "carry_over", 2025, cast.hamina.public_id)
    assert client.post(page, {"measures": ["nosuch"]}).status_code == 422
    assert client.post(page, {"measures": ids}).status_code == 302
    assert MeasureYear.objects.filter(round=later).count() == 2


def test_reminding_says_how_many_first(cast, login):
    client, page = login(cast.kaisa), address(cast, "remind", 2024)
    assert "3 ihmiselle" in client.get(page).content.decode()
    assert client.post(page).status_code == 302


def test_the_coordinator_makes_opens_closes_and_reopens(cast, login):
    client = login(cast.kaisa)
    shown = client.get(address(cast, "round_new")).content.decode()
    assert 'value="2025"' in shown, "prefilled from the last round"
    data = {"year": 2025, "deadline": "2099-01-01", "opens_on": "", "emphases": "Yhdessä", "guidance": ""}
    assert client.post(address(cast, "round_new"), data).status_code == 302
    assert client.post(address(cast, "round_new"), data).status_code == 422
    for name in ("round_open", "round_close"):
        assert client.post(address(cast, name, 2025)).status_code == 302
    assert client.post(address(cast, "round_reopen", 2025), {"reason": ""}).status_code == 422
    assert client.post(address(cast, "round_reopen", 2025), {"reason": "Unohtui"}).status_code == 302
    assert Round.objects.get(year=2025).state == "open"


def test_an_evaluation_by_the_lead(cast, login):
    page = own(cast, "evaluation")
    assert login(cast.hannes).post(page, {"succeeded": "x", "based_on": 0}).status_code == 403
    client = login(cast.kirsi)
    assert client.post(page, {"succeeded": "Hyvin", "based_on": 0}).status_code == 302
    assert client.post(page, {"succeeded": "Huonosti", "based_on": 0}).status_code == 409
    assert YearEvaluation.objects.count() == 1


def test_publishing_by_button_and_taking_back_with_a_reason(cast, login):
    made, client = given(cast, cast.hamina), login(cast.kirsi)
    assert client.get(of(cast, made, "publish")).status_code == 405
    assert client.post(of(cast, made, "publish")).status_code == 302
    assert MeasureYear.objects.get().published_at
    assert client.post(of(cast, made, "unpublish"), {"reason": ""}).status_code == 422
    assert client.post(of(cast, made, "unpublish"), {"reason": "Virhe"}).status_code == 302
    assert MeasureYear.objects.get().published_at is None


def test_nobody_sees_another_persons_upload(cast, login):
    kept = ExcelUpload.objects.create(
        round=cast.round, organisation=cast.hamina, user=cast.kirsi, filename="x.xlsx",
        content={"sheet": "T", "heads": [], "ignored": [], "merged": [], "rows": []},
    )  # fmt: skip
    page = address(cast, "excel_check", 2024, cast.hamina.public_id, kept.public_id)
    assert login(cast.hannes).get(page).status_code == 404
    assert login(cast.kirsi).get(page).status_code == 200


def test_the_reminders_page_promises_no_second_mail_the_same_day(cast, login):
    client, page = login(cast.kaisa), address(cast, "remind", 2024)
    said = "Kaikki ovat saaneet muistutuksen jo tänään."
    assert said not in client.get(page).content.decode()
    client.post(page)
    client.get(address(cast, "round", 2024))  # where the message of the press is shown
    shown = client.get(page).content.decode()
    assert said in shown
    assert "Muistutus lähtee" not in shown
