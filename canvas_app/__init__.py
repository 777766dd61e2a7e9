"""Canvas App: from a table to a model that can be trusted, offline, without code."""

__version__ = "0.1.0"
