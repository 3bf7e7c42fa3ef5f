"""Settings of the slow proofs: those of the suite, but with the database that the environment names."""

import os

os.environ.pop("LAUTTA_TEST_DB", None)

from lautta.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "tests.verify.mailbox.FileOfLines"
AXES_ENABLED = False
LAUTTA_LEXICONS = BASE_DIR / "var" / "lexicons"  # noqa: F405
