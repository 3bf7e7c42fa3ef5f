from hypothesis import given

from lautta.plans.chapters.merge import (
    Choice,
    Kind,
    merge_lines,
    merge_rich,
    merge_whole,
    pieces,
    put_together,
)
from tests.plans.chapters.strategies import DOCUMENT, calm, three_sides


def merged(hunks) -> str:
    return put_together([node for hunk in hunks for node in hunk.result])


def conflicts(hunks):
    return [hunk for hunk in hunks if hunk.kind is Kind.CONFLICT]


@calm
@given(DOCUMENT)
def test_pieces_go_back_together(text):
    assert put_together(pieces(text)) == text


@calm
@given(three_sides())
def test_one_sided_changes_are_taken_whole(sides):
    base, mine, theirs = sides
    assert merged(merge_rich(base, mine, base)) == mine
    assert merged(merge_rich(base, base, theirs)) == theirs
    assert merged(merge_rich(base, mine, mine)) == mine


@calm
@given(three_sides())
def test_every_new_block_of_both_is_in_the_merge_or_asked(sides):
    base, mine, theirs = sides
    hunks = merge_rich(base, mine, theirs)
    shown = {node for hunk in hunks for node in hunk.mine + hunk.theirs}
    in_result = {
        node
        for hunk in hunks
        for node in (hunk.mine + hunk.theirs if hunk.kind is Kind.CONFLICT else hunk.result)
    }
    old = set(pieces(base))
    for side in (mine, theirs):
        assert set(pieces(side)) <= shown | old
        assert set(pieces(side)) - old <= in_result


@calm
@given(three_sides())
def test_choosing_one_side_everywhere_keeps_all_that_side_wrote(sides):
    base, mine, theirs = sides
    hunks = merge_rich(base, mine, theirs)
    chosen = [n for h in hunks for n in (h.chosen(Choice.MINE) if h.kind is Kind.CONFLICT else h.result)]
    assert set(pieces(mine)) - set(pieces(base)) <= set(chosen)


@calm
@given(three_sides())
def test_swapping_the_sides_swaps_the_answers(sides):
    base, mine, theirs = sides
    one, other = merge_rich(base, mine, theirs), merge_rich(base, theirs, mine)
    assert [(h.base, h.mine, h.theirs) for h in one] == [(h.base, h.theirs, h.mine) for h in other]


BASE = (
    "<p>Ensimmäinen kappale kertoo lapsista.</p><p>Toinen kappale kertoo perheistä.</p><p>Kolmas loppuu.</p>"
)


def test_neighbouring_paragraphs_changed_by_two_people_merge_alone():
    mine = BASE.replace("lapsista", "lapsista ja nuorista")
    theirs = BASE.replace("perheistä", "kaikista perheistä")
    assert merged(merge_rich(BASE, mine, theirs)) == mine.replace("perheistä", "kaikista perheistä")


def test_the_same_paragraph_changed_by_two_is_asked():
    mine, theirs = BASE.replace("lapsista", "nuorista"), BASE.replace("lapsista", "vauvoista")
    [conflict] = conflicts(merge_rich(BASE, mine, theirs))
    assert put_together(conflict.chosen(Choice.MINE)) == "<p>Ensimmäinen kappale kertoo nuorista.</p>"
    assert put_together(conflict.chosen(Choice.BOTH)).count("<p>") == 2


def test_a_paragraph_taken_out_by_one_and_changed_by_another_is_asked():
    mine = BASE.replace("<p>Toinen kappale kertoo perheistä.</p>", "")
    theirs = BASE.replace("perheistä", "isovanhemmista")
    [conflict] = conflicts(merge_rich(BASE, mine, theirs))
    assert conflict.mine == ()
    assert "isovanhemmista" in put_together(conflict.theirs)


def test_two_additions_to_one_place_are_asked_and_can_both_stay():
    mine, theirs = BASE + "<p>Minun lisäykseni.</p>", BASE + "<p>Toisen lisäys.</p>"
    [conflict] = conflicts(merge_rich(BASE, mine, theirs))
    assert conflict.is_insertion
    assert put_together(conflict.chosen(Choice.BOTH)) == "<p>Toisen lisäys.</p><p>Minun lisäykseni.</p>"


def test_two_items_of_one_list_merge_alone():
    base = "<ul><li>eka kohta</li><li>toka kohta</li><li>kolmas kohta</li></ul>"
    mine, theirs = base.replace("eka", "aivan eka"), base.replace("kolmas", "viimeinen kolmas")
    result = merged(merge_rich(base, mine, theirs))
    assert result == "<ul><li>aivan eka kohta</li><li>toka kohta</li><li>viimeinen kolmas kohta</li></ul>"


def test_plain_lines_and_titles():
    assert [h.kind for h in merge_whole("a", "b", "a")] == [Kind.MINE]
    assert [h.kind for h in merge_whole("a", "b", "c")] == [Kind.CONFLICT]
    hunks = merge_lines("yksi\nkaksi", "yksi\nkaksi ja puoli", "yksi eli eka\nkaksi")
    assert "\n".join(line for h in hunks for line in h.result) == "yksi eli eka\nkaksi ja puoli"
