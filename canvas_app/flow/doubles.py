"""Numbers in a query to the last bit: the engine reads 0.1 as a decimal, and rounds it once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ibis.expr.types import Scalar


def double(value: float) -> Scalar:
    """A number as the engine's own double.

    Of a number with 16 or 17 digits, its decimal often becomes the double next to the one that was meant;
    and products of several decimals need more digits than a decimal has.
    """
    import ibis

    return ibis.literal(repr(float(value))).cast("float64")
