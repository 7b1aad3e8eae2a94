"""The load generator: reports that look like the real thing, made up from ``sentences.toml``, with what must be found."""
