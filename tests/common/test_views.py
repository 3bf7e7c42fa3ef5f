"""Addresses outside the languages."""


def test_the_browser_finds_the_mark_it_asks_for_unasked(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"].endswith("favicon.svg")


def test_health_needs_the_database(client, db):
    assert client.get("/healthz").json() == {"status": "ok"}
