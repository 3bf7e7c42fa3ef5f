"""`lautta region FOLDER`: a region from reviewable files, whole or not at all."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from lautta.workspace.loading import BadFiles, load_new_region, read_folder


class Command(BaseCommand):
    help = "Load a region from files (docs/adding-a-region.md) and invite its people, whole or not at all."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--invite",
            metavar="EMAIL",
            default="",
            help="invite this coordinator alone, nobody of people.yaml",
        )
        parser.add_argument(
            "--check", action="store_true", help="read the files and tell their mistakes; load nothing"
        )

    def handle(self, *args, folder: Path, invite: str, check: bool, **options):
        try:
            content = read_folder(folder)
            if check:
                self.stdout.write("The files hold together. Nothing was loaded.")
                return
            plan = load_new_region(content, say=self.stdout.write, invite=invite.strip())
        except BadFiles as problem:
            count = len(problem.mistakes)
            head = "One mistake" if count == 1 else f"{count} mistakes"
            raise CommandError(f"{head}; nothing was loaded.\n{problem}") from problem
        self.stdout.write(f"Loaded: {plan.title.shown(plan.title.source).text}.")
