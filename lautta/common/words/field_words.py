"""Forms that the general dictionaries read as another word, and the small words of the three languages.

`tukea` is the verb *to support* in the dictionary, but nearly always a form of *tuki* (support) in a plan.
"""

from __future__ import annotations

# Base form: forms that must lead to it; the dictionary is not asked about these.
_FORMS = {
    "fi": {
        "nuori": "nuorilla nuorilta nuoresta nuorella nuorena nuoreen nuoriin nuorissa nuorista",
        "tuki": "tukea tukien tukeen tukena tukemme tukia tuella tuelle tuelta tuessa tuesta tueksi",
        "vanhempi": "vanhempia vanhempien vanhempiin vanhempain vanhemman vanhempaa vanhemmat vanhemmilla"
        " vanhemmille vanhemmilta vanhempana vanhempina",
        "isä": "isien isiä isille isillä",
        "laki": "lain laissa laista lailla laiksi lakien lakia lakeja",
        "pinta": "pinnan pinnat pinnalla pinnassa pinnasta pinnoilla pinnoissa pinnoista pintojen pintoja",
        "työ": "työ työn työt työtä töitä",
        "apu": "avun avut avuksi avusta",
        "varhainen": "varhaista",
        "resurssi": "resurssit",
        "koti": "kotona kotoa kodin kotien kodit koteihin koteja",
        "arki": "arkea arkeen arjessa arjen arjesta",
        "hoito": "hoidon hoitoa hoitoon hoidossa hoidosta",
        "pelko": "pelkoa pelot pelkoja",
        "kunta": "kuntien kuntia kunnille kunnilta kunnissa kunnista",
        "luku": "lukua luvut lukuja",
        "suru": "surua",
        "huoli": "huolta huolen huolet huolia huolien huolesta huoleen",
    },
    "sv": {
        "ung": "unga unge unges yngre",
        "förälder": "föräldrar föräldrarna föräldrars föräldrarnas",
        "stöd": "stöden stödet stöds stödets",
        "råd": "rådet råden rådets",
        "mål": "målen målet målets",
    },
    "en": {
        "child": "children",
        "young": "youth youths",
    },
}

FIELD_WORDS: dict[str, dict[str, tuple[str, ...]]] = {}
for _language, _rows in _FORMS.items():
    _table: dict[str, tuple[str, ...]] = {}
    for _lemma, _forms in _rows.items():
        for _form in _forms.split():
            _table[_form] = (*_table.get(_form, ()), _lemma)
    FIELD_WORDS[_language] = _table

STOP_WORDS = frozenset(
    " ".join(
        (
            # Finnish
            "ja tai sekä että on ei ole se ne ovat oli olla kun jos mutta niin myös kuin joka jotka joita",
            "mikä mitä me he hän te minä sinä tämä nämä tuo vai eli",
            # Swedish
            "och eller att är var som en ett det den de på i av för till med om inte vi ni han hon jag du",
            "så från vid",
            # English
            "the a an and or of to in is are was were be for on with by at as it this that from not",
            "we you they he she",
        )
    ).split()
)
