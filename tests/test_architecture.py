"""The rules of the house that a machine can see."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "lautta"
# Top first; a room knows only what stands below it.
ROOMS = [
    "publishing",
    "workspace",
    "annual_clock",
    "assessments",
    "voices",
    "measures",
    "plans",
    "indicators",
    "organisations",
    "common",
]


def sources(pattern: str = "**/*.py") -> list[Path]:
    return [p for p in sorted(PACKAGE.glob(pattern)) if "migrations" not in p.parts]


def test_rooms_import_downwards_only():
    lint = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout[-3000:]


def test_no_foreign_key_points_upwards():
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in ROOMS:
            continue
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model:
                target = field.related_model._meta.app_label
                if target in ROOMS and ROOMS.index(target) < ROOMS.index(model._meta.app_label):
                    wrong.append(f"{model._meta.label}.{field.name} → {target}")
    assert not wrong


WRITES = {
    "save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "add", "remove", "set", "clear", "set_password", "acreate", "asave", "adelete",
}  # fmt: skip
# Names on which such a call does not touch the database.
HARMLESS = {
    "form",
    "initial",
    "links",
    "context",
    "data",
    "params",
    "query",
    "seen",
    "response",
    "messages",
    "cache",
    "session",
    "parameters",
}


def view_files() -> list[Path]:
    return [
        p
        for p in sources()
        if p.name == "views.py" or "views" in p.parts[:-1] or p.name.endswith("_views.py")
    ]


def written_in(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            base = node.func.value
            name = base.id if isinstance(base, ast.Name) else getattr(base, "attr", "")
            if name not in HARMLESS:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node.func)}")
    return found


def test_no_view_writes():
    assert view_files(), "views are found"
    assert [line for path in view_files() for line in written_in(path)] == []


def test_the_lint_sees_a_view_that_writes(tmp_path, monkeypatch):
    bad = tmp_path / "views.py"
    bad.write_text("def view(request, plan):\n    plan.save()\n")
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    assert written_in(bad) == ["views.py:2 plan.save"]


def test_views_start_from_the_plan_in_the_address():
    """No `Model.objects` in a view of a plan's pages; the doors read the plan, querysets hang from it."""
    allowed = {
        "lautta/workspace/views.py": {"Plan"},
        "lautta/workspace/views/start.py": {"Plan"},
        "lautta/publishing/views.py": {"Plan"},
        "lautta/publishing/views/front.py": {"Plan"},
    }
    wrong = []
    for path in view_files():
        tree = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        # `Organisation.objects.of_plan(plan)` hangs from the plan too: organisations are shared between plans.
        from_plan = {id(n.value) for n in tree if isinstance(n, ast.Attribute) and n.attr == "of_plan"}
        for node in tree:
            if id(node) in from_plan:
                continue
            if (
                isinstance(node, ast.Attribute)
                and node.attr == "objects"
                and isinstance(node.value, ast.Name)
            ):
                relative = str(path.relative_to(ROOT))
                if node.value.id not in allowed.get(relative, set()):
                    wrong.append(f"{relative}:{node.lineno} {node.value.id}.objects")
    assert not wrong


def test_views_are_short():
    long = []
    for path in view_files():
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                length = node.end_lineno - node.lineno + 1
                if length > 40:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {length} lines")
    assert not long


def is_action(function: ast.FunctionDef) -> bool:
    """A function beside the actions that only reads or shapes is none: it neither records nor saves."""
    calls = [n.func for n in ast.walk(function) if isinstance(n, ast.Call)]
    names = {getattr(c, "attr", getattr(c, "id", "")) for c in calls}
    return bool(names & {"save", "create", "record", "bulk_create", "delete", "_record"})


def test_actions_are_keyword_only_and_know_who_acts():
    wrong = []
    for path in sources():
        if path.name != "actions.py" and "actions" not in path.parts[:-1]:
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and is_action(node):
                named = {a.arg for a in node.args.kwonlyargs}
                if node.args.args or "by" not in named:
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert not wrong


def test_files_stay_small():
    big = [
        f"{p.relative_to(ROOT)} {n}" for p in sources() if (n := len(p.read_text("utf-8").splitlines())) > 500
    ]
    assert not big


def test_every_model_has_a_constraint_or_says_why_not():
    """Invariants live in the database. Those without are listed with the reason."""
    without = {
        "common.SearchEntry": "has its own unique constraint in operations",
        "organisations.Region": "public id is unique; nothing else can be said",
        "measures.Measure": "",
        "measures.RoundStateChange": "append-only log",
        "plans.ChapterPublication": "append-only log",
        "plans.Criterion": "free sentences in an order",
    }
    bare = [
        m._meta.label
        for m in apps.get_models()
        if m._meta.app_label in ROOMS and not m._meta.constraints and m._meta.label not in without
    ]
    assert not bare


def walk(patterns, prefix=""):
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from walk(entry.url_patterns, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry


def test_every_address_of_a_plan_has_a_door():
    """A view with plan_id in its address goes through @workspace or @public_plan."""
    bare = []
    for address, entry in walk(get_resolver().url_patterns):
        if "plan_id" in address and not getattr(entry.callback, "door", None):
            bare.append(address)
    assert not bare


@pytest.mark.parametrize(
    "pattern", ["requirements*.lock", "requirements*.in", "Makefile", ".ci/run", "pyproject.toml"]
)
def test_no_address_of_a_registry(pattern):
    for path in ROOT.glob(pattern):
        assert not re.search(
            r"https?://(?!127\.0\.0\.1)|--index-url|--find-links|file:", path.read_text("utf-8")
        ), path.name


def test_templates_have_no_inline_style_or_script():
    """The content security policy refuses them; scripts carry the nonce or come from a file."""
    wrong = []
    for path in sorted(PACKAGE.glob("**/*.html")):
        text = path.read_text("utf-8")
        if "/mail/" in str(path) or "/emails/" in str(path):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(r"\sstyle=|\son[a-z]+=\"|javascript:", line) or re.search(
                r"<script(?![^>]*(src=|nonce=|type=\"application/json\"))", line
            ):
                wrong.append(f"{path.relative_to(ROOT)}:{number} {line.strip()[:80]}")
    assert not wrong
