"""Numbers that a writer can choose from: what a text will say, for the region and its municipalities, in its own language."""

import pytest
from django.urls import reverse
from django.utils import translation

from lautta.common.actors import SYSTEM
from lautta.common.translated import Translated
from lautta.indicators.actions.summaries import summarise_current
from lautta.indicators.models import SourceArea
from lautta.organisations.models import Area, AreaMembership
from lautta.plans.actions import chapters as actions
from lautta.plans.figures.codes import codes_of
from lautta.plans.models import FigureReference, JointIndicator
from tests.indicators import factories as numbers

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint(cast, take):
    """A joint indicator with numbers of the region, Kotka (to 2023) and Hamina (to 2022)."""
    region = cast.plan.region.area
    for code, name in (("285", "Kotka"), ("075", "Hamina"), ("010", "Alavus")):
        area = Area.objects.create(kind="municipality", code=code, name=Translated.of(name), sort_key=name)
        if name != "Alavus":
            AreaMembership.objects.create(area=area, parent=region, started_on="2000-01-01")
    indicator = take()
    summarise_current(by=SYSTEM)
    return JointIndicator.objects.create(plan=cast.plan, indicator=indicator)


def edit_page(cast, chapter, language="fi"):
    with translation.override("fi"):
        return reverse("plans:chapter_edit", args=[cast.plan.public_id, chapter.public_id, language])


def test_region_first_then_its_own_municipalities_newest_year_first(cast, joint):
    (found,) = codes_of(cast.plan, "fi")
    assert [a.name for a in found.areas] == [str(cast.plan.region.area.name), "Hamina", "Kotka"]
    kotka = found.areas[2]
    assert kotka.reads_as == "8,4\xa0% (2023)"
    assert kotka.code == f"[[mittari:{joint.indicator.public_id} KU285 2023]]"
    assert kotka.years[1] == (2022, "8,5\xa0%")
    assert kotka.packed.startswith("2023=8,4\xa0%|2022=8,5\xa0%|")
    assert found.areas[1].years[0][0] == 2022, "no number of 2023"


def test_numbers_are_as_the_language_of_the_text_writes_them(cast, joint):
    assert codes_of(cast.plan, "en")[0].areas[2].reads_as == "8.4\xa0% (2023)"


def test_each_code_saves_as_what_it_says(cast, joint, chapter):
    (found,) = codes_of(cast.plan, "fi")
    body = "".join(f"<p>{area.code}</p>" for area in found.areas)
    actions.save_revision(
        by=SYSTEM, chapter=chapter, language="fi", title="Luku", body=body, plain="", based_on=0
    )
    kept = FigureReference.objects.order_by("pk").values_list("text", "area_name")
    assert list(kept) == [(area.reads_as, area.name) for area in found.areas]


def test_a_municipality_has_its_name_before_the_sources_list_of_areas_is_fetched(cast, joint, chapter):
    SourceArea.objects.all().delete()
    code = codes_of(cast.plan, "fi")[0].areas[2].code
    actions.save_revision(
        by=SYSTEM, chapter=chapter, language="fi", title="Luku", body=f"<p>{code}</p>", plain="", based_on=0
    )
    assert FigureReference.objects.get().area_name == "Kotka"


def test_withheld_and_missing_numbers_are_not_offered(cast, take, joint):
    joint.indicator.kind, joint.indicator.threshold = "count", 6
    joint.indicator.save()
    (found,) = codes_of(cast.plan, "fi")
    assert "Hamina" not in [a.name for a in found.areas], "five cases"
    joint.indicator.vintages.all().delete()
    assert codes_of(cast.plan, "fi") == []


def test_the_page_lists_the_codes_and_draws_the_tool(cast, login, joint, chapter):
    page = login(cast.kaisa).get(edit_page(cast, chapter)).content.decode()
    assert 'data-tool="figure"' in page
    assert f"[[mittari:{joint.indicator.public_id} KU285 2023]]" in page
    assert "8,4\xa0% (2023)" in page


def test_without_numbers_there_is_nothing_to_choose(cast, login, chapter):
    page = login(cast.kaisa).get(edit_page(cast, chapter)).content.decode()
    assert 'data-tool="figure"' not in page
    assert "data-figure-codes" not in page


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_page_opens_in_each_language(cast, login, joint, chapter, language):
    address = edit_page(cast, chapter).replace("/fi/work/", f"/{language}/work/", 1)
    # What a request speaks must not go on to the next test.
    with translation.override("fi"):
        assert login(cast.kaisa).get(address).status_code == 200


@pytest.mark.parametrize("size", [100, 2_500])
def test_queries_do_not_grow(cast, joint, size, django_assert_num_queries):
    rows = numbers.IndicatorFactory._meta.model.objects.bulk_create(
        numbers.IndicatorFactory.build() for _ in range(size)
    )
    JointIndicator.objects.bulk_create(
        JointIndicator(plan=cast.plan, indicator=row, position=n) for n, row in enumerate(rows)
    )
    with django_assert_num_queries(3):
        assert len(codes_of(cast.plan, "fi")) == 1
