"""Fixtures for every test."""

from pathlib import Path

import pytest

from tests.cast import Cast, make_cast

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def cast(db) -> Cast:
    """The fixed cast of people and organisations, see tests/cast.py."""
    return make_cast()


@pytest.fixture
def shared() -> Path:
    """The folder of real data beside the project; the test skips where it is not."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the folder shared/data is not beside the project")
    return SHARED / "data"


@pytest.fixture
def login(client):
    """`login(user)` returns a test client signed in as the user."""

    def _login(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return _login
