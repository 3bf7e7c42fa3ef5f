"""An uploaded workbook between looking and taking in."""

from django.conf import settings
from django.db import models

from lautta.common.ids import PublicIdField
from lautta.measures.models.rounds import Round


class ExcelUpload(models.Model):
    """One person's upload for one organisation and round; `content` is excel.reading.Upload as JSON. Goes when taken or dropped."""

    public_id = PublicIdField()
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="uploads")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(max_length=120)
    content = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation", "user"], name="upload_one_per_person_and_place"
            )
        ]
