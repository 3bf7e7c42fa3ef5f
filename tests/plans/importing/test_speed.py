"""Large and hostile texts take time in proportion to their size."""

import time
from pathlib import Path

import pytest

from lautta.plans.importing import read_plan

FILE = Path(__file__).resolve().parents[4] / "shared" / "data" / "kymenlaakso_plan_2020_2024.txt"
SIZE = 60_000
HOSTILE = {
    "cut words": "abcde-\n",
    "brackets": "(a, 2019 ja (",
    "open brackets": "(",
    "bars": "a | b | c\n",
    "tabs": "a\tb\tc\n",
    "wide gaps": " " * 50 + "a" + " " * 20 + "b\n",
    "numbered": "3. Otsikko\n",
    "headings": "4.2 Otsikko tässä\n\n",
    "speakers": "ÄITI\n",
    "names": "Maija Malli\n",
    "dots": "Johdanto " + "." * 300 + "\n",
    "contents": "Luku 3 ........ 12\n",
    "overprint": "ab" * 280 + "\n",
    "quotation marks": "”sanoi ”",
    "form feeds": "a\f",
    "blank": "\n",
    "never a full stop": "tämä kappale jatkuu ilman pistettä loppuun asti ja vielä vähän enemmän, yli-\n\n",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts_stay_cheap(kind):
    read_plan(b"Sana ja sana-\nrivi.", "a.txt", language_hint="fi")  # the dictionary is loaded once
    unit = HOSTILE[kind]
    data = ("a" + unit * (SIZE // len(unit.encode()))).encode()
    start = time.process_time()
    read_plan(data, "a.txt", language_hint="fi")
    # 10 MB in 20 s would be 0.12 s; ten times that leaves room for a busy machine and still shows a square.
    assert time.process_time() - start < 1.5


@pytest.mark.verify
def test_ten_megabytes_of_a_real_plan():
    if not FILE.exists():
        pytest.skip("the folder shared/data is not beside the project")
    text = FILE.read_bytes()
    data = (text + b"\n") * (10_000_000 // len(text))
    start = time.process_time()
    plan = read_plan(data, FILE.name)
    assert len(plan.chapters) > 6000
    assert time.process_time() - start < 20
