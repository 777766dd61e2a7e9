"""The table view over a query of any size."""
