"""Settings of the test suite: in-memory SQLite by default, PostgreSQL by LAUTTA_TEST_DB=postgres."""

import os
import tempfile

os.environ.setdefault("LAUTTA_SECRET_KEY", "tests-only")
os.environ.setdefault("LAUTTA_DATA", tempfile.mkdtemp(prefix="lautta-tests-"))
if os.environ.get("LAUTTA_TEST_DB") == "postgres":
    os.environ["DATABASE_URL"] = os.environ.get(
        "LAUTTA_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres"
    )

from lautta.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# WhiteNoise wants its folder, empty as it is.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # noqa: F405
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
    DATABASES["default"]["TEST"] = {  # noqa: F405
        "NAME": "test_lautta_" + os.environ.get("LAUTTA_TEST_SUFFIX", "main")
    }
AXES_ENABLED = False
# Written once for every run: making the Finnish one takes half a minute.
LAUTTA_LEXICONS = BASE_DIR / "var" / "lexicons"  # noqa: F405
