"""What is handed over: a folder that proves itself and holds no pickles."""
