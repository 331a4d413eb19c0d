"""zhishu runs a development strategy: promises, figures, verdicts, and why."""

__version__ = "0.1.0"
