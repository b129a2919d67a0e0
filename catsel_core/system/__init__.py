"""The computer and its networks: what they refuse in sentences, and files fetched whole or not at all."""
