"""The health of the table that is looked at is asked for, remembered, and put right in a flow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from canvas_app.data.finding import Fix
from canvas_app.data.health import HealthReport
from canvas_app.flow import edits
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.jobs.pool import InlinePool
from canvas_app.project.session import Session
from canvas_app.ui.data.health_desk import HealthDesk

DROP = Fix("Drop duplicates", "drop_duplicates", {"by": "all"})


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    source = tmp_path / "people.csv"
    source.write_text(
        "age,won\n" + "\n".join(f"{20 + at % 40},{'yes' if at % 3 else 'no'}" for at in range(90))
    )
    session = Session.create(tmp_path / "project", "Study", InlinePool())
    session.import_file(source)
    yield session
    session.close()


@pytest.fixture
def desk(session: Session, qtbot) -> HealthDesk:
    return HealthDesk(lambda: session)


@pytest.fixture
def reports(desk: HealthDesk) -> list[HealthReport]:
    found: list[HealthReport] = []
    desk.reported.connect(found.append)
    return found


def test_a_table_is_looked_at_once(desk, reports, session):
    table = session.project.datasets[0]
    desk.look(table)
    asked = len(reports)
    desk.look(table)

    assert reports[-1].duplicates == 20
    assert reports[-1].rows == 90
    assert len(reports) == asked


def test_another_target_is_another_report_and_the_first_is_remembered(desk, reports, session):
    desk.look(session.project.datasets[0])
    desk.choose_target("won")
    assert reports[-1].quick is not None
    asked = len(reports)
    desk.choose_target("")

    assert reports[-1].target == ""
    assert len(reports) == asked + 1


def test_what_a_flow_predicts_is_the_target_to_begin_with(desk, reports, session):
    flow = session.project.flows[0].id

    def draw(drawn):
        drawn = edits.add_node(drawn, DatasetNode(dataset="people/1"))
        return edits.add_after(drawn, drawn.nodes[-1].id, PredictColumn(target="won"))

    session.edit_flow("Draw", flow, draw)
    desk.look(session.project.datasets[0])

    assert desk.target == "won"


def test_a_fix_comes_into_the_flow_once(desk, session):
    desk.look(session.project.datasets[0])
    node = desk.put_right(DROP)
    flow = session.project.flows[0]

    assert flow[node].unit.spec.kind == "drop_duplicates"
    assert desk.put_already(DROP) == node
    assert desk.put_right(DROP) == node
    assert session.project.flows[0] == flow


def test_undo_takes_the_fix_back(desk, session):
    before = session.project.flows[0]
    desk.look(session.project.datasets[0])
    desk.put_right(DROP)
    session.undo()

    assert session.project.flows[0] == before
