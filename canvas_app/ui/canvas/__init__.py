"""The flow canvas."""
