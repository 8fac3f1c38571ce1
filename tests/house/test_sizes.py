"""House rule 19: functions, modules, test modules and templates stay small enough to be read on a screen or two."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE, TESTS = ROOT / "src" / "tenure", ROOT / "tests"
MAX_FUNCTION, MAX_MODULE, MAX_TEST_MODULE, MAX_TEMPLATE = 60, 400, 500, 150


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _modules(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.py") if "migrations" not in path.parts]


def test_functions_are_no_longer_than_60_lines():
    long = []
    for path in _modules(SOURCE):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                and (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION
            ):
                long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert long == []


def test_modules_are_no_longer_than_400_lines():
    assert [str(path.relative_to(ROOT)) for path in _modules(SOURCE) if _lines(path) > MAX_MODULE] == []


def test_test_modules_are_no_longer_than_500_lines():
    assert [str(path.relative_to(ROOT)) for path in _modules(TESTS) if _lines(path) > MAX_TEST_MODULE] == []


def test_templates_are_no_longer_than_150_lines():
    assert [str(path.relative_to(ROOT)) for path in SOURCE.rglob("templates/**/*.html") if _lines(path) > MAX_TEMPLATE] == []


def test_room_readmes_are_no_longer_than_120_lines():
    assert [str(path.relative_to(ROOT)) for path in SOURCE.glob("*/README.md") if _lines(path) > 120] == []
