"""Addresses of chapters; put into urls.py of this room."""

from django.urls import path

from lautta.plans.views import chapter_figures, chapter_history, chapter_merge, chapter_texts, chapters

_ONE = "chapters/<str:chapter_id>/"
_TEXT = _ONE + "<str:language>/"

urlpatterns = [
    path("chapters/", chapters.listing, name="chapters"),
    path("chapters/new/", chapters.new, name="chapter_new"),
    path(_ONE + "move/", chapters.move, name="chapter_move"),
    path(_ONE + "end/", chapters.end, name="chapter_end"),
    path(_ONE + "redact/", chapters.redact, name="chapter_redact"),
    path(_TEXT, chapter_texts.read, name="chapter"),
    path(_TEXT + "edit/", chapter_texts.edit, name="chapter_edit"),
    path(_TEXT + "merge/", chapter_merge.merge, name="chapter_merge"),
    path(_TEXT + "publish/", chapter_texts.publish, name="chapter_publish"),
    path(_TEXT + "history/", chapter_history.history, name="chapter_history"),
    path(_TEXT + "compare/", chapter_history.compare, name="chapter_diff"),
    path(_TEXT + "figures/", chapter_figures.figures, name="chapter_figures"),
    path(_TEXT + "restore/", chapter_history.restore, name="chapter_restore"),
]
