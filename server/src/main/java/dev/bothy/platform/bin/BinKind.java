package dev.bothy.platform.bin;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.kernel.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How things of one kind are deleted, brought back and made gone; a bean of the module that owns
/// them. Every method but [#kind], [#noun] and [#onlyOwners] is called within a transaction of the
/// workspace, and writes its own line in the audit log.
public interface BinKind {
  /// Its name, as the audit log names such a subject, e.g. `rotations.rotation`; stored, so it
  /// never changes.
  String kind();

  /// What such a thing is called, e.g. `Rotation`.
  String noun();

  /// What people call this one, in the bin or not; empty if there is none.
  Optional<String> name(String subject);

  /// Whether only owners may; else admins may as well.
  default boolean onlyOwners() {
    return false;
  }

  /// The apps whose choice says how long such things stay: module ids.
  default List<String> apps() {
    return List.of(kind().substring(0, kind().indexOf('.')));
  }

  /// Whose keys must live so that it is of use when it is brought back; a module id or `platform`.
  String keyOwner(String subject);

  /// What one loses when it goes, a sentence or two.
  String loss();

  /// Puts it out of use and into the bin.
  Moved putAway(String subject, Actor actor);

  /// Puts it to use again as it was, and takes it out of the bin.
  Moved bringBack(String subject, Actor actor);

  /// Ends it for good. Called again while it is under way, with [BinItem#begunAt] set.
  End end(BinItem item, Actor actor, Instant now);

  /// What became of putting it away or bringing it back.
  sealed interface Moved {
    /// It is done.
    record Done() implements Moved {}

    /// There is none, or it is there already.
    record Unknown() implements Moved {}

    /// Nothing was changed.
    record Refused(Problem problem) implements Moved {}
  }

  /// What became of ending it.
  sealed interface End {
    /// All of it is gone.
    record Gone() implements End {}

    /// It has begun, and goes on by itself.
    ///
    /// @param lookAgain when it may be gone
    record UnderWay(Instant lookAgain) implements End {}
  }
}
