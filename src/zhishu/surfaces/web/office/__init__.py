"""The pages of the running office: desk, lists, items with their whole trace, audit."""
