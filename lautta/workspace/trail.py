"""The trail of writes of one plan."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lautta.common.models import AuditEntry
from lautta.organisations.permissions import ROLE_NAMES
from lautta.plans.models import Plan


def trail(plan: Plan) -> QuerySet[AuditEntry]:
    """Entries of the plan, newest first."""
    return AuditEntry.objects.filter(scope=plan.public_id).order_by("-at", "-pk")


# An action's code is "what.deed"; both halves have words. A test holds every code of the sources against these.
THINGS = {
    "account": _("Oma tili"), "amendment": _("Muutos"), "body": _("Toimielin"), "decision": _("Päätös"), "path": _("Päätöspolku"),
    "agenda": _("Asialista"), "coverage": _("Lain kohta"), "follow_up": _("Seuranta"), "matter": _("Asia"),
    "member": _("Toimielimen jäsen"), "minutes": _("Muistio"),
    "station": _("Polun vaihe"), "version": _("Versio"),
    "comment": _("Kommentti"), "hearing": _("Kuuleminen"), "statement": _("Lausunto"),
    "area": _("Alue"), "areas": _("Tilastoalueet"), "assessment": _("Vaikutusten arviointi"),
    "boundaries": _("Aluerajat"), "chapter": _("Luku"),
    "emphasis": _("Painotus"), "evaluation": _("Vuosiarviointi"), "feedback": _("Palaute"), "fetch": _("Tietojen haku"),
    "fetch_schedule": _("Hakujen aikataulu"), "goal": _("Tavoite"), "history": _("Ajankohta"), "import": _("Suunnitelman tuonti"),
    "indicator": _("Mittari"), "job": _("Tausta-ajo"), "linked_plan": _("Muu suunnitelma"), "measure": _("Toimenpide"),
    "measures": _("Toimenpiteet"), "membership": _("Jäsenyys"), "note": _("Huomautus sarjaan"), "organisation": _("Organisaatio"),
    "participant": _("Osallistuja"), "person": _("Henkilö"), "plan": _("Suunnitelma"), "region": _("Maakunta tai alue"),
    "report": _("Raportti"), "result": _("Laskettu tulos"), "role": _("Rooli"), "round": _("Vuosikierros"), "source": _("Lähde"),
    "vintage": _("Tietojen vuosikerta"), "voice": _("Ääni"), "wellbeing_report": _("Hyvinvointiraportti"),
    "paper": _("Asiakirja"), "clock": _("Vuosikello"), "feed": _("Kalenterin osoite"), "task": _("Tehtävä"),
}  # fmt: skip
DEEDS = {
    "check": _("päivät tarkistettu"),
    "finish": _("tehty"),
    "prepare_year": _("vuosi tuotu"),
    "renew": _("vaihdettu"),
    "ask": _("pyydetty"),
    "circulate": _("kommentointiaika asetettu"),
    "close_link": _("linkki suljettu"),
    "confirm": _("vahvistettu"),
    "erase_point": _("kohta hävitetty"),
    "give": _("annettu"),
    "link": _("linkki tehty"),
    "not_given": _("ei annettu"),
    "send_back": _("palautettu täydennettäväksi"),
    "update_request": _("pyyntö muutettu"),
    "hand_on": _("annettu eteenpäin"),
    "keep": _("vahvistettu"),
    "mark": _("merkitty"),
    "return": _("palautettu"),
    "send": _("lähetetty"),
    "cancel_meeting": _("kokous peruttu"),
    "carry_out": _("toteutettu"),
    "force": _("merkitty lainvoimaiseksi"),
    "freeze": _("jäädytetty"),
    "lay": _("laadittu"),
    "meetings": _("kokouspäivät lisätty"),
    "plan": _("aikataulutettu"),
    "record": _("kirjattu"),
    "accept": _("hyväksytty"),
    "outcome": _("päätös kirjattu"),
    "add": _("lisätty"),
    "answer": _("vastattu"),
    "assign": _("annettu"),
    "backdate": _("siirretty aiemmaksi"),
    "begin": _("aloitettu"),
    "carry_over": _("jatkettu seuraavalle vuodelle"),
    "cite": _("lähteet vaihdettu"),
    "close": _("suljettu"),
    "consent": _("suostumus kirjattu"),
    "correct": _("korjattu"),
    "create": _("luotu"),
    "criteria": _("tavoitetilat vaihdettu"),
    "discard": _("hylätty"),
    "end": _("päätetty"),
    "erase": _("hävitetty"),
    "export": _("tiedot annettu"),
    "fail": _("ei onnistunut"),
    "follow_source": _("kytketty lähteeseen"),
    "goals": _("tavoitteet vaihdettu"),
    "hand_over": _("siirretty toiselle"),
    "hold": _("odottaa hyväksyntää"),
    "import": _("tuotu"),
    "indicators": _("mittarit vaihdettu"),
    "join": _("liittynyt"),
    "keep_figure": _("vanha luku pidetty"),
    "leave": _("lähtenyt"),
    "look": _("katsottu"),
    "mirror": _("peilauspinnat vaihdettu"),
    "mirrorings": _("peilauspinnat vaihdettu"),
    "money": _("rahat vaihdettu"),
    "move": _("siirretty"),
    "open": _("avattu"),
    "organiser": _("järjestämisvastuu vaihdettu"),
    "person_years": _("työpanos vaihdettu"),
    "phase": _("vaihe vaihdettu"),
    "population": _("väestö vaihdettu"),
    "propose": _("ehdotettu ylläpidolle"),
    "publish": _("julkaistu"),
    "read": _("luettu"),
    "redact": _("kohta poistettu"),
    "refuse": _("torjuttu"),
    "reject": _("torjuttu"),
    "remind": _("muistutettu"),
    "remove": _("poistettu"),
    "reopen": _("avattu uudelleen"),
    "resume": _("jatkettu"),
    "run": _("ajettu"),
    "save": _("tallennettu"),
    "set": _("asetettu"),
    "set_facts": _("tiedot vaihdettu"),
    "start": _("käynnistetty"),
    "status": _("tila vaihdettu"),
    "store": _("tallennettu"),
    "submit": _("jätetty"),
    "succeed": _("saanut seuraajan"),
    "take": _("otettu käyttöön"),
    "take_in": _("otettu vastaan"),
    "unpublish": _("piilotettu julkisuudesta"),
    "unreadable": _("ei auennut"),
    "update": _("muutettu"),
    "withdraw": _("peruttu"),
}


def action_words(action: str) -> str:
    """ "chapter.save" → "Luku: tallennettu"; an unknown code as it was written."""
    thing, deed = action.split(".")[0], action.split(".")[-1]
    if thing not in THINGS or deed not in DEEDS:
        return action
    return f"{THINGS[thing]}: {DEEDS[deed]}"


def role_words(role: str) -> str:
    """The role of an entry in the reader's language; an unknown one as it was written."""
    return str(ROLE_NAMES.get(role) or (_("Järjestelmä") if role == "system" else role))  # type: ignore[call-overload]
