"""Forms of the public site and of the papers."""

from lautta.publishing.forms.feedback import CloseFeedbackForm, FeedbackForm

__all__ = ["CloseFeedbackForm", "FeedbackForm"]
