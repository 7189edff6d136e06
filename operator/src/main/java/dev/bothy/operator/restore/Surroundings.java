package dev.bothy.operator.restore;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a restore sees around itself, and what it brings about there. Everything may be asked for
/// again: what is there already is found, not made twice.
interface Surroundings {
  /// Another restore that comes first, by its name; empty if it is this one's turn.
  Optional<String> firstInLine();

  /// A restore that has taken the place of what this one restored, by its name.
  Optional<String> successor();

  /// Another restore that needs everything to stand still now, by its name.
  Optional<String> standstillForAnother();

  Standing standing();

  /// Takes away what restores left that are not there any more.
  void forgetGone();

  /// The Job of a step, which is begun if it was not.
  ///
  /// @param attempt from 1
  /// @param backup the backup's id; null before one was chosen
  ToolRun job(RestoreStep step, int attempt, @Nullable String backup);

  /// The backup of what is there, which is made if it was not.
  ///
  /// @param name of the resource
  Saving saving(String name);

  /// What still uses the database, in words; empty when everything stands still.
  Optional<String> stillRuns();

  /// Why servers do not serve yet; empty when they do.
  Optional<String> notServing();

  /// Whether servers say that somebody has said go, at the console or by the command.
  boolean isReleased();

  /// What there is to restore into.
  sealed interface Standing {
    /// Nothing yet.
    ///
    /// @param reason one word
    record Unready(String reason, String message) implements Standing {}

    /// An installation that has servers, or had them.
    record Present() implements Standing {}

    /// One that never had any, and waits for this restore before it makes some.
    record Empty() implements Standing {}
  }

  /// How far a safety backup is.
  sealed interface Saving {
    record Running(@Nullable String words) implements Saving {}

    record Done() implements Saving {}

    record Failed(String why) implements Saving {}
  }
}
