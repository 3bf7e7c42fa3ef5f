"""WSGI door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lautta.config.settings")
application = get_wsgi_application()

from lautta.common.words import lexicon  # noqa: E402
from lautta.config import memory  # noqa: E402

# Made before the first request: the first word indexed would otherwise hold the database's write lock meanwhile.
lexicon.prepare()
memory.settle()
