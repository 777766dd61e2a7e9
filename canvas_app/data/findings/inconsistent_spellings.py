"""One thing written in several ways."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_app.base.spec import field
from canvas_app.base.words import counted
from canvas_app.data.examined import ColumnFacts, Examined
from canvas_app.data.finding import Finding, FindingSpec, Fix, Found
from canvas_app.data.spellings import spellings


class InconsistentSpellings(Finding):
    """Texts that differ only in capitals, spaces, signs or one slip of the pen."""

    spec = FindingSpec(
        kind="inconsistent_spellings",
        title="Inconsistent spellings",
        icon="ph.text-aa",
        clear="no inconsistent spellings",
        example={"most": 1000},
    )

    most: int = field("In columns of at most", default=1000, ge=2, le=2000, unit="values")

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """Every column of categories with several spellings of a value; the most frequent one is right."""
        del target
        for item in table.facts.values():
            if item.type != "text" or item.is_prose or not 1 < item.distinct <= self.most:
                continue
            counts = dict(table.frequent(item.name))
            pairs = spellings(counts)
            if pairs:
                yield self._told(item, counts, pairs)

    def _told(self, item: ColumnFacts, counts: dict[str, int], pairs: dict[str, str]) -> Found:
        rows = sum(counts[wrong] for wrong in pairs)
        wrong, right = next(iter(pairs.items()))
        replacements = [{"value": wrong, "by": right} for wrong, right in pairs.items()]
        values = {"columns": [item.name], "replacements": replacements}
        return Found(
            self.spec.kind,
            item.name,
            "medium",
            f"{item.name} has {counted(len(pairs), 'second spelling')}",
            f"“{wrong}” beside “{right}”, {counted(rows, 'row')}",
            {"spellings": len(pairs), "rows": rows, "pairs": dict(list(pairs.items())[:20])},
            Fix("Use one spelling", "replace_values", values),
        )
