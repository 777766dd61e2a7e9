"""One row is answered while it is typed; a file is checked, answered, looked at and saved."""

import pytest
from pyarrow import csv, parquet

from canvas_app.ui.pages.predict_page import PredictPage


@pytest.fixture
def page_with(shown_with, qtbot):
    """The page of a project with models of some kinds, the last one asked for its first answer."""

    def show(*kinds: str) -> PredictPage:
        page = shown_with(PredictPage, *kinds)
        if kinds:
            qtbot.waitUntil(lambda: page.answer.why.figure is not None, timeout=20_000)
        return page

    return show


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("name,sex,age\nA,female,61\nB,male,20\n", "utf-8")
    return path


def test_without_models_it_leads_to_the_flow(page_with, stage):
    page = page_with()
    page.empty.go.click()

    assert page.views.currentWidget() is page.empty
    assert stage.gone == [("flow", {})]


def test_a_typical_row_is_answered_at_once(page_with):
    page = page_with("lightgbm-two")

    assert page.form.values() == {"age": 40.0, "sex": "male"}
    assert page.answer.said.text() in ("class 0", "class 1")
    assert page.answer.why.figure.marks.kind == "waterfall"


def test_the_answer_follows_the_typing(page_with, qtbot):
    page = page_with("lightgbm-number")
    before = page.answer.said.text()
    page.form.cells["age"].clear()
    qtbot.keyClicks(page.form.cells["age"], "79")

    qtbot.waitUntil(lambda: page.answer.said.text() != before, timeout=20_000)
    assert page.form.values()["age"] == 79


def test_blanks_and_words_in_number_fields_are_passed_on(page_with, qtbot):
    page = page_with("lightgbm-two")
    page.form.cells["age"].clear()
    assert page.form.values()["age"] is None

    qtbot.keyClicks(page.form.cells["age"], "old")
    assert page.form.values()["age"] == "old"
    assert page.form.cells["age"].property("wrong") is True
    qtbot.waitUntil(lambda: "age" in page.answer.notes.text(), timeout=20_000)


@pytest.mark.parametrize(("typed", "number"), [("1 234,5", 1234.5), ("−3", -3.0), ("2.5", 2.5)])
def test_numbers_are_understood_as_people_write_them(page_with, typed, number):
    page = page_with("constant-two")
    page.form.cells["age"].setText(typed)

    assert page.form.values()["age"] == number


def test_the_typical_row_comes_back(page_with):
    page = page_with("constant-two")
    page.form.fill({"age": 1.0, "sex": "female"})
    assert page.form.values() == {"age": 1.0, "sex": "female"}

    page.form.fill_typical()
    assert page.form.values() == {"age": 40.0, "sex": "male"}


def test_another_model_can_be_asked(page_with, stage, qtbot):
    page = page_with("constant-two", "lightgbm-number")
    page.choose(stage.session.models[0].id)

    qtbot.waitUntil(lambda: page.answer.said.text().startswith("class"), timeout=20_000)
    assert page.model.id == stage.session.models[0].id


def test_a_file_is_checked_answered_and_saved(page_with, rows, tmp_path, qtbot):
    page = page_with("lightgbm-two")
    page.bring(rows)
    qtbot.waitUntil(lambda: page.file.name.text() == "rows.csv", timeout=20_000)
    assert page.file.run.isEnabled()

    page.file.run.click()
    qtbot.waitUntil(lambda: page.file.grid.model.rowCount() == 2, timeout=20_000)
    assert page.file.doing.text() == "2 rows answered"

    page.save_to(tmp_path / "answers.csv")
    page.save_to(tmp_path / "answers.parquet")
    qtbot.waitUntil(lambda: (tmp_path / "answers.parquet").exists(), timeout=20_000)
    names = ["name", "sex", "age", "prediction", "probability_class 0", "probability_class 1"]
    assert parquet.read_table(str(tmp_path / "answers.parquet")).column_names == names


def test_saving_as_csv_keeps_all_columns(page_with, rows, tmp_path, qtbot):
    page = page_with("lightgbm-number")
    page.bring(rows)
    qtbot.waitUntil(lambda: page.file.name.text() == "rows.csv", timeout=20_000)
    page.file.run.click()
    qtbot.waitUntil(lambda: page.file.grid.model.rowCount() == 2, timeout=20_000)
    page.save_to(tmp_path / "answers.csv")

    qtbot.waitUntil(lambda: "saved to" in page.banner.text(), timeout=20_000)
    saved = csv.read_csv(tmp_path / "answers.csv")
    assert saved.column_names == ["name", "sex", "age", "prediction"]
    assert saved.num_rows == 2


def test_a_file_that_lacks_columns_can_not_be_run(page_with, tmp_path, qtbot):
    page = page_with("lightgbm-two")
    path = tmp_path / "short.csv"
    path.write_text("age\n3\n", "utf-8")
    page.bring(path)
    qtbot.waitUntil(lambda: page.file.name.text() == "short.csv", timeout=20_000)

    assert not page.file.run.isEnabled()


def test_a_file_that_is_no_table_says_what_to_do(page_with, tmp_path, qtbot):
    page = page_with("constant-two")
    path = tmp_path / "empty.csv"
    path.write_text("", "utf-8")
    page.bring(path)

    qtbot.waitUntil(lambda: "empty.csv is empty." in page.banner.text(), timeout=20_000)
    assert "Choose" in page.banner.text()


def answered(page, path, qtbot, rows=2):
    page.bring(path)
    qtbot.waitUntil(lambda: page.file.name.text() == path.name, timeout=20_000)
    page.file.run.click()
    qtbot.waitUntil(lambda: page.file.grid.model.rowCount() == rows, timeout=20_000)


def test_answers_stand_first_and_are_marked_as_new(page_with, rows, qtbot):
    page = page_with("lightgbm-two")
    answered(page, rows, qtbot)
    shown = page.file.grid.model
    answers = ("prediction", "probability_class 0", "probability_class 1")

    assert shown.schema.names == (*answers, "name", "sex", "age")
    assert shown.marks.new == frozenset(answers)


def test_columns_are_shown_in_the_types_of_the_model(page_with, rows, qtbot):
    page = page_with("lightgbm-two")
    answered(page, rows, qtbot)
    schema = page.file.grid.model.schema

    assert schema["age"].type == "number"
    assert (schema["sex"].type, schema["name"].type) == ("text", "text")


def test_without_a_file_it_says_which_columns_are_needed(page_with, rows, qtbot):
    page = page_with("constant-two")

    assert page.file.needed.text().startswith("The model needs 2 columns: age, sex.")
    assert not page.file.needed.isHidden()

    page.bring(rows)
    qtbot.waitUntil(lambda: page.file.name.text() == "rows.csv", timeout=20_000)
    assert page.file.needed.isHidden()


def test_after_a_file_that_is_no_table_nothing_of_the_one_before_remains(page_with, rows, tmp_path, qtbot):
    page = page_with("lightgbm-two")
    answered(page, rows, qtbot)
    (tmp_path / "photo.csv").write_bytes(bytes(range(256)) * 50)
    page.bring(tmp_path / "photo.csv")

    qtbot.waitUntil(lambda: "photo.csv is not a text file" in page.banner.text(), timeout=20_000)
    assert page.file.check.isHidden()
    assert page.file.grid.isHidden()
    assert not page.file.needed.isHidden()


def test_after_a_good_file_nothing_is_said_of_a_bad_one(page_with, rows, tmp_path, qtbot):
    page = page_with("lightgbm-two")
    (tmp_path / "empty.csv").write_text("", "utf-8")
    page.bring(tmp_path / "empty.csv")
    qtbot.waitUntil(lambda: "empty.csv is empty." in page.banner.text(), timeout=20_000)
    page.bring(rows)

    qtbot.waitUntil(lambda: page.file.name.text() == "rows.csv", timeout=20_000)
    assert page.banner.text() == ""
