"""Shares as people read them."""

from __future__ import annotations


def percent(share: float) -> str:
    """A share in per cent, with the digits that tell something: ``0.06 %``, ``5.6 %``, ``77 %``."""
    value = share * 100
    if 0 < value < 0.01:
        return "under 0.01 %"
    if 99.9 <= value < 100:
        return "over 99.9 %"
    digits = 2 if value < 1 else 1 if value < 10 or 98 < value < 100 else 0
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") + " %" if digits else f"{value:.0f} %"
