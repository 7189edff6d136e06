package dev.bothy.platform.bin;

import dev.bothy.platform.kernel.PersonId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something in the bin.
///
/// @param kind of a [BinKind]
/// @param subject its id within its kind
/// @param app whose choice says how long it stays
/// @param uninstalled whether the network ended it, and nobody here
/// @param deletedBy null for Bothy itself, and for an account of a chat network
/// @param warnedAt when its end was announced; null until then
/// @param begunAt when its end began, after which it cannot be brought back; null until then
public record BinItem(
    UUID id,
    String kind,
    String subject,
    String app,
    boolean uninstalled,
    @Nullable PersonId deletedBy,
    Instant deletedAt,
    Instant goesAt,
    @Nullable Instant warnedAt,
    @Nullable Instant begunAt) {
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Duration THREE_DAYS = Duration.ofDays(3);

  /// When its end is announced; null for what stays too short a time.
  @Nullable Instant warnAt() {
    Duration stays = Duration.between(deletedAt, goesAt);
    if (kind.equals(Bin.WORKSPACE) && stays.compareTo(THREE_DAYS) > 0) {
      return goesAt.minus(THREE_DAYS);
    }
    return stays.compareTo(A_DAY) > 0 ? goesAt.minus(A_DAY) : null;
  }

  /// When it goes, in words.
  public String goes() {
    return Resting.inWords(goesAt);
  }

  BinItem goingAt(Instant other) {
    return new BinItem(
        id, kind, subject, app, uninstalled, deletedBy, deletedAt, other, warnedAt, begunAt);
  }
}
