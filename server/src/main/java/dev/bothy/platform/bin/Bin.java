package dev.bothy.platform.bin;

import dev.bothy.platform.audit.Actor;
import java.time.Instant;
import java.util.Optional;

/// Where deleted things are until they are brought back or gone. Called within a transaction of the
/// workspace, by the module that owns the thing and has put it out of use itself; the line in the
/// audit log is that module's.
public interface Bin {
  /// The kind of a whole app of a workspace; the subject is its module id.
  String APP = "bin.app";

  /// The kind of the workspace itself; the subject is its id.
  String WORKSPACE = "bin.workspace";

  /// Something that is deleted now.
  ///
  /// @param kind of a [BinKind]
  /// @param subject its id within its kind, 1 to 60 characters
  /// @param app whose choice says how long it stays: a module id
  /// @param uninstalled whether the network ended it, and nobody here
  record Deleted(String kind, String subject, String app, Actor by, boolean uninstalled) {
    /// Deleted by somebody here.
    public Deleted(String kind, String subject, String app, Actor by) {
      this(kind, subject, app, by, false);
    }
  }

  /// Puts it in; of what is in already changes nothing.
  ///
  /// @return when it will be gone
  Instant put(Deleted deleted);

  /// Takes it out, because it was brought back.
  ///
  /// @return false if it is not in the bin, or its end has begun
  boolean takeOut(String kind, String subject);

  /// When it will be gone; empty if it is not in the bin.
  Optional<Instant> goesAt(String kind, String subject);

  /// Takes out all that an app had, because the app's rows are gone.
  void forget(String app);
}
