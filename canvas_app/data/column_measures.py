"""What is measured of a column of each type, as SQL; all of a table goes into one query."""

from __future__ import annotations

from canvas_app.data.schema import ColumnInfo

_LARGEST = "1e90"
"""Numbers beyond it count as infinite here: the engine gives up on sums of their powers."""
_WRITTEN_DATES = "^[0-9]{4}-[0-9]{2}$|^[0-9]{2}([./-])[0-9]{2}[./-][0-9]{4}$"


def filled(info: ColumnInfo, column: str) -> str:
    """SQL for a value that is null where the cell is blank."""
    match info.type:
        case "number":
            return f"CASE WHEN NOT isnan({column}::DOUBLE) THEN {column} END"
        case "text":
            return f"nullif({column}, '')"
        case _:
            return column


def finite(column: str) -> str:
    """SQL for a number as a double, null where it is none that can be reckoned with."""
    return f"CASE WHEN abs({column}::DOUBLE) < {_LARGEST} THEN {column}::DOUBLE END"


def seconds(info: ColumnInfo, column: str) -> str:
    """SQL for a moment in seconds since 1970; of a time of day since midnight."""
    if "timestamp('" in info.engine_type:
        return f"epoch({column}::TIMESTAMP)"
    return f"epoch({column})"


def measures_of(info: ColumnInfo, column: str) -> dict[str, str]:
    """SQL by the field of ``ColumnFacts`` that it fills."""
    value = filled(info, column)
    counts = {"filled": f"count({value})", "distinct": f"count(DISTINCT {value})"}
    match info.type:
        case "number" | "whole":
            return counts | _of_numbers(finite(column))
        case "time":
            at = seconds(info, column)
            return counts | {"low": f"min({at})", "high": f"max({at})", "middle": f"median({at})"}
        case "text":
            return counts | _of_texts(value)
        case "switch":
            return counts
        case _:
            return {"filled": f"count({column})", "distinct": f"count(DISTINCT {column}::VARCHAR)"}


def _of_numbers(number: str) -> dict[str, str]:
    return {
        "low": f"min({number})",
        "high": f"max({number})",
        "mean": f"avg({number})",
        "deviation": f"stddev_pop({number})",
        "middle": f"median({number})",
        "spread": f"mad({number})",
        "skew": f"skewness({number})",
    }


def _of_texts(text: str) -> dict[str, str]:
    """``try_cast`` to a date takes what ``Change type`` takes."""
    moment = f"TRY_CAST({text} AS TIMESTAMP)"
    return {
        "numbers": f"count(CASE WHEN isfinite(TRY_CAST({text} AS DOUBLE)) THEN 1 END)",
        "dates": f"count({moment})",
        "moments": f"count(CASE WHEN {moment}::TIME <> TIME '00:00:00' THEN 1 END)",
        "codes": f"count(CASE WHEN regexp_matches({text}, '^0[0-9]+$') THEN 1 END)",
        "written_dates": f"count(CASE WHEN regexp_matches({text}, '{_WRITTEN_DATES}') THEN 1 END)",
        "length": f"coalesce(avg(length({text})), 0)",
    }
