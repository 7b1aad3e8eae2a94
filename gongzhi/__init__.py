"""工知: a knowledge graph and semantic search over Chinese trade-union policy documents."""

__version__ = "0.1.0"
