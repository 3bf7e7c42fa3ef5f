"""The one search index of an installation: a row per object, language and audience."""

from __future__ import annotations

from django.db import models

PUBLIC = "public"


def organisation_audience(public_id: str) -> str:
    """The audience that only members of the organisation belong to."""
    return f"organisation:{public_id}"


class SearchEntry(models.Model):
    """What can be found. Full-text structures beside this table are made by `CreateFullTextIndex`."""

    scope = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    audience = models.CharField(max_length=60, default=PUBLIC)
    # Before the long texts: SQLite reads a row from its beginning.
    weight = models.SmallIntegerField(default=0)
    sort = models.CharField(max_length=120, blank=True)
    title = models.TextField()
    body = models.TextField(blank=True)
    # Space-separated words (lautta.common.words), as written and as lemmas, apart for title and body;
    # parts of compounds; and words with å ä ö typed as a a o. Four columns, because they weigh differently.
    title_lemmas = models.TextField(blank=True)
    lemmas = models.TextField(blank=True)
    part_lemmas = models.TextField(blank=True)
    plain_lemmas = models.TextField(blank=True)
    url_name = models.CharField(max_length=100)
    url_kwargs = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "kind", "object_id", "language", "audience"],
                name="search_entry_once_per_language_and_audience",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope}/{self.kind}/{self.object_id}/{self.language}/{self.audience}"
