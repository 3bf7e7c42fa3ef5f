"""A mail backend that appends one line a mail, so that processes that are killed leave what they sent."""

import os
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class FileOfLines(BaseEmailBackend):
    """Each mail is one appended line: recipient and Message-ID."""

    def send_messages(self, messages):
        path = Path(settings.DATA_DIR) / "mailbox"
        for message in messages:
            line = f"{message.to[0]}\t{message.extra_headers.get('Message-ID', '')}\n".encode()
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            os.write(handle, line)
            os.close(handle)
        return len(messages)
