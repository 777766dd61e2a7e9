"""Formulas: a small language of columns, numbers, texts and functions; it can reach nothing else."""

from __future__ import annotations

from canvas_app.flow.formula.compile import columns_of, compile_formula, formula_problem
from canvas_app.flow.formula.errors import FormulaError
from canvas_app.flow.formula.functions import FUNCTIONS, Function

__all__ = ["FUNCTIONS", "FormulaError", "Function", "columns_of", "compile_formula", "formula_problem"]
