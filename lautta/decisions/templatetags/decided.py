"""Showing versions, stations and quotations."""

from django import template

from lautta.decisions import presenters
from lautta.decisions.freezing.opened import Quotation
from lautta.decisions.models import Version

register = template.Library()


@register.filter
def version_title(version: Version) -> str:
    return presenters.title_of(version)


@register.filter
def speaker(quotation: Quotation) -> str:
    return presenters.speaker(quotation)


@register.filter
def fate_word(fate: str) -> str:
    return str(presenters.FATES.get(fate, fate))
