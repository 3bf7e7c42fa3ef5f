"""A small public plan with something on every page, and beside each public thing one that is not public."""

import datetime as dt
from dataclasses import dataclass
from html.parser import HTMLParser

from django.urls import reverse
from django.utils import translation

from lautta.common.translated import Translated
from lautta.measures import models as measures
from lautta.organisations import models as organisations
from lautta.plans import models as plans
from tests import factories as f
from tests.cast import Cast

NOW = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)
# Never to be seen by the public: each hidden thing carries one of these words.
SECRETS = (
    "Salaluonnos", "Salatavoite", "Salaalatavoite", "Salaaani", "Salahylky", "Salaluku", "Salauusi",
    "Salanimi",
    "Salaraportti",
    "Salavuosi", "Salaindeksi",
)  # fmt: skip


@dataclass
class World:
    cast: Cast
    area: organisations.Area
    chapter: plans.Chapter
    subgoal: plans.Goal
    measure: measures.Measure
    voice: object
    old_municipality: organisations.Area
    draft: measures.Measure
    hidden_goal: plans.Goal
    hidden_subgoal: plans.Goal
    hidden_chapter: plans.Chapter
    pending: object

    @property
    def plan(self) -> plans.Plan:
        return self.cast.plan

    def url(self, name: str, *args) -> str:
        with translation.override("fi"):
            return reverse(f"publishing:{name}", args=(self.plan.public_id, *args))

    def pages(self) -> dict[str, str]:
        """Every public page of the plan by name."""
        return {
            **{
                name: self.url(name)
                for name in (
                    "home", "plan", "print", "goals", "measures", "organisations", "municipalities", "population", "voices",
                    "children",
                    "search", "about", "accessibility", "feedback",
                )
            },
            "chapter": self.url("chapter", self.chapter.public_id, "johdanto"),
            "chapter_plain": self.url("chapter", self.chapter.public_id, "johdanto") + "?selko=1",
            "chapter_changes": self.url("chapter_changes", self.chapter.public_id),
            "goal": self.url("goal", self.cast.goal.public_id, "arjen-hyvinvointi"),
            "subgoal": self.url("goal", self.subgoal.public_id, "perhe-saa-tukea"),
            "measure": self.url("measure", self.measure.public_id, "perhekahvila"),
            "measure_earlier": self.url("measure", self.measure.public_id, "perhekahvila") + "?year=2023",
            "measures_all": self.url("measures") + "?year=all",
            "organisation": self.url("organisation", self.cast.hamina.public_id, "haminan-kaupunki"),
            "municipality": self.url("municipality", self.area.public_id, "hamina"),
            "area_population": self.url("area_population", self.area.public_id, "hamina"),
            "former_municipality": self.url("municipality", self.old_municipality.public_id, "iitti"),
            "voice": self.url("voice", self.voice.public_id),
            "search_found": self.url("search") + "?q=perhekahvilat",
            "search_empty": self.url("search") + "?q=olematon",
            "feedback_sent": self.url("feedback") + "?sent=1",
        }  # fmt: skip


def _area(plan: plans.Plan, name: str, *, until: dt.date | None = None) -> organisations.Area:
    area = f.AreaFactory(name=Translated.of(name))
    organisations.AreaMembership.objects.create(
        area=area, parent=plan.region.area, started_on=dt.date(2000, 1, 1), ended_on=until
    )
    return area


def _chapter(
    plan, title: str, body: str, *, language: str = "fi", plain: str = "", public: bool = True
) -> plans.Chapter:
    chapter = f.ChapterFactory(plan=plan, source_language=language)
    revision = f.ChapterRevisionFactory(
        chapter=chapter, language=language, title=title, body=body, plain=plain
    )
    if public:
        publish(revision)
    return chapter


def publish(revision) -> None:
    plans.ChapterPublication.objects.create(
        chapter=revision.chapter,
        language=revision.language,
        revision=revision,
        published_by_role="coordinator",
    )


def measure_year(
    plan, organisation, title: str, *, goal=None, published=True, round=None, measure=None, **fields
):
    measure = measure or f.MeasureFactory(plan=plan, organisation=organisation)
    year = f.MeasureYearFactory(
        measure=measure,
        round=round,
        title=Translated.of(title),
        published_at=NOW if published else None,
        **{"change": Translated.of("Lapsi saa kaverin."), "status": "under_way", **fields},
    )
    if goal:
        measures.MeasureGoal.objects.create(measure_year=year, goal=goal)
    return year


def make_world(cast: Cast) -> World:
    plan, goal = cast.plan, cast.goal
    area = _area(plan, "Hamina")
    old = _area(plan, "Iitti", until=dt.date(2020, 12, 31))
    for age in ((0, 6), (7, 14)):
        organisations.AreaPopulation.objects.create(
            area=area,
            year=2019,
            age_from=age[0],
            age_to=age[1],
            count=1017,
            basis="observed",
            source="Tilastokeskus",
        )
    cast.hamina.area = area
    cast.hamina.save()
    # Part I
    chapter = _chapter(
        plan,
        "Johdanto",
        "<h3>Miksi</h3><p>Teksti.</p><h4>Tarkemmin</h4><table><tr><td>1</td></tr></table>",
        plain="Selkeä teksti.",
    )
    revision = f.ChapterRevisionFactory(
        chapter=chapter,
        number=2,
        based_on=1,
        title="Johdanto",
        body="<h3>Miksi</h3><p>Uusi teksti.</p>",
        plain="Selkeä teksti.",
    )
    publish(revision)
    f.ChapterRevisionFactory(
        chapter=chapter, number=3, based_on=2, title="Salauusi", body="<p>Salauusi</p>", plain="Salauusi"
    )
    source = plans.Source.objects.create(
        plan=plan,
        authors="THL",
        year=2019,
        title="Kouluterveyskysely",
        url="https://example.org/ktk",
        sort_key="1",
    )
    plans.Citation.objects.create(chapter=chapter, source=source)
    hidden_chapter = _chapter(plan, "Salaluku", "<p>Salaluku</p>", plain="Salaluku", public=False)
    goal.plain = Translated.of("Sinulla on oikeus hyvään arkeen.")
    goal.save()
    plans.Criterion.objects.create(goal=goal, text=Translated.of("Apu tulee ajoissa."))
    plans.GoalMirroring.objects.create(goal=goal, framework="convention", code="12")
    subgoal = f.GoalFactory(
        plan=plan, kind="subgoal", parent=goal, number="4.1.1", title=Translated.of("Perhe saa tukea")
    )
    hidden = f.GoalFactory(plan=plan, number="4.9", title=Translated.of("Salatavoite"), published_at=None)
    hidden_child = f.GoalFactory(
        plan=plan, kind="subgoal", parent=hidden, number="4.9.1", title=Translated.of("Salaalatavoite")
    )
    linked = plans.LinkedPlan.objects.create(
        plan=plan, kind="budget", title=Translated.of("Talousarvio 2024")
    )
    linked.goals.add(goal)
    # Part II
    earlier = f.RoundFactory(plan=plan, year=2023, state="closed")
    shown = measure_year(plan, cast.hamina, "Perhekahvila", goal=subgoal, round=cast.round, service_tier=1)
    before = measure_year(plan, cast.hamina, "Perhekahvila", goal=goal, round=earlier, measure=shown.measure)
    measures.MeasureGoal.objects.create(measure_year=shown, goal=hidden)
    shown.partners.add(cast.kotka)
    measures.MeasureMoney.objects.create(
        measure_year=shown, organisation=cast.hamina, year=2024, kind="budget", amount="12000.00"
    )
    measures.PersonYears.objects.create(
        measure_year=shown, organisation=cast.hamina, year=2024, kind="budget", amount="1.5"
    )
    measures.ProgressReport.objects.create(
        measure_year=before, period="spring", done="Avattiin ovet.", status="under_way"
    )
    draft = measure_year(plan, cast.hamina, "Salaluonnos", goal=goal, round=cast.round, published=False)
    measures.ProgressReport.objects.create(
        measure_year=draft, period="spring", done="Salaraportti", status="under_way"
    )
    later = f.RoundFactory(plan=plan, year=2025, state="open")
    measure_year(
        plan, cast.hamina, "Salavuosi", goal=goal, round=later, measure=shown.measure, published=False
    )
    measures.OrganisationEmphasis.objects.create(
        round=cast.round, organisation=cast.hamina, text=Translated.of("Jokaiselle kaveri.")
    )
    measures.YearEvaluation.objects.create(
        round=earlier, organisation=cast.hamina, number=1, succeeded="Vanha arvio."
    )
    measures.YearEvaluation.objects.create(
        round=earlier, organisation=cast.hamina, number=2, succeeded="Uusi arvio."
    )
    # Voices and people
    voice = f.VoiceFactory(plan=plan, text=Translated.of("Mulla on yksi kaveri."), chapter=chapter)
    voice.goals.add(subgoal)
    pending = f.VoiceFactory(plan=plan, text=Translated.of("Salaaani"), state="pending", chapter=chapter)
    pending.goals.add(goal)
    rejected = f.VoiceFactory(
        plan=plan, text=Translated.of("Salahylky"), state="rejected", decided_reason="Nimi näkyy."
    )
    rejected.goals.add(goal)
    on = dt.date(2020, 1, 1)
    plans.Participant.objects.create(plan=plan, name="Esimerkki Osallistuja", consent="given", consent_on=on)
    for consent in ("refused", "not_asked"):
        plans.Participant.objects.create(plan=plan, name="Salanimi", consent=consent, consent_on=on)
    plans.Participant.objects.create(plan=plan, name="", part="Salanimi", consent="withdrawn", consent_on=on)
    plans.OrganiserPeriod.objects.create(plan=plan, organisation=cast.county, started_on=on)
    return World(
        cast, area, chapter, subgoal, shown.measure, voice, old, draft.measure, hidden, hidden_child,
        hidden_chapter, pending,
    )  # fmt: skip


class Page(HTMLParser):
    """What tests look at in a page: headings in order, elements with their attributes, text under each
    language.
    """

    VOID = frozenset({"meta", "link", "input", "br", "hr", "img", "path", "use", "circle"})

    def __init__(self, html: str):
        super().__init__()
        self.headings: list[tuple[int, str]] = []
        self.elements: list[tuple[str, dict]] = []
        self.languages: list[tuple[str, str]] = []
        self._open: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.elements.append((tag, attrs))
        if tag not in self.VOID:
            self._open.append((tag, attrs))
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.headings.append((int(tag[1]), ""))

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        while self._open:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data):
        if self.headings and any(t == f"h{self.headings[-1][0]}" for t, _ in self._open):
            level, text = self.headings[-1]
            self.headings[-1] = level, text + data
        if data.strip():
            language = next((a["lang"] for _, a in reversed(self._open) if "lang" in a), "")
            self.languages.append((language, data.strip()))

    def language_of(self, text: str) -> str:
        """The language that the text is marked with; AssertionError when it is not on the page."""
        for language, data in self.languages:
            if text in data:
                return language
        raise AssertionError(f"{text!r} is not on the page")

    def all(self, tag: str) -> list[dict]:
        return [attrs for name, attrs in self.elements if name == tag]
