"""What the extractor finds is what Django asks for when it renders."""

from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.template import Context, Template
from django.utils import translation
from django.utils.translation import trans_real

from lautta.common.messages.extract import (
    MessageError,
    python_messages,
    room_messages,
    template_messages,
    untranslatable_calls,
)

TEMPLATE = """{% load i18n %}
   {% translate "Tallenna" %}
{% trans 'Peruuta' %}
  {% translate "Luonnos" context "tila" %}
{% translate "Kesto 50 % ajasta" %}
{% translate "Avaa" as open_label %}{{ open_label }}
{% blocktranslate trimmed with name=plan %}
    Suunnitelma
    {{ name }} ("lainaus")
{% endblocktranslate %}
{% blocktranslate count n=number trimmed %}
  {{ n }} toimenpide
{% plural %}
  {{ n }} toimenpidettä
{% endblocktranslate %}
{% blocktranslate count n=days context "aika" %}{{ n }} päivä{% plural %}{{ n }} päivää{% endblocktranslate %}
{% blocktranslate context "paikka" %}Kotka{% endblocktranslate %}
{{ empty|default:_("Ei vielä mitään") }}
{{ _("Otsikko") }}
{% firstof empty _("Toinen") %}
{% with label=_("Kolmas") %}{{ label }}{% endwith %}
{% if missing %}{% endif %}  {# translate "Ei tätä" #}
{% comment %}{% translate "Eikä tätä" %}{% endcomment %}
"""

SOURCE = """
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later, ngettext, npgettext_lazy, pgettext
from django.utils import translation

a = _("Yksi")
b = later(
    "Kaksi "
    "riviä"
)
c = ngettext("%(n)s lapsi", "%(n)s lasta", 3) % {"n": _("Sisäkkäin")}
d = pgettext("kuu", "Touko")
e = npgettext_lazy("kello", "tunti", "tuntia", "n")
f = translation.gettext("Moduulista")

def gettext(message="Ei tätä"):
    return _(message)
"""


def test_python_messages_under_any_alias():
    found = {(m.context, m.msgid, m.plural) for m in python_messages(SOURCE.encode(), "x.py")}
    assert found == {
        (None, "Yksi", None),
        (None, "Kaksi riviä", None),
        (None, "%(n)s lapsi", "%(n)s lasta"),
        (None, "Sisäkkäin", None),
        ("kuu", "Touko", None),
        ("kello", "tunti", "tuntia"),
        (None, "Moduulista", None),
    }


def test_messages_that_no_extractor_can_see_are_named():
    source = (
        'from django.utils.translation import gettext as _\n_(f"{x} lasta")\n_(title)\n_("Hyvä")\n_("")\n'
    )
    assert untranslatable_calls(source.encode(), "x.py") == [
        "x.py:2: _(f'{x} lasta')",
        "x.py:3: _(title)",
        "x.py:5: _('')",
    ]


def test_a_source_that_is_broken_is_named():
    with pytest.raises(MessageError, match=r"x\.py"):
        python_messages(b"def (", "x.py")
    with pytest.raises(MessageError, match=r"x\.html"):
        template_messages("{% blocktranslate %}{% if a %}{% endif %}{% endblocktranslate %}", "x.html")


def test_a_message_with_two_plurals_is_refused(tmp_path):
    (tmp_path / "a.py").write_text('ngettext("lapsi", "lasta", 2); ngettext("lapsi", "lapset", 2)', "utf-8")
    with pytest.raises(MessageError, match="two plurals"):
        room_messages(tmp_path)


def test_a_room_is_its_modules_and_templates(tmp_path):
    for name, text in {
        "views.py": '_ = gettext\ngettext("Näkymä")',
        "templates/plans/a.html": '{% translate "Sivu" %}',
        "templates/plans/a.txt": '{% translate "Viesti" %}',
        "static/a.py": 'gettext("Ei")',
        "migrations/0001.py": 'gettext("Ei")',
        "data/a.html": '{% translate "Ei" %}',
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert {m.msgid: m.files for m in room_messages(tmp_path).values()} == {
        "Näkymä": ["views.py"],
        "Sivu": ["templates/plans/a.html"],
        "Viesti": ["templates/plans/a.txt"],
    }


@pytest.fixture
def installed(tmp_path, settings):
    """`installed(catalog, language)` puts a compiled catalogue where Django reads it."""

    def install(catalog: Catalog, language: str) -> None:
        path = tmp_path / language / "LC_MESSAGES" / "django.mo"
        path.parent.mkdir(parents=True)
        out = BytesIO()
        write_mo(out, catalog)
        path.write_bytes(out.getvalue())
        settings.LOCALE_PATHS = [tmp_path]
        _forget()

    yield install
    settings.LOCALE_PATHS = []
    _forget()


def _forget():
    trans_real._translations = {}
    trans_real._default = None


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_template_shows_no_finnish_when_all_that_was_extracted_is_translated(installed, language, number):
    catalog = Catalog(locale=language)
    for message in template_messages(TEMPLATE, "x.html"):
        mark = f"<{message.context or ''}>"
        if message.plural:
            catalog.add(
                (message.msgid, message.plural), (f"{mark}ONE", f"{mark}MANY"), context=message.context
            )
        else:
            holes = " %(name)s" if "%(name)s" in message.msgid else ""
            percent = " 50 %%" if "%%" in message.msgid else ""
            catalog.add(message.msgid, f"{mark}X{holes}{percent}", context=message.context)
    installed(catalog, language)
    context = Context({"plan": "Lautta", "number": number, "days": number, "empty": ""})
    with translation.override(language):
        shown = Template(TEMPLATE).render(context).split()
    one = "ONE" if number == 1 else "MANY"
    assert shown == [
        *("<>X", "<>X", "<tila>X", "<>X", "50", "%", "<>X", "<>X", "Lautta"),
        *(f"<>{one}", f"<aika>{one}", "<paikka>X", "<>X", "<>X", "<>X", "<>X"),
    ]


def test_finnish_needs_no_catalogue():
    with translation.override("fi"):
        shown = [
            " ".join(Template(TEMPLATE).render(Context({"number": n, "days": n, "plan": "Lautta"})).split())
            for n in (0, 1, 2)
        ]
    assert [s[s.index("Kesto") :][:17] for s in shown] == ["Kesto 50 % ajasta"] * 3
    for number, words in [
        (0, "toimenpidettä 0 päivää"),
        (1, "toimenpide 1 päivä"),
        (2, "toimenpidettä 2 päivää"),
    ]:
        assert f"{number} {words} Kotka" in shown[number]


def test_swedish_falls_back_to_finnish_and_english_too_when_a_message_is_missing(installed):
    installed(Catalog(locale="sv"), "sv")
    for language in ("sv", "en"):
        with translation.override(language):
            assert translation.gettext("Tallenna muutokset nyt") == "Tallenna muutokset nyt"
            assert translation.ngettext("lapsi", "lasta", 0) == "lasta"
