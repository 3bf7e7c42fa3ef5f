"""`lautta verify`: is every frozen version, byte by byte, what was frozen?"""

from django.core.management.base import BaseCommand, CommandError

from lautta.decisions.freezing.opened import verified
from lautta.decisions.models import Version


class Command(BaseCommand):
    help = "Check every frozen version against its SHA-256, and its quotations against their hashes."

    def add_arguments(self, parser):
        parser.add_argument("version", nargs="*", help="public ids of versions (default: all)")

    def handle(self, *args, **options):
        versions = Version.objects.select_related("plan").order_by("plan_id", "number")
        if options["version"]:
            versions = versions.filter(public_id__in=options["version"])
            if missing := set(options["version"]) - set(versions.values_list("public_id", flat=True)):
                raise CommandError(f"no such version: {', '.join(sorted(missing))}")
        broken = 0
        for version in versions.iterator(chunk_size=20):
            verdict = verified(version)
            removed = f", {verdict.removed} quotations removed on request" if verdict.removed else ""
            said = f"whole{removed}" if verdict.whole else f"NOT WHOLE: {verdict.problem}"
            self.stdout.write(
                f"{version.plan.public_id} {version.number} {version.public_id} {version.sha256[:16]}… {said}"
            )
            broken += not verdict.whole
        if broken:
            raise CommandError(f"{broken} versions are not what was frozen", returncode=1)
        self.stdout.write(f"{versions.count()} versions, all whole")
