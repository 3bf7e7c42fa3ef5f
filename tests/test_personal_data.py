"""Every stored field is declared personal or not."""

from lautta.common.personal_data import register, stored_fields


def test_every_field_is_in_the_register():
    missing = sorted(stored_fields() - set(register()))
    assert not missing


def test_the_register_names_no_field_that_is_gone():
    gone = sorted(set(register()) - stored_fields())
    assert not gone


def test_personal_fields_say_why_how_long_and_how_they_go():
    for entry in register().values():
        if entry.is_personal:
            assert entry.retention, entry
            assert entry.erasure, entry


def test_every_pointer_to_a_person_is_personal():
    """A foreign key to the user is personal wherever it stands."""
    from django.apps import apps

    from lautta.common.models import User

    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.is_relation and field.related_model is User and getattr(field, "column", None):
                key = f"{model._meta.app_label}.{model.__name__}", field.name
                assert register()[key].is_personal or model._meta.app_label in {"auth"}, key
