"""What is JSON and what is not, after the cases of the public JSON test suite."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.json.reader import JsonReader, is_deep


def read(folder: Path, content: str | bytes) -> Any:
    path = folder / "a.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    reader = JsonReader(path, lambda done: None)
    with reader.opened():
        value = reader.value()
        if reader.peek():
            reader.refuse("something follows")
    return value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[]", []),
        ("{}", {}),
        (" [1]\r\n\t ", [1]),
        ("[123e65]", [123e65]),
        ("[0e+1]", [0.0]),
        ("[-0]", [0]),
        ("[1E-2]", [0.01]),
        ('["\\u0060\\u012a\\u12AB"]', ["`Īካ"]),
        ('["\\uD801\\udc37"]', ["𐐷"]),
        ('["\\"\\\\\\/\\b\\f\\n\\r\\t"]', ['"\\/\b\f\n\r\t']),
        ('["\x7f"]', ["\x7f"]),
        ('{"":0}', {"": 0}),
        ('{"a":{"b":[true,false,null]}}', {"a": {"b": [True, False, None]}}),
        ("12", 12),
        ('"x"', "x"),
        ("[12345678901234567890123]", [12345678901234567890123]),
        ("[1e999]", ["1e999"]),
    ],
)
def test_json_is_read(tmp_path: Path, text: str, value: Any) -> None:
    assert read(tmp_path, text) == value


@pytest.mark.parametrize(
    "text",
    [
        "[1,]",
        "[,1]",
        "[1,,2]",
        "[1",
        "[1}",
        "[1]]",
        '{"a":1,}',
        '{"a" 1}',
        "{a:1}",
        "{'a':1}",
        '{"a":1 "b":2}',
        '{"a":}',
        "{1:1}",
        "[NaN]",
        "[Infinity]",
        "[-Infinity]",
        "[nan]",
        "[True]",
        "[nul]",
        "[01]",
        "[-01]",
        "[1.]",
        "[.5]",
        "[+1]",
        "[0x1]",
        "[1e]",
        "[1e+]",
        "[- 1]",
        "[1 000]",
        "[١]",
        '["a',
        '["\\x"]',
        '["\\u12"]',
        '["\\',
        '["a\nb"]',
        '["a\tb"]',
        "['a']",
        '["a" "b"]',
        "[1] // no",
        "/* no */ [1]",
        "[1] x",
        "*",
        "[\u00a01]",
        "[\u20601]",
        "[1]\f",
        "[" * 100_000,
        '{"a":' * 100_000,
        "[" + "9" * 5000 + "]",
    ],
)
def test_what_is_no_strict_json_is_refused_with_its_place(tmp_path: Path, text: str) -> None:
    with pytest.raises(
        CanvasError, match=r"a\.json is not strict JSON: .* \(line \d+, character [\d,]+\)"
    ) as caught:
        read(tmp_path, text)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[{"a": 1},\n {"a": NaN}]', "line 2, character 8"),
        ('{"x": "NaN",\n\n  "y": Infinity}', "line 3, character 8"),
        ('[{"a": 1},\n{"b" 2}]', "line 2, character 6"),
        ("[" + "1,\n" * 600_000 + "x]", "line 600,001, character 1"),
        ("[" + "1, " * 600_000 + "x]", "line 1, character 1,800,002"),
    ],
)
def test_the_place_is_told_by_line_and_character(tmp_path: Path, text: str, place: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    reader = JsonReader(path, lambda done: None)

    with reader.opened(), pytest.raises(CanvasError) as caught:
        list(reader.items()) if text.startswith("[") else reader.value()
    assert place in caught.value.message


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "utf-32-be"])
def test_other_encodings_of_unicode_are_read(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, '["é€"]'.encode(encoding)) == ["é€"]


@pytest.mark.parametrize(
    "content", [b'["\xe9"]', b'["\xc0\xaf"]', b"\xff\xff", b'["' + b"a" * 3_000_000 + b'\xe9"]']
)
def test_characters_that_are_no_unicode_are_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(CanvasError, match="its characters are no UTF"):
        read(tmp_path, content)


def test_fields_that_stand_twice_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"a": 1, "a": 2}, {"a": 1, "b": 2, "b": 3}]')
    reader = JsonReader(path, lambda done: None)

    with reader.opened():
        assert list(reader.items()) == [{"a": 2}, {"a": 1, "b": 3}]
    assert reader.twice == {"a": 1, "b": 1}


def test_a_value_across_the_pieces_that_are_read_is_whole(tmp_path: Path) -> None:
    long = "x" * 2_500_000

    assert read(tmp_path, f'["{long}", 12345]') == [long, 12345]


def test_a_number_across_the_pieces_that_are_read_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("[" + " " * ((1 << 20) - 3) + "12345, 6]")
    reader = JsonReader(path, lambda done: None)

    with reader.opened():
        assert list(reader.items()) == [12345, 6]


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.json.gz"
    path.write_bytes(gzip.compress(b"[1,2]" * 9000)[:50])
    reader = JsonReader(path, lambda done: None)

    with pytest.raises(CanvasError), reader.opened():
        list(reader.items())


@pytest.mark.parametrize(("levels", "deep"), [(64, False), (66, True)])
def test_depth_is_measured(levels: int, deep: bool) -> None:
    value: Any = 1
    for _ in range(levels):
        value = [value]

    assert is_deep(value) == deep
