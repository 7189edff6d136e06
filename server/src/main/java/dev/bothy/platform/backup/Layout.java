package dev.bothy.platform.backup;

/// Where things are in the store, as keys below its prefix.
final class Layout {
  static final String BACKUPS = "backups/";
  static final String EVIDENCE = "evidence/";

  /// Written last: a backup without it is none.
  static final String MANIFEST = "manifest.json";

  /// What proves the manifest, written before it.
  static final String PROOF = "manifest.proof";

  /// Whose backup it is and its wrapped key, written first.
  static final String KEY = "key.json";

  /// The list of all parts.
  static final String PARTS = "parts";

  static final String DATA = "data/";

  private Layout() {}
}
