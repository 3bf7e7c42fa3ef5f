"""The first page of a plan."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lautta.indicators.summaries import AreaSummary
from lautta.measures.choices import ReportPeriod
from lautta.measures.models import ProgressReport, Round
from lautta.organisations.models import Organisation
from lautta.publishing.links import measure_url
from lautta.publishing.presenters.figures.region import Followed
from lautta.publishing.presenters.goals import GoalTree
from lautta.publishing.presenters.words import words
from lautta.statistics.trend import Verdict


def goal_cards(
    tree: GoalTree, counts: Mapping[int, int], voices: Mapping[int, dict], moved: Mapping[int, int]
) -> list[dict]:
    """For components/goal_card.html, one for each main goal."""
    return [
        {
            "number": node.colour,
            "label": node.goal.number,
            "title": node.title,
            "url": node.url,
            "text": words(node.goal.plain) or words(node.goal.description),
            "under_way": counts.get(node.pk, 0),
            "moved": moved.get(node.pk, 0),
            "voice": voices.get(node.pk),
        }
        for node in tree.main
    ]


def moved_by_goal(tree: GoalTree, found: Iterable[tuple[Followed, AreaSummary]]) -> dict[int, int]:
    """How many joint indicators of each main goal's branch have clearly moved."""
    counts: Counter = Counter()
    for item, summary in found:
        node = tree.get(item.joint.goal_id) if item.joint and item.joint.goal_id else None
        if node and summary.trend in (Verdict.UP, Verdict.DOWN):
            counts[node.main.pk] += 1
    return dict(counts)


def happening(rounds: Iterable[Round], today: dt.date) -> list[dict]:
    """The days of the round that is going on (or next), in order: [{"date", "title", "is_over"}]."""
    current = next((r for r in rounds if r.state != Round.State.CLOSED), None) or next(iter(rounds), None)
    if current is None:
        return []
    asked = {"year": current.year}
    days = [
        (current.opens_on, _("Vuoden %(year)s toimenpiteiden kokoaminen alkaa") % asked),
        (current.deadline, _("Tekijöiden toimenpiteet vuodelle %(year)s ovat koossa") % asked),
        (current.evaluation_deadline, _("Vuoden %(year)s arviot valmistuvat") % asked),
    ]
    return [{"date": date, "title": title, "is_over": date < today} for date, title in days if date]


def latest_reports(plan_id: str, reports: Iterable[ProgressReport]) -> list[dict]:
    """Reports come with their measure, organisation and round."""
    return [
        {
            "date": report.created_at,
            "title": words(report.measure_year.title),
            "url": measure_url(plan_id, report.measure_year.measure.public_id, report.measure_year.title),
            "organisation": words(report.measure_year.measure.organisation.name),
            "period": f"{ReportPeriod(report.period).label} {report.measure_year.round.year}",
            "status": report.status,
            "is_illustrative": report.is_illustrative,
        }
        for report in reports
    ]


def makers(kinds: Iterable[str]) -> list[str]:
    """How many of each kind take part: "6 kuntaa", "3 seurakuntaa"; kinds in their fixed order."""
    counts = Counter(kinds)
    return [_many(kind, counts[kind]) for kind in Organisation.Kind.values if counts[kind]]


def _many(kind: str, n: int) -> str:
    texts = {
        "municipality": ngettext("%(n)s kunta", "%(n)s kuntaa", n),
        "county": ngettext(
            "%(n)s hyvinvointialue tai kuntayhtymä", "%(n)s hyvinvointialuetta tai kuntayhtymää", n
        ),
        "association": ngettext("%(n)s järjestö", "%(n)s järjestöä", n),
        "parish": ngettext("%(n)s seurakunta", "%(n)s seurakuntaa", n),
        "police": ngettext("poliisi", "%(n)s poliisilaitosta", n),
        "school": ngettext("%(n)s oppilaitos", "%(n)s oppilaitosta", n),
        "employer": ngettext("%(n)s työnantaja", "%(n)s työnantajaa", n),
        "other": ngettext("%(n)s muu tekijä", "%(n)s muuta tekijää", n),
    }
    return texts[kind] % {"n": n}
