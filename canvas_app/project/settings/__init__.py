"""One Spec per section of a person's settings."""
