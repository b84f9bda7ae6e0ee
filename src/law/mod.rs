//! Floor 5: the decrees as tables. Judges facts, never bytes: it has no idea that signatures exist.
