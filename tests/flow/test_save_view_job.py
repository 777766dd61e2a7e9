from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvas_app.base.errors import Cancelled
from canvas_app.base.spec import Condition
from canvas_app.data.engine import Engine
from canvas_app.flow.save_view_job import SavedView, SaveViewJob, View
from canvas_app.flow.written_cells import disarmed
from canvas_app.jobs.job import Done, Failed, Stopped, run_inline

ROWS = {
    "name": ["=1+1", "Ann", None, "-5", "@x", "'=y", "+z"],
    "n": [-1.5, 2.0, 3.0, None, 5.0, -6.0, 7.0],
    "whole": [2**60, 1, 2, 3, 4, 5, 6],
}


@pytest.fixture
def engine(tmp_path: Path) -> Any:
    with Engine(scratch=tmp_path / "scratch", memory="500MB", threads=2) as engine:
        yield engine


@pytest.fixture
def source(engine: Engine, tmp_path: Path) -> str:
    path = tmp_path / "a.parquet"
    engine.write_parquet(engine.from_rows(ROWS), path)
    return str(path)


def saved(view: View, target: Path, **more: bool) -> SavedView:
    outcome = run_inline(SaveViewJob(view, str(target), **more))
    assert isinstance(outcome, Done), outcome
    return outcome.value


def test_what_is_shown_is_saved(source: str, tmp_path: Path) -> None:
    above = Condition(column="n", operator="more than", value="2.5")
    view = View(source, ("whole", "name"), (above,), (("whole", True),))
    target = tmp_path / "out.csv"

    assert saved(view, target, guarded=False) == SavedView(str(target), 3)
    assert target.read_text().splitlines() == ["whole,name", "6,+z", "4,@x", "2,"]


def test_texts_that_begin_like_formulas_are_guarded_in_csv_and_numbers_are_not(
    source: str, tmp_path: Path
) -> None:
    saved(View(source, ("name", "n")), tmp_path / "out.csv")
    lines = (tmp_path / "out.csv").read_text().splitlines()

    assert lines == ["name,n", "'=1+1,-1.5", "Ann,2.0", ",3.0", "'-5,", "'@x,5.0", "''=y,-6.0", "'+z,7.0"]


@settings(max_examples=40, deadline=None, database=None)
@given(st.lists(st.text("'=+-@\t\rab", max_size=5), min_size=1, max_size=8))
def test_what_was_guarded_comes_back_as_it_was(texts: list[str]) -> None:
    with Engine(memory="200MB", threads=1) as engine:
        table = engine.from_rows({"t": texts, "=n": [1] * len(texts)}, {"t": "string"})
        guarded = disarmed(table)

        assert not any(text.startswith(("=", "+", "-", "@", "\t", "\r")) for text in guarded.t.to_list())
        assert guarded.columns == ("t", "'=n")
        back = [text[1:] if re.match(r"'+[=+@\t\r-]", text) else text for text in guarded.t.to_list()]
        assert back == texts


def test_a_workbook_holds_no_formulas_and_reads_back(source: str, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    target = tmp_path / "out.xlsx"
    assert saved(View(source, ("name", "n", "whole")), target).rows == 7
    with zipfile.ZipFile(target) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    rows = CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()

    assert rows[0] == ["name", "n", "whole"]
    assert rows[1] == ["=1+1", -1.5, str(2**60)]
    assert rows[3:5] == [["", 3.0, 2.0], ["-5", "", 3.0]]


def test_a_parquet_file_keeps_values_as_they_are(engine: Engine, source: str, tmp_path: Path) -> None:
    saved(View(source, ("name", "whole")), tmp_path / "out.parquet")
    back = engine.fetch(engine.read_parquet(tmp_path / "out.parquet")).to_pydict()

    assert back == {"name": ROWS["name"], "whole": ROWS["whole"]}


def test_more_rows_than_a_worksheet_holds_are_refused_with_the_way_out(
    engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "long.parquet"
    engine.write_parquet(engine.view("SELECT range AS n FROM range(1048576)"), path)
    outcome = run_inline(SaveViewJob(View(str(path), ("n",)), str(tmp_path / "out.xlsx")))

    assert isinstance(outcome, Failed)
    assert "1,048,575 rows" in outcome.message
    assert "CSV or Parquet" in outcome.hint
    assert list(tmp_path.glob("*.xlsx*")) == []


def test_stopping_leaves_no_file(source: str, tmp_path: Path) -> None:
    def stop(done: float, note: str = "", found: Any = None) -> None:
        if done > 0:
            raise Cancelled

    outcome = run_inline(SaveViewJob(View(source, ("n",)), str(tmp_path / "out.xlsx")), stop)  # type: ignore[arg-type]

    assert outcome == Stopped()
    assert list(tmp_path.glob("*.xlsx*")) == []


def test_an_unknown_ending_is_said(source: str, tmp_path: Path) -> None:
    outcome = run_inline(SaveViewJob(View(source, ("n",)), str(tmp_path / "out.doc")))

    assert isinstance(outcome, Failed)
    assert ".xlsx" in outcome.message
