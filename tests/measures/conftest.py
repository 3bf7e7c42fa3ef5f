"""Every test of the room begins in Finnish, whatever language the one before ended in."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_finnish():
    with translation.override("fi"):
        yield
