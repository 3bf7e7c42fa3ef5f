"""Papers as pages list them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lautta.assessments.models import Publication
from lautta.common.models import Job, User
from lautta.common.templatetags.look import number
from lautta.plans.models import Plan
from lautta.publishing.models import Paper, PaperFormat, WellbeingReport
from lautta.publishing.papers.making import Frozen, Source
from lautta.publishing.papers.reading import Row, jobs_of, rows_of

LANGUAGES = {
    "fi": gettext_lazy("suomeksi"),
    "sv": gettext_lazy("ruotsiksi"),
    "en": gettext_lazy("englanniksi"),
}


def size(paper: Paper) -> str:
    """ "340 kt": a reader on a phone wants to know."""
    return _("%(size)s kt") % {"size": number(max(1, round(paper.size / 1000)))}


def page(plan: Plan, source: Source, rows: Sequence[Row], user: User, organisation: str) -> dict[str, Any]:
    """Rows for a template, the newest job, and the organisations that may have a copy of their own."""
    job = jobs_of(plan, source).first()
    working = job is not None and job.state in {Job.State.WAITING, Job.State.RUNNING}
    names = source.document.organisations
    return {
        "rows": [_row(plan, row) for row in rows],
        "anything_missing": any(row.missing for row in rows),
        "job": job if working or (job and job.state == Job.State.FAILED) else None,
        "is_own_job": bool(job and job.started_by_id == user.pk),
        "is_working": working,
        "organisation": organisation,
        "organisation_name": str(names.get(organisation, "")),
        "organisations": sorted(((str(name), key) for key, name in names.items()), key=lambda r: r[0].casefold()),
    }  # fmt: skip


def _row(plan: Plan, row: Row) -> dict[str, Any]:
    languages: dict[str, list[dict[str, Any]]] = {}
    for cell in row.cells:
        languages.setdefault(cell.wanted.language, []).append(
            {
                "format": PaperFormat(cell.wanted.format).label,
                "url": reverse("publishing:paper_file", args=(plan.public_id, cell.paper.public_id)) if cell.paper else "",
                "size": size(cell.paper) if cell.paper else "",
            }
        )  # fmt: skip
    return {
        "kind": row.kind.value,
        "name": row.kind.label,
        "missing": row.missing,
        "languages": [
            {"code": code, "name": LANGUAGES[code], "files": files} for code, files in languages.items()
        ],
    }


def shelves(plan: Plan, sources: Iterable[Frozen]) -> list[dict[str, Any]]:
    """One a source that has something ready: its title and its files, grouped by kind. Sources without a file are left out."""
    made = []
    for frozen in sources:
        files = [_files(plan, row) for row in rows_of(Source(frozen))]
        if any(f["files"] for f in files):
            made.append({"title": _title(frozen), "kinds": [f for f in files if f["files"]]})
    return made


def _title(frozen: Frozen) -> str:
    if isinstance(frozen, Publication):
        return str(frozen.title)
    day = date_format(frozen.frozen_on, "j.n.Y") if frozen.frozen_on else ""
    if isinstance(frozen, WellbeingReport):
        facts = {"organisation": frozen.organisation.name, "year": frozen.year}
        return _("Hyvinvointiraportti %(year)s, %(organisation)s") % facts
    what = f"{frozen.get_kind_display()} {frozen.year or ''}".strip()
    return _("%(what)s, versio %(number)s (%(day)s)") % {"what": what, "number": frozen.number, "day": day}


def _files(plan: Plan, row: Row) -> dict[str, Any]:
    return {
        "name": row.kind.label,
        "files": [
            {
                "url": reverse("publishing:public_paper", args=(plan.public_id, cell.paper.public_id)),
                "label": f"{PaperFormat(cell.wanted.format).label}, {LANGUAGES[cell.wanted.language]}, {size(cell.paper)}",
                "language": cell.wanted.language,
            }
            for cell in row.cells
            if cell.paper
        ],
    }
