"""The frameworks and crosswalks that ship, loaded when they are first asked for.

A framework file is `frameworks/NAME-EDITION.json` ("iso27001-2022.json" for `iso27001:2022`), in UTF-8:

    {"name": "iso27001:2022", "title": "ISO/IEC 27001:2022", "notes": "…", "controls": [
        {"id": "A.8.13", "kind": "control", "parent": "A.8", "title": "…", "asks": "…", "evidence": "…",
         "staff_words": ["back ups"], "attributes": {"control type": ["corrective"]}, "withdrawn": true, "replaced_by": ["A.8.14"]}]}

Only `id` and `title` are required; `kind` is "control" where it is left out, and every other key is empty. Controls stand in the
framework's own order, and a `parent` is the id of an entry of the same file.

A crosswalk file is `crosswalks/SOURCE__TARGET.json`:

    {"source": "iso27001:2013", "target": "iso27001:2022", "notes": ["…"], "pairs": [["A.12.3.1", "equal", "A.8.13"]]}

where the relation says what the source control is to the target one, in the terms of `corpus.control.Relation`, and the notes say where
and why it departs from mappings that others published.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

from corpus.control import Control, ControlKind, Crosswalk, Framework, Relation
from corpus.errors import FrameworkError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

NEAR = 3  # controls that are told to who gives an id that is none
ALIKE = 0.7  # of two ids, from 0 to 1
SHORTEST = 4  # letters of a word that is looked for in titles
FILES = {
    "iso27001:2022": "iso27001-2022.json",
    "iso27001:2013": "iso27001-2013.json",
    "nist-csf:2.0": "nist-csf-2.0.json",
    "nist-800-53:r5": "nist-800-53-r5.json",
    "soc2:2017": "soc2-2017.json",
}


def framework_names() -> tuple[str, ...]:
    """Names of the frameworks that ship; of two editions the newer comes first."""
    return tuple(FILES)


@cache
def framework(name: str) -> Framework:
    """The framework of this name ("iso27001:2022"). Raises FrameworkError when none of that name ships."""
    if name not in FILES:
        raise FrameworkError(f"{name!r} is not a framework that isobot knows. Use one of: {', '.join(FILES)}.")
    raw = json.loads((_data("frameworks") / FILES[name]).read_text(encoding="utf-8"))
    return Framework(raw["name"], raw["title"], tuple(_control(name, entry) for entry in raw["controls"]), raw.get("notes", ""))


def _data(folder: str) -> Traversable:
    from importlib.resources import files  # here, not above: it takes 10 ms, which a question that names no control need not wait for

    return files("corpus") / folder


def _control(framework_name: str, entry: Mapping[str, Any]) -> Control:
    return Control(
        framework=framework_name,
        id=entry["id"],
        title=entry["title"],
        kind=ControlKind(entry.get("kind", ControlKind.CONTROL)),
        parent=entry.get("parent"),
        asks=entry.get("asks", ""),
        evidence=entry.get("evidence", ""),
        staff_words=tuple(entry.get("staff_words", ())),
        attributes={key: tuple(values) for key, values in entry.get("attributes", {}).items()},
        withdrawn=entry.get("withdrawn", False),
        replaced_by=tuple(entry.get("replaced_by", ())),
    )


@cache
def controls_by_id(name: str) -> Mapping[str, Control]:
    """The controls of a framework by their exact id, in its order. Raises FrameworkError for an unknown framework."""
    return {control.id: control for control in framework(name).controls}


@cache
def crosswalks() -> tuple[Crosswalk, ...]:
    """Every crosswalk that ships, by file name."""
    folder = _data("crosswalks")
    if not folder.is_dir():
        return ()
    named = sorted((file for file in folder.iterdir() if file.name.endswith(".json")), key=lambda file: file.name)
    return tuple(_crosswalk(json.loads(file.read_text(encoding="utf-8"))) for file in named)


def _crosswalk(raw: Mapping[str, Any]) -> Crosswalk:
    pairs = tuple((source, Relation(relation), target) for source, relation, target in raw["pairs"])
    return Crosswalk(raw["source"], raw["target"], pairs, tuple(raw.get("notes", ())))


def find_control(id: str, framework: str | None = None) -> tuple[Control, ...]:
    """The controls that a person means by `id`, one for each edition that has it, in the order of `framework_names()`.

    id: in any case and with or without its separators: "A8.13", "annex a 8.13", "control 8.13", "clause 9.2", "ac2(1)", "AC-02 (01)".
    framework: searches that one alone. Returns () when no framework has the id. Raises FrameworkError for an unknown framework.
    """
    wanted = _keys(id)
    names = (framework,) if framework is not None else framework_names()
    for key in wanted:
        found = tuple(_by_key(name)[key] for name in names if key in _by_key(name))
        if found:
            return found
    return ()


def controls_near(id: str, frameworks: Sequence[str]) -> tuple[Control, ...]:
    """The few controls likest to what is the id of none: for "A.8.99" those with such an id, for "backup" those with such a title.

    frameworks: where to look, in this order; the first that has any is enough.
    """
    key, word = _keys(id)[0], id.strip().casefold()
    for name in frameworks:
        near = get_close_matches(key, _by_key(name), n=NEAR, cutoff=ALIKE) if any(map(str.isdigit, key)) else []
        titled = (one for one in framework(name).controls if len(word) >= SHORTEST and word in one.title.casefold())
        if found := (*map(_by_key(name).__getitem__, near), *titled):
            return found[:NEAR]
    return ()


PREFIX = re.compile(
    r"(?:ISO(?:/IEC)?(?:2700[12])?(?:[:-]\d{4})?|NIST|SOC2)*"
    r"(ANNEX(?:A\.?)?|CONTROLS?|CLAUSES?|REQUIREMENTS?)*(?=[A-Z]*[.-]?\d|[A-Z]{2}\.)"
)


def _keys(id: str) -> tuple[str, ...]:
    """Keys to look up for an id as typed, likeliest first. A bare number is a clause first, and an annex control where no clause has it."""
    packed = "".join(id.upper().split())
    prefix = PREFIX.match(packed)
    rest, said = (packed[prefix.end() :], prefix.group(1) or "") if prefix else (packed, "")
    key = _key(rest)
    if not key[:1].isdigit():
        return (key,)
    if said.startswith(("ANNEX", "CONTROL")):
        return (f"A{key}",)
    return (key,) if said else (key, f"A{key}")


def _key(id: str) -> str:
    """The id without what people write differently: case, white space, hyphens, the dot after a letter, zeros before a number."""
    plain = re.sub(r"[\s‐‑–—-]+", "", id.upper())
    return re.sub(r"(?<![\d.])0+(?=\d)|(?<=[A-Z])\.", "", plain)


@cache
def _by_key(name: str) -> Mapping[str, Control]:
    return {_key(control.id): control for control in framework(name).controls}
