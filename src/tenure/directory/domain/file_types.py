"""What a file is, by its first bytes; its name only decides between kinds that begin alike.

Whatever it is, it is only ever sent as a download; programs are not kept at all. Source: the file formats' own signatures.
"""

from __future__ import annotations

from pathlib import PurePosixPath

HEAD_BYTES = 4096

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"PAR1", "application/vnd.apache.parquet"),
)
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!")
_ZIPPED = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
}
_COMPOUND = {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".msg": "application/vnd.ms-outlook",
}
_TEXTS = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".eml": "message/rfc822",
    ".ics": "text/calendar",
    ".md": "text/markdown",
}
_REFUSED_ENDINGS = frozenset(
    [
        ".exe",
        ".dll",
        ".com",
        ".bat",
        ".cmd",
        ".msi",
        ".scr",
        ".ps1",
        ".vbs",
        ".js",
        ".jse",
        ".wsf",
        ".hta",
        ".jar",
        ".lnk",
        ".app",
        ".apk",
        ".sh",
        ".html",
        ".htm",
        ".xhtml",
        ".svg",
        ".xml",
        ".swf",
    ]
)


def media_type_of(name: str, head: bytes) -> str | None:
    """The type of a file with these first bytes; None for a program, a page that could act as one, and what nobody knows."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if ending in _REFUSED_ENDINGS or head.startswith(_PROGRAMS):
        return None
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _ZIPPED.get(ending, "application/zip")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _COMPOUND.get(ending)
    return _container_of(head) or (_TEXTS.get(ending, "text/plain") if _is_text(head) else None)


def _container_of(head: bytes) -> str | None:
    """Formats that are named inside their first chunk."""
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12])
    if head[4:8] == b"ftyp":
        return (
            "image/heic"
            if head[8:12] in (b"heic", b"heix", b"mif1")
            else "video/quicktime"
            if head[8:10] == b"qt"
            else "video/mp4"
        )
    return "video/webm" if head.startswith(b"\x1aE\xdf\xa3") else None


def _is_text(head: bytes) -> bool:
    """UTF-8 or UTF-16 text, or an old encoding without control characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)  # noqa: PLR2004 - the control characters of ASCII
