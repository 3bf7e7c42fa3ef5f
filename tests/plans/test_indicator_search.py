"""Joint indicators are found by their names in every language, by base forms, for as long as they are followed."""

from dataclasses import replace

import pytest

from lautta.common import search
from lautta.common.translated import Translated
from lautta.indicators.models import Indicator
from lautta.plans.actions import indicators as actions
from tests.indicators import factories as numbers

pytestmark = pytest.mark.django_db
TITLE = Translated.of("Ei yhtään läheistä ystävää", sv="Inga nära vänner", en="No close friends")


def named(title):
    return replace(numbers.metadata("4711"), title=title)


def followed(cast, **fields):
    entry = numbers.taken_in(numbers.grid(), named(TITLE))
    return actions.choose_indicator(
        by=cast.actor(cast.kaisa), plan=cast.plan, indicator=entry.indicator, **fields
    )


def found(cast, words, language="fi"):
    hits = search.search(cast.plan.public_id, words, language=language).hits
    return [(h.kind, h.object_id) for h in hits]


@pytest.mark.parametrize(
    ("words", "language"), [("läheiset ystävät", "fi"), ("nära vän", "sv"), ("close friend", "en")]
)
def test_it_is_found_by_its_name_whatever_the_form_and_language(cast, words, language):
    joint = followed(cast)
    assert found(cast, words, language) == [("indicator", joint.indicator.public_id)]


def test_the_note_finds_it_until_it_says_something_else(cast):
    joint = followed(cast, note=Translated.of("Nuorisovaltuusto pyysi."))
    assert found(cast, "nuorisovaltuusto")
    actions.change_joint_indicator(
        by=cast.actor(cast.kaisa), joint=joint, seen=joint.version, note=Translated.of("Muu syy.")
    )
    assert not found(cast, "nuorisovaltuusto")


def test_what_is_no_longer_followed_is_no_longer_found(cast):
    joint = followed(cast)
    actions.remove_joint_indicator(by=cast.actor(cast.kaisa), joint=joint, reason=Translated.of("Ei enää."))
    assert not found(cast, "ystävä")


def test_a_name_that_the_source_changes_is_found_and_the_old_one_is_not(cast):
    joint = followed(cast)
    numbers.taken_in(numbers.grid(), named(Translated.of("Yksinäisyyttä kokevat")))
    assert Indicator.objects.get().title.shown("fi").text == "Yksinäisyyttä kokevat"
    assert found(cast, "yksinäisyys") == [("indicator", joint.indicator.public_id)]
    assert not found(cast, "läheinen")
