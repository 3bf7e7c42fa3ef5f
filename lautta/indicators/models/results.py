"""What a method found: stored with everything needed to find it again."""

from django.db import models

from lautta.common.ids import PublicIdField


class StoredResult(models.Model):
    """One result of a method on one vintage. A page reads it and never computes.

    `inputs_sha256` covers every array that went in; `code_version` names the method's code; `seed` its chance.
    """

    public_id = PublicIdField()
    vintage = models.ForeignKey("indicators.Vintage", on_delete=models.CASCADE, related_name="results")
    method = models.CharField(max_length=60)
    parameters = models.JSONField(default=dict)
    parameters_sha256 = models.CharField(max_length=64)
    seed = models.BigIntegerField(default=0)
    code_version = models.CharField(max_length=64)
    inputs_sha256 = models.CharField(max_length=64)
    payload = models.JSONField(default=dict)
    arrays = models.BinaryField(default=bytes, help_text="NumPy .npz of the result's arrays, or empty")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["vintage", "method", "parameters_sha256", "seed", "code_version", "inputs_sha256"],
                name="stored_result_once",
            ),
            models.CheckConstraint(condition=~models.Q(method=""), name="stored_result_method_named"),
        ]
