"""Where a flow begins and ends: datasets, models and files, one file each."""
