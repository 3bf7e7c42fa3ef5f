"""Held-out pairs of a base form and an inflected form from the field.

They were written before anything was measured on them. Words that the exceptions and the rules for
compounds were made with are not among them; whoever mends a word that is missed here takes its pair out of
the list.
"""

FINNISH = """
neuvola neuvolassa
perhe perheille
perhekeskus perhekeskuksissa
päiväkoti päiväkodeissa
esiopetus esiopetuksen
perusopetus perusopetuksessa
oppilas oppilaiden
opiskelija opiskelijoille
oppilashuolto oppilashuollon
koulunkäynti koulunkäynnin
poissaolo poissaolojen
kiusaaminen kiusaamiseen
yksinäisyys yksinäisyyttä
mielenterveys mielenterveyden
päihde päihteiden
syrjäytyminen syrjäytymisen
väkivalta väkivallan
lähisuhdeväkivalta lähisuhdeväkivaltaa
turvallisuus turvallisuutta
osallisuus osallisuuden
kuuleminen kuulemisessa
äänestys äänestyksiin
aloite aloitteita
nuorisovaltuusto nuorisovaltuustojen
nuorisotyö nuorisotyötä
harrastus harrastuksia
liikunta liikuntaa
kirjasto kirjastoissa
seurakunta seurakuntien
järjestö järjestöille
yhdistys yhdistysten
poliisi poliisien
kaupunki kaupungeissa
valtuusto valtuustolle
lautakunta lautakunnissa
päätös päätöksiä
pöytäkirja pöytäkirjan
talousarvio talousarviossa
määräraha määrärahoista
henkilötyövuosi henkilötyövuotta
palvelu palveluihin
kotipalvelu kotipalvelua
perhetyö perhetyön
sosiaalityö sosiaalityöhön
sijaishuolto sijaishuollossa
huostaanotto huostaanottojen
avohuolto avohuollon
kiireellinen kiireellisiä
sijoitus sijoituksien
asiakas asiakkaiden
ammattilainen ammattilaisilta
yhteistyö yhteistyössä
verkosto verkostoja
tavoite tavoitteiden
toimenpide toimenpiteillä
mittari mittareita
seuranta seurannasta
arviointi arviointeja
kehittäminen kehittämistä
painopiste painopisteet
hyvinvointikertomus hyvinvointikertomuksesta
kasvu kasvun
kehitys kehityksen
oikeus oikeuksista
sopimus sopimuksessa
terveys terveyttä
terveydenhoitaja terveydenhoitajien
kuraattori kuraattoreille
psykologi psykologia
ero eron
eroperhe eroperheissä
sisarus sisarusten
vauva vauvoja
taapero taaperoille
teini teinien
ystävä ystäviä
luottamus luottamusta
köyhyys köyhyyden
toimeentulo toimeentuloa
työttömyys työttömyyttä
maahanmuuttaja maahanmuuttajien
vammainen vammaisten
sairaus sairauksien
uni unta
ravitsemus ravitsemukseen
ruutuaika ruutuaikaa
syksy syksyllä
kevät keväällä
viikko viikolla
käsi käsissä
vesi vettä
sydän sydämen
tytär tyttären
mies miehille
nainen naisten
"""

SWEDISH = """
barn barnens
familj familjerna
mötesplats mötesplatser
daghem daghemmet
förskola förskolan
skola skolorna
elev eleverna
studerande studerandenas
frånvaro frånvaron
mobbning mobbningen
ensamhet ensamheten
hälsa hälsan
missbruk missbruket
våld våldet
trygghet tryggheten
delaktighet delaktigheten
ungdomsfullmäktige ungdomsfullmäktiges
initiativ initiativen
hobby hobbyer
bibliotek biblioteken
församling församlingarna
organisation organisationernas
kommun kommunerna
stad städerna
nämnd nämnderna
beslut besluten
protokoll protokollet
budget budgeten
tjänst tjänsterna
placering placeringar
klient klienternas
samarbete samarbetet
nätverk nätverken
åtgärd åtgärder
indikator indikatorerna
uppföljning uppföljningen
utvärdering utvärderingar
rättighet rättigheterna
avtal avtalen
lag lagarna
kurator kuratorn
psykolog psykologerna
syskon syskonen
fattigdom fattigdomen
arbetslöshet arbetslösheten
invandrare invandrarna
mamma mammor
pappa papporna
moder mödrar
bror bröder
dotter döttrarna
hand händer
natt nätterna
bok böckerna
stor större
"""


def pairs(text: str) -> list[tuple[str, str]]:
    """(base form, inflected form) of each line."""
    return [tuple(line.split()) for line in text.strip().splitlines()]
