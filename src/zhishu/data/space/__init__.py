"""Places as coordinates: reference systems, shapes, distances and overlaps, each with its error in metres."""
