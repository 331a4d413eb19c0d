"""The kinds of subject an office has, one file each."""
