"""`python -m lautta messages`: bring the translation catalogues up to date."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from lautta.common.messages import LANGUAGES
from lautta.common.messages.catalogues import compile_catalogues, entries, merged, read, rooms, strings, write
from lautta.common.messages.check import problems
from lautta.common.messages.extract import MessageError, room_messages


class Command(BaseCommand):
    help = "Extract messages into every room's Swedish and English catalogue and compile them."
    requires_system_checks = ()
    # The command is what makes translations: it must not need them.
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("rooms", nargs="*", help="rooms to work on (default: all), e.g. plans measures")
        parser.add_argument(
            "--check", action="store_true", help="change nothing; name every problem, exit 1 if any"
        )
        parser.add_argument("--compile", action="store_true", help="only compile the catalogues there are")
        parser.add_argument(
            "--prune", action="store_true", help="forget translations of messages that are gone"
        )

    def handle(self, *args, **options):
        try:
            chosen = rooms(options["rooms"])
        except KeyError as error:
            raise CommandError(f"no such room: {error.args[0]}") from error
        try:
            if options["check"]:
                self.check_catalogues(chosen)
                return
            if not options["compile"]:
                self.extract(chosen, prune=options["prune"])
        except MessageError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"compiled {compile_catalogues(options['rooms'])}")

    def extract(self, chosen, *, prune):
        for language in LANGUAGES:
            elsewhere = {}
            for room in rooms():
                for key, message in entries(read(room.po(language), language)).items():
                    if all(strings(message)) and not message.fuzzy:
                        elsewhere.setdefault(key, message)
            for room in chosen:
                found = room_messages(room.folder)
                path = room.po(language)
                if not found and not path.exists():
                    continue
                catalog = merged(read(path, language), found, language, elsewhere)
                if prune:
                    catalog.obsolete.clear()
                changed = write(path, catalog, language)
                missing = sum(not all(strings(m)) for m in entries(catalog).values())
                self.stdout.write(
                    f"{room.name} {language}: {len(found)} messages, {missing} to translate"
                    f"{'' if changed else ', unchanged'}"
                )

    def check_catalogues(self, chosen):
        found = problems(chosen)
        for problem in found:
            self.stdout.write(str(problem))
        counts = Counter((p.room, p.language, p.fault.value) for p in found)
        for (room, language, fault), number in sorted(counts.items()):
            self.stdout.write(f"{room} {language}: {number} {fault}")
        if found:
            raise CommandError(f"{len(found)} problems in the catalogues", returncode=1)
        self.stdout.write("every message is translated")
