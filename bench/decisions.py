"""`python -m bench.decisions`: the board with 60 bodies × 20 versions, freezing, comparing a long plan. Part of `make bench`."""

from __future__ import annotations

import statistics
import sys
import time

BODIES, VERSIONS, CHAPTERS = 60, 20, 60
# (page, most queries, most CPU ms); those of the session and the standing are counted too
BOUNDS = {
    "board": (10, None),
    "matrix": (10, None),
    "public list": (10, None),
    "public version": (10, None),
    "compare": (14, None),
}


class Deciding:
    """Twenty organisations of three bodies each, and versions that differ by a word."""

    def __init__(self) -> None:
        from lautta.common.translated import Translated
        from lautta.decisions.models import Body
        from tests import factories as f
        from tests.cast import make_cast

        self.cast = make_cast()
        self.kaisa = self.cast.actor(self.cast.kaisa)
        self.chapters = [f.ChapterFactory(plan=self.cast.plan) for _n in range(CHAPTERS)]
        for chapter in self.chapters:
            f.ChapterRevisionFactory(
                chapter=chapter, body="<p>" + "Arki kantaa ja lautta liikkuu. " * 60 + "</p>"
            )
        self.bodies = []
        for n in range(BODIES // 3):
            organisation = f.OrganisationFactory()
            f.ParticipationFactory(plan=self.cast.plan, organisation=organisation)
            for place, kind in enumerate(("committee", "board", "council"), start=1):
                name = Translated.of(f"Toimielin {n}.{place}")
                body = Body(
                    plan=self.cast.plan, organisation=organisation, kind=kind, name=name, position=place
                )
                body.save()
                self.bodies.append(body)
        self.versions = [self.version(n) for n in range(VERSIONS)]

    def version(self, n: int):
        from lautta.decisions.actions.paths import lay_path
        from lautta.decisions.models import Decision
        from tests import factories as f
        from tests.decisions.making import ASKED

        chapter = self.chapters[n % CHAPTERS]
        newest = chapter.revisions.order_by("-number").first()
        f.ChapterRevisionFactory(
            chapter=chapter, number=newest.number + 1, based_on=newest.number, body=newest.body.replace("kantaa", f"kantaa {n}", 1)
        )  # fmt: skip
        from lautta.decisions.actions.versions import freeze

        made = freeze(by=self.kaisa, plan=self.cast.plan, kind="part_one", proposal=ASKED)
        kinds = {1: "prepares", 2: "prepares", 3: "decides"}
        lay_path(by=self.kaisa, version=made, bodies=[(b, kinds[b.position]) for b in self.bodies])
        Decision.objects.bulk_create(
            Decision(station=s, number=1, outcome="approve", decided_on=made.frozen_on)
            for s in made.stations.all()
        )
        return made


def measure() -> int:
    from django.test import Client
    from django.urls import reverse

    deciding = Deciding()
    plan = deciding.cast.plan.public_id
    first, last = deciding.versions[0].public_id, deciding.versions[-1].public_id
    client = Client()
    client.force_login(deciding.cast.kaisa, backend="allauth.account.auth_backends.AuthenticationBackend")
    pages = {
        "board": reverse("decisions:board", args=(plan,)),
        "matrix": reverse("decisions:matrix", args=(plan,)),
        "compare": f"{reverse('decisions:compare', args=(plan,))}?from={first}&to={last}",
        "public list": reverse("publishing:decisions", args=(plan,)),
        "public version": reverse("publishing:version", args=(plan, last)),
    }
    print(
        f"\n{BODIES} bodies × {VERSIONS} versions, {CHAPTERS} chapters\n{'page':<16}{'queries':>8}{'CPU ms':>9}{'bytes':>10}"
    )
    broken = 0
    for page, url in pages.items():
        queries, cpu, size = one(client if page in {"board", "matrix", "compare"} else Client(), url)
        over = queries > BOUNDS[page][0]
        broken += over
        print(f"{page:<16}{queries:>8}{cpu:>9.1f}{size:>10}{'  over: queries' if over else ''}")
    began = time.process_time()
    deciding.version(VERSIONS + 1)
    print(f"freezing and sending one more: {time.process_time() - began:.2f} s CPU")
    return 1 if broken else 0


def one(client, url: str) -> tuple[int, float, int]:
    """(queries, median CPU ms, bytes)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    queries = len(captured)
    if response.status_code != 200:
        raise RuntimeError(f"{url} answered {response.status_code}")
    times = []
    for _ in range(5):
        before = time.process_time()
        client.get(url)
        times.append((time.process_time() - before) * 1000)
    return queries, statistics.median(times), len(response.content)


if __name__ == "__main__":
    from bench.__main__ import scratch

    with scratch():
        sys.exit(measure())
