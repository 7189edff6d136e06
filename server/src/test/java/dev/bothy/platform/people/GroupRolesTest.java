package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupRolesTest {
  private static final SignOnSettings SETTINGS =
      new SignOnSettings(
          URI.create("https://login.test/realms/test"),
          null,
          "bothy",
          null,
          "groups",
          "bothy-owners",
          "bothy-admins",
          "bothy-members",
          java.util.List.of(),
          Duration.ofHours(12),
          Duration.ofHours(2));

  @ParameterizedTest
  @CsvSource({
    "bothy-owners, , OWNER",
    "bothy-admins|bothy-members, , ADMIN|MEMBER",
    "bothy-members, , MEMBER",
    "other, , ''",
    "'', , ''",
    "'', ada, OWNER",
    "'', ADA, OWNER",
    "'', ada@example.test, OWNER",
    "'', adam, ''",
    "'', '  ', ''",
  })
  void groupsAndTheFirstOwnersNameGiveRoles(
      String groups, @Nullable String firstOwner, String roles) {
    Claims claims =
        new Claims(
            "i", "s", "Ada", "ada", "Ada@example.test", Set.of(groups.split("\\|")), null, null);
    assertThat(GroupRoles.of(claims, SETTINGS, installation(firstOwner)))
        .isEqualTo(
            Arrays.stream(roles.split("\\|"))
                .filter(role -> !role.isEmpty())
                .map(Role::valueOf)
                .collect(Collectors.toSet()));
  }

  @Test
  void anUnverifiedAddressMakesNobodyOwner() {
    Claims claims = new Claims("i", "s", "Eve", "eve", null, Set.of(), null, null);
    assertThat(GroupRoles.of(claims, SETTINGS, installation("ada@example.test"))).isEmpty();
  }

  private static InstallationSettings installation(@Nullable String firstOwner) {
    return new InstallationSettings(null, "main", "Main", firstOwner, true, false);
  }
}
