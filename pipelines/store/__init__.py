"""The one writer: everything that govwatch remembers, in one SQLite file.

SQL lives here and nowhere else. Whoever needs the store opens it (`database.open_store`) and
calls a function of the module that is named for the table it works on.
"""
