"""Fixtures for every test."""

import os
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from tests import migrated
from tests.cast import Cast, make_cast


def pytest_sessionstart(session):
    """Catalogues are not kept compiled; the workers of xdist read what the first process has made."""
    if not hasattr(session.config, "workerinput"):
        from lautta.common.messages.catalogues import compile_catalogues

        compile_catalogues()


def pytest_collection_modifyitems(config, items):
    """What asks no database is proved once, on SQLite's turn."""
    if os.environ.get("LAUTTA_TEST_DB") != "postgres":
        return
    pure = {
        item
        for item in items
        if not {"db", "transactional_db"} & set(item.fixturenames)
        and not any(item.get_closest_marker(name) for name in ("django_db", "postgres", "browser", "verify"))
    }
    config.hook.pytest_deselected(items=[item for item in items if item in pure])
    items[:] = [item for item in items if item not in pure]


@pytest.fixture(autouse=True)
def _finnish():
    """Each test begins in the language of the message ids, whatever page the last one opened."""
    with translation.override("fi"):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The test database is read from the migrated file, or copied from the migrated template on PostgreSQL."""
    creation = connection.creation

    def create_test_db(*_arguments, **_options) -> str:
        connection.close()
        name = connection.settings_dict["NAME"] = creation._get_test_db_name()
        connection.ensure_connection()
        migrated.load_into(connection.connection)
        return name

    if connection.vendor == "sqlite":
        creation.create_test_db = create_test_db
    else:
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated.template(os.environ["DATABASE_URL"])


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


@pytest.fixture(scope="session")
def browser():
    """One Chromium for every browser test of a process; skips with the reason where there is none."""
    pytest.importorskip("playwright", reason="playwright is not installed (make test installs it)")
    from tests.browser.driver import chromium, path_of_chromium

    if path_of_chromium() is None:
        pytest.skip("Chromium is missing: apt-get install chromium, or set LAUTTA_CHROMIUM")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    # The driver keeps an event loop running in this thread; the tests' own queries are synchronous all the same.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with chromium() as started:
        yield started
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
