"""Entry point of the `lautta` command line."""

import os
import sys


def main() -> None:
    """Run a management command; exit code 0 on success."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lautta.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["lautta", *sys.argv[1:]])
