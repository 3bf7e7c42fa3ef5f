"""`lautta restore FILE`: an installation as it was."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from lautta.common.backup import BackupProblem, restore


class Command(BaseCommand):
    help = "Put a backup into this installation, whole or not at all."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="remove what the database holds now")

    def handle(self, *args, file: Path, replace: bool, **options):
        try:
            counts = restore(file, replace=replace)
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{sum(counts.values())} rows of {len(counts)} tables restored.")
