package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInRequestsTest {
  @ParameterizedTest
  @CsvSource({
    "/w/acme/rotations?day=1, /w/acme/rotations?day=1",
    "/, /",
    "//evil.test, /",
    "/\\evil.test, /",
    "https://evil.test, /",
    "'/\tevil', /",
    "'/a\r\nSet-Cookie: x', /",
    "'', /",
    ", /",
  })
  void afterSignInOneGoesToAPathOfThisServerAndNowhereElse(String wanted, String path) {
    assertThat(SignInRequests.localPath(wanted)).isEqualTo(path);
  }
}
