"""What can go wrong while rows are answered, in a person's words."""

from __future__ import annotations


class BundleError(RuntimeError):
    """Rows can't be answered: what happened, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()
