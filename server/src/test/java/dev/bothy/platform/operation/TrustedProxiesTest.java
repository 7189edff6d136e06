package dev.bothy.platform.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.testkit.Http;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

class TrustedProxiesTest {
  private static final String[] HEADERS = {
    "X-Forwarded-For", "203.0.113.9, 198.51.100.7, 10.1.2.3",
    "X-Forwarded-Proto", "https",
    "X-Forwarded-Host", "bothy.example.com",
    "X-Forwarded-Port", "8443",
  };

  private @Nullable WebServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop();
    }
  }

  @Test
  void withoutATrustedProxyTheHeadersAreIgnored() {
    assertThat(seen()).startsWith("127.0.0.1 http 127.0.0.1:");
  }

  @Test
  void fromSomebodyElseTheHeadersAreIgnored() {
    assertThat(seen("10.0.0.0/8", "fd00::/8")).startsWith("127.0.0.1 http 127.0.0.1:");
  }

  @Test
  void aTrustedProxyIsBelievedAndTheClientIsTheLastThatIsNoProxy() {
    assertThat(seen("127.0.0.0/8", " 10.0.0.0/8"))
        .isEqualTo("198.51.100.7 https bothy.example.com:8443");
  }

  @Test
  void whatIsBehindAnUntrustedHopIsNotBelieved() {
    assertThat(seen("127.0.0.1/32")).startsWith("10.1.2.3 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "::1/129", "proxy/8", "10.0.0.0/8/8", ".*"})
  void whatIsNoRangeStopsTheStart(String written) {
    assertThatThrownBy(() -> seen(written))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("bothy.installation.trusted-proxies")
        .hasMessageContaining(written);
  }

  private String seen(String... ranges) {
    TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
    new TrustedProxies(List.of(ranges)).customize(factory);
    WebServer started = factory.getWebServer(new ServletRegistrationBean<>(new Echo(), "/*"));
    server = started;
    started.start();
    return Http.onPort(started.getPort()).get("/", HEADERS).body();
  }

  private static final class Echo extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response
          .getWriter()
          .print(
              request.getRemoteAddr()
                  + " "
                  + request.getScheme()
                  + " "
                  + request.getServerName()
                  + ":"
                  + request.getServerPort());
    }
  }
}
