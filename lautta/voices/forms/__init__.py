from lautta.voices.forms.voices import ModerationForm, MonthField, VoiceForm

__all__ = ["ModerationForm", "MonthField", "VoiceForm"]
