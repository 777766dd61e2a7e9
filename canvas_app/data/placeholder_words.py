"""The words that people and programs write where a value is missing."""

from __future__ import annotations

PLACEHOLDERS = frozenset(
    (
        *("?", "??", "-", "--", "---", ".", "..", "*", "n/a", "n.a.", "n.a", "na", "#n/a", "nan", "-nan"),
        *("null", "none", "nil", "(null)", "(none)", "(blank)", "<na>", "\\n", "missing", "unknown", "unk"),
        *("not available", "not applicable", "not known", "not specified", "unspecified", "undefined"),
        *("no data", "no answer", "tbd", "#value!", "#ref!", "#div/0!", "#name?", "#null!", "-999", "-9999"),
        *("k.a.", "k. a.", "keine angabe", "unbekannt", "inconnu", "desconocido", "sconosciuto"),
    )
)


def is_placeholder(text: str) -> bool:
    """Whether a text stands for nothing, whatever its capitals; spaces alone do too."""
    return text.strip().lower() in PLACEHOLDERS or not text.strip()
