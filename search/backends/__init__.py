"""Stores of passages and claims behind one interface: this machine, or a Milvus database."""
