package dev.bothy.platform.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What an admin is told of a permission that is asked for, granted and used, or only some of
/// these.
class SlackScopeUseTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(200));
  private static final List<SlackManifest.Scope> ASKED =
      List.of(
          new SlackManifest.Scope("chat:write", List.of("duty: Posts its card.")),
          new SlackManifest.Scope("users:read", List.of("duty: Shows names.")));

  @Test
  void whatIsAskedGrantedAndUsedNeedsNothing() {
    assertThat(advice("chat:write", Set.of("chat:write"), LONG_AGO, true)).isEmpty();
  }

  @Test
  void whatIsAskedAndNotGrantedNeedsAnInstallation() {
    assertThat(advice("chat:write", Set.of(), NOW, false)).contains("install the app again");
  }

  @Test
  void whatNobodyAsksForIsToBeRemoved() {
    assertThat(advice("files:read", Set.of("files:read"), NOW, false)).contains("remove it");
  }

  @Test
  void whatLetsAMessageBeLookedUpMayStay() {
    assertThat(advice("channels:history", Set.of("channels:history"), LONG_AGO, false))
        .contains("Optional");
  }

  @Test
  void whatWasNotUsedForLongIsToBeRemovedUnlessTheConnectionIsYoung() {
    assertThat(advice("users:read", Set.of("users:read"), NOW, false)).isEmpty();
    assertThat(advice("users:read", Set.of("users:read"), LONG_AGO, false)).contains("90 days");
  }

  @Test
  void whereItCannotBeSeenWhetherItIsUsedNothingIsSaidOfIt() {
    List<SlackManifest.Scope> asked =
        List.of(new SlackManifest.Scope("chat:write.public", List.of("duty: Posts anywhere.")));

    SlackScopeUse use =
        SlackScopeUse.of(asked, Set.of("chat:write.public"), Map.of(), LONG_AGO, NOW).getFirst();

    assertThat(use.advice()).isEmpty();
    assertThat(use.useIsSeen()).isFalse();
  }

  private static String advice(
      String scope, Set<String> granted, Instant connectedAt, boolean used) {
    Map<String, Instant> seen =
        used ? Map.of(SlackActivity.ofScope(scope), NOW.minusSeconds(60)) : Map.of();
    return SlackScopeUse.of(ASKED, granted, seen, connectedAt, NOW).stream()
        .filter(use -> use.name().equals(scope))
        .findFirst()
        .orElseThrow()
        .advice();
  }
}
