"""A chapter in two languages and its coordinator."""

import pytest

from lautta.plans.actions import chapters as actions


@pytest.fixture
def by(cast):
    return cast.actor(cast.kaisa)


@pytest.fixture
def chapter(cast, by):
    texts = {"fi": ("Nykytila", "<p>Alku.</p>", "Helppo."), "sv": ("Nuläget", "<p>Början.</p>", "")}
    return actions.create_chapter(by=by, plan=cast.plan, number="2", texts=texts)


@pytest.fixture
def kaisa(cast, login):
    return login(cast.kaisa)
