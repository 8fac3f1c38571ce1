"""The catalogues of translations: collecting strings (developers, with xgettext) and compiling them (Babel, no msgfmt).

Sentences of errors stand as plain class attributes, since the kernel knows no Django; they are collected from the classes.
"""

from __future__ import annotations

import importlib
import io
import os
import pkgutil
import sys
from pathlib import Path
from typing import ClassVar

import django
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "config" / "locale"
LANGUAGES = ("zh_Hans", "es")
GATHERED = ROOT / "gathered_messages.py"
SKIPPED = ("migrations", "cli.__main__", "embedded", "bench")


def main(arguments: list[str]) -> int:
    """`--compile` only compiles; without it strings are collected first."""
    if "--compile" not in arguments:
        collect()
    for language in LANGUAGES:
        missing = compile_language(language)
        sys.stdout.write(f"{language}: {missing} to translate\n")
    return 0


def collect() -> None:
    """Bring the catalogues in step with the source: new strings come in empty, gone ones go."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenure.config.settings")
    django.setup()
    from django.core.management.commands.makemessages import Command  # noqa: PLC0415 - needs the settings

    class Collect(Command):
        xgettext_options: ClassVar = [*Command.xgettext_options, "--keyword=translatable"]  # type: ignore[misc]

    lines = [f"_({message!r})" for message in sorted(error_messages())]
    GATHERED.write_text("from django.utils.translation import gettext as _\n" + "\n".join(lines) + "\n", encoding="utf-8")
    os.chdir(ROOT)
    try:
        command = Collect()
        options = {
            "locale": list(LANGUAGES),
            "no_obsolete": True,
            "no_wrap": True,
            "no_location": True,
            "ignore_patterns": ["static/*"],
        }
        from django.core.management import call_command  # noqa: PLC0415 - as above

        call_command(command, verbosity=0, **options)
    finally:
        GATHERED.unlink()


def error_messages() -> set[str]:
    """The sentences of every DomainError of the product."""
    import tenure  # noqa: PLC0415 - the package is walked
    from tenure.kernel.errors import DomainError  # noqa: PLC0415

    for module in pkgutil.walk_packages(tenure.__path__, "tenure."):
        if not any(part in module.name for part in SKIPPED):
            importlib.import_module(module.name)
    found: set[str] = set()
    waiting: list[type[DomainError]] = [DomainError]
    while waiting:
        kind = waiting.pop()
        if kind.__module__.startswith("tenure."):
            found.add(kind.message)
        waiting.extend(kind.__subclasses__())
    return found


def catalogue(language: str) -> Path:
    """Where a language's translations stand."""
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def compile_language(language: str) -> int:
    """Write the compiled catalogue; returns how many strings have no translation yet."""
    source = catalogue(language)
    with source.open("rb") as file:
        catalog = read_po(file)
    source.with_suffix(".mo").write_bytes(compiled(language))
    return sum(1 for message in catalog if message.id and (message.fuzzy or not _is_translated(message.string)))


def compiled(language: str) -> bytes:
    """The compiled form of a catalogue as it should be."""
    with catalogue(language).open("rb") as file:
        catalog = read_po(file)
    target = io.BytesIO()
    write_mo(target, catalog)
    return target.getvalue()


def _is_translated(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(string) if string is None or isinstance(string, str) else all(string)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
