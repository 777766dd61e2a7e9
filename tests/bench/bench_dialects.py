"""How many messy files each sniffer understands, and how many we do: delimiter and quote both right."""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

PROMISED = 0.97
_SAMPLE = 4_096

Sniffer = Callable[[Path, str], tuple[str, str]]


def main() -> int:
    """Ask each about every messy file of the tests; those of one column have no delimiter to find."""
    from tests.data.messy_files import messy_files

    files = [
        file
        for file in messy_files()
        if file.expected["dialect"]["delimiter"] and not file.expected.get("options")
    ]
    shares = {}
    for name, sniffer in _sniffers().items():
        began = time.perf_counter()
        right = 0
        for file in files:
            found = _asked(sniffer, file.path, str(file.expected.get("encoding", "")))
            wanted = file.expected["dialect"]
            quoted = "quote" in wanted
            right += found[0] == wanted["delimiter"] and (not quoted or found[1] == wanted["quote"])
        shares[name] = right / len(files)
        seconds = time.perf_counter() - began
        print(f"{name}: {right} of {len(files)} ({shares[name]:.3f}) in {seconds:.1f} s")
    kept = shares["ours"] >= PROMISED and shares["ours"] >= max(shares.values())
    print(f"promised: at least {PROMISED} of them, and more than any other: {'kept' if kept else 'missed'}")
    return int(not kept)


def _sniffers() -> dict[str, Sniffer]:
    import clevercsv
    import duckdb

    from canvas_app.data.engine import Engine
    from canvas_app.data.sources.csv_file import CsvFile

    engine, connection = Engine(), duckdb.connect()

    def ours(path: Path, text: str) -> tuple[str, str]:
        del text
        found = CsvFile(path=str(path)).scan(engine).found
        return str(found["delimiter"]), str(found["quote"])

    def standard(path: Path, text: str) -> tuple[str, str]:
        del path
        found = csv.Sniffer().sniff(text)
        return found.delimiter, found.quotechar or ""

    def clever(path: Path, text: str) -> tuple[str, str]:
        del path
        found = clevercsv.Detector().detect(text)
        return (found.delimiter or "", found.quotechar or "") if found else ("", "")

    def duck(path: Path, text: str) -> tuple[str, str]:
        del text
        row = connection.execute("SELECT Delimiter, Quote FROM sniff_csv(?)", [str(path)]).fetchone()
        return (row[0], row[1]) if row else ("", "")

    return {"ours": ours, "csv.Sniffer": standard, "CleverCSV": clever, "DuckDB": duck}


def _asked(sniffer: Sniffer, path: Path, encoding: str) -> tuple[str, str]:
    """What it says; nothing where it gives up."""
    import clevercsv
    import duckdb

    from canvas_app.base.errors import CanvasError

    content = path.read_bytes()
    try:
        text = content.decode(encoding or "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    try:
        return sniffer(path, text[:_SAMPLE])
    except (csv.Error, clevercsv.Error, duckdb.Error, CanvasError, ValueError):
        return "", ""


if __name__ == "__main__":
    sys.exit(main())
