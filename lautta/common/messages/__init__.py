"""Translation catalogues without the gettext programs: extract, merge, check and compile.

Finnish is the msgid and has no catalogue; every room has its own Swedish and English one.
"""

LANGUAGES = ("sv", "en")
