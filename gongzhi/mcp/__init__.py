"""The library for assistants that speak the Model Context Protocol (https://modelcontextprotocol.io)."""
