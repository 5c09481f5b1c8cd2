"""Settings: `isobot.toml`, then environment variables, then options, each stronger than the one before."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

from corpus.errors import SettingsError
from corpus.library import framework_names
from isobot.languages import DEFAULT, NAMES
from isobot.report.schedule import Weekly

FILE = "isobot.toml"
FILE_VARIABLE = "ISOBOT_SETTINGS"
NO_SETTINGS = ("ISOBOT_TODAY", "ISOBOT_DEBUG", "ISOBOT_TEST_ALL")  # variables that others read
DEFAULT_INDEX = ".isobot"


@dataclass(frozen=True, slots=True)
class Setting:
    """How one setting is given: its variable, its value's form, and whether it must be kept from sight."""

    variable: str
    parse: Callable[[Any], Any]
    secret: bool = False


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be text")
    return value


def _name(value: Any) -> str:
    if not _text(value).strip():
        raise ValueError("must not be empty")
    return str(value)


def _folder(value: Any) -> Path:
    if isinstance(value, Path):  # an option, which the shell has expanded
        return value
    try:
        return Path(_name(value)).expanduser() if _name(value).startswith("~") else Path(value)
    except RuntimeError:
        raise ValueError("begins with the home folder of a user who is not known here") from None


def _probability(value: Any) -> float:
    try:
        number = -1.0 if isinstance(value, bool) else float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise ValueError("must be a number between 0 and 1, as in 0.35")
    return number


def _count(value: Any) -> int:
    try:
        number = -1 if isinstance(value, bool | float) else int(value)
    except ValueError:
        number = -1
    if number < 1:
        raise ValueError("must be a whole number, 1 or more")
    return number


def _yes_or_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = _text(value).strip().casefold()
    if word not in ("true", "yes", "on", "1", "false", "no", "off", "0"):
        raise ValueError("must be true or false")
    return word in ("true", "yes", "on", "1")


def _vectors(value: Any) -> str:
    if value not in (names := ("auto", "flat", "bytes")):
        raise ValueError(f"must be one of {', '.join(names)}")
    return str(value)


def _precision(value: Any) -> str:
    if value not in ("int8", "fp32"):
        raise ValueError('must be "int8" or "fp32"')
    return str(value)


def _log_format(value: Any) -> str:
    if value not in ("json", "text"):
        raise ValueError('must be "json" or "text"')
    return str(value)


def _document_url(value: Any) -> str:
    if not _text(value).startswith(("https://", "http://")) or "{path}" not in value:
        raise ValueError("must be an http address with {path} in it, as in https://files.example.org/policies/{path}")
    return str(value)


def _channel(value: Any) -> str:
    if _text(value)[:1] not in tuple("CG"):
        raise ValueError("must be a Slack channel's id, as in C024BE7LR")
    return str(value)


def _weekly(value: Any) -> str:
    Weekly.of(_text(value))
    return str(value)


def _framework(value: Any) -> str:
    if value not in (names := framework_names()):
        raise ValueError(f"must be one of {', '.join(names)}")
    return str(value)


def _language(value: Any) -> str:
    if value not in NAMES:
        raise ValueError(f"must be one of {', '.join(NAMES)}")
    return str(value)


def _channel_managers(value: Any) -> dict[str, frozenset[str]]:
    if not isinstance(value, Mapping) or not all(isinstance(people, list) and str(id)[:1] in tuple("CG*") for id, people in value.items()):
        raise ValueError('must name each channel\'s managers by channel id, as in "C024BE7LR" = ["amira@example.org"] or "*" = ["creator"]')
    return {str(id): frozenset(str(name).casefold() for name in people) for id, people in value.items()}


def _http_url(value: Any) -> str:
    if not _text(value).startswith(("https://", "http://")):
        raise ValueError("must be an http address, as in http://127.0.0.1:11434/v1")
    return str(value)


def _names(value: Any) -> frozenset[str]:
    if not isinstance(value, list):
        raise ValueError('must be a list of e-mails or Slack user ids, as in ["amira@example.org"]')
    return frozenset(str(name).casefold() for name in value)


def _owners(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(id, str) and id[:1] in tuple("UWCG") for id in value.values()):
        raise ValueError('must name each owner\'s Slack user or channel id, as in "Head of Finance" = "U024BE7LH"')
    return {str(owner).casefold(): id for owner, id in value.items()}


def _groups(value: Any) -> dict[str, frozenset[str]]:
    form = 'must name each group\'s Slack user groups, channels and e-mail domains, as in security = ["S0614TZR7", "@security.example.org"]'
    if not isinstance(value, Mapping):
        raise ValueError(form)
    for sources in value.values():
        if not isinstance(sources, list) or not all(isinstance(one, str) and one[:1] in tuple("SCG@") and len(one) > 1 for one in sources):
            raise ValueError(form)
    return {str(group).casefold(): frozenset(sources) for group, sources in value.items()}


def _users(value: Any) -> dict[str, frozenset[str]]:
    if not isinstance(value, Mapping) or not all(isinstance(groups, list) for groups in value.values()):
        raise ValueError('must name each user\'s groups, as in "amira@example.org" = ["security"]')
    return {str(user).casefold(): frozenset(str(group).casefold() for group in groups) for user, groups in value.items()}


KNOWN: dict[str, Setting] = {
    "index": Setting("ISOBOT_INDEX", _folder),
    "cache": Setting("ISOBOT_CACHE", _folder),
    "state": Setting("ISOBOT_STATE", _text, secret=True),
    "model": Setting("ISOBOT_MODEL", _name),
    "precision": Setting("ISOBOT_PRECISION", _precision),
    "query_prompt": Setting("ISOBOT_QUERY_PROMPT", _text),
    "passage_prompt": Setting("ISOBOT_PASSAGE_PROMPT", _text),
    "reranker": Setting("ISOBOT_RERANKER", _text),
    "default_framework": Setting("ISOBOT_DEFAULT_FRAMEWORK", _framework),
    "default_owner": Setting("ISOBOT_DEFAULT_OWNER", _text),
    "answer_from": Setting("ISOBOT_ANSWER_FROM", _probability),
    "guidance": Setting("ISOBOT_GUIDANCE", _yes_or_no),
    "vectors": Setting("ISOBOT_VECTORS", _vectors),
    "generations_kept": Setting("ISOBOT_GENERATIONS_KEPT", _count),
    "read_seconds": Setting("ISOBOT_READ_SECONDS", _count),
    "read_memory_mb": Setting("ISOBOT_READ_MEMORY_MB", _count),
    "read_file_mb": Setting("ISOBOT_READ_FILE_MB", _count),
    "read_pages": Setting("ISOBOT_READ_PAGES", _count),
    "read_characters": Setting("ISOBOT_READ_CHARACTERS", _count),
    "slack_bot_token": Setting("SLACK_BOT_TOKEN", _text, secret=True),
    "slack_app_token": Setting("SLACK_APP_TOKEN", _text, secret=True),
    "slack_signing_secret": Setting("SLACK_SIGNING_SECRET", _text, secret=True),
    "slack_api_url": Setting("SLACK_API_URL", _text),
    "document_url": Setting("ISOBOT_DOCUMENT_URL", _document_url),
    "log_format": Setting("ISOBOT_LOG_FORMAT", _log_format),
    "log_questions": Setting("ISOBOT_LOG_QUESTIONS", _yes_or_no),
    "monitor": Setting("ISOBOT_MONITOR", _text),
    "audit_days": Setting("ISOBOT_AUDIT_DAYS", _count),
    "audit_terminal": Setting("ISOBOT_AUDIT_TERMINAL", _yes_or_no),
    "asks_per_minute": Setting("ISOBOT_ASKS_PER_MINUTE", _count),
    "workspace_asks_per_minute": Setting("ISOBOT_WORKSPACE_ASKS_PER_MINUTE", _count),
    "language": Setting("ISOBOT_LANGUAGE", _language),
    "phrasing_url": Setting("ISOBOT_PHRASING_URL", _http_url),
    "phrasing_model": Setting("ISOBOT_PHRASING_MODEL", _name),
    "phrasing_key": Setting("ISOBOT_PHRASING_KEY", _text, secret=True),
    "phrasing_seconds": Setting("ISOBOT_PHRASING_SECONDS", _count),
    "report_channel": Setting("ISOBOT_REPORT_CHANNEL", _channel),
    "report_at": Setting("ISOBOT_REPORT_AT", _weekly),
    "admins": Setting("", _names),
    "channel_managers": Setting("", _channel_managers),
    "owners": Setting("", _owners),
    "groups": Setting("", _groups),
    "users": Setting("", _users),
}


def _user_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("isobot")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. `origins` says where each value that is no default came from.

    index: folder of the index. cache: folder of models taken into use. state: SQLAlchemy URL of what people did.
    reranker: a CrossEncoder that orders the best passages, "" for none.
    answer_from: least calibrated probability that the first citation answers, 0 to 1; below it the bot abstains.
    guidance: whether `isobot index` adds the guidance on ISO/IEC 27001 that ships.
    vectors: how they are kept, "auto" by their number (`indexer.vectors`).
    generations_kept: how many stay on disk, for `isobot diff`. read_…: what reading one file may take (`indexer.sandbox.limits`).
    default_owner: whom to ask where no document names an owner. users: groups by Slack user id or e-mail, in small letters.
    phrasing_…: the OpenAI-compatible endpoint that may word answers, and how many seconds it has; none without its address.
    document_url: how people reach a document, with {path} in it. admins: who see the index's health in App Home.
    log_format: of the bot's log, one JSON object a line or text. log_questions: whether it holds what was asked.
    monitor: HOST:PORT of its health and metrics; None serves none.
    audit_days: for how long answers are kept; None for ever. audit_terminal: whether `isobot ask` records its answers too.
    asks_per_minute, workspace_asks_per_minute: questions that one person, and all together, may ask in Slack within a minute.
    language: of what the bot says in Slack, where a channel has set no other. channel_managers: by channel id, or "*" for every channel,
    who may change how the bot answers there, beside the admins; "creator" is whoever made the channel.
    report_channel, report_at: where and when ("mon 09:00", UTC) the running bot posts the week's report; None posts none.
    groups: by group, the Slack user groups and channels whose members, and the e-mail domains whose people, belong to it.
    owners: by owner's name in small letters, the Slack user or channel that gets questions for them; "*" for all others.
    """

    index: Path = Path(DEFAULT_INDEX)
    cache: Path = field(default_factory=_user_cache)
    state: str = field(default="", repr=False)
    model: str = "all-MiniLM-L6-v2+policies"
    precision: Literal["int8", "fp32"] = "int8"
    query_prompt: str = ""
    passage_prompt: str = ""
    reranker: str = ""
    default_framework: str = "iso27001:2022"
    default_owner: str | None = None
    answer_from: float = 0.35
    guidance: bool = True
    vectors: Literal["auto", "flat", "bytes"] = "auto"
    generations_kept: int = 5
    read_seconds: int = 300
    read_memory_mb: int = 2048
    read_file_mb: int = 200
    read_pages: int = 5000
    read_characters: int = 20_000_000
    slack_bot_token: str | None = field(default=None, repr=False)
    slack_app_token: str | None = field(default=None, repr=False)
    slack_signing_secret: str | None = field(default=None, repr=False)
    slack_api_url: str | None = None
    document_url: str | None = None
    log_format: Literal["json", "text"] = "json"
    log_questions: bool = False
    monitor: str | None = None
    audit_days: int | None = None
    audit_terminal: bool = False
    asks_per_minute: int = 20
    workspace_asks_per_minute: int = 600
    language: str = DEFAULT
    phrasing_url: str | None = None
    phrasing_model: str | None = None
    phrasing_key: str | None = field(default=None, repr=False)
    phrasing_seconds: int = 10
    report_channel: str | None = None
    report_at: str = "mon 09:00"
    admins: frozenset[str] = frozenset()
    channel_managers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    users: Mapping[str, frozenset[str]] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if not self.state:
            object.__setattr__(self, "state", f"sqlite:///{_in_url(self.index / 'state.db')}")

    def secrets(self) -> frozenset[str]:
        """Values that must stand in no log: tokens, keys, and the password of the state's address."""
        given = [getattr(self, key) for key, setting in KNOWN.items() if setting.secret and key != "state"]
        password = re.search("://[^:/]*:([^@]*)@", self.state)
        return frozenset(filter(None, [*given, *((password[1], unquote(password[1])) if password else ())]))

    def groups_of(self, user: str | None) -> frozenset[str]:
        """Groups of a user as `[users]` names them; none for nobody and for a user that is not named there."""
        return self.users.get(user.casefold(), frozenset()) if user else frozenset()

    @classmethod
    def load(cls, environ: Mapping[str, str] = os.environ, **options: Any) -> Settings:
        """Read the settings file that ISOBOT_SETTINGS names (else `isobot.toml` here, where there is one), then variables, then options.

        Options that are None were not given. Raises SettingsError naming the key, the bad value and what would be right.
        """
        values: dict[str, Any] = {}
        origins: dict[str, str] = {}
        for origin, given in (_file_values(environ), *_variables(environ), *_options(options)):
            for key, value in given.items():
                values[key] = _parsed(key, value, origin)
                origins[key] = origin
        return cls(**values, origins=origins)


def _in_url(path: Path) -> str:
    """A path as SQLAlchemy (2.1) reads it in a URL, where a question mark would begin the options."""
    return str(path).replace("%", "%25").replace("?", "%3F")


def _file_values(environ: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    named = environ.get(FILE_VARIABLE)
    path = Path(named or FILE)
    try:
        if not path.is_file():
            if named:
                raise SettingsError(f"{FILE_VARIABLE} names {named}, and there is no such file. Write it, or unset the variable.")
            return str(path), {}
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as problem:
        raise SettingsError(f"{path} cannot be read: {problem}. Mend it; README.md, 'Settings', shows an example.") from None
    if unknown := sorted(set(given) - set(KNOWN)):
        meant = "".join(f" Did you mean {key!r}?" for key in get_close_matches(unknown[0], KNOWN, n=1))
        raise SettingsError(f"{path} sets {unknown[0]!r}, which is no setting.{meant} Known are: {', '.join(KNOWN)}.")
    return str(path), given


def _variables(environ: Mapping[str, str]) -> list[tuple[str, dict[str, Any]]]:
    return [(s.variable, {key: environ[s.variable]}) for key, s in KNOWN.items() if s.variable and environ.get(s.variable)]


def unknown_variables(environ: Mapping[str, str] = os.environ) -> list[str]:
    """Variables that look like isobot's and are none: what was set by them has no effect."""
    known = {FILE_VARIABLE, *NO_SETTINGS, *(setting.variable for setting in KNOWN.values())}
    return sorted(name for name in environ if name.startswith("ISOBOT_") and name not in known)


def _options(options: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    given = {key: value if isinstance(value, Path) else str(value) for key, value in options.items() if value is not None}
    return [(f"--{key.replace('_', '-')}", {key: value}) for key, value in given.items()]


def _parsed(key: str, value: Any, origin: str) -> Any:
    try:
        return KNOWN[key].parse(value)
    except (ValueError, TypeError) as problem:
        shown = "its value" if KNOWN[key].secret else repr(value)
        raise SettingsError(f"{key} from {origin} is {shown}: {problem}.") from None


assert {f.name for f in fields(Settings)} - {"origins"} == set(KNOWN)
