"""What a person or a program meets: command line, pages, REST, Excel."""
