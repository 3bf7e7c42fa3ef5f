"""Saving with the model's own rules: what a column or a constraint refuses becomes a sentence for the
person.
"""

from collections.abc import Iterable

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from lautta.common.problems import Refused


def checked_save(instance: models.Model, *, fields: Iterable[str] | None = None) -> None:
    """Validate the columns (or `fields` alone) and every constraint, then save.

    Raises Refused (422) with the first problem and, when known, its field; 409 when another writer was
    faster.
    """
    names = None if fields is None else list(fields)
    relations = {f.name for f in instance._meta.fields if f.is_relation}
    left_out = relations | (
        {f.name for f in instance._meta.fields} - set(names) if names is not None else set()
    )
    try:
        instance.clean_fields(exclude=left_out)
        instance.validate_constraints()
    except ValidationError as problem:
        raise _refused(instance, problem) from problem
    try:
        with transaction.atomic():
            instance.save(update_fields=names)
    except IntegrityError as problem:
        raise Refused(_("Joku muu tallensi samaan aikaan. Katso tilanne ja yritä uudelleen.")) from problem


def _refused(instance: models.Model, problem: ValidationError) -> Refused:
    name, errors = next(iter(problem.message_dict.items()))
    return Refused(errors[0], field=None if name == NON_FIELD_ERRORS else name, status=422)
