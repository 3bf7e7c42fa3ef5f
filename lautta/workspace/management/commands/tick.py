"""`lautta tick`: sends what is due. Run it every minute or once a day, on as many machines as there are."""

from django.core.management.base import BaseCommand

from lautta.common import mail
from lautta.common.actors import SYSTEM
from lautta.workspace.actions.reminders import send_reminders


class Command(BaseCommand):
    help = (
        "Queue the reminders that are due and send the outbox. Safe to run twice or by two machines at once."
    )

    def handle(self, *args, verbosity: int = 1, **options):
        queued = send_reminders(by=SYSTEM)
        sent, failed = mail.deliver()
        if verbosity > 1 or queued or sent or failed:
            self.stdout.write(f"{queued} reminders queued, {sent} mails sent, {failed} failed.")
        if failed:
            self.stderr.write("Mails that failed are tried again.")
