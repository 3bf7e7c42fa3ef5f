"""The settings of an installation, but static files without a manifest."""

from lautta.config.settings import *  # noqa: F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["*"]
# The dictionaries of the working copy: making them is not what is measured.
LAUTTA_LEXICONS = BASE_DIR / "var" / "lexicons"  # noqa: F405
