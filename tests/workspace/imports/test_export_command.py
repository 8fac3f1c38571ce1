"""`tenure export`: a list as a file, from the command line."""

from __future__ import annotations

from tests.workspace.imports.installation import SLUG

ACCOUNTS = "id,name,employees\n1,Alpha,10\n2,Beta,20\n3,Gamma,30\n"
EXPORT = ("export", "--workspace", SLUG, "--list", "accounts")


def test_export_command_writes_what_the_query_finds(installation, tmp_path):
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    installation.run("import", str(tmp_path / "accounts.csv"), "--workspace", SLUG, "--record", "account", "--yes")

    code, said, complained = installation.run(*EXPORT, "--query", "employees=15..&columns=name,employees&sort=-name")

    assert (code, complained) == (0, "")
    assert said.removeprefix("\ufeff").splitlines() == ["Account,Employees", "Gamma,30", "Beta,20"]


def test_export_command_writes_a_workbook_to_a_file(installation, tmp_path):
    target = tmp_path / "accounts.xlsx"

    code, said, _ = installation.run(*EXPORT, "--format", "xlsx", "--output", str(target))

    assert (code, said, target.read_bytes()[:2]) == (0, "", b"PK")


def test_export_command_says_what_is_wrong(installation):
    answers = [
        installation.run("export", "--workspace", SLUG, "--list", "nonsense"),
        installation.run(*EXPORT, "--query", "employees=many"),
        installation.run(*EXPORT, "--query", "nonsense=1"),
    ]

    assert [(code, said) for code, said, _ in answers] == [(1, "")] * 3
    assert ["Traceback" in complained for _, _, complained in answers] == [False] * 3
