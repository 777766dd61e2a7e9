"""All that can be said of one column, exactly."""
