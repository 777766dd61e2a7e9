"""Promises that every source keeps, present and future."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import Engine
from canvas_app.data.source import SOURCES, FileSource, Source, source_for

every_source = pytest.mark.parametrize("source", list(SOURCES), ids=lambda source: source.spec.kind)
every_file = pytest.mark.parametrize(
    "source", [kind for kind in SOURCES if issubclass(kind, FileSource)], ids=lambda source: source.spec.kind
)


@every_source
def test_its_example_survives_a_save(source: type[Source]) -> None:
    example = source.example()

    assert SOURCES.load(SOURCES.dump(example)) == example


@every_source
def test_its_help_is_one_sentence(source: type[Source]) -> None:
    assert source.__doc__ is not None
    assert source.__doc__.endswith(".")
    assert len(source.__doc__) <= 90


@every_source
def test_it_works_with_what_it_finds_out(source: type[Source]) -> None:
    example = source.example()

    assert example.subject()
    assert example.table_name()
    assert all(item.label for item in source.fields())


@every_file
def test_its_files_are_known_by_their_endings(source: type[FileSource]) -> None:
    assert source.spec.suffixes
    for suffix in source.spec.suffixes:
        assert isinstance(source_for(Path(f"a{suffix}")), source)


@every_file
@pytest.mark.parametrize("quick", [True, False])
@pytest.mark.parametrize("content", [None, b"", b"\x00\x01\x02\xff" * 50])
def test_what_holds_no_table_is_refused_in_words(
    source: type[FileSource], content: bytes | None, quick: bool, engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / f"a{source.spec.suffixes[0]}"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CanvasError) as caught:
        engine.fetch(source(path=str(path)).scan(engine, quick=quick).table)
    assert path.name in caught.value.message
    assert caught.value.hint
