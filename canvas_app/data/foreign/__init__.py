"""Tables in the files of other engines, which may be damaged or hostile."""
