"""The store in a Neo4j database, for teams."""
