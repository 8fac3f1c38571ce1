"""House rules 1, 2, 6, 13 and 20: what rooms hold, how files are called, and that every action has a test."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
SOURCE, TESTS = ROOT / "src" / "tenure", ROOT / "tests"
FORBIDDEN_NAMES = {"utils", "helpers", "manager", "service", "data", "info"}
ROOMS = sorted(path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists())


def _action_files() -> list[Path]:
    return sorted(path for path in SOURCE.glob("*/actions/*.py") if path.name != "__init__.py")


def test_modules_carry_names_that_say_something():
    assert [str(path.relative_to(ROOT)) for path in SOURCE.rglob("*.py") if path.stem in FORBIDDEN_NAMES] == []


@pytest.mark.parametrize("path", _action_files(), ids=lambda path: f"{path.parts[-3]}.{path.stem}")
def test_action_file_holds_the_use_case_of_its_name(path):
    names = [node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)]
    assert path.stem in names


def test_every_action_is_called_by_a_test():
    this = Path(__file__)
    texts = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py") if path != this)
    silent = {f"{path.parts[-3]}.{path.stem}" for path in _action_files() if not re.search(rf"\b{path.stem}\b", texts)}
    assert silent == set()


def test_floors_name_every_room():
    floors = re.search(r"layers = \[(.*?)\]", (ROOT / "pyproject.toml").read_text(), re.DOTALL)
    assert floors is not None
    named = set(re.findall(r"[a-z]+", " ".join(re.findall(r'"([^"]+)"', floors[1]))))
    assert named == set(ROOMS)


def test_every_room_with_tables_is_installed_and_has_a_readme():
    installed = {config.name.removeprefix("tenure.") for config in apps.get_app_configs() if config.name.startswith("tenure.")}
    with_models = {room for room in ROOMS if (SOURCE / room / "models").exists()}
    assert with_models - installed == set()
    assert [room for room in with_models if not (SOURCE / room / "README.md").exists()] == []
