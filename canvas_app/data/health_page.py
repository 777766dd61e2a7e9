"""The health report as one HTML file: its pictures are in it, and nothing of the table is taken for HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from canvas_app.base.words import counted
from canvas_app.data.examined import MOST_COLUMNS
from canvas_app.data.finding import Found, Severity
from canvas_app.data.health import HealthReport
from canvas_app.data.shares import percent

_LINE = 22
_BAR = 180
_WIDTH = 720
_WORDS: dict[Severity, str] = {"high": "Serious", "medium": "Worth a look", "low": "Minor"}
_STYLE = """
:root { color-scheme: light dark; --ground: #f6f7f9; --panel: #fff; --line: #e3e6eb; --text: #1b1f27;
  --muted: #667085; --accent: #4f46e5; --chip: #eef0f3; --high: #d03b4b; --medium: #b7791f; --good: #12966a; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171d; --panel: #1a1e26; --line: #2c323e;
  --text: #e8ebf1; --muted: #98a2b3; --accent: #8b85ff; --chip: #212631; --high: #f27a86; --medium: #e0a84a;
  --good: #3fc795; } }
body { margin: 32px auto; max-width: 780px; padding: 0 16px; background: var(--ground); color: var(--text);
  font: 14px/1.5 Inter, "Segoe UI", system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 22px; margin: 0; } h2 { font-size: 15px; margin: 32px 0 8px; }
p { margin: 4px 0; } .muted { color: var(--muted); }
.cards { display: flex; gap: 12px; margin: 16px 0; }
.card { flex: 1; background: var(--panel); border: 1px solid var(--line); border-radius: 10px;
  padding: 12px 16px; }
.card b { display: block; font-size: 20px; }
table { width: 100%; border-collapse: collapse; background: var(--panel); border: 1px solid var(--line); }
td, th { text-align: left; vertical-align: top; padding: 8px 12px; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; }
.high { color: var(--high); } .medium { color: var(--medium); } .low { color: var(--muted); }
.good { color: var(--good); }
svg text { fill: var(--text); font-size: 12px; } svg .chip { fill: var(--chip); }
svg .full { fill: var(--accent); }
"""


def health_page(name: str, version: int, report: HealthReport) -> str:
    """The page as text, to be written in UTF-8."""
    title = escape(f"Health of {name}, version {version}")
    body = "\n".join(_body(title, report))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def bars(lines: Iterable[tuple[float, str]], title: str) -> str:
    """A picture of shares, 0 to 1, each with its words; as SVG that is part of the page."""
    drawn = []
    count = 0
    for at, (share, words) in enumerate(lines):
        count = at + 1
        top, full = at * _LINE, max(0.0, min(1.0, share)) * _BAR
        drawn.append(f'<rect class="chip" x="0" y="{top + 6}" width="{_BAR}" height="9" rx="3"/>')
        drawn.append(f'<rect class="full" x="0" y="{top + 6}" width="{full:.1f}" height="9" rx="3"/>')
        drawn.append(f'<text x="{_BAR + 10}" y="{top + 15}">{escape(_short(words))}</text>')
    size = f'width="{_WIDTH}" height="{count * _LINE}" viewBox="0 0 {_WIDTH} {count * _LINE}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size} style="max-width: 100%">'
        f"<title>{escape(title)}</title>{''.join(drawn)}</svg>"
    )


def _body(title: str, report: HealthReport) -> Iterator[str]:
    yield f"<h1>{title}</h1>"
    size = f"{counted(report.rows, 'row')}, {counted(report.columns, 'column')}"
    yield f'<p class="muted">{size}{_looked_at(report)}</p>'
    yield '<div class="cards">'
    yield _card(percent(report.missing), "cells missing")
    yield _card(f"{report.duplicates:,}", "duplicate rows")
    if report.quick is not None:
        yield _card(f"{report.quick.score:.3f}", f"quick {report.quick.metric}")
    yield "</div>"
    if report.target:
        yield from _about_target(report)
    yield "<h2>Worth a look</h2>"
    if report.found:
        yield "<table><tr><th></th><th>What was found</th><th>What helps</th></tr>"
        yield from (_line(found) for found in report.found)
        yield "</table>"
    if report.clear:
        yield "<h2>Fine</h2>"
        yield f'<p class="good">✓ {escape("; ".join(report.clear))}</p>'


def _about_target(report: HealthReport) -> Iterator[str]:
    yield f"<h2>Predicting {escape(report.target)}</h2>"
    quick = report.quick
    if quick is None:
        yield f"<p>{escape(report.why_not)}</p>"
    else:
        without = f", without {', '.join(quick.without)}" if quick.without else ""
        yield (
            f"<p>Boosted trees reach {quick.metric} {quick.score:.3f} on {counted(quick.rows, 'row')}, "
            f"cross-validated in {quick.folds} folds, from {counted(quick.columns, 'column')}"
            f"{escape(without)}.</p>"
        )
    shares = [(share, f"{name}  {percent(share)}") for name, share in report.target_shares]
    yield bars(shares, f"How {report.target} is spread")
    if report.powers:
        floor = 0.5 if report.metric == "AUC" else 0.0
        yield f"<h2>What each column tells by itself, as {escape(report.metric)}</h2>"
        powers = [
            ((item.score - floor) / (1 - floor), f"{item.score:.2f}  {item.column}") for item in report.powers
        ]
        yield bars(powers, f"How well each column alone predicts {report.target}")


def _card(number: str, words: str) -> str:
    return f'<div class="card"><b>{escape(number)}</b><span class="muted">{escape(words)}</span></div>'


def _line(found: Found) -> str:
    fix = escape(found.fix.title) if found.fix is not None else ""
    return (
        f'<tr><td class="{found.severity}">● {_WORDS[found.severity]}</td>'
        f'<td>{escape(found.words)}<p class="muted">{escape(found.detail)}</p></td><td>{fix}</td></tr>'
    )


def _looked_at(report: HealthReport) -> str:
    words = ""
    if report.columns > MOST_COLUMNS:
        words += f"; the first {counted(MOST_COLUMNS, 'column')} were looked at"
    if report.looked_at < report.rows:
        words += f"; measured on a sample of {counted(report.looked_at, 'row')}"
    if report.powers and report.sampled < report.rows:
        words += f"; models on {counted(report.sampled, 'row')}"
    return words


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
