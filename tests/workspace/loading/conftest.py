"""Both demo regions, loaded once for all tests of a module and rolled back after them."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import translation

from lautta.plans.models import Plan
from lautta.workspace.loading import Content, load_demo_region, read_folder


@pytest.fixture(autouse=True)
def _finnish():
    """A page opened in another language leaves it on."""
    with translation.override("fi"):
        yield


@dataclass
class Demo:
    """The files as read and what was made of them."""

    kymenlaakso: Content
    pohjoinen: Content
    plan: Plan
    other: Plan


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):
    folder = Path(settings.LAUTTA_DEMO)
    kymenlaakso, pohjoinen = read_folder(folder / "kymenlaakso"), read_folder(folder / "pohjoinen")
    with django_db_blocker.unblock(), transaction.atomic():
        plan = load_demo_region(kymenlaakso, say=lambda _line: None)
        other = load_demo_region(pohjoinen, say=lambda _line: None)
        with django_db_blocker.block():
            yield Demo(kymenlaakso, pohjoinen, plan, other)
        transaction.set_rollback(True)


@pytest.fixture
def demo(_loaded, db) -> Demo:
    """What a test changes is undone; the regions stay for the next one."""
    return _loaded
