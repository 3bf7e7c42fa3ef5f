"""Groups that lead the work on three tiers: what they are, who sits in them, when they meet, what they have decided."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from lautta.common import clock
from lautta.decisions.choices import TIERS
from lautta.decisions.tier_reading import decided_by, tiers_of
from lautta.publishing.pages import public_page, show

SHOWN_MEETINGS, SHOWN_DECISIONS = 6, 20


@public_page
def groups(request: HttpRequest) -> HttpResponse:
    """The three tiers with their groups."""
    tiers = [(tier, _about(tier.kind)) for tier in tiers_of(request.plan) if tier.groups]
    description = _("Lasten, nuorten ja perheiden asioita johdetaan yhdessä kolmella tasolla.")
    return show(
        request, "groups", title=_("Ryhmät, jotka johtavat työtä"), description=description, tiers=tiers
    )


@public_page
def group(request: HttpRequest, body_id: str) -> HttpResponse:
    """One group. Members are told by role and organisation, never by name."""
    today = clock.today()
    body = (
        request.plan.bodies.active(today)
        .filter(kind__in=TIERS, public_id=body_id)
        .with_organisation()
        .first()
    )
    if body is None:
        raise Http404
    context = {
        "body": body,
        "about": _about(body.kind),
        "members": body.members.current(today).in_order().select_related("organisation"),
        "meetings": body.meetings.standing().filter(held_on__gte=today).in_order()[:SHOWN_MEETINGS],
        "decided": decided_by(body)[:SHOWN_DECISIONS],
    }
    return show(request, "group", title=str(body.name), description=str(context["about"]), **context)


def _about(kind: str) -> str:
    """What a group of the kind is, in plain words."""
    words = {
        "lape_group": _(
            "Ryhmä sovittaa yhteen koko maakunnan lasten ja perheiden palvelut. Mukana ovat kunnat, hyvinvointialue ja järjestöt."
        ),
        "steering_group": _("Ryhmä johtaa suunnitelman työtä omassa kunnassaan ja kokoaa sen eri toimialat."),
        "area_network": _("Verkosto kokoaa perhekeskuksen toimijat: ne, jotka tapaavat perheitä joka päivä."),
    }  # fmt: skip
    return words[kind]
