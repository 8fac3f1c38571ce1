"""A backup's file: whole or refused, whatever was done to it."""

import io
import json
import stat
import tarfile
from pathlib import Path

import pytest

from tenure.config.cli.archive import BackupUnusable, extract_archive, read_manifest, write_archive


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of a small database and two files, one in a folder."""
    (tmp_path / "files/deep").mkdir(parents=True)
    (tmp_path / "files/logo.png").write_bytes(b"\x89PNG")
    (tmp_path / "files/deep/契約.pdf").write_bytes(b"%PDF" * 300_000)
    (tmp_path / "files/link").symlink_to("/etc/passwd")
    (tmp_path / "stream").mkdir()
    (tmp_path / "stream/events.json").write_text("{}")
    (tmp_path / "dump").write_bytes(b"PGDMP" * 1000)
    write_archive(
        tmp_path / "backup.tar",
        manifest={"tenure": "0.1.0"},
        keys={"secret_key": "s", "allowed_hosts": []},
        dump=tmp_path / "dump",
        folders={"files": tmp_path / "files", "stream": tmp_path / "stream"},
    )
    return tmp_path / "backup.tar"


def test_archive_extracted_equals_what_was_written(backup: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()

    keys = extract_archive(backup, target)

    assert keys == {"secret_key": "s", "allowed_hosts": []}
    assert (target / "database.dump").read_bytes() == b"PGDMP" * 1000
    assert (target / "files/deep/契約.pdf").read_bytes() == b"%PDF" * 300_000
    assert sorted(path.name for path in (target / "files").iterdir()) == ["deep", "logo.png"]
    assert (target / "stream/events.json").read_text() == "{}"


def test_archive_is_closed_to_others_and_leaves_no_part(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert list(backup.parent.glob("*.part")) == []


def test_archive_manifest_is_read_from_its_beginning(backup: Path) -> None:
    assert read_manifest(backup) == {"format": 1, "tenure": "0.1.0"}


@pytest.mark.parametrize("kept", [0.02, 0.5, 0.97])
def test_archive_cut_short_is_refused(backup: Path, tmp_path: Path, kept: float) -> None:
    backup.write_bytes(backup.read_bytes()[: int(backup.stat().st_size * kept)])

    _assert_refused(backup, tmp_path)


def test_archive_with_one_changed_byte_is_refused(backup: Path, tmp_path: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[content.index(b"%PDF") + 700_000] ^= 1
    backup.write_bytes(content)

    _assert_refused(backup, tmp_path)


@pytest.mark.parametrize("name", ["../escaped", "/tmp/escaped", "files/../../escaped", "files", "strange.txt"])
def test_archive_with_name_outside_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    manifest = json.dumps({"format": 1}).encode()
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        _add(archive, "manifest.json", manifest)
        _add(archive, name, b"x")

    _assert_refused(tmp_path / "evil.tar", tmp_path)
    assert (tmp_path / "escaped").exists() is False


def test_archive_with_link_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        _add(archive, "manifest.json", json.dumps({"format": 1}).encode())
        link = tarfile.TarInfo("files/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc"
        archive.addfile(link)

    _assert_refused(tmp_path / "evil.tar", tmp_path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a tar", b"\x00" * 4096])
def test_archive_that_is_something_else_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other").write_bytes(content)

    with pytest.raises(BackupUnusable):
        read_manifest(tmp_path / "other")


def test_archive_of_a_later_format_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "later.tar", "w") as archive:
        _add(archive, "manifest.json", json.dumps({"format": 2}).encode())

    with pytest.raises(BackupUnusable):
        read_manifest(tmp_path / "later.tar")


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


def _assert_refused(backup: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    with pytest.raises(BackupUnusable):
        extract_archive(backup, target)
