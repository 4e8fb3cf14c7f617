"""Wings: what their faces say, offer and cost."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("extractors", "flows", "warehouse")
FOLDERS = sorted(path.parent for package in PACKAGES for path in (ROOT / package).rglob("__init__.py"))
FACES = [folder for folder in FOLDERS if (folder / "__init__.pyi").exists()]


def name_of(folder: Path) -> str:
    """Return a folder as the module it is."""
    return ".".join(folder.relative_to(ROOT).parts)


def offered(folder: Path) -> dict[str, str]:
    """Return the names a face offers, each with the module it comes from; a module of the wing comes from nowhere."""
    tree = ast.parse((folder / "__init__.pyi").read_text(encoding="utf-8"))
    imports = [one for one in tree.body if isinstance(one, ast.ImportFrom)]
    return {alias.name: one.module or "" for one in imports for alias in one.names}


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_every_folder_says_in_one_sentence_what_it_does(folder: Path) -> None:
    sentence = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert sentence.split("\n")[0].endswith(".")


@pytest.mark.parametrize("folder", FACES, ids=name_of)
def test_no_name_a_face_offers_is_hidden_by_a_module_of_the_wing(folder: Path) -> None:
    modules = {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert not [name for name, home in offered(folder).items() if home and name in modules]


def test_entering_a_wing_loads_nothing_of_it() -> None:
    faces = [name_of(folder) for folder in FACES]
    script = f"import sys\nimport {', '.join(faces)}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    loaded = {name for name in done.stdout.split() if name.split(".")[0] in PACKAGES}
    assert loaded == {*faces, *PACKAGES}
