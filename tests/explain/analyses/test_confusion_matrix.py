"""Right and wrong, counted."""

from canvas_app.explain.analyses.confusion_matrix import ConfusionMatrix
from canvas_app.jobs.job import Quiet


def test_every_test_row_is_counted_once(explained):
    model = explained("forest-many")
    marks = ConfusionMatrix().draw(model, Quiet()).marks

    assert sum(map(sum, marks.counts)) == len(model.test)
    right = sum(said == was for said, was in zip(model.test.said, model.test.was, strict=True))
    assert sum(marks.counts[at][at] for at in range(3)) == right


def test_it_names_the_most_frequent_mistake(explained):
    figure = ConfusionMatrix().draw(explained("constant-two"), Quiet())

    assert figure.reading.endswith("The most frequent mistake: class 1 taken for class 0, 120 times.")
