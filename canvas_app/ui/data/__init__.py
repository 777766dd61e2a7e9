"""The parts of the Data page: where files are dropped, what is imported, and one table in depth."""
