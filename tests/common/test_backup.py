"""A backup brings everything back, on the same database or another, whole or not at all."""

import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from lautta.common.backup import BackupProblem, backup, restore
from lautta.common.models import AuditEntry, User
from lautta.common.search import index, search
from lautta.common.translated import Translated
from lautta.measures.models import MeasureYear
from lautta.plans.models import Plan
from tests import factories as f

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filled(cast):
    year = f.MeasureYearFactory(
        measure__plan=cast.plan,
        measure__organisation=cast.hamina,
        round=cast.round,
        title=Translated.of("Perhekerho", sv="Familjeklubb").with_text("fi", "Iso perhekerho"),
    )
    f.MeasureYearFactory._meta.model.objects.get(pk=year.pk).goals.add(cast.goal)
    year.partners.add(cast.kotka)
    index(
        scope=cast.plan.public_id, kind="measure", object_id="m1", texts={"fi": ("Perhekerho", "nuorten ilta")},
        url_name="publishing:home", url_kwargs={"plan_id": cast.plan.public_id},
    )  # fmt: skip
    return year


def test_everything_comes_back(filled, cast, tmp_path):
    path = tmp_path / "b.zip"
    written = backup(path)
    created = Plan.objects.get(pk=cast.plan.pk).created_at
    assert restore(path, replace=True) == written
    year = MeasureYear.objects.get(pk=filled.pk)
    assert year.title == filled.title
    assert year.title.is_stale("sv")
    assert list(year.partners.all()) == [cast.kotka]
    assert list(year.goals.all()) == [cast.goal]
    assert Plan.objects.get(pk=cast.plan.pk).created_at == created
    assert search(cast.plan.public_id, "nuori", language="fi").total == 1
    # New rows get fresh keys after a restore.
    assert User.objects.create_user("new@test.invalid", name="New").pk > cast.urho.pk


def test_a_full_database_is_not_overwritten_unasked(filled, tmp_path):
    path = tmp_path / "b.zip"
    backup(path)
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(path))


def test_a_changed_byte_is_caught_and_nothing_changes(filled, cast, tmp_path):
    path, bad = tmp_path / "b.zip", tmp_path / "bad.zip"
    backup(path)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(
                name, data.replace(b"perhekerho", b"perhekerha") if "measureyear" in name else data
            )
    with pytest.raises(BackupProblem, match=r"measureyear\.jsonl is not what was written"):
        restore(bad, replace=True)
    assert MeasureYear.objects.get(pk=filled.pk).title == filled.title


def test_a_failure_half_way_leaves_the_old_content(filled, cast, tmp_path):
    path, bad = tmp_path / "b.zip", tmp_path / "bad.zip"
    backup(path)
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    # A row that points to nobody, with an honest hash.
    row = parts["measures.measureyear.jsonl"].replace(
        f'"measure": {filled.measure_id}'.encode(), b'"measure": 999999'
    )
    import hashlib

    manifest = json.loads(parts["manifest.json"])
    manifest["tables"]["measures.measureyear.jsonl"]["sha256"] = hashlib.sha256(row).hexdigest()
    parts["measures.measureyear.jsonl"], parts["manifest.json"] = row, json.dumps(manifest).encode()
    with zipfile.ZipFile(bad, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    with pytest.raises(Exception):  # noqa: B017, PT011  the database's own integrity error
        restore(bad, replace=True)
    assert MeasureYear.objects.filter(pk=filled.pk).exists()


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all"])
def test_not_a_backup(db, tmp_path, content):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("restore", str(path))


def test_the_file_is_for_its_owner_only_and_leaves_no_part(filled, tmp_path):
    path = tmp_path / "b.zip"
    backup(path)
    assert path.stat().st_mode & 0o077 == 0
    assert [p.name for p in tmp_path.iterdir()] == ["b.zip"]
    assert AuditEntry.objects.count() == 0
