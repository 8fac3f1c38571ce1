"""The rows that could not be loaded, as a file of the input's own kind, to be mended and loaded again."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from tenure.workspace.imports.aside import faulty_rows
from tenure.workspace.imports.files import local_file
from tenure.workspace.imports.tables import open_import_table
from tenure.workspace.models import ImportFile
from tenure.workspace.tabular.mending import FaultyRow, write_errors_file


def write_errors(import_file: ImportFile, target: Path | IO[bytes]) -> int:
    """Write the faulty rows with their line numbers and, in the language that is active, what is wrong; how many there were."""
    with local_file(import_file.file) as path:
        table = open_import_table(path, import_file)
        faulty = (
            FaultyRow(row, cells, [fault.sentence() for fault in faults]) for row, cells, faults in faulty_rows(import_file)
        )
        return write_errors_file(target, table, faulty)


def errors_name(import_file: ImportFile) -> str:
    """What the file is called: accounts.csv becomes accounts-errors.csv; packed files are unpacked."""
    stem = Path(import_file.file.name).name.partition(".")[0] or "import"
    return f"{stem}-errors.{import_file.dialect['format']}"
