"""The graph that tells the whole story: data, steps, models and outputs."""
