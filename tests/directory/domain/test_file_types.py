from __future__ import annotations

import pytest

from tenure.directory.domain.file_types import media_type_of


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("contract.pdf", b"%PDF-1.7\n", "application/pdf"),
        ("contract.txt", b"%PDF-1.7\n", "application/pdf"),
        ("plan.xlsx", b"PK\x03\x04rest", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("plan.zip", b"PK\x03\x04rest", "application/zip"),
        ("rows.csv", b"a;b\n1;2\n", "text/csv"),
        ("notiz.txt", "Größe".encode("cp1252"), "text/plain"),
        ("photo.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("voice.wav", b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        ("film.mp4", b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        ("report.pdf", b"MZ\x90\x00", None),
        ("run", b"#!/bin/sh\n", None),
        ("tool", b"\x7fELF\x02", None),
        ("page.html", b"<html>", None),
        ("drawing.SVG", b"<svg xmlns='x'>", None),
        ("report.pdf.exe", b"%PDF-", None),
        ("noise.bin", bytes(range(32)), None),
    ],
)
def test_media_type_is_read_from_the_bytes_and_programs_have_none(name, head, expected):
    assert media_type_of(name, head) == expected
