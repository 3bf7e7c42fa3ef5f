from lautta.voices.actions.voices import (
    LONGEST,
    LooksPersonal,
    StaleVoice,
    add_voice,
    erase_voice,
    look_for_signs,
    places_that_may_be_said,
    publish_voice,
    reject_voice,
    update_voice,
)

__all__ = [
    "LONGEST",
    "LooksPersonal",
    "StaleVoice",
    "add_voice",
    "erase_voice",
    "look_for_signs",
    "places_that_may_be_said",
    "publish_voice",
    "reject_voice",
    "update_voice",
]
