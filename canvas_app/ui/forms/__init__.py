"""Forms made from Specs."""
