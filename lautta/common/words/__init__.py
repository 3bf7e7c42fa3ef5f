"""Words as they are compared in search: cut out of text, folded, and brought to their base forms."""

from lautta.common.words.analysis import Analysis, analyse, as_stored, clean, is_stop_word, tokens, words

__all__ = ["Analysis", "analyse", "as_stored", "clean", "is_stop_word", "tokens", "words"]
