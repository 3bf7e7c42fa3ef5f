"""What search holds of voices; the actions call this in their own transaction."""

from django.utils import translation

from lautta.common import search
from lautta.common.translated import LANGUAGES
from lautta.voices.models import Voice


def index_voice(voice: Voice) -> None:
    """A published voice is found by its words, under the role that spoke; any other is not found at all."""
    scope = voice.plan.public_id
    if voice.state != Voice.State.PUBLISHED:
        search.unindex(scope=scope, kind="voice", object_id=voice.public_id)
        return
    texts = {}
    for language in LANGUAGES:
        if said := voice.text.in_language(language):
            with translation.override(language):
                texts[language] = (str(voice.get_speaker_role_display()), said)
    search.index(
        scope=scope,
        kind="voice",
        object_id=voice.public_id,
        texts=texts,
        url_name="publishing:voice",
        url_kwargs={"plan_id": scope, "voice_id": voice.public_id},
        purge_old=True,
    )
