"""Many people save the same measure at once: every save that was accepted is there, and no other.

Run by test_concurrency.py as a program on a SQLite file, and imported by it on PostgreSQL.
"""

import sys
import threading

WRITERS = 16
SAVES = 4


def hammer(measure_year_pk: int, actor) -> tuple[int, int]:
    """Each writer saves SAVES times, reading again after each refusal. Returns (accepted, refused)."""
    from django.db import connections

    from lautta.measures import actions
    from lautta.measures.models import MeasureYear

    accepted, refused, broken = [], [], []
    start = threading.Barrier(WRITERS)

    def write(name: int) -> None:
        try:
            start.wait(timeout=60)
            done = 0
            while done < SAVES:
                seen = MeasureYear.objects.get(pk=measure_year_pk)
                words = f"{seen.other_partners} {name}.{done}".strip()
                try:
                    actions.update_measure(by=actor, measure_year=seen, other_partners=words)
                except actions.ChangedMeanwhile:
                    refused.append(name)
                    continue
                accepted.append(f"{name}.{done}")
                done += 1
        except Exception as problem:
            broken.append(repr(problem))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=240)
    assert not broken, broken[:3]
    return len(accepted), len(refused)


def check(measure_year_pk: int, accepted: int) -> None:
    """Every accepted save left its word, its version and its row in the trail."""
    from lautta.common.models import AuditEntry
    from lautta.measures.models import MeasureYear

    row = MeasureYear.objects.get(pk=measure_year_pk)
    assert accepted == WRITERS * SAVES
    assert row.version == 1 + accepted, (row.version, accepted)
    assert len(set(row.other_partners.split())) == accepted, "no word of an accepted save is lost"
    assert AuditEntry.objects.filter(action="measure.update", object_id=str(row.pk)).count() == accepted


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.cast import make_cast
    from tests.measures.making import given

    cast = make_cast()
    made = given(cast, cast.hamina)
    accepted, refused = hammer(made.pk, cast.actor(cast.hannes))
    check(made.pk, accepted)
    sys.stdout.write(f"accepted {accepted} refused {refused}\n")


if __name__ == "__main__":
    main()
