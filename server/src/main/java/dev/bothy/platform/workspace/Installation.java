package dev.bothy.platform.workspace;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// What kind of installation this server belongs to (`bothy.installation.*`).
///
/// @param mode `bothy.installation.mode`: `embedded`, `trial` or `production`, which it is unless
///   told
/// @param rehearsal `bothy.installation.rehearsal`: whether this is a copy of an installation that
///   is thrown away afterwards, as in a drill. It changes nothing outside of its database: keys at
///   the provider are neither rotated nor destroyed, and what it writes into the store is kept in
///   memory
@ConfigurationProperties("bothy.installation")
@Validated
public record Installation(
    @DefaultValue("production")
        @NotNull(message = "bothy.installation.mode must be embedded, trial or production")
        Mode mode,
    @DefaultValue("false") boolean rehearsal) {
  @ConstructorBinding
  public Installation {}

  /// One that is no rehearsal.
  public Installation(Mode mode) {
    this(mode, false);
  }

  /// Where the server runs.
  public enum Mode {
    /// On one machine, with a database and a sign-on that it started itself: to try Bothy out.
    EMBEDDED,
    /// In a cluster with a database and a sign-on that the chart started, to try Bothy out: links
    /// may be unencrypted and the key may lie in a file.
    TRIAL,
    /// For real: what is convenient but weak is refused.
    PRODUCTION
  }

  /// Whether what is convenient but weak must be refused.
  public boolean production() {
    return mode == Mode.PRODUCTION;
  }
}
