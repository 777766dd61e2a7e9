import pytest

from canvas_app.data.samples import SAMPLES
from canvas_app.flow.check import check_flow
from canvas_app.jobs.pool import InlinePool
from canvas_app.project.session import Session
from canvas_app.ui.home.sample_flow import draw_sample


@pytest.fixture
def session(tmp_path):
    session = Session.create(tmp_path / "study", "Study", InlinePool())
    yield session
    session.close()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_its_flow_is_finished_and_undone_as_one(session, sample):
    session.import_file(sample.path)
    (dataset,) = session.project.datasets
    draw_sample(session, sample, dataset)
    (flow,) = session.project.flows
    checked = check_flow(flow, {dataset.key: dataset.schema})

    assert checked.problems == ()
    assert len(flow.nodes) >= 4
    assert flow.nodes[-1].unit.target == sample.target
    session.undo()
    assert session.project.flows[0].nodes == ()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_its_flow_goes_straight_from_left_to_right(session, sample):
    session.import_file(sample.path)
    draw_sample(session, sample, session.project.datasets[0])
    (flow,) = session.project.flows
    places = [(flow[name].x, flow[name].y) for name in flow.in_order]

    assert places == sorted(places)
    assert len({y for _, y in places}) == 1
