"""Every message of every room is translated into Swedish and English."""

from functools import cache

import pytest

from lautta.common.messages.catalogues import rooms
from lautta.common.messages.check import Fault, problems
from lautta.common.messages.extract import SKIPPED_FOLDERS, room_messages, untranslatable_calls

WRONG = {Fault.MISSING, Fault.FUZZY, Fault.PLACEHOLDERS, Fault.MARKUP, Fault.CONFLICT}
ROOMS = {room.name: room for room in rooms()}


@cache
def every_problem():
    """Of all rooms together, read once: what two rooms say differently is among them."""
    return list(problems(ROOMS.values()))


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_speaks_swedish_and_english(name):
    wrong = [str(p) for p in every_problem() if p.fault in WRONG and p.room == name]
    assert not wrong, "\n".join(
        [*wrong[:40], f"{len(wrong)} in all; see python -m lautta messages --check {name}"]
    )


def test_no_two_rooms_translate_the_same_words_differently():
    wrong = [str(p) for p in every_problem() if p.fault is Fault.CONFLICT]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ROOMS)
def test_every_message_is_a_literal_that_can_be_extracted(name):
    hidden = []
    for path in ROOMS[name].folder.rglob("*.py"):
        if not SKIPPED_FOLDERS & set(path.parts) and "common/messages" not in path.as_posix():
            hidden += untranslatable_calls(path.read_bytes(), str(path))
    assert not hidden, "\n".join(hidden)


def test_packages_that_are_no_rooms_have_no_messages():
    inside = {room.folder for room in ROOMS.values()}
    outside = [
        f for f in next(iter(inside)).parent.iterdir() if (f / "__init__.py").exists() and f not in inside
    ]
    assert outside
    assert {f.name: list(found) for f in outside if (found := room_messages(f))} == {}
