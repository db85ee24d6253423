"""A real Neo4j on this machine, without an installation: for the tests, and to try (`make neo4j`)."""
