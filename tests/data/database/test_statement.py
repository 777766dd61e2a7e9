from __future__ import annotations

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.database.statement import one_query


@pytest.mark.parametrize(
    ("dialect", "text", "kept"),
    [
        ("postgres", "SELECT 1", "SELECT 1"),
        ("postgres", "  select ';' ; -- the end\n ;", "  select ';'"),
        ("postgres", "select $$a;b$$ as x", "select $$a;b$$ as x"),
        ("postgres", "WITH a AS (SELECT 1) SELECT * FROM a;", "WITH a AS (SELECT 1) SELECT * FROM a"),
        ("postgres", "(select 1) union (select 2)", "(select 1) union (select 2)"),
        ("mysql", "select `into`, \"into\", 'into' from `a;b`", "select `into`, \"into\", 'into' from `a;b`"),
        ("tsql", "select [into] from [a;b]", "select [into] from [a;b]"),
        ("tsql", "/* first; */ select 1", "/* first; */ select 1"),
    ],
)
def test_one_query_is_kept_without_its_end(dialect: str, text: str, kept: str) -> None:
    assert one_query(text, dialect, frozenset({"INTO"})) == kept


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("select 1; drop table x", "several statements"),
        ("select 1;;select 2", "several statements"),
        ("", "no SQL"),
        (" ; -- nothing", "no SQL"),
        ("delete from x", "DELETE"),
        ("insert into x values (1)", "INSERT"),
        ("set x = 1", "SET"),
        ("select * into y from x", "INTO"),
        ("select 1 /*!50000 into outfile 'x' */", "comment that is run"),
        ("select 'open", "isn't closed"),
    ],
)
def test_anything_else_is_refused_at_its_field(text: str, said: str) -> None:
    with pytest.raises(CanvasError, match=said) as caught:
        one_query(text, "mysql", frozenset({"INTO"}))
    assert caught.value.where.field == "query"
    assert caught.value.hint
