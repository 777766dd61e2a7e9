"""The command line as a process: exit codes, stopping, bugs, and what is not loaded for nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from canvas_app import __version__


def run(code: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", f"import sys\n{code}\nsys.exit(main(sys.argv[1:]))", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_version_is_told():
    done = run("from canvas_app.__main__ import main", "--version")

    assert (done.returncode, done.stdout) == (0, f"{__version__}\n")


def test_help_names_every_command_and_the_exit_codes():
    out = run("from canvas_app.__main__ import main", "--help").stdout

    for word in (
        "new",
        "import",
        "run",
        "build",
        "explain",
        "export",
        "verify",
        "predict",
        "copy",
        "restore",
        "self-check",
        "errand",
    ):
        assert word in out
    assert "70" in out


def test_each_command_is_told_in_one_whole_sentence():
    out = run("from canvas_app.__main__ import main", "--help").stdout
    told = out.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()

    assert len(told) >= 12
    assert [line for line in told if line.endswith("...") or not line.endswith(".")] == []


@pytest.mark.parametrize("words", [["--nothing"], ["nothing"], ["build", "x.csv", "--budget", "soon"]])
def test_wrong_usage_is_2(words: list[str]):
    assert run("from canvas_app.__main__ import main", *words).returncode == 2


def test_what_cannot_be_done_is_1_with_what_to_do():
    done = run("from canvas_app.__main__ import main", "verify", "nowhere")

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "Choose the folder of an exported bundle."
    assert "Traceback" not in done.stderr


BROKEN = """
from canvas_app.bundle import read
def broken(*words, **more): {does}
read.open_bundle = broken
from canvas_app.__main__ import main
"""


def test_a_bug_is_70_and_shows_where():
    done = run(BROKEN.format(does="return [][0]"), "predict", "b", "i.csv", "o.csv")

    assert done.returncode == 70
    assert "IndexError" in done.stderr
    assert "This is a bug" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("sign", ["SIGINT", "SIGTERM"])
def test_being_stopped_is_3(sign: str):
    # A shell that starts something with "&" has it ignore SIGINT; a terminal doesn't.
    heard = "signal.signal(signal.SIGINT, signal.default_int_handler)"
    does = f"import os, signal, time; {heard}; os.kill(os.getpid(), signal.{sign}); time.sleep(30)"
    done = run(BROKEN.format(does=does), "predict", "b", "i.csv", "o.csv")

    assert done.returncode == 3
    assert done.stderr.endswith("Stopped.\n")


def test_light_commands_load_nothing_heavy():
    heavy = ("PySide6", "pandas", "ibis", "sklearn", "flaml", "mlflow", "matplotlib", "lightgbm", "onnx")
    code = f"""
import atexit, sys
atexit.register(lambda: print([name for name in {heavy!r} if name in sys.modules]))
from canvas_app.__main__ import main
"""
    assert run(code, "verify", "nowhere").stdout == "[]\n"


def test_a_command_clears_away_what_a_killed_one_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    left = subprocess.run(
        [
            sys.executable,
            "-c",
            "from canvas_app.jobs.scratch import new_scratch; print(new_scratch('build'))",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert Path(left).is_dir()
    run("from canvas_app.__main__ import main", "verify", "nowhere")

    assert list(tmp_path.iterdir()) == []
