"""Where tables come from, one file each."""
