"""The report as one HTML file: whole, and safe whatever the table holds."""

from html.parser import HTMLParser

import pytest

from canvas_app.data.finding import Fix, Found
from canvas_app.data.health import ColumnPower, HealthReport
from canvas_app.data.health_page import health_page
from canvas_app.data.quick_model import QuickModel

EVIL = '<img src=x onerror="alert(1)">&\'"'


class Reader(HTMLParser):
    """Remembers tags, whether they are closed, and the text."""

    def __init__(self):
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def report():
    return HealthReport(
        rows=300_000,
        columns=3,
        looked_at=200_000,
        missing=0.056,
        duplicates=29,
        target=EVIL,
        target_shares=((EVIL, 0.7), ("no", 0.3)),
        found=(
            Found(
                "leaking_column",
                EVIL,
                "high",
                f"{EVIL} leaks",
                "Its AUC alone is 0.998",
                {},
                Fix(EVIL, "x", {}),
            ),
            Found("skewed_column", "pay", "low", "pay has a long tail", "Its skewness is 3.0"),
        ),
        clear=("no mixed types", "no constant columns"),
        metric="AUC",
        powers=(ColumnPower(EVIL, 0.998), ColumnPower("pay", 0.5)),
        sampled=10_000,
        quick=QuickModel("AUC", 0.861, 10_000, 3, 2, "two categories", (EVIL,)),
    )


def read(page):
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    return reader


def test_nothing_of_the_table_is_taken_for_html(report):
    reader = read(health_page(EVIL, 2, report))

    assert "img" not in reader.tags
    assert reader.text.count(EVIL) >= 6


def test_it_needs_no_other_file_and_runs_nothing(report):
    page = health_page("adult", 2, report)
    tags = read(page).tags

    assert not {"script", "link", "iframe", "object", "img"} & set(tags)
    assert tags.count("svg") == 2
    assert "url(" not in page


def test_it_tells_all_of_the_report(report):
    text = read(health_page("adult", 2, report)).text

    for words in ("Health of adult, version 2", "5.6 %", "29", "0.861", "leaks", "pay has a long tail"):
        assert words in text
    assert "no mixed types; no constant columns" in text
    assert "sample of 200,000 rows" in text


def test_a_report_of_nothing_is_a_page_too():
    report = HealthReport(rows=0, columns=0, looked_at=0, missing=0.0, duplicates=0)

    assert "0 rows" in read(health_page("empty", 1, report)).text
