"""The files of a generation of the index, apart from the engine's."""
