"""For the proof of imports: `fetching fetch BASE`, `fetching check`. Run as a process of its own."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.db.models import Count, Q

from lautta.common.actors import SYSTEM
from lautta.common.models import AuditEntry
from lautta.indicators.fetchers import Asker
from lautta.indicators.fetching import fetch_sotkanet
from lautta.indicators.models import Fetch, Indicator, SourceArea, Vintage
from lautta.indicators.reading import panel_of_vintage

INDICATORS = 12


def fetch(base: str) -> None:
    ids = [str(9000 + n) for n in range(INDICATORS)]
    run = fetch_sotkanet(by=SYSTEM, source_ids=ids, base=base, asker=Asker(between=0))
    print(json.dumps({"counts": run.counts}))


def check() -> None:
    """What is wrong anywhere: a vintage that is not what its digest says, or without its line, its answers, its audit row."""
    wrong = []
    audited = set(AuditEntry.objects.filter(kind="vintage").values_list("object_id", flat=True))
    for vintage in Vintage.objects.select_related("entry"):
        panel = panel_of_vintage(vintage)
        if panel.sha256() != vintage.sha256:
            wrong.append(f"{vintage.pk}: content is not what it was")
        if vintage.entry is None or vintage.entry.responses.count() < 2 or vintage.public_id not in audited:
            wrong.append(f"{vintage.pk}: no line, answer or audit")
    counted = Indicator.objects.annotate(
        current=Count("vintages", filter=Q(vintages__state="current")), named=Count("titles", distinct=True)
    )
    wrong += [f"{i.source_id}: {i.current} current" for i in counted if i.current != 1 or i.named < 1]
    print(
        json.dumps(
            {
                "wrong": wrong,
                "vintages": Vintage.objects.count(),
                "indicators": Indicator.objects.count(),
                "areas": SourceArea.objects.count(),
                "running": Fetch.objects.filter(state="running").count(),
                "done": Fetch.objects.filter(state="done").count(),
            }
        )
    )


if __name__ == "__main__":
    {"fetch": fetch, "check": check}[sys.argv[1]](*sys.argv[2:])
