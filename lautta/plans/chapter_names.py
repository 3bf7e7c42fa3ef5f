"""What a chapter is called where only its number and title are needed."""

from lautta.plans.models import Chapter, ChapterRevision


def chapter_name(chapter: Chapter) -> str:
    """Number and newest title in the chapter's source language."""
    title = (
        ChapterRevision.objects.filter(chapter=chapter, language=chapter.source_language)
        .order_by("-number")
        .values_list("title", flat=True)
        .first()
    )
    return f"{chapter.number} {title or ''}".strip() or chapter.public_id
