"""The tree as its tests see it: where it stands, its packages and its pages."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("corpus", "indexer", "isobot", "evals")
"""In the order in which imports run: each may import those before it."""

PAGES = tuple(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"))

SAMPLE = {
    "ISOBOT_TODAY": "2026-09-15",
    "ISOBOT_SETTINGS": "corpus/policies/isobot.toml",
    "HF_HUB_OFFLINE": "1",
    "COLUMNS": "100",
    "LC_ALL": "C.UTF-8",
}
"""Variables under which the pages' examples are made and tried."""


def sample_environment(index: Path, cache: Path) -> dict[str, str]:
    """The variables for commands on the sample index, none of the tester's own settings among them."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ISOBOT_", "SLACK_", "PYTEST_", "FORCE_COLOR"))}
    commands = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", os.defpath)])
    return kept | SAMPLE | {"ISOBOT_INDEX": str(index), "ISOBOT_CACHE": str(cache), "PATH": commands}


def modules(package: str) -> list[Path]:
    """Every Python file of a package, sorted; what npm installs beside the tests is none of ours."""
    return sorted(path for path in (ROOT / package).rglob("*.py") if "node_modules" not in path.parts)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of every module that a file imports, anywhere in it; a name in `import_module` or "module:attribute" counts."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module
        elif isinstance(node, ast.ImportFrom) and node.level:
            above = path.relative_to(ROOT).with_suffix("").parts[: -node.level]
            yield node.lineno, ".".join([*above, node.module or ""]).rstrip(".")
        elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__") and node.args:
            yield from ((node.lineno, name) for name in _strings(node.args[0]))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.split(".")[0] in PACKAGES and ":" in node.value:
            yield node.lineno, node.value.partition(":")[0]


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""


def _strings(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        yield str(node.values[0].value).rstrip(".")
