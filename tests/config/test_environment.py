"""Settings: their defaults, what they refuse, and the guide that lists them."""

import stat
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tenure.config.embedded.keys import HomeKeys, ensure_keys, keys_file, read_keys
from tenure.config.embedded.urls import database_urls
from tenure.config.environment import EnvironmentProblem, folder_key, load_environment, unknown_settings
from tenure.config.setting_list import SETTINGS, settings_table

GUIDE = Path(__file__).parents[2] / "docs/guides/settings.md"


def test_environment_without_settings_listens_on_this_machine_only(tmp_path: Path) -> None:
    environment = load_environment({"TENURE_HOME": str(tmp_path)})

    assert (environment.host, environment.port, environment.base_url) == ("127.0.0.1", 8000, "http://localhost:8000")
    assert environment.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")
    assert environment.files == tmp_path / "files"
    assert (environment.is_embedded, environment.debug, environment.smtp_url) == (True, False, None)


def test_environment_before_first_start_writes_nothing(tmp_path: Path) -> None:
    environment = load_environment({"TENURE_HOME": str(tmp_path)})

    database_urls(environment)

    assert list(tmp_path.iterdir()) == []
    assert environment.started is False


def test_environment_after_first_start_keeps_its_secret_key(tmp_path: Path) -> None:
    keys = ensure_keys(tmp_path)

    environment = load_environment({"TENURE_HOME": str(tmp_path)})

    assert (environment.secret_key, environment.started) == (keys.secret_key, True)


def test_environment_with_base_url_allows_its_host(tmp_path: Path) -> None:
    given = {"TENURE_HOME": str(tmp_path), "TENURE_BASE_URL": "https://crm.example.com/"}

    environment = load_environment(given)

    assert environment.base_url == "https://crm.example.com"
    assert environment.allowed_hosts[0] == "crm.example.com"
    assert environment.mail_from == "Tenure <noreply@crm.example.com>"
    assert environment.is_https is True


def test_environment_with_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    assert load_environment({"TENURE_HOME": str(tmp_path), "TENURE_PORT": " "}).port == 8000


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("PORT", "eighty", "PORT"),
        ("PORT", "70000", "PORT"),
        ("PORT", "٨٠", "PORT"),
        ("HOME", "relative/path", "HOME"),
        ("SECRET_KEY", "short", "SECRET_KEY"),
        ("BASE_URL", "tenure.example.com", "BASE_URL"),
        ("BASE_URL", "https://example.com/tenure", "BASE_URL"),
        ("SMTP_URL", "mail.example.com:25", "SMTP_URL"),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL"),
        ("DEBUG", "maybe", "DEBUG"),
        ("DATABASE_URL", "postgresql://a@b/c", "OWNER_DATABASE_URL"),
        ("OWNER_DATABASE_URL", "postgresql://a@b/c", "DATABASE_URL"),
        ("WORKERS", "-1", "WORKERS"),
        ("NATS_URL", "nats.internal:4222", "NATS_URL"),
        ("NATS_URL", "http://nats.internal:4222", "NATS_URL"),
        ("NATS_URL", "nats://a:b@one:4222,two:x", "NATS_URL"),
        ("NATS_REPLICAS", "0", "NATS_REPLICAS"),
        ("STREAM_MAX_GB", "much", "STREAM_MAX_GB"),
    ],
)
def test_environment_with_unusable_setting_names_it(name: str, value: str, named: str) -> None:
    with pytest.raises(EnvironmentProblem) as problem:
        load_environment({f"TENURE_{name}": value})

    assert problem.value.name == named


def test_environment_with_other_database_is_refused() -> None:
    urls = {"TENURE_DATABASE_URL": "mysql://a@b/c", "TENURE_OWNER_DATABASE_URL": "mysql://a@b/c"}

    with pytest.raises(EnvironmentProblem) as problem:
        load_environment(urls)

    assert problem.value.name == "DATABASE_URL"


def test_environment_shown_hides_secrets(tmp_path: Path) -> None:
    urls = {"TENURE_DATABASE_URL": "postgresql://a:hush@b/c", "TENURE_OWNER_DATABASE_URL": "postgresql://o:hush@b/c"}

    secrets = {"TENURE_SECRET_KEY": "hush" * 8, "TENURE_NATS_URL": "tls://a:hush@b,c:4333"}

    environment = load_environment({"TENURE_HOME": str(tmp_path), **secrets, **urls})

    assert repr(environment).count("hush") == 0


def test_unknown_settings_finds_misspelt_names() -> None:
    environ = {"TENURE_PROT": "1", "TENURE_PORT": "1", "PATH": "/bin"}

    assert unknown_settings(environ) == ("TENURE_PROT",)


def test_folder_key_differs_for_folders_of_one_name() -> None:
    first, second = folder_key(Path("/a/Tenure CRM")), folder_key(Path("/b/Tenure CRM"))

    assert first.rpartition("-")[0] == second.rpartition("-")[0] == "tenure-crm"
    assert first != second


def test_settings_guide_lists_every_setting() -> None:
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)
    assert GUIDE.read_text(encoding="utf-8").partition("\n| setting")[2] == settings_table().removeprefix("| setting")


def test_keys_made_twice_stay_the_same_and_private(tmp_path: Path) -> None:
    first, again = ensure_keys(tmp_path), ensure_keys(tmp_path)

    assert again == first == read_keys(tmp_path)
    assert stat.S_IMODE(keys_file(tmp_path).stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys.json"]


def test_keys_shown_hide_their_secrets() -> None:
    assert repr(HomeKeys.made_up()) == "HomeKeys(allowed_hosts=('localhost', '127.0.0.1', '[::1]'))"


def test_database_urls_of_embedded_server_use_its_private_socket(tmp_path: Path) -> None:
    keys = ensure_keys(tmp_path)

    url = urlsplit(database_urls(load_environment({"TENURE_HOME": str(tmp_path)}))["app"])

    assert (url.scheme, url.username, url.password) == ("postgresql", "tenure_app", keys.app_password)
    assert (url.hostname, url.path, parse_qs(url.query)) == (None, "/tenure", {"host": [str(tmp_path / "socket")]})
