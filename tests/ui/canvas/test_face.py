from __future__ import annotations

from canvas_app.data.dataset import Dataset
from canvas_app.data.schema import Schema
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.flow import Node
from canvas_app.ui.canvas.face import Facts, face_of


def facts(*versions: int) -> Facts:
    tables = (Dataset("people", version, "x", Schema(), 1200, 1) for version in versions)
    return Facts(datasets={table.key: table for table in tables})


def test_a_table_of_several_versions_says_which_one_it_is() -> None:
    node = Node("n1", DatasetNode(dataset="people/1"))

    assert face_of(node, facts(1)).summary == "1\u202f200 rows · 0 columns"
    assert face_of(node, facts(1, 3)).summary == "version 1 of 3 · 1\u202f200 rows"
