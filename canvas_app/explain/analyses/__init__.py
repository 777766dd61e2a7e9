"""The pictures that explain a model, one file each."""
