"""What a person says about a delimited file is done, and what was found is told in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import Engine
from canvas_app.data.source import Scan
from canvas_app.data.sources.csv_file import CsvFile


def scan(engine: Engine, folder: Path, content: str | bytes, **options: Any) -> Scan:
    path = folder / "table.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return CsvFile.read({"path": str(path), **options}).scan(engine)


def values(engine: Engine, found: Scan) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = engine.fetch(found.table).to_pydict()
    return columns


def test_numbers_with_a_decimal_comma_and_marks_between_thousands_are_numbers(
    engine: Engine, tmp_path: Path
) -> None:
    found = scan(engine, tmp_path, "ort;umsatz;preis\nA;1.234,50;1,5\nB;12,00;2,25\n")

    assert values(engine, found) == {"ort": ["A", "B"], "umsatz": [1234.5, 12.0], "preis": [1.5, 2.25]}
    assert found.found["decimal"] == ","
    assert "umsatz was read with a decimal comma and with points between the thousands." in found.notes


def test_words_for_no_value_become_blank_in_columns_of_numbers_alone(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, "n,word\n1,NA\nNA,x\n3,-\n")

    assert values(engine, found) == {"n": [1, None, 3], "word": ["NA", "x", "-"]}
    assert found.found["missing"] == "na"
    assert found.notes == ("n: “na” became blank.",)


def test_the_words_that_a_person_names_become_blank_everywhere(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, "n,word\n1,NA\n-999,x\n3,y\n", missing="-999, NA")

    assert values(engine, found) == {"n": [1, None, 3], "word": [None, "x", "y"]}


@pytest.mark.parametrize(
    ("days", "format", "first"),
    [
        (["28/01/2018", "03/02/2018"], "%d/%m/%Y", "2018-01-28"),
        (["01/28/2018", "02/03/2018"], "%m/%d/%Y", "2018-01-28"),
        (["28.1.2018", "3.2.2018"], "%d.%m.%Y", "2018-01-28"),
        (["28-Jan-2018", "03-Feb-2018"], "%d-%b-%Y", "2018-01-28"),
        (["2018/01/28", "2018/02/03"], "%Y/%m/%d", "2018-01-28"),
    ],
)
def test_dates_are_read_by_the_format_that_fits_all(
    engine: Engine, tmp_path: Path, days: list[str], format: str, first: str
) -> None:
    found = scan(engine, tmp_path, "d,x\n" + "".join(f"{day},1\n" for day in days))

    assert str(values(engine, found)["d"][0]) == first
    assert found.found["date_format"] == format


def test_a_column_without_doubt_tells_the_order_of_day_and_month_of_another(
    engine: Engine, tmp_path: Path
) -> None:
    found = scan(engine, tmp_path, "a,b\n03/02/2018,01/28/2018\n04/02/2018,02/27/2018\n")

    assert [str(day) for day in values(engine, found)["a"]] == ["2018-03-02", "2018-04-02"]


def test_codes_that_look_like_numbers_stay_texts(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, "phone,code,zip\n+4930123456,1e5,007\n+4930654321,2e7,008\n")

    assert values(engine, found) == {
        "phone": ["+4930123456", "+4930654321"],
        "code": ["1e5", "2e7"],
        "zip": ["007", "008"],
    }


@pytest.mark.parametrize(
    ("failure", "kept"), [("keep as text", ["1", "x", "3"]), ("blank", [1, None, 3]), ("value", [1, 0, 3])]
)
def test_values_that_a_chosen_type_can_not_hold_are_dealt_with_as_said(
    engine: Engine, tmp_path: Path, failure: str, kept: list[Any]
) -> None:
    rule = {"column": "n", "type": "whole", "on_failure": failure, "value": "0"}
    found = scan(engine, tmp_path, "n,w\n1,a\nx,b\n3,c\n", types=[rule])

    assert values(engine, found)["n"] == kept
    assert any("such as “x”" in note for note in found.notes)


def test_rows_with_such_values_may_be_put_aside(engine: Engine, tmp_path: Path) -> None:
    rule = {"column": "n", "type": "whole", "on_failure": "put aside"}
    found = scan(engine, tmp_path, "n,w\n1,a\nx,b\n3,c\n", types=[rule])

    assert values(engine, found) == {"n": [1, 3], "w": ["a", "c"]}
    assert found.rejected is not None
    assert '"x,b"' in found.rejected.read_text()


def test_all_values_may_stay_as_they_are_written(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, "d,n\n28/01/2018,1.50\n29/01/2018,2.00\n", as_text=True)

    assert values(engine, found) == {"d": ["28/01/2018", "29/01/2018"], "n": ["1.50", "2.00"]}


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"delimiter": ";"}, ["a,b", "c"]),
        ({"delimiter": "comma"}, ["a", "b;c"]),
        ({"header": "none"}, ["column_1", "column_2"]),
        ({"skip": 1}, ["1", "2;3"]),
        ({"header": "2"}, ["a 1", "b;c 2;3"]),
    ],
)
def test_what_a_person_says_goes_before_what_would_be_found(
    engine: Engine, tmp_path: Path, options: dict[str, Any], names: list[str]
) -> None:
    chosen = {"header": "1", "delimiter": ","} | options
    found = scan(engine, tmp_path, "a,b;c\n1,2;3\n4,5;6\n", **chosen)

    assert list(found.table.columns) == names


def test_an_encoding_that_is_given_is_used(engine: Engine, tmp_path: Path) -> None:
    found = scan(engine, tmp_path, "a,b\n1,é\n2,x\n".encode("mac_roman"), encoding="mac_roman")

    assert values(engine, found)["b"] == ["é", "x"]
    assert found.found["encoding"] == "mac-roman"


def test_an_unknown_encoding_is_refused_at_its_field(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(CanvasError, match="no encoding called utf-7-bit") as caught:
        scan(engine, tmp_path, "a,b\n1,2\n", encoding="utf-7-bit")

    assert caught.value.where is not None
    assert caught.value.where.field == "encoding"


def test_a_table_that_is_not_there_is_refused(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(CanvasError, match="no table 3"):
        scan(engine, tmp_path, "a,b\n1,2\n3,4\n", table=3)


def test_a_large_file_that_only_our_reader_understands_is_read_in_pieces(
    engine: Engine, tmp_path: Path
) -> None:
    lines = "".join(f"{number}, 'word {number % 9}, or so', {number / 2}\n" for number in range(90_000))
    found = scan(engine, tmp_path, f"id, said, half\n{lines}")

    assert engine.count(found.table) == 90_000
    last = {"id": 89_999, "said": f"word {89_999 % 9}, or so", "half": 44_999.5}
    assert engine.page(found.table, 89_999, 1).to_pylist() == [last]


def test_remarks_below_a_large_table_are_left_out(engine: Engine, tmp_path: Path) -> None:
    lines = "".join(f"{number},word,{number / 2}\n" for number in range(150_000))
    found = scan(engine, tmp_path, f"id,said,half\n{lines}\nSource: nobody\n")

    assert engine.count(found.table) == 150_000
    assert "The last line was left out: they are remarks below the table." in found.notes
