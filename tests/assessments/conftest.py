"""Each test begins and ends in Finnish."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def finnish():
    with translation.override("fi"):
        yield
