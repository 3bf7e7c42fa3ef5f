"""`python -m lautta lexicons`: write the dictionaries that search needs, once (about half a minute)."""

from django.core.management.base import BaseCommand

from lautta.common.words.lexicon import folder, prepare


class Command(BaseCommand):
    help = "Write the dictionaries of base forms, so that nobody's first search waits for them."
    requires_system_checks = ()

    def handle(self, *args, **options):
        prepare()
        self.stdout.write(f"dictionaries are in {folder()}")
