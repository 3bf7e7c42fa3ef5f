"""`make test`: units and actions on SQLite and on PostgreSQL, then the browser on SQLite. `--verify`: the slow proofs.

Fetches what is missing where it may (Chromium and PostgreSQL by apt, as root), else says clearly what was left out.
With CI=true nothing may be left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTEST = [sys.executable, "-m", "pytest"]
# A file's tests stay with one worker: what a module has made is made once.
TWO = ["-n", "2", "--dist", "loadfile"]
CI = os.environ.get("CI") == "true"


# Pages and pure text are the same on both databases: PostgreSQL gets the units and actions that touch it.
ON_SQLITE_ALONE = [
    "tests/common/look", "tests/common/messages", "tests/common/words", "tests/common/test_html.py",
    "tests/common/test_text.py", "tests/common/test_translated.py", "tests/demo", "tests/plans/importing",
    "tests/test_architecture.py", "tests/test_every_address.py", "tests/test_personal_data.py", "tests/workspace/test_imports.py",
]  # fmt: skip
PAGES_ON_SQLITE_ALONE = [
    "tests/*view*.py",
    "tests/*page*.py",
    "tests/*/test_every_page*.py",
    "tests/publishing/*",
]


def say(text: str) -> None:
    print(f"\n── {text}", flush=True)


def apt(package: str) -> bool:
    """Install a Debian package; False where that is not possible."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
    ):
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            return False
    return True


def chromium() -> str | None:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    say("Chromium is missing: installing it")
    return shutil.which("chromium") if apt("chromium") else None


def answers(url: str) -> bool:
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


def private_cluster(folder: Path) -> str | None:
    """A throw-away PostgreSQL on a socket in `folder`, run by the user postgres when we are root."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not binaries and not (
        apt("postgresql") and (binaries := sorted(Path("/usr/lib/postgresql").glob("*/bin")))
    ):
        return None
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")
    data, run = folder / "data", {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(
        [*as_user, binaries[-1] / "initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-D", data], **run
    )
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    subprocess.run(
        [*as_user, binaries[-1] / "pg_ctl", "-w", "-D", data, "-o", options, "-l", folder / "log", "start"],
        **run,
    )
    return f"postgres://postgres@{str(folder).replace('/', '%2F')}/postgres"


def postgres(folder: Path) -> str | None:
    for url in (os.environ.get("LAUTTA_TEST_POSTGRES"), "postgres://postgres@127.0.0.1:5432/postgres"):
        if url and answers(url):
            return url
    say("No PostgreSQL answers at 127.0.0.1:5432: starting a private one")
    return private_cluster(folder)


def pytest(*arguments: str, **environment: str) -> int:
    return subprocess.run(
        [*PYTEST, *arguments], cwd=ROOT, env={**os.environ, **environment}, check=False
    ).returncode


def demo_for_the_browser(folder: Path) -> dict[str, str]:
    """Begun beside the other tests, at the lowest priority; whoever needs it first waits for it."""
    where = {"LAUTTA_BROWSER_DEMO": str(folder)}
    subprocess.Popen(
        ["nice", "-n", "19", sys.executable, "-m", "tests.browser.installation"], cwd=ROOT,
        env={**os.environ, **where}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return where


def left_out(what: str) -> int:
    say(f"LEFT OUT: {what}")
    return 1 if CI else 0


def on_postgres(kind: str) -> int:
    with tempfile.TemporaryDirectory(prefix="lautta-pg-") as folder:
        url = postgres(Path(folder))
        if url is None:
            return left_out("PostgreSQL (install it, or set LAUTTA_TEST_POSTGRES)")
        say("PostgreSQL")
        left = [f"--ignore={ROOT / path}" for path in ON_SQLITE_ALONE]
        left += [f"--ignore-glob={ROOT / path}" for path in PAGES_ON_SQLITE_ALONE]
        where = {"LAUTTA_TEST_DB": "postgres", "LAUTTA_TEST_POSTGRES": url}
        code = pytest(*TWO, "-m", f"{kind} and not browser", *left, **where)
        for pid in Path(folder).glob("data/postmaster.pid"):
            os.kill(int(pid.read_text().split()[0]), 2)
            time.sleep(1)
        return code


def run(verify: bool) -> int:
    began = time.monotonic()
    kind = "verify" if verify else "not verify"
    for command in (["messages", "--compile"], ["lexicons"]):
        subprocess.run([sys.executable, "-m", "lautta", *command], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory(prefix="lautta-demo-") as folder:
        path = chromium()
        demo = demo_for_the_browser(Path(folder)) if path else {}
        say("SQLite")
        codes = [pytest(*TWO, "-m", f"{kind} and not browser and not postgres")]
        codes.append(on_postgres(kind))
        if path:
            say("Browser")
            codes.append(pytest("-n", "2", "-m", f"{kind} and browser", LAUTTA_CHROMIUM=path, **demo))
        else:
            codes.append(left_out("browser tests (install the package chromium)"))
    # 5: no test of that kind in this run
    failed = [code for code in codes if code not in (0, 5)]
    say(f"{'FAILED' if failed else 'All well'} in {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(run("--verify" in sys.argv))
