package dev.bothy.platform.bin;

import dev.bothy.platform.console.FirstSteps;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Tells on the home page what leaves the bin soon, as the mail does where there is a relay.
@Component
class BinHome implements FirstSteps {
  private static final int FIRST = 5;

  private final BinDesk desk;
  private final Clock clock;

  BinHome(BinDesk desk, Clock clock) {
    this.desk = desk;
    this.clock = clock;
  }

  @Override
  public List<Step> steps(Viewer viewer) {
    if (!viewer.may(Role.ADMIN)) {
      return List.of();
    }
    return desk.list(viewer).stream()
        .filter(this::isSoon)
        .findFirst()
        .map(line ->
            List.of(
                new Step(
                    FIRST,
                    "Something leaves the bin soon",
                    "%s “%s” is deleted for good on %s. Until then it can be brought back."
                        .formatted(line.noun(), line.name(), line.goes()),
                    "Open the bin",
                    "/bin")))
        .orElse(List.of());
  }

  private boolean isSoon(BinLine line) {
    return !line.isGoing()
        && Optional.ofNullable(line.item().warnAt())
            .filter(at -> !at.isAfter(clock.instant()))
            .isPresent();
  }
}
