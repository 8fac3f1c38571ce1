from __future__ import annotations

import pytest

from tenure.directory.domain.keys import email_key


@pytest.mark.parametrize(
    ("address", "key"),
    [
        (" Marit@Hollis.Example ", "marit@hollis.example"),
        ("mailto:marit@hollis.example", "marit@hollis.example"),
        ("Marit de Vries <marit@hollis.example>", "marit@hollis.example"),
        ("n/a", ""),
        ("@hollis", ""),
        ("", ""),
    ],
)
def test_email_key_is_one_for_all_spellings(address, key):
    assert email_key(address) == key
