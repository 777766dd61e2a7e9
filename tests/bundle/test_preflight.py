"""A file is looked at before it is answered."""

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.bundle.preflight import contract_of, look_at
from canvas_app.runtime.contract import Contract, InputColumn

CONTRACT = Contract(
    "outcome", "number", (InputColumn("age", "number", "DOUBLE"), InputColumn("sex", "text", "VARCHAR"))
)


def file(folder, text):
    path = folder / "rows.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_file_that_fits_is_ready(tmp_path):
    found = look_at(file(tmp_path, "sex,name,age\nmale,A,3\n"), CONTRACT)

    assert found.ready
    assert found.extra == ("name",)
    assert found.lines()[0] == ("good", "2 of 2 needed columns are there")


def test_missing_columns_are_named_with_what_to_do(tmp_path):
    found = look_at(file(tmp_path, "age\n3\n"), CONTRACT)

    assert not found.ready
    assert found.lines()[0] == ("bad", "Missing: sex. Add it to the file; cells may be blank.")


@pytest.mark.parametrize("text", ["", "\x00\x01"])
def test_files_that_are_no_tables_say_so_or_lack_the_columns(tmp_path, text):
    path = file(tmp_path, text)
    try:
        ready = look_at(path, CONTRACT).ready
    except CanvasError as error:
        ready = not error.hint

    assert not ready


def test_a_folder_without_a_model_says_so(tmp_path):
    with pytest.raises(CanvasError, match="no model"):
        contract_of(tmp_path)


def test_a_header_alone_has_no_rows_to_answer(tmp_path):
    found = look_at(file(tmp_path, "age,sex\n"), CONTRACT)

    assert not found.ready
    assert ("bad", "There are no rows below the header. Choose a file that has some.") in found.lines()
