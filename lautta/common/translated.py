"""Text in several languages, each translation knowing which revision of the source it was made from.

Stored as JSON: {"source": "fi", "texts": {"fi": {"text": "…", "rev": 2}, "sv": {"text": "…", "rev": 1, "made_from": 1}}}.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language

LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One language's text. `made_from` is the source revision a translation was made from (None in the source itself)."""

    text: str
    rev: int = 1
    made_from: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader gets: the text, its language, whether it is a fallback (not translated) and whether it is stale."""

    text: str
    language: str
    is_fallback: bool
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Translated:
    """Immutable text in 0–3 languages. Falsy when every language is empty."""

    source: str = "fi"
    texts: dict[str, Text] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str = "", *, language: str = "fi", **others: str) -> Translated:
        """`Translated.of("Tavoite", sv="Mål", en="Goal")`: source text and translations made from it."""
        made = cls(source=language)
        if text:
            made = made.with_text(language, text)
        for code, words in others.items():
            if words:
                made = made.with_text(code, words)
        return made

    @classmethod
    def from_mapping(cls, value: dict[str, str] | str | None, *, source: str = "fi") -> Translated:
        """From {"fi": …, "sv": …} or a plain string; the source is `source` or the first language given."""
        if not value:
            return cls(source=source)
        if isinstance(value, str):
            return cls.of(value, language=source)
        first = source if value.get(source) else next(iter(value))
        rest = {code: words for code, words in value.items() if code != first}
        return cls.of(value[first], language=first, **rest)

    def __bool__(self) -> bool:
        return any(t.text for t in self.texts.values())

    def __str__(self) -> str:
        return self.shown().text

    def in_language(self, language: str) -> str | None:
        """The text in exactly this language, or None."""
        found = self.texts.get(language)
        return found.text if found and found.text else None

    def shown(self, language: str | None = None) -> Shown:
        """The text for a reader of `language` (default: the active one), falling back to source, then to any."""
        wanted = (language or get_language() or "fi")[:2]
        for code in (wanted, self.source, *LANGUAGES):
            if words := self.in_language(code):
                return Shown(words, code, code != wanted, self.is_stale(code))
        return Shown("", wanted, False, False)

    def is_stale(self, language: str) -> bool:
        """True when the source has moved on since this translation was made."""
        own, source = self.texts.get(language), self.texts.get(self.source)
        if not own or not source or language == self.source:
            return False
        return own.made_from is None or own.made_from < source.rev

    def with_text(self, language: str, text: str) -> Translated:
        """A copy with this language's text replaced; unchanged text keeps its revision."""
        if language not in LANGUAGES:
            raise ValueError(f"unknown language {language!r}")
        text = text.strip()
        own = self.texts.get(language)
        source = self.texts.get(self.source)
        if not self and text:
            return Translated(language, {language: Text(text)})
        if own and own.text == text and not self.is_stale(language):
            return self
        made_from = None if language == self.source else (source.rev if source else 0)
        new = Text(text, (own.rev + 1) if own and own.text != text else (own.rev if own else 1), made_from)
        return Translated(self.source, {**self.texts, language: new})

    def to_json(self) -> dict[str, Any]:
        texts = {}
        for code, t in self.texts.items():
            texts[code] = {"text": t.text, "rev": t.rev}
            if t.made_from is not None:
                texts[code]["made_from"] = t.made_from
        return {"source": self.source, "texts": texts}

    @classmethod
    def from_json(cls, data: dict[str, Any] | None) -> Translated:
        if not data:
            return cls()
        return cls(
            data.get("source", "fi"), {code: Text(**row) for code, row in data.get("texts", {}).items()}
        )


class TranslatedField(models.JSONField):
    """A column of `Translated`; empty is an empty Translated, never NULL."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", Translated)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return Translated.from_json(super().from_db_value(value, expression, connection))

    def to_python(self, value):
        if isinstance(value, Translated):
            return value
        if isinstance(value, dict):
            return Translated.from_json(value)
        if value in (None, ""):
            return Translated()
        raise ValidationError("not a translated text")

    def get_prep_value(self, value):
        return value.to_json() if isinstance(value, Translated) else value

    def get_db_prep_value(self, value, connection, prepared=False):
        return super().get_db_prep_value(self.get_prep_value(value), connection, prepared)

    def validate(self, value, model_instance):
        if not self.blank and not value:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def value_to_string(self, obj):
        return self.value_from_object(obj).to_json()
