"""The answers to one query as a view of their own: filtered, sorted, marked, compared with the query, asked further."""
