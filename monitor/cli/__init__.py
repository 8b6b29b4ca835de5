"""The command `govwatch`: one module per command, put together in `app`."""
