"""The ground floor: parameters, catalogs, errors and observers; it imports nothing of ours."""
