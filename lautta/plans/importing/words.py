"""Words that plans in Finnish, Swedish and English use for their parts, and telling the language."""

from __future__ import annotations

import re
from functools import lru_cache

LANGUAGES = ("fi", "sv", "en")
_COMMON = {
    "fi": frozenset(
        [
            "ja",
            "on",
            "ovat",
            "sekä",
            "että",
            "joka",
            "tai",
            "ei",
            "olla",
            "myös",
            "kun",
            "se",
            "ne",
            "voi",
            "lasten",
            "nuorten",
            "kanssa",
            "mukaan",
        ]
    ),
    "sv": frozenset(
        [
            "och",
            "att",
            "är",
            "som",
            "för",
            "av",
            "den",
            "det",
            "en",
            "ett",
            "med",
            "till",
            "på",
            "inte",
            "eller",
            "barn",
            "unga",
            "har",
            "kan",
            "ska",
            "i",
        ]
    ),
    "en": frozenset(
        [
            "the",
            "and",
            "of",
            "to",
            "in",
            "is",
            "are",
            "that",
            "for",
            "with",
            "on",
            "as",
            "be",
            "by",
            "or",
            "children",
            "young",
            "this",
            "have",
            "will",
            "an",
        ]
    ),
}
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> str:
    """fi, sv or en by the commonest small words; Finnish when nothing tells."""
    score = dict.fromkeys(LANGUAGES, 0)
    for word in _WORD.findall(text[:200_000].lower()):
        for language, common in _COMMON.items():
            if word in common:
                score[language] += 1
    best = max(LANGUAGES, key=lambda language: score[language])
    return best if score[best] else "fi"


GOAL_CHAPTER = re.compile(
    r"\b(?:pää|strategis\w+ (?:pää)?|keskeis\w+ )?tavoittee(?:t|mme)\b|\btavoitteet\b|"
    r"\b(?:huvud|strategiska )?mål(?:en|sättning(?:ar(?:na)?)?)?\b|\b(?:main |strategic |key )?(?:goals|"
    r"objectives|aims)\b",
    re.I,
)
NOT_GOAL_CHAPTER = re.compile(
    r"saavuttami|toteutum|toteuttami|seuranta|tuki|uppfölj|stöd|genomför|achiev|monitor|support|follow|"
    r"summary|tiivistelm",
    re.I,
)
GOAL_LABEL = re.compile(
    r"^(?P<kind>päätavoite|strateginen tavoite|tavoite|osatavoite|alatavoite|huvudmål|delmål|mål|"
    r"main goal|goal|objective|sub-?goal|sub-?objective)\s*(?P<number>\d{1,2}(?:\.\d{1,2})*|[A-H]|"
    r"[IVX]{1,4})?\s*[.:–—-]\s*(?P<title>\S.*)$",
    re.I,
)
SUBGOAL = re.compile(r"^(?:osa|ala|del|sub)", re.I)
GOAL_COLUMN = re.compile(
    r"^(?:pää|osa|ala)?tavoite\b|^tavoitteet\b|^(?:huvud|del)?mål\b|^(?:main |sub-?)?(?:goal|objective|"
    r"aim)s?\b",
    re.I,
)
CROSS_CUTTING = re.compile(
    r"^(?:Tavoitteita|Päätavoitteita|Kaikkia tavoitteita) yhdistää\s+(?P<a>.+)|"
    r"^Läpileikkaava(?:na)? (?:tavoite|tavoitteena|teema|teemana)(?:mme)? (?:on|:)\s*(?P<b>.+)|"
    r"^(?:Det )?(?:genomgående|övergripande|gemensamma) målet(?: för alla mål)? är\s+(?P<c>.+)|"
    r"^(?:Målen förenas av|Gemensamt för målen är)\s+(?P<d>.+)|"
    r"^(?:The goals are (?:united|joined|linked) by|The (?:cross-?cutting|common|overarching) (?:goal|"
    r"aim) is)\s+(?P<e>.+)|"
    r"^(?:Läpileikkaava tavoite|Genomgående mål|Cross-?cutting (?:goal|aim))\s*:\s*(?P<f>.+)",
    re.I | re.S,
)
MEANS = re.compile(
    r"^(?P<a>[^.]{10,400}?),?\s+(?:ovat (?:välineitä|keinoja)|toimivat (?:välineinä|keinoina)|"
    r"är (?:verktyg|medel|redskap)|are (?:the )?(?:means|tools))\b[^.]{0,200}\.?$|"
    r"^(?:Keinot|Välineet|Medlen|Medel|Verktyg|Means|The means)\s*(?:ovat|är|are|"
    r":)\s*:?\s*(?P<b>[^.]{10,400})\.?$",
    re.I,
)
SOURCES_TITLE = re.compile(
    r"^(?:lähteet|lähdeluettelo|lähteitä|kirjallisuus|alaviitteet|viitteet|fotnoter|footnotes|endnotes|"
    r"källor|källförteckning|litteratur|referenser|"
    r"references|sources|bibliography|works cited|literature)\s*:?$",
    re.I,
)
CONTENTS_TITLE = re.compile(
    r"^(?:sisällys(?:luettelo)?|sisältö|innehåll(?:sförteckning)?|(?:table of )?contents)\s*:?$", re.I
)
PEOPLE_TITLE = re.compile(
    r"^(?:(?:suunnitelman |työn )?(?:laatijat|tekijät|työryhmä|valmisteluryhmä|osallistujat|kirjoittajat|"
    r"mukana olleet|yhteyshenkilöt)|"
    r"(?:suunnitelman |työhön |valmisteluun )?(?:laatimiseen |valmisteluun )?osallistuneet|"
    r"suunnitelmaa (?:olivat )?laatimassa|"
    r"arbetsgrupp(?:en)?|deltagare|medverkande|författare|kontaktpersoner|"
    r"(?:the )?working group|contributors|participants|authors|contact persons)\b[^.]{0,40}$",
    re.I,
)
KNOWN_TITLE = re.compile(
    r"^(?:johdanto|esipuhe|alkusanat|saatteeksi|tiivistelmä|nykytila(?:n kuvaus)?|toimintaympäristö|"
    r"tavoitteet|päätavoitteet|toimenpiteet|"
    r"seuranta(?: ja arviointi)?|arviointi|yhteenveto|lopuksi|liitteet|voimavarat|resurssit|toimeenpano|"
    r"inledning|förord|sammanfattning|nuläge(?:t|sbeskrivning)?|verksamhetsmiljö|mål|huvudmål|åtgärder|"
    r"uppföljning(?: och utvärdering)?|"
    r"utvärdering|avslutning|bilagor|resurser|"
    r"introduction|foreword|preface|summary|background|current state|present situation|goals|objectives|"
    r"main goals|"
    r"actions|measures|monitoring(?: and evaluation)?|evaluation|conclusion|appendices|resources)$",
    re.I,
)
PLAN_WORD = re.compile(
    r"hyvinvointisuunnitel|hyvinvointiohjelm|lapsi- ja nuorisopoliitti|lapsistrategi|välfärdsplan|"
    r"välmåendeplan|"
    r"well-?being plan|wellbeing strategy|(?:children|youth)\S* (?:\w+ ){0,4}plan\b",
    re.I,
)
TOTAL_LABEL = re.compile(
    r"^(?:yht\.?|yhteensä|kaikki yhteensä|summa|totalt|sammanlagt|total|sum|all)\s*:?$", re.I
)
ORGANISATION = re.compile(
    r"kaupunki|kunta|kuntayhtym|hyvinvointialue|ryhmä|järjest|yhdisty|seurakun|poliisi|koulu|opisto|"
    r"virasto|liitto|keskus|\bry\b|\boy\b|"
    r"\bstad\b|kommun|samkommun|välfärdsområde|grupp|förening|församling|polis|skola|förbund|"
    r"\bcity\b|council|municipal|county|association|parish|police|school|agency|group|department|region|"
    r"authority",
    re.I,
)
SPEAKER_WORDS: tuple[tuple[str, str], ...] = (
    # The first that matches decides: the narrow before the wide.
    (r"nuorisovaltuu|\bnuva|ungdomsfullmäktige|ungdomsråd|youth (?:council|parliament)", "youth_council"),
    (r"äiti|\bmamma\b|\bmor\b|moder|mother|\bmum\b|\bmom\b", "mother"),
    (r"(?:^|\W)isä(?:$|\W)|\bpappa\b|\bfar\b|father|\bdad\b", "father"),
    (r"vanhempi|vanhemmat|huoltaja|förälder|föräldr|vårdnadshavare|parent|guardian|carer", "parent"),
    (
        r"opettaja|ohjaaja|hoitaja|kuraattori|psykologi|työntekijä|ammattilainen|lääkäri|johtaja|rehtori|"
        r"lärare|kurator|"
        r"anställd|rektor|ledare|skötare|yrkesutbildad|teacher|nurse|worker|professional|doctor|principal|"
        r"counsell?or",
        "professional",
    ),
    (r"esikoululai|eskarilai|päiväkotilai|päivähoitolai|förskol|dagisbarn|pre-?school|kindergart", "child"),
    (
        r"koululai|oppilas|luokkalai|yläkoulu|alakoulu|elev\b|skolbarn|skolelev|pupil|schoolchild|grader",
        "pupil",
    ),
    (
        r"nuori\b|nuoret\b|opiskelija|lukiolai|ammattikoululai|tyttö|poika|ungdom|\bung\b|studerande|"
        r"gymnasist|young (?:person|adult)|"
        r"youth|student|teen",
        "young_person",
    ),
    (r"lapsi\b|lapset\b|\bbarn\b|flicka|pojke|child\b|\bgirl\b|\bboy\b", "child"),
    (r"isoäiti|isoisä|mummo|ukki|vaari|mormor|farmor|morfar|farfar|grand(?:mother|father|parent)", "other"),
)
_SPEAKERS = tuple((re.compile(pattern, re.I), code) for pattern, code in SPEAKER_WORDS)
_GRANDPARENT = re.compile(SPEAKER_WORDS[-1][0], re.I)


@lru_cache(maxsize=4096)
def speaker_code(role: str) -> str:
    """One of SPEAKERS for a role as written, or "" when no known word is in it."""
    if _GRANDPARENT.search(role):
        return "other"
    return next((code for pattern, code in _SPEAKERS if pattern.search(role)), "")
