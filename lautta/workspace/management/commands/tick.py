"""`lautta tick`: sends what is due. Run it every minute or once a day, on as many machines as there are."""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils import timezone

from lautta.common import clock, mail
from lautta.common.actors import SYSTEM
from lautta.indicators.actions import start_due_fetches
from lautta.workspace.actions.reminders import send_reminders


class Command(BaseCommand):
    help = (
        "Queue the reminders that are due, send the outbox and start the yearly fetch. "
        "Safe to run twice or by two machines at once."
    )

    def handle(self, *args, verbosity: int = 1, **options):
        queued = send_reminders(by=SYSTEM, now=timezone.now())
        fetches = start_due_fetches(by=SYSTEM, today=clock.today())
        sent, failed = mail.deliver()
        # Rooms above this one name what they do every minute in their AppConfig.
        for config in apps.get_app_configs():
            for said in getattr(config, "on_tick", list)():
                self.stdout.write(said)
        if verbosity > 1 or queued or sent or failed:
            self.stdout.write(f"{queued} reminders queued, {sent} mails sent, {failed} failed.")
        if fetches:
            self.stdout.write(f"{fetches} yearly fetches started.")
        if failed:
            self.stderr.write("Mails that failed are tried again.")
