"""Front matter: the properties that a Markdown file states before its text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

YAML = re.compile(r"\A\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
TOML = re.compile(r"\A\s*\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
PLAIN = re.compile(r"([A-Za-z][\w .-]{0,40}):\s*(.*)")
MAX_LENGTH = 20_000  # characters; longer is no front matter


def split_front_matter(text: str) -> tuple[dict[str, str], str, tuple[str, ...]]:
    """The properties, the text after them, and warnings. A "---" that opens no properties is left in the text.

    Keys are in lower case; values are as written, lists joined with ", "; nested tables are passed over.
    """
    for pattern, parse in ((YAML, _yaml), (TOML, _toml)):
        matter = pattern.match(text)
        if matter and len(matter[1]) <= MAX_LENGTH:
            if not matter[1].strip():
                return {}, text[matter.end() :], ()
            try:
                content = parse(matter[1])
            except Exception:  # whatever the parser stumbles over, the lines can still be read one by one
                properties = _by_line(matter[1])
                if not properties:
                    return {}, text, ()
                return properties, text[matter.end() :], ("Its front matter is malformed; it was read line by line.",)
            if isinstance(content, Mapping):
                return _flat(content), text[matter.end() :], ()
    return {}, text, ()


def _yaml(content: str) -> object:
    import yaml

    return yaml.load(content, Loader=yaml.BaseLoader)  # every value stays as written: version 2.10 is not the number 2.1


def _toml(content: str) -> object:
    return tomllib.loads(content, parse_float=str)


def _by_line(content: str) -> dict[str, str]:
    found = (PLAIN.match(line) for line in content.split("\n"))
    return {line[1].strip().lower(): line[2].strip().strip("'\"") for line in found if line}


def _flat(content: Mapping[object, object]) -> dict[str, str]:
    properties: dict[str, str] = {}
    for key, value in content.items():
        if isinstance(value, list):
            properties[str(key).strip().lower()] = ", ".join(str(item) for item in value if not isinstance(item, list | Mapping))
        elif not isinstance(value, Mapping):
            properties[str(key).strip().lower()] = str(value).strip()
    return properties
