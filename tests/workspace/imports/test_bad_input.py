"""Files that are wrong in every way files are: each gets a clear error or a fault at its row, and nothing half-done."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from tenure.workspace.imports.errors_file import errors_name, write_errors
from tenure.workspace.models import ImportRun, StoredFile
from tenure.workspace.scope import enter
from tenure.workspace.tabular.dialect import Limits
from tenure.workspace.tabular.errors import FileTooLarge, UnreadableFile
from tests.workspace.imports.runs import accounts, counts, drafted, faults, files_of, imported


def errors_of(ctx):
    one = files_of(ctx)[0]
    target = io.BytesIO()
    with enter(ctx.scope):
        write_errors(one, target)
    return errors_name(one), target.getvalue()


def bomb() -> bytes:
    """A workbook whose sheet unpacks to 300 MB of one row."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>')
        archive.writestr("xl/worksheets/sheet1.xml", b"<sheetData>" + b" " * 300_000_000)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file accounts-1.csv holds no rows."),
        (
            b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
            "The file accounts-1.csv is neither CSV nor XLSX. Save it as one of the two and load it again.",
        ),
        (gzip.compress(b"id,name\n1,Alpha\n")[:-6], None),
    ],
    ids=["empty", "picture", "broken archive"],
)
def test_import_of_unreadable_file_is_refused_and_leaves_nothing(acme, content, said):
    with pytest.raises(UnreadableFile) as refused:
        drafted(acme.owner.ctx, content)

    assert said in (None, str(refused.value))
    with enter(acme.owner.ctx.scope):
        assert (ImportRun.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_import_of_zip_bomb_is_refused(acme):
    with pytest.raises(UnreadableFile):
        drafted(acme.owner.ctx, bomb())


def test_import_of_file_beyond_the_bound_is_refused_before_it_is_kept(acme, monkeypatch, settings):
    monkeypatch.setattr("tenure.workspace.imports.files.Limits", lambda: Limits(bytes=20))

    with pytest.raises(FileTooLarge):
        drafted(acme.owner.ctx, "id,name\n1,Alpha\n2,Beta\n3,Gamma\n")


def test_import_of_broken_bytes_fails_those_rows_and_gives_them_back_as_they_were(acme):
    ctx = acme.owner.ctx
    good = "".join(f"{number},Müller {number}\n" for number in range(2, 60)).encode()
    broken = b"60,M\xfcller\n61,\x80\x81\n"

    change_set = imported(ctx, b"id,name\n1,Stra\xc3\x9fe\n" + good + broken)

    assert counts(change_set) == {"created": 59, "failed": 2}
    name, content = errors_of(ctx)
    assert name == "accounts-1-errors.csv"
    assert [line.split(b",")[-1] for line in content.splitlines()[1:]] == [b"M\xfcller", b"\x80\x81"]


def test_import_of_rows_with_nul_keeps_them_out_of_the_text(acme):
    ctx = acme.owner.ctx

    imported(ctx, "id,name\n1,Al\0pha\n2,Beta\n3,Gamma\n")

    assert accounts(ctx, "name") == [("Alpha",), ("Beta",), ("Gamma",)]


def test_import_of_formulas_keeps_them_as_text(acme):
    ctx = acme.owner.ctx

    imported(ctx, "id,name\n1,\"=cmd|' /C calc'!A0\"\n")

    assert accounts(ctx, "name") == [("=cmd|' /C calc'!A0",)]


def test_import_of_two_currencies_in_one_column_fails_the_other_rows(acme):
    ctx = acme.owner.ctx
    acme.account("Alpha", external_id="1")
    text = "id,name,account,amount\n1,One,1,€ 10.00\n2,Two,1,€ 20.50\n3,Three,1,$ 5.00\n"
    columns = {"id": "external_id", "name": "name", "account": "account", "amount": "amount"}

    change_set = imported(ctx, text, record="opportunity", columns=columns)

    assert counts(change_set) == {"created": 2, "failed": 1}
    assert faults(ctx) == [(4, "amount", "other_currency")]


def test_import_of_text_longer_than_its_field_fails_the_row(acme):
    ctx = acme.owner.ctx

    assert counts(imported(ctx, f"id,name\n1,{'x' * 501}\n2,Beta\n")) == {"created": 1, "failed": 1}
    assert faults(ctx) == [(2, "name", "too_long_for_field")]
