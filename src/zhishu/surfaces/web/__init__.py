"""The web surface: server-rendered pages in Chinese and English that work without scripts."""
