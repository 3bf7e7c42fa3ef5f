"""Every code that the sources record has words."""

import re
from pathlib import Path

from lautta.workspace.trail import DEEDS, THINGS, action_words

PACKAGE = Path(__file__).resolve().parents[2] / "lautta"
CODE = re.compile(r'"([a-z_]+)\.([a-z_]+)"')
# Codes made of a part and a name.
MADE = {("job", "start"), ("measure", "money"), ("measure", "person_years")}


def recorded() -> set[tuple[str, str]]:
    """Quoted "thing.deed" in files that hold writes."""
    found = set(MADE)
    for path in PACKAGE.rglob("*.py"):
        if "actions" in path.parts or path.name in {"actions.py", "answers.py", "writing.py"}:
            found |= set(CODE.findall(path.read_text("utf-8")))
    return {(thing, deed) for thing, deed in found if deed not in {"yaml", "txt", "html"}}


def test_every_recorded_code_has_words():
    codes = recorded()
    assert len(codes) > 60
    # A name of a related model in a query looks the same.
    known = {code for code in codes if code[0] in THINGS}
    assert {deed for _thing, deed in known} <= set(DEEDS), {d for _t, d in known} - set(DEEDS)
    assert "chapter.save" not in action_words("chapter.save")


def test_an_unknown_code_is_shown_as_it_is():
    assert action_words("something.else") == "something.else"
