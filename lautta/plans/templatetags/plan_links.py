"""Small helpers of the plan's own pages."""

from django import template
from django.urls import reverse

from lautta.common.translated import Shown
from lautta.organisations.permissions import ROLE_NAMES, Role
from lautta.plans.forms.base import IN_LANGUAGE
from lautta.plans.goal_reading import Lack

register = template.Library()


@register.simple_tag
def lack_url(lack: Lack) -> str:
    """The page that mends what is lacking."""
    return reverse(lack.url_name, kwargs=lack.url_kwargs)


@register.simple_tag
def source_text(owner: object, name: str, language: str) -> Shown:
    """The source text of a field, stale when the translation in `language` is older than it."""
    text = getattr(owner, name)
    return Shown(text.in_language(text.source) or "", text.source, False, text.is_stale(language))


@register.simple_tag
def role_name(role: str) -> str:
    """A role in the reader's language."""
    return str(ROLE_NAMES[Role(role)])


@register.simple_tag
def language_name(code: str) -> str:
    """In which language: suomeksi, ruotsiksi, englanniksi."""
    return str(IN_LANGUAGE[code])
