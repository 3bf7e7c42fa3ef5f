"""`python -m tests.browser.prepare FOLDER`: the demo, what the pages need besides it, and where each page is found.

Writes FOLDER/addresses.json: {"values": {parameter: value}, "by_route": {route: {parameter: value}}, "sessions": {address: key}}.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from lautta.assessments import actions as assessments
from lautta.common import clock, drafts
from lautta.common.actors import SYSTEM, Actor
from lautta.common.models import User
from lautta.common.translated import Translated
from lautta.decisions.actions.comments import circulate, comment_passage
from lautta.decisions.actions.links import renew_link
from lautta.decisions.actions.versions import freeze
from lautta.decisions.freezing import opened
from lautta.decisions.models import AgendaItem, AssessmentLink, BodyMeeting, Decision, MatterStep
from lautta.decisions.passages import chapter_passages
from lautta.indicators.actions import begin_fetch, end_fetch, take_in
from lautta.indicators.models import Indicator, Vintage
from lautta.network import actions as network
from lautta.network.actions.freshness import secret_of
from lautta.network.models import ContactRequest
from lautta.organisations.actions import add_membership, create_person
from lautta.plans.actions.chapters import publish_chapter, save_revision
from lautta.plans.actions.people import assign_role
from lautta.plans.models import Chapter, Plan
from lautta.plans.standing import standing_of
from lautta.plans.views.chapter_texts import draft_key
from lautta.publishing.actions import receive_feedback
from lautta.publishing.actions.reports import begin_report
from lautta.workspace.loading.figures import metadata_of, panel_of, read_figures
from lautta.workspace.loading.people import PASSWORD
from lautta.workspace.loading.signins import DEMO_ADDRESS
from lautta.workspace.loading.statements import on_day
from tests.browser.prepared_text import PLAN_TEXT

COORDINATOR = f"koordinaattori{DEMO_ADDRESS}"
NEWCOMER = f"uusi{DEMO_ADDRESS}"


def session_of(user: User) -> str:
    """A signed-in session, as the sign-in form makes it."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return store.session_key


def second_coordinator(plan: Plan, first: User) -> None:
    """Somebody else who may write the joint chapters."""
    user = create_person(
        by=SYSTEM,
        email=f"toinen{DEMO_ADDRESS}",
        name="Toinen koordinaattori",
        language="fi",
        password=PASSWORD,
    )
    today = timezone.localdate()
    organisation = first.memberships.filter(ended_on__isnull=True).first().organisation
    membership = add_membership(by=SYSTEM, user=user, organisation=organisation, started_on=today)
    assign_role(by=SYSTEM, plan=plan, membership=membership, role="coordinator", started_on=today)


def conflict(plan: Plan, by: Actor, chapter: Chapter) -> None:
    """Two have written at once: the coordinator's text is a draft made from an older version than the newest."""
    first = chapter.revisions.filter(language="fi").order_by("-number").first()
    save_revision(
        by=by, chapter=chapter, language="fi", title=first.title, plain=first.plain, based_on=first.number,
        body=f"{first.body}<p>Toinen kirjoittaja lisäsi tämän kappaleen.</p>",
    )  # fmt: skip
    typed = {
        "title": f"{first.title} yhdessä", "plain": first.plain, "body": f"<p>Minun alkuni.</p>{first.body}",
        "body_format": "html", "based_on": str(first.number),
    }  # fmt: skip
    drafts.keep_draft(by=by, key=draft_key(chapter, "fi"), fields=typed)


def change_in_public(by: Actor, chapter: Chapter) -> None:
    """A second public text, so that there is a change to show."""
    first = chapter.revisions.filter(language="fi").order_by("-number").first()
    newer = save_revision(
        by=by, chapter=chapter, language="fi", title=first.title, plain=first.plain, based_on=first.number,
        body=f"{first.body}<p>Lisäsimme tämän kappaleen, kun kysyimme nuorilta.</p>",
    )  # fmt: skip
    publish_chapter(by=by, chapter=chapter, language="fi", revision=newer)


def bring_in_plan(client: Client, plan: Plan) -> tuple[str, str]:
    """(public id of the import, of its job): a file read by the worker and waiting to be checked."""
    file = SimpleUploadedFile("suunnitelma.txt", PLAN_TEXT.encode())
    answer = client.post(f"/fi/work/{plan.public_id}/import/", {"file": file})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    call_command("db_worker", "--batch", "--no-startup-delay", "--no-reload", verbosity=0)
    found = plan.imports.get()
    assert found.state == found.State.CHECKING, found.state
    return found.public_id, found.job.public_id


def upload_workbook(client: Client, base: str) -> str:
    """The public id of an upload with a changed and a broken cell, waiting for its decision."""
    book = load_workbook(io.BytesIO(client.get(f"{base}excel/").content))
    sheet = book.worksheets[0]
    column = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, column["Mitä tehdään"]).value = "Uusi nimi taulukosta"
    sheet.cell(3, column["Alkaa"]).value = "joskus"
    kept = io.BytesIO()
    book.save(kept)
    answer = client.post(
        f"{base}excel/upload/", {"file": SimpleUploadedFile("toimenpiteet.xlsx", kept.getvalue())}
    )
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return answer.url.rstrip("/").rpartition("/")[2]


def network_values(client: Client, plan: Plan) -> tuple[dict[str, str], str]:
    """What the network's pages need, with a table and a proposal that wait; and the secret of a link that is open."""
    # The site that is visited lives on the true day.
    with on_day(timezone.localdate()):
        network.ask_contacts(by=SYSTEM)
    asked = ContactRequest.objects.filter(service__plan=plan).select_related("service__plan").order_by("pk")
    still_open, answered = asked[0], asked[1]
    network.answer_by_link(
        by=SYSTEM, request=answered, proposal={"phone": "000 100 777"}, note="Numero vaihtui."
    )
    head = "Palvelun nimi;Toimija;Kenelle;Mihin tarpeeseen"
    text = f"{head}\nKahvila;Yhdistys;lapset itse;Haluan jutella jonkun kanssa\nToinen;;kaikki;"
    file = SimpleUploadedFile("palvelut.csv", text.encode())
    answer = client.post(f"/fi/work/{plan.public_id}/network/import/", {"file": file})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    area = plan.centre_areas.order_by("pk").first()
    return {
        "service_id": plan.services.public().order_by("pk").first().public_id, "contact_id": answered.public_id,
        "centre_id": area.public_id, "place_id": area.places.first().public_id, "task": "safety",
        "process_id": plan.processes.first().public_id, "commitment_id": plan.commitments.order_by("pk").first().public_id,
        "table_id": answer.url.rstrip("/").rpartition("/")[2], "who": "small", "need": "everyday",
    }, secret_of(still_open)  # fmt: skip


def figures_that_wait() -> str:
    """A vintage with fifty areas fewer than the last one: it waits for a yes."""
    found = read_figures(settings.LAUTTA_DEMO)
    figure = found.figures[0]
    panel = panel_of(figure, found)
    run = begin_fetch(by=SYSTEM, source="sotkanet", wanted=1)
    take_in(by=SYSTEM, fetch=run, metadata=metadata_of(figure.definition), panel=panel.only(panel.areas[50:]))
    end_fetch(by=SYSTEM, fetch=run)
    return Vintage.objects.waiting().get().public_id


def assessment_under_way(plan: Plan, by: Actor) -> dict[str, str]:
    """A child impact assessment in the middle of its way, with something in every kind of row."""
    organisation = plan.participations.get(
        organisation__kind="municipality", organisation__area__code="285"
    ).organisation
    t = Translated.of
    a = assessments.write_memo(
        by=by, plan=plan, organisation=organisation, title=t("Leikkipuistojen talvikunnossapito"), need="screen",
        decider=t("Tekninen lautakunta"), target_groups=["children_0_6"], first_estimate=t("Talvella ei pääse keinumaan."),
    )  # fmt: skip

    def do(action, **values):
        return action(by=by, assessment=a, version=a.version, **values)

    screened = {"change": t("Puistoon pääsee myös talvella."), "dimensions": ["friends", "safety"]}
    a = do(assessments.save_step, step="screening", values=screened)
    a = assessments.move(by=by, assessment=a, state="assessing")
    baseline = a.alternatives.get()
    rows = [
        assessments.AlternativeRow(baseline.title, public_id=baseline.public_id),
        assessments.AlternativeRow(t("Aurataan kolme puistoa")),
    ]
    a = do(assessments.set_alternatives, rows=rows)
    rated = [assessments.RatingRow(x, x.position, t("Perustelu.")) for x in a.alternatives.in_order()]
    a = do(assessments.set_ratings, dimension="friends", rows=rated)
    heard = assessments.HearingRow(who=t("Päiväkotilaisia"), method="play", said=t("Lumikasa on paras."))
    a = do(assessments.set_hearings, rows=[heard], not_heard_reason=t(""))
    day = dt.date(2024, 12, 20)
    a = do(
        assessments.set_follow_ups,
        rows=[assessments.FollowUpRow(day, t("Käydäänkö puistossa?"), "puistomestari")],
    )
    return {
        "assessment_id": a.public_id, "heard_id": a.hearings.get().public_id,
        "follow_up_id": a.follow_ups.get().public_id, "dimension": "friends", "step": "extent", "state": "dropped",
    }  # fmt: skip


def assessment_to_tell(plan: Plan, by: Actor, decision_id: str) -> str:
    """An assessment that waits to hear what a body decided: the tie between them."""
    organisation = plan.participations.get(
        organisation__kind="municipality", organisation__area__code="285"
    ).organisation
    t = Translated.of
    made = assessments.write_memo(
        by=by, plan=plan, organisation=organisation, title=t("Uimahallin aukioloajat"), need="screen",
        decider=t("Valtuusto"), target_groups=["children_7_12"], first_estimate=t("Uimakoulut siirtyvät."),
    )  # fmt: skip
    plan.assessments.filter(pk=made.pk).update(state="proposed")
    decision = Decision.objects.select_related("station").get(public_id=decision_id)
    link = AssessmentLink.objects.create(
        version_id=decision.station.version_id,
        decision=decision,
        assessment=made,
        linked_on=decision.decided_on,
    )
    return link.public_id


def draft_that_circulates(plan: Plan, by: Actor) -> dict[str, str]:
    """A version open for comments, with one comment: the parameters of its pages."""
    version = plan.versions.standing().filter(kind="part_one").first() or freeze(
        by=by,
        plan=plan,
        kind="part_one",
        proposal=Translated.of("Hyväksytään.", sv="Godkänns.", en="To be approved."),
    )
    today = clock.today()
    circulate(
        by=by, version=version, opens_on=today, closes_on=today + dt.timedelta(days=21),
        note=Translated.of("Lue ensin luku 2.", sv="Läs först kapitel 2.", en="Please read chapter 2 first."),
    )  # fmt: skip
    chapter = next(c for c in opened(version).chapters if c["texts"].get("fi", {}).get("body"))
    passage = next(p for p in chapter_passages(chapter, "fi") if p.words)
    comment = comment_passage(
        by=by, version=version, organisation=by.standing.organisation, kind="chapter", key=chapter["id"], language="fi",
        block=passage.block, block_hash=passage.hash, text="Voisiko tämän sanoa lyhyemmin?", text_language="fi",
    )  # fmt: skip
    return {"version_id": version.public_id, "comment_id": comment.public_id}


def heard_values(plan: Plan, by: Actor) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Values of statements and hearings, and those of single routes: what waits for what."""
    rows = {row.state: row for row in plan.statement_requests.order_by("-pk")}
    asked = plan.statement_requests.filter(state="asked", council_kind="youth_council").first()
    given = rows["given"].public_id
    published = (
        plan.statement_requests.filter(state="published", council_kind="youth_council").get().public_id
    )
    values = {
        "request_id": published,
        "hearing_id": plan.hearings.filter(state="published").first().public_id,
        "secret": renew_link(by=by, request=asked),
    }
    routes = {
        "decisions:request_edit": {"request_id": asked.public_id},
        "decisions:statement_give": {"request_id": asked.public_id},
        "decisions:point_answer": {"request_id": given, "number": "2"},
    }
    return values, routes


def find_values(plan: Plan, coordinator: User) -> dict[str, Any]:
    """A value for each parameter of an address: well filled objects of the newest round."""
    round = plan.rounds.newest_first().first()
    years = round.measure_years.filter(published_at__isnull=False, reports__isnull=False)
    year = years.select_related("measure__organisation").order_by("pk").first()
    organisation = year.measure.organisation
    kotka = plan.participations.get(
        organisation__kind="municipality", organisation__area__code="285"
    ).organisation
    own = round.measure_years.filter(measure__organisation=kotka, status="under_way").order_by("pk").first()
    with_area = (
        plan.participations.filter(organisation__area__isnull=False)
        .select_related("organisation__area")
        .first()
    )
    return {
        "plan_id": plan.public_id,
        "chapter_id": plan.chapters.get(number="2").public_id,
        "language": "fi",
        "goal_id": plan.goals.get(number="4.1").public_id,
        "measure_id": year.measure.public_id,
        "year": round.year,
        "report_id": year.reports.filter(corrected_by__isnull=True).first().public_id,
        "organisation_id": organisation.public_id,
        "own_measure_id": own.measure.public_id,
        "own_organisation_id": kotka.public_id,
        "area_id": with_area.organisation.area.public_id,
        "voice_id": plan.voices.filter(state="published").first().public_id,
        "source_id": plan.sources.first().public_id,
        "participant_id": plan.participants.first().public_id,
        "linked_id": plan.linked_plans.first().public_id,
        "framework": "child_strategy",
        "role": "coordinator",
        "section": "description",
        "indicator_id": plan.joint_indicators.get(
            indicator__definition="child_welfare_notifications"
        ).indicator.public_id,
        "joint_id": plan.joint_indicators.first().public_id,
        "code": plan.left_out_indicators.first().code,
        "membership_id": coordinator.memberships.filter(ended_on__isnull=True).first().public_id,
        "slug": "x",
        "key": "x",
        "item": "follow_up",
        **tier_values(plan),
    }


def find_decisions(plan: Plan) -> dict[str, str]:
    """A version with a history, one of its decisions, and a station that can decide now."""
    decision = Decision.objects.filter(station__version__plan=plan, amendments__isnull=False).first()
    version = plan.versions.get(number=2)
    opening = plan.versions.order_by("-number").first().stations.filter(after=None, decisions=None).first()
    return {
        "version_id": version.public_id, "station_id": opening.public_id, "decision_id": decision.public_id,
        "amendment_id": decision.amendments.first().public_id,
    }  # fmt: skip


def tier_values(plan: Plan) -> dict[str, str]:
    """A group with seats, minutes and a follow-up, and a matter that waits for it."""
    step = MatterStep.objects.open().filter(matter__plan=plan, to_body__kind="lape_group").first()
    body = step.to_body
    follow = AgendaItem.objects.to_follow_up().filter(meeting__body=body).first()
    return {
        "body_id": body.public_id,
        "member_id": body.members.first().public_id,
        "meeting_id": follow.meeting.public_id,
        "agenda_id": follow.public_id,
        "matter_id": step.matter.public_id,
        "deed": "answer",
    }


def without_minutes(plan: Plan) -> str:
    """A meeting of the LAPE group that has been held and waits for its minutes."""
    held = BodyMeeting.objects.filter(body__plan=plan, body__kind="lape_group", minutes__isnull=True)
    return held.order_by("held_on").first().public_id


def main(folder: Path) -> None:
    """Everything; the addresses are written last."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("demo", if_empty=True, stdout=io.StringIO())
    plan = Plan.objects.get(region__plans__isnull=False, chapters__number="6.3")
    coordinator = User.objects.get(email=COORDINATOR)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(coordinator, backend=settings.AUTHENTICATION_BACKENDS[-1])
    by = standing_of(coordinator, plan).actor()
    values = find_values(plan, coordinator) | find_decisions(plan)
    pending = plan.voices.filter(state="pending").first().public_id
    merged = plan.chapters.get(number="3.2")
    conflict(plan, by, merged)
    changed = plan.chapters.get(number="5.1")
    change_in_public(by, changed)
    create_person(by=SYSTEM, email=NEWCOMER, name="Uusi kirjaaja", language="fi", password=PASSWORD)
    second_coordinator(plan, coordinator)
    home = coordinator.memberships.filter(ended_on__isnull=True).first().organisation.public_id
    # The server that the browser visits lives on the true day.
    with on_day(timezone.localdate()):
        values |= draft_that_circulates(plan, by)
        heard, heard_routes = heard_values(plan, by)
    values |= heard
    message = receive_feedback(
        plan=plan, kind="general", message="Linkki ei toimi. Voisitteko korjata sen?", page="/fi/"
    )
    values["feedback_id"] = message.public_id
    values["import_id"], values["job_id"] = bring_in_plan(client, plan)
    base = f"/fi/work/{plan.public_id}/measures/rounds/{values['year']}/{values['organisation_id']}/"
    values["upload_id"] = upload_workbook(client, base)
    not_followed = (
        Indicator.objects.exclude(pk__in=plan.joint_indicators.values("indicator")).order_by("pk").first()
    )
    values["vintage_id"] = figures_that_wait()
    assessed = plan.assessments.get(state="decided").public_id
    kotka = plan.participations.get(
        organisation__area__code="285", organisation__kind="municipality"
    ).organisation
    with on_day(timezone.localdate()):
        report = begin_report(by=by, plan=plan, organisation=kotka, year=2023)
    values["wellbeing_id"] = report.public_id
    event = plan.clock_events.get(repeat="nth", month=4)
    values |= {"event_id": event.public_id, "task_id": plan.tasks.first().public_id}
    values |= assessment_under_way(plan, by)
    found, link = network_values(client, plan)
    values |= found
    values["link_id"] = assessment_to_tell(plan, by, values["decision_id"])
    people = User.objects.filter(email__endswith=DEMO_ADDRESS)
    written = {
        "values": values,
        "by_route": {
            "plans:chapter_merge": {"chapter_id": merged.public_id},
            "plans:chapter_diff": {"chapter_id": changed.public_id},
            "publishing:chapter_changes": {"chapter_id": changed.public_id},
            "voices:edit": {"voice_id": pending},
            "voices:moderate": {"voice_id": pending},
            "plans:indicator_new": {"indicator_id": not_followed.public_id},
            "measures:translate": {"language": "sv"},
            "decisions:minutes": {"meeting_id": without_minutes(plan)},
            "plans:person": {"organisation_id": home},
            # What changed from the version before: the first has none.
            "publishing:version_changes": {"version_id": plan.versions.get(number=2).public_id},
            "assessments:translate": {"language": "sv"},
            "assessments:detail": {"assessment_id": assessed},
            "assessments:publish": {"assessment_id": assessed},
            "publishing:assessment": {"assessment_id": assessed},
            "publishing:assessment_papers": {"assessment_id": assessed},
            "publishing:assessment_plain": {"assessment_id": assessed},
            **heard_routes,
            "publishing:confirm_contacts": {"secret": link},
        },
        "sessions": {person.email: session_of(person) for person in people},
    }
    (folder / "addresses.json").write_text(json.dumps(written, indent=1), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
