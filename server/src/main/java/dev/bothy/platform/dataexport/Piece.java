package dev.bothy.platform.dataexport;

/// A file of the archive with what its manifest says.
///
/// @param source `module.table`; empty for what describes the archive itself
/// @param rows how many it has
/// @param sha256 of the file as it is unpacked
record Piece(ZipPart.Packed packed, String source, long rows, byte[] sha256) {}
