"""Backup and restore, the same file for SQLite and PostgreSQL.

The file is a zip with `manifest.json` (format number, migrations, rows and SHA-256 per part) and one `<app>.<model>.jsonl` per
table, read in one snapshot. So a backup also moves an installation from one database to the other.
Left out, because they are made anew: sessions, sign-in attempts, finished tasks of the worker, content types and permissions.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

FORMAT = 1
LEFT_OUT = {"sessions", "axes", "contenttypes", "auth", "django_tasks_database", "django_tasks_db"}


class BackupProblem(Exception):
    """The file cannot be restored here; the message says why and what to do."""


def _models() -> list[type[models.Model]]:
    return [
        m
        for m in apps.get_models()
        if m._meta.app_label not in LEFT_OUT and m._meta.managed and not m._meta.proxy
    ]


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app not in LEFT_OUT)


def _name(model: type[models.Model]) -> str:
    return f"{model._meta.label_lower}.jsonl"


class _Exact(DjangoJSONEncoder):
    """Times to the microsecond, where Django's encoder keeps milliseconds."""

    def default(self, o):
        return o.isoformat() if isinstance(o, dt.datetime) else super().default(o)


class _Counting:
    """A text stream into a zip member that counts rows and hashes bytes."""

    def __init__(self, handle: BinaryIO | zipfile.ZipExtFile):
        self.handle, self.rows, self.sha = handle, 0, hashlib.sha256()

    def write(self, text: str) -> None:
        data = text.encode()
        self.rows += data.count(b"\n")
        self.sha.update(data)
        self.handle.write(data)


def backup(path: Path) -> dict[str, int]:
    """Write the whole installation to `path` (readable by its owner only). Returns rows per model.

    The file appears under its name only when it is whole. Raises OSError when it cannot be written.
    """
    part = path.with_name(path.name + ".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    tables: dict[str, dict[str, object]] = {}
    with (
        os.fdopen(descriptor, "wb") as handle,
        zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED) as archive,
        _snapshot(),
    ):
        migrations = _migrations()
        for model in _models():
            with archive.open(_name(model), "w", force_zip64=True) as member:
                stream = _Counting(member)
                queryset = model._base_manager.order_by("pk").iterator(chunk_size=500)
                serializers.serialize("jsonl", queryset, stream=stream, cls=_Exact)
            tables[_name(model)] = {"rows": stream.rows, "sha256": stream.sha.hexdigest()}
        manifest = {
            "format": FORMAT,
            "made": timezone.now().isoformat(),
            "migrations": migrations,
            "tables": tables,
        }
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    part.replace(path)
    return {name.removesuffix(".jsonl"): int(str(t["rows"])) for name, t in tables.items()}


def _snapshot() -> transaction.Atomic:
    """One moment for every table: a transaction is a snapshot on SQLite; PostgreSQL is told so."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    return transaction.atomic()


def read_manifest(archive: zipfile.ZipFile) -> dict:
    """The checked manifest: every part there, whole, and made by these migrations. Raises BackupProblem."""
    try:
        manifest = json.loads(archive.read("manifest.json"))
    except (KeyError, ValueError, zipfile.BadZipFile) as problem:
        raise BackupProblem("This is not a backup of Lautta: it has no readable manifest.") from problem
    if manifest.get("format") != FORMAT:
        raise BackupProblem(f"The backup has format {manifest.get('format')}; this Lautta reads {FORMAT}.")
    here, there = set(_migrations()), set(manifest["migrations"])
    if here != there:
        only = ", ".join(sorted(here ^ there)[:5])
        raise BackupProblem(
            f"The backup was made by another version: {only}. Install that version, restore, then migrate."
        )
    for name, table in manifest["tables"].items():
        sha = hashlib.sha256()
        try:
            with archive.open(name) as member:
                while chunk := member.read(1 << 20):
                    sha.update(chunk)
        except (KeyError, zipfile.BadZipFile) as problem:
            raise BackupProblem(f"The backup is damaged: {name} cannot be read.") from problem
        if sha.hexdigest() != table["sha256"]:
            raise BackupProblem(f"The backup is damaged: {name} is not what was written.")
    return manifest


def is_empty() -> bool:
    """True when no table that a backup holds has a row."""
    return not any(model._base_manager.exists() for model in _models())


def restore(path: Path, *, replace: bool = False) -> dict[str, int]:
    """Put the backup into this installation, whole or not at all. Returns rows per model.

    The database must be migrated and empty; with `replace` its present content is removed in the same transaction.
    Raises BackupProblem, with nothing changed.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as problem:
        raise BackupProblem(f"{path} is not a readable backup file.") from problem
    with archive:
        manifest = read_manifest(archive)
        with transaction.atomic():
            if not is_empty():
                if not replace:
                    raise BackupProblem("The database is not empty. Give --replace to remove what is there.")
                _empty()
            counts = {}
            for model in _models():
                if _name(model) in manifest["tables"]:
                    counts[model._meta.label_lower] = _load(archive, model)
            _reset_sequences()
    for name, rows in counts.items():
        if rows != manifest["tables"][f"{name}.jsonl"]["rows"]:
            raise BackupProblem(
                f"{name}: {rows} rows were restored of {manifest['tables'][f'{name}.jsonl']['rows']}."
            )
    return counts


def _empty() -> None:
    # Deletes table by table without Django's collector: references are checked when the transaction ends.
    for model in reversed(_models()):
        for field in model._meta.local_many_to_many:
            through = field.remote_field.through
            if through._meta.auto_created:
                through._base_manager.all()._raw_delete(using="default")
        model._base_manager.all()._raw_delete(using="default")


def _load(archive: zipfile.ZipFile, model: type[models.Model]) -> int:
    rows = 0
    with archive.open(_name(model)) as member:
        for found in serializers.deserialize("jsonl", _lines(member), handle_forward_references=False):
            # Raw: times and defaults stay as they were written.
            models.Model.save_base(found.object, raw=True, force_insert=True)
            for name, values in (found.m2m_data or {}).items():
                getattr(found.object, name).set(values)
            rows += 1
    return rows


def _lines(member) -> Iterator[str]:
    return io.TextIOWrapper(member, encoding="utf-8")


def _reset_sequences() -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), _models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
