"""Public ids."""

from lautta.common.ids import ALPHABET, LENGTH, new_public_id


def test_ids_are_random_readable_and_begin_with_a_letter():
    made = {new_public_id() for _ in range(2_000)}
    assert len(made) == 2_000
    assert all(len(i) == LENGTH and set(i) <= set(ALPHABET) and i[0].isalpha() for i in made)
    assert not set("aeiouyl01") & set(ALPHABET)
