"""`lautta backup FILE`: the whole installation in one file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lautta.common.backup import backup


class Command(BaseCommand):
    help = "Write the whole installation to one file, for SQLite and PostgreSQL alike."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="default: lautta-<time>.zip in this folder")

    def handle(self, *args, file: Path | None, **options):
        path = file or Path(f"lautta-{timezone.localtime():%Y%m%d-%H%M%S}.zip")
        try:
            counts = backup(path)
        except OSError as problem:
            raise CommandError(f"{path} cannot be written: {problem.strerror}") from problem
        self.stdout.write(f"{path}: {sum(counts.values())} rows of {len(counts)} tables.")
