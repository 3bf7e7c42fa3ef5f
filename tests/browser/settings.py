"""Settings of the server that the browser visits: those of a demo installation, with quick passwords and shared lexicons."""

from lautta.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Written once for every run: making the Finnish one takes half a minute.
LAUTTA_LEXICONS = BASE_DIR / "var" / "lexicons"  # noqa: F405
# Collected once a run, served by every worker.
STATIC_ROOT = Path(environ["LAUTTA_STATIC"])  # noqa: F405
