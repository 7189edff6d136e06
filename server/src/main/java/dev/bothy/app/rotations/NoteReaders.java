package dev.bothy.app.rotations;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Who reads hand-off notes.
public enum NoteReaders {
  /// Whoever takes over, and nobody else. A note is not kept once it was handed over.
  NEXT("The next person alone"),
  /// Everybody who takes turns in the rotation, too.
  ROTATION("Everyone in the rotation"),
  /// The owners of the workspace, too, whose accounts are linked to them.
  OWNERS("The owners, and the next person");

  private final String label;

  NoteReaders(String label) {
    this.label = label;
  }

  /// What people choose.
  public String label() {
    return label;
  }

  /// In the database and in the API.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Empty for what is none of the words.
  public static Optional<NoteReaders> of(String word) {
    return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
  }
}
