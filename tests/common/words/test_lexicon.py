"""The dictionary file holds what simplemma's dictionary holds."""

import pytest
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from lautta.common.text import fold
from lautta.common.words import lexicon as module
from lautta.common.words.lexicon import Lexicon, lexicon, prepare


@pytest.mark.verify
def test_every_english_form_is_kept_with_its_base_form():
    kept = lexicon("en")
    forms = [f for f in DefaultDictionaryFactory().get_dictionary("en").items() if fold(f[0]).isalpha()]
    assert len(forms) > 100_000
    wrong = [(form, lemma) for form, lemma in forms[::23] if fold(lemma) not in kept.lemmas(fold(form))]
    assert wrong == []


def test_a_written_file_reads_back(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BLOCK_BYTES", 40)
    forms = {f"{a}{b}": f"{a}{b}x" for a in "aböäå" for b in "cdefghijklm"} | {"kotka": "kotka\tkotkata"}
    path = tmp_path / "x.lexicon"
    path.write_bytes(module._encode(forms))
    read = Lexicon(path)
    assert len(read) == len(forms)
    for form, lemmas in forms.items():
        assert read.lemmas(form) == tuple(lemmas.split("\t"))
    for unknown in ("", "a", "aa", "ac ", "zzz", "ö", "\n", "acx", "c\tcx"):
        assert read.lemmas(unknown) == ()
    assert read.get("Kotka") == "kotka"


def test_another_file_is_refused(tmp_path):
    path = tmp_path / "x.lexicon"
    path.write_bytes(b"something else entirely")
    with pytest.raises(ValueError, match="not a lexicon"):
        Lexicon(path)


@pytest.mark.verify
def test_a_missing_file_is_written_in_a_process_of_its_own(tmp_path, settings):
    settings.LAUTTA_LEXICONS = tmp_path / "made"
    assert lexicon.__wrapped__("en").lemmas("children") == ("child",)
    assert [p.suffix for p in (tmp_path / "made").iterdir()] == [".lexicon"]


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="se"):
        lexicon("se")


def test_prepare_opens_all_three():
    prepare()
    assert all(len(lexicon(language)) > 100_000 for language in ("fi", "sv", "en"))
