"""What the rules are, for readers: rule pages and JSON Schemas, made from the rules and the code."""
