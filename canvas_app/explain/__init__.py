"""Why a model answers as it does, as figures without a toolkit."""
