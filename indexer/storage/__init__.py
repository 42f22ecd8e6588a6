"""The files of one generation of an index, other than the engine's."""
