"""Settings: the file, then variables, then options; clear refusals; and secrets kept from sight."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import SettingsError
from isobot.settings import KNOWN, Settings, unknown_variables
from isobot.state.store import Store
from tests.privileges import public_folder, unprivileged

__all__ = ["public_folder"]

SECRET = "xoxb-very-secret"


def written(folder: Path, text: str) -> dict[str, str]:
    (folder / "settings.toml").write_text(text, encoding="utf-8")
    return {"ISOBOT_SETTINGS": str(folder / "settings.toml")}


def test_an_option_outweighs_a_variable_and_a_variable_the_file(tmp_path):
    """Each value names where it came from, and what nobody gave is the default."""
    environ = written(tmp_path, 'index = "from-file"\nmodel = "from-file"\ndefault_owner = "from-file"\n')
    environ |= {"ISOBOT_MODEL": "from-variable", "ISOBOT_INDEX": "from-variable", "ISOBOT_QUERY_PROMPT": ""}
    settings = Settings.load(environ, index=Path("from-option"), model=None)
    assert (settings.index, settings.model, settings.default_owner) == (Path("from-option"), "from-variable", "from-file")
    assert settings.query_prompt == ""
    assert settings.origins == {"index": "--index", "model": "ISOBOT_MODEL", "default_owner": environ["ISOBOT_SETTINGS"]}


def test_the_file_of_the_folder_is_read_where_none_is_named(tmp_path, monkeypatch):
    """`isobot.toml` in the folder of work counts; without it everything is default."""
    monkeypatch.chdir(tmp_path)
    assert Settings.load({}).default_owner is None
    (tmp_path / "isobot.toml").write_text('default_owner = "Ada"')
    assert Settings.load({}).default_owner == "Ada"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('indx = "a"', "sets 'indx', which is no setting. Did you mean 'index'. Known are: index, cache"),
        ('answer_from = 2', "answer_from from .*settings.toml is 2: must be a number between 0 and 1, as in 0.35"),
        ('answer_from = "often"', "answer_from from .* is 'often': must be a number between 0 and 1"),
        ("answer_from = nan", "answer_from from .* is nan: must be a number between 0 and 1"),
        ("answer_from = true", "answer_from from .* is True: must be a number between 0 and 1"),
        ('read_seconds = "long"', "read_seconds from .* is 'long': must be a whole number, 1 or more"),
        ('default_framework = "iso27001"', "default_framework from .* is 'iso27001': must be one of iso27001:2022, "),
        ('precision = "int4"', "precision from .* is 'int4': must be \"int8\" or \"fp32\""),
        ("index = 7", "index from .* is 7: must be text"),
        ('index = ""', "index from .* is '': must not be empty"),
        ('model = " "', "model from .* is ' ': must not be empty"),
        ('cache = "~nobody-here/cache"', "cache from .* home folder of a user who is not known"),
        ('users = "all"', "users from .* must name each user's groups"),
        ('[users]\namira = "security"', "users from .* must name each user's groups"),
        ('slack_bot_token = 7', "slack_bot_token from .* is its value: must be text"),
        ('index = "a', "settings.toml cannot be read: .*README.md, 'Settings'"),
        ('index = "\udcff"', "settings.toml cannot be read: "),
    ],
)
def test_a_wrong_setting_is_named_with_its_value_and_what_would_be_right(text, message, tmp_path):
    """The key, where it stands and the value are in the sentence."""
    environ = {"ISOBOT_SETTINGS": str(tmp_path / "settings.toml")}
    (tmp_path / "settings.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SettingsError, match=message):
        Settings.load(environ)


def test_a_variable_that_sets_nothing_is_known(tmp_path):
    """It is misspelt, and whoever wrote it thinks that it holds."""
    environ = {"ISOBOT_ANSWER_FORM": "0.3", "ISOBOT_INDEX": "a", "ISOBOT_TODAY": "2026-09-15", "ISOBOT_SETTINGS": "", "HOME": "/"}
    assert unknown_variables(environ) == ["ISOBOT_ANSWER_FORM"]


def test_a_settings_file_that_is_named_must_be_there(tmp_path):
    """A misspelt name is no reason to run with defaults."""
    with pytest.raises(SettingsError, match=r"ISOBOT_SETTINGS names .*gone.toml, and there is no such file"):
        Settings.load({"ISOBOT_SETTINGS": str(tmp_path / "gone.toml")})


@pytest.mark.parametrize("key", [key for key, setting in KNOWN.items() if setting.secret])
def test_a_secret_is_in_no_representation_and_in_no_message(key, tmp_path):
    """Neither `repr` nor a refusal shows it, whichever way it was given."""
    settings = Settings.load({KNOWN[key].variable: SECRET})
    assert getattr(settings, key) == SECRET
    assert SECRET not in repr(settings) + str(settings)
    with pytest.raises(SettingsError) as refused:
        Settings.load(written(tmp_path, f'{key} = ["{SECRET}"]'))
    assert SECRET not in str(refused.value)


def test_users_and_groups_are_found_whatever_their_case():
    """Slack and people write addresses in many ways; nobody has no groups."""
    settings = Settings(users={"amira@example.org": frozenset({"security"})})
    assert settings.groups_of("Amira@Example.org") == {"security"}
    assert settings.groups_of("bo@example.org") == settings.groups_of(None) == settings.groups_of("") == frozenset()


@pytest.mark.parametrize("name", ["plain", "with space", "what?now", "a#b", "100%25", "çé字", "semi;colon&x=1"])
@pytest.mark.parametrize("absolute", [True, False])
def test_the_state_lies_in_the_index_whatever_its_path(name, absolute, tmp_path, monkeypatch):
    """Characters that mean something in a URL are part of the path."""
    monkeypatch.chdir(tmp_path)
    settings = Settings(index=tmp_path / name if absolute else Path(name))
    Store.open(settings.state).close()
    assert [path.name for path in (tmp_path / name).iterdir() if not path.name.endswith(("-wal", "-shm"))] == ["state.db"]


def test_a_settings_file_that_may_not_be_read_is_named(public_folder):
    """Permissions are said to be the reason."""
    environ = written(public_folder, "")
    (public_folder / "settings.toml").chmod(0o000)
    with unprivileged(), pytest.raises(SettingsError, match=r"settings.toml cannot be read: .*Permission denied"):
        Settings.load(environ)
    public_folder.chmod(0o700)
    with unprivileged(), pytest.raises(SettingsError, match=r"settings.toml cannot be read: .*Permission denied"):
        Settings.load(environ)


def test_a_home_folder_is_expanded_where_no_shell_has_done_it(monkeypatch):
    """In the file and in variables; an option comes expanded, and a tilde further on is a name."""
    monkeypatch.setenv("HOME", "/home/ada")
    assert Settings.load({"ISOBOT_INDEX": "~/index"}).index == Path("/home/ada/index")
    assert Settings.load({"ISOBOT_INDEX": "./~index"}).index == Path("~index")
    assert Settings.load({}, index=Path("~index")).index == Path("~index")
