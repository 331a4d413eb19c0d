"""Parts of the task: its draft, its clock, its light, its orders, each in a file of its own."""
