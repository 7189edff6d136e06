package dev.bothy.platform.recovery;

import dev.bothy.platform.console.PageBanner;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Says above every page that work is held after a restore.
@Component
class RecoveryBanner implements PageBanner {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final RecoveryState state;

  RecoveryBanner(RecoveryState state) {
    this.state = state;
  }

  @Override
  public Optional<Banner> now(Viewer viewer) {
    return state
        .newest()
        .flatMap(recovery ->
            switch (recovery.state()) {
              case PREPARING -> Optional.of(banner(recovery, "It is being prepared.", viewer));
              case HELD ->
                  Optional.of(
                      banner(
                          recovery,
                          "Nothing is handled or sent until an owner or admin says go.",
                          viewer));
              case RELEASED -> Optional.empty();
            });
  }

  private static Banner banner(Recovery recovery, String what, Viewer viewer) {
    boolean mayLook = viewer.may(Role.ADMIN, Role.AUDITOR);
    return new Banner(
        "Restored from the backup of %s. %s".formatted(time(recovery.backupTakenAt()), what),
        "See what was restored",
        mayLook ? "/recovery" : "");
  }

  private static String time(Instant at) {
    return TIME.format(at);
  }
}
