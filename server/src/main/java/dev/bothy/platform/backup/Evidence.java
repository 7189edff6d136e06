package dev.bothy.platform.backup;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a drill or a verification found, kept in the store beside the backups.
///
/// @param id by which the evidence is found; begins with its time
/// @param kind `drill` or `verify`
/// @param backup which backup it is about
/// @param installation whose backup that is
/// @param good whether every check passed
/// @param checks in the order in which they were made
public record Evidence(
    String id,
    String kind,
    String backup,
    UUID installation,
    Instant startedAt,
    Instant endedAt,
    boolean good,
    List<Check> checks) {
  public static final String DRILL = "drill";
  public static final String VERIFY = "verify";

  private static final JsonMapper JSON = JsonMapper.shared();

  public Evidence {
    checks = List.copyOf(checks);
  }

  /// One thing that was looked at.
  ///
  /// @param result PASS or FAIL
  /// @param message what was found, with counts
  /// @param millis how long it took
  public record Check(String name, String result, String message, long millis) {
    public static final String PASS = "PASS";
    public static final String FAIL = "FAIL";

    public boolean passed() {
      return result.equals(PASS);
    }
  }

  public long seconds() {
    return Math.max(0, endedAt.getEpochSecond() - startedAt.getEpochSecond());
  }

  String key() {
    return Layout.EVIDENCE + id.substring(0, 4) + "/" + id + ".json";
  }

  byte[] json() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
  }

  /// @return empty if it is none
  static Optional<Evidence> read(byte[] json) {
    try {
      Evidence read = JSON.readValue(json, Evidence.class);
      return Optional.ofNullable(read).filter(each -> Objects.nonNull(each.backup()));
    } catch (JacksonException | NullPointerException e) {
      return Optional.empty();
    }
  }
}
