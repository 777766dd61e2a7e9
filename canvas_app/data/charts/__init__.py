"""Charts of a table, one file each."""
