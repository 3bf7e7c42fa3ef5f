from lautta.common.models.audit import AuditEntry
from lautta.common.models.drafts import FormDraft
from lautta.common.models.jobs import Job
from lautta.common.models.mail import MailMention, OutgoingMail
from lautta.common.models.users import User
from lautta.common.search.models import SearchEntry

__all__ = ["AuditEntry", "FormDraft", "Job", "MailMention", "OutgoingMail", "SearchEntry", "User"]
