"""What leda keeps: tables, the queries on them, and the one door to the database."""
