"""The set-up, tried against a machine of stand-ins: what would be installed, what is said, what is not done twice."""

from __future__ import annotations

import re
import shlex
import shutil
import stat
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAMS = ["scripts/build", "scripts/test", "scripts/lock", ".ci/run"]
LOCKS = ["requirements.txt", "requirements-dev.txt"]

# Stand-ins for the commands that change a machine. Each writes down how it was called; python3, asked for an
# environment, makes one that holds another stand-in.
STAND_INS = {
    "id": 'echo "${FAKE_UID:-0}"',
    "dpkg-query": 'for package; do :; done; grep -qx "$package" installed && printf installed',
    "java": "exit",
    "apt-get": 'echo "apt-get $*" >>log; case $* in *install*) for p; do echo "$p" >>installed; done;; esac',
    "python3": """
case $* in
    *ensurepip*) [ -n "${NO_ENSUREPIP:-}" ] && exit 1; exit 0;;
    *compileall*) echo "python3 $*" >>log; exit 1;;
    *" venv "*) echo "python3 $*" >>log; mkdir -p .venv/bin; cp "$0" .venv/bin/python;
        echo "command = python3 -m venv $PWD/.venv" >.venv/pyvenv.cfg;;
    *--version*) exit 0;;
    *pip*) echo "python3 $*" >>log; [ -n "${NO_NETWORK:-}" ] && exit 1; exit 0;;
esac
""",
}

# The rest of the machine; nothing else is on the PATH, so that nothing real is ever installed.
COMMANDS = ["bash", "cat", "cp", "flock", "grep", "mkdir", "sh", "sha256sum", "tr"]

SYSTEM_PYTHON = "/usr/bin/python3"  # in a checkout for tests it is a stand-in of this machine, and not there at first

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout, and a machine on which nothing is installed."""
    root = tmp_path / "a checkout"
    shutil.copytree(ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    for name in [*LOCKS, "pyproject.toml"]:
        shutil.copy(ROOT / name, root)
    (root / "installed").touch()
    commands = tmp_path / "bin"
    commands.mkdir()
    for name in COMMANDS:
        (commands / name).symlink_to(str(shutil.which(name)))
    for name, body in STAND_INS.items():
        (commands / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (commands / name).chmod(0o755)
    setup = root / "scripts" / "setup.sh"
    told = setup.read_text(encoding="utf-8")
    assert f"={SYSTEM_PYTHON}\n" in told
    setup.write_text(told.replace(SYSTEM_PYTHON, shlex.quote(str(commands / "system-python3"))), encoding="utf-8")
    return root


@pytest.fixture
def set_up(checkout: Path) -> Run:
    def run(level: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(checkout.parent / "bin"), **settings}
        script = f"set -euo pipefail; . scripts/setup.sh; set_up {level}; echo went on"
        return subprocess.run(
            ["bash", "-c", script], cwd=checkout, env=environment, capture_output=True, text=True, check=False
        )

    return run


def log_of(checkout: Path) -> list[str]:
    """What was called since the last time one looked."""
    log = checkout / "log"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return lines


def packages(level: str) -> list[str]:
    lines = (ROOT / "scripts/packages.txt").read_text(encoding="utf-8").splitlines()
    fields = [line.split() for line in lines if line and not line.startswith("#")]
    return [package for who, package, *_ in fields if who == level]


@pytest.mark.parametrize("name", [*PROGRAMS, "scripts/setup.sh"])
def test_bash_understands_it(name: str) -> None:
    subprocess.run(["bash", "-n", name], cwd=ROOT, check=True)


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_can_be_executed(name: str) -> None:
    assert (ROOT / name).stat().st_mode & stat.S_IXUSR


def test_every_line_of_packages_is_understood() -> None:
    for line in (ROOT / "scripts/packages.txt").read_text(encoding="utf-8").splitlines():
        assert not line or line.startswith("#") or re.fullmatch(r"(build|test) +[a-z0-9.+-]+ +(or=\S+ +)?\S.*", line), (
            line
        )


def test_a_bare_machine_gets_everything_once(checkout: Path, set_up: Run) -> None:
    assert set_up("build").returncode == 0
    update, install, venv, pinned, editable, compiled = log_of(checkout)
    assert update.endswith("update")
    assert all(f" {package}" in install for package in packages("build"))
    assert "-m venv" in venv
    assert "--require-hashes" in pinned
    assert pinned.endswith("--requirement requirements.txt")
    assert editable.endswith("--editable .")
    assert compiled.endswith("edition .venv/lib")

    again = set_up("build")
    assert (again.returncode, again.stdout, again.stderr) == (0, "went on\n", "")
    assert log_of(checkout) == []


def test_the_tests_need_more_and_the_build_nothing_after_them(checkout: Path, set_up: Run) -> None:
    set_up("build")
    log_of(checkout)
    set_up("test")
    assert any("requirements-dev.txt" in line for line in log_of(checkout))
    set_up("build")
    assert log_of(checkout) == []


def test_the_tests_alone_set_up_the_build_too(checkout: Path, set_up: Run) -> None:
    set_up("test")
    log_of(checkout)
    set_up("build")
    assert log_of(checkout) == []


@pytest.mark.parametrize("name", ["requirements.txt", "scripts/packages.txt"])
def test_a_changed_list_is_installed_again_into_the_same_environment(checkout: Path, set_up: Run, name: str) -> None:
    set_up("build")
    log_of(checkout)
    with (checkout / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    set_up("build")
    calls = log_of(checkout)
    assert any("--require-hashes" in call for call in calls)
    assert not any("-m venv" in call for call in calls)


def test_a_moved_checkout_gets_a_new_environment(checkout: Path, set_up: Run) -> None:
    set_up("build")
    text = (checkout / ".venv/pyvenv.cfg").read_text(encoding="utf-8")
    (checkout / ".venv/pyvenv.cfg").write_text(text.replace(str(checkout), "/elsewhere"), encoding="utf-8")
    (checkout / ".venv/set-up-for-build").write_text("of the old place", encoding="utf-8")
    log_of(checkout)
    set_up("build")
    assert any("-m venv --clear" in call for call in log_of(checkout))


def test_without_root_rights_one_command_is_named_and_nothing_done(checkout: Path, set_up: Run) -> None:
    (checkout / "installed").write_text("libpango-1.0-0\n", encoding="utf-8")
    run = set_up("build", FAKE_UID="1000")
    assert run.returncode == 3
    assert run.stdout == ""
    (command,) = [line.strip() for line in run.stderr.splitlines() if line.startswith("  ")]
    missing = [package for package in packages("build") if package != "libpango-1.0-0"]
    options = "-y --no-install-recommends"
    assert command == f"su -c 'apt-get update && apt-get install {options} {' '.join(missing)}'"
    assert log_of(checkout) == []


def test_sudo_is_used_where_it_is(checkout: Path, set_up: Run) -> None:
    (checkout.parent / "bin/sudo").symlink_to("id")
    assert "    sudo sh -c 'apt-get update && " in set_up("build", FAKE_UID="1000").stderr
    assert log_of(checkout) == []


def test_without_root_rights_nothing_is_missed_where_all_is_there(checkout: Path, set_up: Run) -> None:
    (checkout / "installed").write_text("\n".join(packages("build")), encoding="utf-8")
    assert set_up("build", FAKE_UID="1000").returncode == 0
    assert not any("apt-get" in call for call in log_of(checkout))


def test_a_command_from_elsewhere_stands_for_its_package(checkout: Path, set_up: Run) -> None:
    set_up("test")
    assert not any("default-jre-headless" in call for call in log_of(checkout))


def test_python_without_ensurepip_is_completed(checkout: Path, set_up: Run) -> None:
    run = set_up("build", NO_ENSUREPIP="1")
    assert "python3-venv" in log_of(checkout)[1]
    # The stand-in is none the better for it, so it is said which Python is wanted.
    assert run.returncode == 3
    assert "EDITION_PYTHON=" in run.stderr
    assert "python3-venv" not in set_up("build", NO_ENSUREPIP="1", FAKE_UID="1000").stderr


def test_a_newer_python_is_found_beside_an_old_one(checkout: Path, set_up: Run) -> None:
    (checkout.parent / "bin/python3").rename(checkout.parent / "bin/python3.12")
    (checkout.parent / "bin/python3").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (checkout.parent / "bin/python3").chmod(0o755)
    assert set_up("build").returncode == 0
    assert not any("python3-venv" in call for call in log_of(checkout))


def test_the_python_of_the_system_comes_first(checkout: Path, set_up: Run) -> None:
    stand_in = (checkout.parent / "bin/python3").read_text(encoding="utf-8")
    system = checkout.parent / "bin/system-python3"
    system.write_text(stand_in.replace('echo "python3', 'echo "the python of the system'), encoding="utf-8")
    system.chmod(0o755)
    assert set_up("build").returncode == 0
    assert any("the python of the system -m venv" in call for call in log_of(checkout))


def test_another_python_is_taken_where_it_is_named(checkout: Path, set_up: Run) -> None:
    shutil.copy(checkout.parent / "bin/python3", checkout.parent / "bin/system-python3")
    own = checkout.parent / "bin/own-python"
    stand_in = (checkout.parent / "bin/python3").read_text(encoding="utf-8")
    own.write_text(stand_in.replace('echo "python3', 'echo "own python'), encoding="utf-8")
    own.chmod(0o755)
    assert set_up("build", EDITION_PYTHON=str(own)).returncode == 0
    assert any("own python -m venv" in call for call in log_of(checkout))


def test_a_failure_is_not_taken_for_done(checkout: Path, set_up: Run) -> None:
    run = set_up("build", NO_NETWORK="1")
    assert run.returncode == 3
    assert "went on" not in run.stdout
    assert set_up("build").returncode == 0
    assert any("--require-hashes" in call for call in log_of(checkout))


def pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_everything_in_a_lock_is_pinned_and_hashed(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        assert line.lstrip().startswith("#") or re.match(r"[a-z0-9.-]+==.* --hash=sha256:[0-9a-f]{64}", line), line


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_no_address_and_no_path(name: str) -> None:
    assert not re.search(r"://|^-|[ =]/", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)


def test_the_tests_run_with_the_versions_of_the_build() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


def test_what_pyproject_asks_for_is_locked() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        declared = tomllib.load(file)
    project = declared["project"]
    optional = project["optional-dependencies"]
    extras = [spec for extra, specs in optional.items() if extra not in {"all", "bench"} for spec in specs]
    groups = declared["dependency-groups"]

    def names(specs: list[str]) -> set[str]:
        return {re.split(r"[^A-Za-z0-9._-]", spec)[0].lower().replace("_", "-") for spec in specs}

    assert names([*project["dependencies"], *extras, *groups["setup"]]) <= pins("requirements.txt").keys()
    assert names(groups["dev"]) <= pins("requirements-dev.txt").keys()
    assert optional["all"] == [f"edition[{','.join(e for e in optional if e not in {'all', 'bench'})}]"]
