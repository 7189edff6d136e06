package dev.bothy.app.rotations.exchange;

import org.jspecify.annotations.Nullable;

/// Somebody in a file. What is known of them is for finding their account, in memory; it is neither
/// stored nor logged.
///
/// @param name as the file has it, 1 to 200 characters; empty for [#NOBODY]
/// @param email null if the file has none
public record ImportedPerson(String name, @Nullable String email) {
  /// A place in the order that is kept empty.
  public static final ImportedPerson NOBODY = new ImportedPerson("", null);

  public boolean isNobody() {
    return name.isEmpty() && email == null;
  }

  /// Without the name and the address, which are private.
  @Override
  public String toString() {
    return isNobody() ? "nobody" : "somebody";
  }
}
