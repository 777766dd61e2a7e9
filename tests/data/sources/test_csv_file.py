from __future__ import annotations

import gzip
import random
from pathlib import Path
from typing import Any

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import Engine, schema_of
from canvas_app.data.engine_errors import UnfitRows
from canvas_app.data.source import Scan
from canvas_app.data.sources.csv_file import CsvFile


def scan(engine: Engine, folder: Path, content: str | bytes, *, quick: bool = False) -> Scan:
    path = folder / "table.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return CsvFile(path=str(path)).scan(engine, quick=quick)


def values(engine: Engine, found: Scan) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = engine.fetch(found.table).to_pydict()
    return columns


def types(found: Scan) -> list[str]:
    return [column.type for column in schema_of(found.table)]


@pytest.mark.parametrize("quick", [True, False])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_values_are_parted_by_whatever_the_file_uses(
    engine: Engine, tmp_path: Path, sign: str, quick: bool
) -> None:
    found = scan(engine, tmp_path, f"a{sign}b\n1{sign}x\n2{sign}y\n", quick=quick)

    assert values(engine, found) == {"a": [1, 2], "b": ["x", "y"]}
    assert found.notes == ()


@pytest.mark.parametrize("quick", [True, False])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_do_on_any_system(engine: Engine, tmp_path: Path, end: str, quick: bool) -> None:
    found = scan(engine, tmp_path, end.join(["a,b", "1,2", "3,4", ""]), quick=quick)

    assert values(engine, found) == {"a": [1, 3], "b": [2, 4]}


def test_quoted_values_may_hold_delimiters_quotes_and_line_breaks(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, 'a,b\n1,"x, ""y""\nz"\n2,w\n')

    assert values(engine, found) == {"a": [1, 2], "b": ['x, "y"\nz', "w"]}


def test_a_quote_first_seen_far_below_still_quotes(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, "a,b\n" + "1,x\n" * 40_000 + '2,"y, z"\n', quick=True)

    assert engine.page(found.table, 40_000, 1).to_pydict() == {"a": [2], "b": ["y, z"]}


def test_names_stay_as_they_are_but_unique_and_not_empty(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, 'a,A,,"x ""q"" [b]",😀,"; DROP TABLE x; --",a_2\n1,2,3,4,5,6,7\n')

    assert list(values(engine, found)) == [
        "a",
        "A_3",
        "column_3",
        'x "q" [b]',
        "😀",
        "; DROP TABLE x; --",
        "a_2",
    ]
    assert found.notes == (
        "A second column called A is now A_3.",
        "Column 3 had no name and is now column_3.",
    )


def test_a_file_without_a_header_gets_names(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, "1,2.5\n3,4.5\n")

    assert values(engine, found) == {"column_1": [1, 3], "column_2": [2.5, 4.5]}
    assert "has no header" in found.notes[0]


def test_lines_above_the_table_are_told(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, "My report\nof 2020\n\na,b,c\n1,2,3\n4,5,6\n7,8,9\n")

    assert list(values(engine, found)) == ["a", "b", "c"]
    assert found.notes == ("The first 3 lines were left out: the table begins below.",)


@pytest.mark.parametrize(
    ("encoding", "shown"), [("utf-16", "UTF-16"), ("utf-16-le", "UTF-16-LE"), ("cp1252", "Windows-1252")]
)
def test_other_encodings_are_read_and_told(engine: Engine, tmp_path: Path, encoding: str, shown: str) -> None:
    text = "name,città\n" + "é,10\n" * 20 + ("€,11\n" if encoding == "cp1252" else "")
    found = scan(engine, tmp_path, text.encode(encoding))

    assert values(engine, found)["name"][0] == "é"
    assert values(engine, found)["città"][0] == 10
    assert shown in found.notes[0]


def test_an_odd_byte_far_below_is_found_by_the_thorough_scan(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, b"a,b\n" + b"1,plain\n" * 40_000 + "2,é\n".encode("latin-1"))

    assert engine.page(found.table, 40_000, 1)["b"].to_pylist() == ["é"]


def test_a_byte_order_mark_is_no_part_of_the_first_name(engine: Engine, tmp_path: Path) -> None:
    assert list(values(engine, scan(engine, tmp_path, b"\xef\xbb\xbfa,b\n1,2\n"))) == ["a", "b"]


def test_rows_that_do_not_fit_are_counted_and_kept_aside(engine: Engine, tmp_path: Path) -> None:
    long = "1,2,3,4,5\n"
    found = scan(engine, tmp_path, "a,b,c\n" + "1,2,3\n" * 50 + long + "4,5,6\n" * 50 + long)

    assert engine.count(found.table) == 100
    assert found.notes == ("2 rows do not fit the columns and were put aside: too many values.",)
    assert found.rejected is not None
    assert [line.split(",")[0] for line in found.rejected.read_text().splitlines()] == ["line", "52", "103"]


def test_rows_that_are_too_short_are_filled_up_with_blanks_and_told(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, "a,b,c\n" + "1,2,3\n" * 50 + "9\n")

    assert engine.page(found.table, 50, 1).to_pydict() == {"a": [9], "b": [None], "c": [None]}
    assert found.notes == ("1 row was too short: the values at the end are blank.",)


@pytest.mark.parametrize("bad", ["1,2,3\n", "1,2,3,4,5,6\n"])
@pytest.mark.parametrize("at", [0, 1, 25, 50])
def test_one_bad_row_anywhere_costs_that_row_only(engine: Engine, tmp_path: Path, bad: str, at: int) -> None:
    rows = ["1,2\n"] * 50
    rows.insert(at, bad)
    found = scan(engine, tmp_path, "a,b\n" + "".join(rows))

    assert (engine.count(found.table), found.table.columns) == (50, ("a", "b"))


def test_free_text_is_one_column_however_many_commas_it_holds(engine: Engine, tmp_path: Path) -> None:
    lines = ["well, no", "yes", "a, b, c and d", "good", "very, very good", "bad", "so, so, so", "fine"]
    found = scan(engine, tmp_path, "\n".join(["comment", *lines * 20]))

    assert engine.count(found.table) == 160


def test_remarks_above_a_tiny_table_are_left_out(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, "# made by x\n# in 2020\na,b\n1,2\n3,4\n")

    assert values(engine, found) == {"a": [1, 3], "b": [2, 4]}


def test_a_quote_that_does_not_end_costs_its_row(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, 'a,b\n1,"x\ny"\n2,"z ""w"" "\n3,"unterminated\n')

    assert values(engine, found) == {"a": [1, 2], "b": ["x\ny", 'z "w" ']}
    assert "a quote that does not end" in found.notes[0]


def test_a_misfit_far_below_stops_the_quick_scan_only(engine: Engine, tmp_path: Path) -> None:
    content = "a,b\n" + "1,2\n" * 1_200_000 + "x,3\n"
    quick = scan(engine, tmp_path, content, quick=True)
    with pytest.raises(UnfitRows):
        engine.fetch(quick.table)

    found = scan(engine, tmp_path, content)
    assert types(found) == ["text", "whole"]
    assert engine.count(found.table) == 1_200_001
    assert found.notes == ("a was kept as text: some values are no whole numbers, such as “x”.",)


def test_an_impossible_time_far_below_keeps_its_column_as_text(engine: Engine, tmp_path: Path) -> None:
    content = "t,n\n" + "0:01:02,1\n" * 30_000 + "0:01:60,2\n" + "0:01:03,3.5\n"
    found = scan(engine, tmp_path, content)

    assert types(found) == ["text", "number"]
    assert "such as “0:01:60”" in found.notes[0]


@pytest.mark.parametrize("quick", [True, False])
def test_identifiers_keep_their_zeros_and_digits(engine: Engine, tmp_path: Path, quick: bool) -> None:
    found = scan(
        engine, tmp_path, "zip,id\n00123,12345678901234567890\n01234,12345678901234567891\n", quick=quick
    )

    assert values(engine, found) == {
        "zip": ["00123", "01234"],
        "id": ["12345678901234567890", "12345678901234567891"],
    }


def test_infinities_and_nan_come_as_they_are(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, "x,y\ninf,1\nnan,2\n-inf,3\n1.5,4\n")

    assert [str(value) for value in values(engine, found)["x"]] == ["inf", "nan", "-inf", "1.5"]


def test_yes_and_no_stay_words_while_true_and_false_become_a_switch(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, "a,b,c\ntrue,yes,t\nFalse,no,f\n")

    assert values(engine, found) == {"a": [True, False], "b": ["yes", "no"], "c": ["t", "f"]}


@pytest.mark.parametrize("quick", [True, False])
def test_dates_are_understood_in_the_order_of_the_file(engine: Engine, tmp_path: Path, quick: bool) -> None:
    found = scan(engine, tmp_path, "d,x\n28/01/2018,1\n03/02/2018,2\n", quick=quick)

    assert [str(value) for value in values(engine, found)["d"]] == ["2018-01-28", "2018-02-03"]


def test_a_column_without_any_value_stays_a_column_of_blanks(engine: Engine, tmp_path: Path) -> None:
    assert values(engine, scan(engine, tmp_path, "a,b\n1,\n2,\n")) == {"a": [1, 2], "b": [None, None]}


def test_a_few_odd_words_among_numbers_are_told(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, "a,b\n" + "1.5,x\n" * 50 + " ,y\n")

    assert found.notes == ("a was kept as text: some values are no numbers, such as “ ”.",)


def test_a_compressed_file_is_unpacked(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "table.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,x\n2,y\n"))

    assert values(engine, CsvFile(path=str(path)).scan(engine)) == {"a": [1, 2], "b": ["x", "y"]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n\n \n", "is empty"),
        (b"a,b,c\n", "has a header but no rows"),
        (random.Random(1).randbytes(4000), "is not a text file"),
        (bytes(random.Random(2).choices(range(32, 256), k=5000)), "is not a text file"),
        (b"\xff\xfe" + random.Random(3).randbytes(5000), "is not a text file"),
        (b"a,b\n1,\x00\x002\n", "is not a text file"),
        (b"PK\x03\x04 and so on", "a workbook or a ZIP archive"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0), "a compressed file"),
    ],
    ids=[
        "empty",
        "blank lines",
        "header only",
        "random",
        "no letters",
        "marked by chance",
        "zeros",
        "archive",
        "packed",
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(
    engine: Engine, tmp_path: Path, content: bytes, said: str
) -> None:
    with pytest.raises(CanvasError, match=said) as caught:
        scan(engine, tmp_path, content, quick=True)

    assert caught.value.message.startswith("table.csv")
    assert caught.value.hint


@pytest.mark.parametrize("encoding", ["shift_jis", "gb18030", "euc_kr", "utf-16"])
def test_text_of_far_countries_is_not_taken_for_bytes(engine: Engine, tmp_path: Path, encoding: str) -> None:
    words = {"shift_jis": "ひらがなとカタカナ", "gb18030": "中文表格", "euc_kr": "한국어", "utf-16": "Ж漢字"}
    found = scan(
        engine, tmp_path, f"a,b\n1,{words[encoding]}\n2,{words[encoding]}\n".encode(encoding), quick=True
    )

    assert values(engine, found)["a"] == [1, 2]


def test_a_missing_file_is_named(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(CanvasError, match=r"There is no file .*gone\.csv"):
        CsvFile(path=str(tmp_path / "gone.csv")).scan(engine)


def test_a_damaged_archive_is_refused(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "table.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,x\n" * 5000)[:60] + b"rubbish" * 20)

    with pytest.raises(CanvasError):
        CsvFile(path=str(path)).scan(engine)


def test_too_many_columns_are_refused_at_once(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(CanvasError, match=r"more than 10,000 columns.*become rows"):
        scan(engine, tmp_path, ",".join(f"c{i}" for i in range(100_000)) + "\n")


def test_a_wide_table_is_read(engine: Engine, tmp_path: Path) -> None:
    line = ",".join(["1"] * 300)
    found = scan(engine, tmp_path, ",".join(f"c{i}" for i in range(300)) + f"\n{line}\n{line}\n")

    assert types(found) == ["whole"] * 300


def test_a_line_without_end_is_refused_quickly(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(CanvasError):
        engine.fetch(scan(engine, tmp_path, b"a,b\n1," + b"x" * 30_000_000).table)
