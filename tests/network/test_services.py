"""The directory's writes: who keeps what, and what is refused."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from lautta.common import clock, search
from lautta.common.models import AuditEntry
from lautta.common.problems import Refused
from lautta.common.translated import Translated
from lautta.network import actions
from lautta.network.models import Service
from tests.network.making import facts, municipality, provider, service


def create(cast, user, organisation=None, **more):
    return actions.create_service(
        by=cast.actor(user), plan=cast.plan, facts=facts(cast.plan, organisation, **more)
    )


def test_an_entry_is_a_draft_until_it_is_published_and_then_it_is_found(cast):
    made = create(cast, cast.hannes, cast.hamina)
    assert made.state == "draft"
    assert not search.search(cast.plan.public_id, "perhekahviloita", language="fi").total
    actions.publish_services(by=cast.actor(cast.hannes), services=[made])
    assert search.search(cast.plan.public_id, "perhekahviloita", language="fi").total == 1
    actions.end_service(by=cast.actor(cast.hannes), service=made, on=clock.today(), reason="Rahat loppuivat.")
    assert not search.search(cast.plan.public_id, "perhekahvila", language="fi").total
    assert Service.objects.get().ended_reason == "Rahat loppuivat."


def test_a_contributor_keeps_their_own_organisations_entries_alone(cast):
    made = create(cast, cast.hannes, cast.hamina)
    with pytest.raises(PermissionDenied):
        actions.publish_services(by=cast.actor(cast.kalle), services=[made])
    with pytest.raises(Refused):
        create(cast, cast.kalle, cast.hamina)
    with pytest.raises(PermissionDenied):
        actions.provider_for(by=cast.actor(cast.kalle), plan=cast.plan, name=Translated.of("Uusi"))


def test_nobody_acts_in_another_plan(cast):
    with pytest.raises(PermissionDenied):
        create(cast, cast.urho, cast.hamina)
    outsider = cast.actor(cast.kaisa)
    with pytest.raises(PermissionDenied):
        actions.create_service(by=outsider, plan=cast.other_plan, facts=facts(cast.other_plan))


def test_a_family_centre_coordinator_keeps_the_directory_of_their_area(cast, fanni, village, town):
    made = create(cast, fanni, cast.hamina, areas=[village])
    actions.publish_services(by=cast.actor(fanni), services=[made])
    for areas in ([town], [village, town], []):
        with pytest.raises(Refused) as refused:
            create(cast, fanni, cast.hamina, areas=areas, name=Translated.of("Toinen"))
        assert refused.value.field == "areas"
    with pytest.raises(Refused):
        actions.update_service(
            by=cast.actor(fanni), service=made, version=2, facts=facts(cast.plan, cast.hamina, areas=[town])
        )
    theirs = service(cast.plan, cast.hamina, areas=[town], name="Muualla")
    with pytest.raises(PermissionDenied):
        actions.confirm_contacts(by=cast.actor(fanni), service=theirs)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": Translated()}, "name"),
        ({"name": Translated.of("a" * 121)}, "name"),
        ({"audiences": []}, "audiences"),
        ({"audiences": ["king"]}, "audiences"),
        ({"needs": []}, "needs"),
        ({"needs": ["gold"]}, "needs"),
        ({"languages": ["xx"]}, "languages"),
        ({"cost": "golden"}, None),
        ({"tier": 9}, "tier"),
        ({"website": "javascript:alert(1)"}, "website"),
    ],
)
def test_bad_facts_are_refused_and_nothing_is_saved(cast, more, field):
    with pytest.raises(Refused) as refused:
        create(cast, cast.kaisa, **more)
    assert refused.value.status == 422
    if field:
        assert refused.value.field == field
    assert not Service.objects.exists()


def test_a_municipality_of_another_region_is_refused(cast):
    with pytest.raises(Refused):
        create(cast, cast.kaisa, areas=[municipality(cast.other_plan)])


def test_two_who_save_at_once_are_told(cast):
    made = create(cast, cast.kaisa)
    given = facts(cast.plan, phone="000 9")
    actions.update_service(by=cast.actor(cast.kaisa), service=made, version=1, facts=given)
    with pytest.raises(Refused):
        actions.update_service(by=cast.actor(cast.kaisa), service=made, version=1, facts=given)


def test_what_cannot_be_reached_is_not_published(cast):
    made = create(cast, cast.kaisa, phone="")
    with pytest.raises(Refused):
        actions.publish_services(by=cast.actor(cast.kaisa), services=[made])


def test_the_trail_never_holds_who_confirms(cast):
    made = create(cast, cast.kaisa)
    given = facts(cast.plan, contact_email="joku@test.invalid", contact_title="Ohjaaja")
    actions.update_service(by=cast.actor(cast.kaisa), service=made, version=1, facts=given)
    actions.erase_contact(by=cast.actor(cast.kaisa), service=made)
    assert not any(
        "joku@" in str(row.changes) or "Ohjaaja" in str(row.changes) for row in AuditEntry.objects.all()
    )
    assert Service.objects.get().contact_email == ""


def test_helping_narrows_by_who_need_and_municipality(cast, village, town):
    near = service(cast.plan, areas=[village], name="Lähellä")
    everywhere = service(cast.plan, name="Kaikkialla", no_appointment=True)
    service(cast.plan, areas=[village], name="Muille", audiences=["teen"])
    service(cast.plan, areas=[village], name="Luonnos", state="draft")
    found = cast.plan.services.helping(who="small", need="together", area=village.pk).easiest_first()
    assert list(found) == [everywhere, near]
    assert list(cast.plan.services.helping(who="small", need="together", area=town.pk)) == [everywhere]
    assert not cast.plan.services.helping(who="small", need="money").exists()
    assert cast.plan.services.helping().count() == 3


def test_an_organisation_has_one_provider(cast):
    by = cast.actor(cast.kaisa)
    first = actions.provider_for(by=by, plan=cast.plan, organisation=cast.hamina)
    assert actions.provider_for(by=by, plan=cast.plan, organisation=cast.hamina) == first
    with pytest.raises(Refused):
        actions.provider_for(by=by, plan=cast.plan, organisation=cast.elsewhere)
    assert provider(cast.plan, name="Muu") == actions.provider_for(
        by=by, plan=cast.plan, name=Translated.of("Muu")
    )


def test_the_day_of_an_end_is_not_ahead(cast):
    made = create(cast, cast.kaisa)
    with pytest.raises(Refused):
        actions.end_service(
            by=cast.actor(cast.kaisa), service=made, on=clock.today() + dt.timedelta(days=1), reason="x"
        )
