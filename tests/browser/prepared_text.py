"""A small plan as somebody might have it in a file."""

PLAN_TEXT = """Lapsen paras 2025–2028

1 Johdanto

Suunnitelma kokoaa alueen lasten asiat yhteen. Se on laadittu yhdessä (Esimerkkivirasto, 2024).

2 Tavoitteet

2.1 Arki sujuu

Jokaisella lapsella on turvallinen aikuinen. Harrastus löytyy läheltä.

Kivointa on leikkiä ulkona.
KOULULAINEN

Lähteet

Esimerkkivirasto 2024. Lasten arki.
"""
