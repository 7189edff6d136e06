package dev.bothy.platform.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.header.HeaderWriter;

class TransportSecurityTest {
  private static final String HEADER = "Strict-Transport-Security";

  @ParameterizedTest
  @CsvSource({
    "https://bothy.example.com, false, true, false, max-age=63072000",
    "https://bothy.example.com, false, true, true, max-age=63072000 ; includeSubDomains",
    "https://bothy.example.com, true, false, true, ",
    "http://bothy.example.com, true, true, true, ",
    ", true, true, false, max-age=63072000",
    ", false, true, false, ",
  })
  void itIsSaidOnHttpsAddressesUnlessItIsSwitchedOff(
      @Nullable URI address,
      boolean byHttps,
      boolean hsts,
      boolean subdomains,
      @Nullable String value) {
    HeaderWriter writer =
        ResponseHeaders.transportSecurity(
            new InstallationSettings(address, "main", "Main", null, hsts, subdomains));
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setSecure(byHttps);
    MockHttpServletResponse response = new MockHttpServletResponse();

    writer.writeHeaders(request, response);

    assertThat(response.getHeader(HEADER)).isEqualTo(value);
  }
}
