from __future__ import annotations

import json

from tests.workspace.imports.installation import SLUG

ACCOUNTS = "id,name,employees\n1,Alpha,10\n2,Beta,many\n"


def written(folder, text=ACCOUNTS, name="accounts.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_import_command_previews_imports_and_writes_what_failed(installation, tmp_path):
    path = written(tmp_path)

    code, said, complained = installation.run(
        "import", path, "--workspace", SLUG, "--record", "account", "--yes", "--json", "--errors", str(tmp_path / "failed")
    )

    assert (code, complained) == (1, "")
    told = json.loads(said)
    assert (told["preview"]["created"], told["preview"]["failed"], told["result"]["counts"]["created"]) == (1, 1, 1)
    assert (tmp_path / "failed" / "accounts-errors.csv").read_text(encoding="utf-8").splitlines() == [
        "tenure:row,tenure:problem,id,name,employees",
        '3,"employees: “many” cannot be read as a number. Write digits only, as in 1234.50, or map the column to a text field.",2,Beta,many',
    ]


def test_import_command_with_mapping_loads_mended_errors_again(installation, tmp_path):
    mapping = installation.mapped(tmp_path, columns={"id": "external_id", "name": "name", "employees": "employees"})
    mended = "tenure:row,tenure:problem,id,name,employees\n3,a number is needed,2,Beta,20\n"

    code, said, _ = installation.run("import", written(tmp_path, mended), "--workspace", SLUG, "--mapping", str(mapping), "--yes")

    assert (code, said.splitlines()[0]) == (0, "accounts.csv: 1 rows: 1 created.")
    assert installation.rows("SELECT external_id, name, employees FROM directory_account") == [("2", "Beta", 20)]


def test_import_command_with_preview_writes_nothing(installation, tmp_path):
    code, said, _ = installation.run("import", written(tmp_path), "--workspace", SLUG, "--record", "account", "--preview")

    assert (code, said.splitlines()) == (
        1,
        [
            "accounts.csv: 2 rows: 1 created, 1 failed.",
            "  1 rows: employees: not_a_number (row 3: “many”); answered with fail.",
        ],
    )
    assert installation.counted() == {"done": 0, "accounts": 0}


def test_import_command_says_what_it_lacks(installation, tmp_path):
    path = written(tmp_path)

    assert installation.run("import", path, "--workspace", "nowhere", "--record", "account") == (
        1, "", "There is no workspace nowhere. There are: acme.\n"
    )  # fmt: skip
    assert installation.run("import", path, "--workspace", SLUG)[2] == (
        "What are the rows of accounts.csv? Say it with --record, for example --record account.\n"
    )
    assert installation.run("import", path, "--workspace", SLUG, "--record", "planet")[2].startswith(
        "There is no kind of record named planet; there are: account"
    )
