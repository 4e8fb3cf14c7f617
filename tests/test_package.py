"""The wheel works where it is installed, far from the source tree."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.flows.published import publish_example

ROOT = Path(__file__).parents[1]
UV = os.environ.get("UV") or shutil.which("uv")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(UV is None, reason="uv is not installed")]


def run(*words: str | Path, cwd: Path) -> str:
    """Run a command and return its standard output; a failure shows its standard error."""
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run([str(word) for word in words], cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, install it with the locked versions into a clean environment; return its folder."""
    assert UV is not None
    folder = tmp_path_factory.mktemp("wheel")
    run(UV, "build", "--wheel", "--out-dir", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    locked = folder / "locked.txt"
    run(UV, "export", "--frozen", "--no-dev", "--no-emit-project", "--quiet", "-o", locked, cwd=ROOT)
    run(UV, "venv", "--quiet", "--python", sys.executable, "env", cwd=folder)
    run(UV, "pip", "install", "--quiet", "--python", "env/bin/python", "-r", locked, cwd=folder)
    run(UV, "pip", "install", "--quiet", "--no-deps", "--python", "env/bin/python", wheel, cwd=folder)
    return folder


def test_the_installed_command_works_from_another_folder(installed: Path, tmp_path: Path) -> None:
    tocsin = installed / "env" / "bin" / "tocsin"
    assert "replay" in run(tocsin, "--help", cwd=tmp_path)
    assert "configuration is valid" in run(tocsin, "check", cwd=tmp_path)
    (tmp_path / "note.txt").write_text('"We will answer in kind," Defence Minister Ana Lobo said on Friday.\n')
    (line,) = run(tocsin, "extract", "note.txt", "--json", cwd=tmp_path).splitlines()
    found = json.loads(line)
    assert (found["content"].strip(","), found["speaker"], found["form"]) == (
        "We will answer in kind",
        "Ana Lobo",
        "direct",
    )


def test_the_wheel_holds_every_sql_file(installed: Path) -> None:
    (wheel,) = installed.glob("*.whl")
    ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / "warehouse").rglob("*.sql")}
    with zipfile.ZipFile(wheel) as opened:
        assert {name for name in opened.namelist() if name.endswith(".sql")} == ours


def test_the_wheel_holds_the_package_for_notebooks_once(installed: Path) -> None:
    (wheel,) = installed.glob("*.whl")
    ours = {path.name for path in (ROOT / "warehouse" / "python" / "tocsin").glob("*.*")}
    assert "py.typed" in ours
    with zipfile.ZipFile(wheel) as opened:
        assert {name for name in opened.namelist() if name.startswith("tocsin/")} == {f"tocsin/{name}" for name in ours}
        assert not [name for name in opened.namelist() if name.startswith("warehouse/python/")]


def test_a_notebook_finds_it_where_it_is_installed(installed: Path, tmp_path: Path) -> None:
    """Without the libraries of frames, which are extras: it says how to get them."""
    warehouse = publish_example(tmp_path / "w.duckdb")
    script = f"""
import tocsin
print(tocsin.__file__)
with tocsin.open({str(warehouse)!r}) as news:
    print([row["speaker"] for row in news.claims()])
    try:
        news.claims().df()
    except ImportError as error:
        print(error)
"""
    where, rows, missing = run(installed / "env" / "bin" / "python", "-c", script, cwd=tmp_path).splitlines()
    assert Path(where).is_relative_to(installed / "env")
    assert rows == "['Tamsin Vole']"
    assert missing == "pandas is not installed: pip install 'tocsin[pandas]'"


def test_the_wheel_holds_every_file_of_the_configuration(installed: Path) -> None:
    (wheel,) = installed.glob("*.whl")
    ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / "config").rglob("*.toml")}
    assert "config/starter/actors.toml" in ours
    with zipfile.ZipFile(wheel) as opened:
        assert {name for name in opened.namelist() if name.endswith(".toml")} == ours


def test_the_wheel_holds_every_template(installed: Path) -> None:
    (wheel,) = installed.glob("*.whl")
    ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / "flows").glob("*/**/templates/*")}
    assert any(name.endswith("report.js") for name in ours)
    with zipfile.ZipFile(wheel) as opened:
        assert {name for name in opened.namelist() if "/templates/" in name} == ours


def test_the_python_examples_of_the_readme_run(installed: Path, tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    frames, alone = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    assert "paragraphs" in run(installed / "env" / "bin" / "python", "-c", alone, cwd=ROOT)
    (tmp_path / "data").mkdir()
    publish_example(tmp_path / "data" / "replay.duckdb")
    assert "severity" in run(sys.executable, "-c", frames, cwd=tmp_path)
