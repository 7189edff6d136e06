package dev.bothy.platform.egress;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/// No code of the server calls out around the egress module. The embedded run is left out: it
/// starts and probes its own parts on loopback before there is a server. So is the drill, which
/// visits the server that it booted in its own process, as a browser would.
class OneWayOutTest {
  private static final String CLIENTS =
      "org\\.apache\\.hc\\..*"
          + "|java\\.net\\.http\\..*"
          + "|org\\.eclipse\\.jetty\\..*"
          + "|jakarta\\.websocket\\..*"
          + "|org\\.apache\\.tomcat\\.websocket\\..*"
          + "|org\\.springframework\\.web\\.socket\\..*"
          + "|java\\.net\\.(Http)?URLConnection"
          + "|java\\.net\\.Socket"
          + "|software\\.amazon\\.awssdk\\.http\\.(apache5?|crt|nio|urlconnection)\\..*"
          // A context or an exception opens nothing; what the one makes is of a type that is not
          // excepted.
          + "|javax\\.net\\.(?!ssl\\.(SSLContext|HostnameVerifier|SSLException)$).*"
          + "|java\\.nio\\.channels\\.(Asynchronous)?SocketChannel"
          + "|org\\.springframework\\.boot\\.(restclient|http\\.client)\\..*"
          + "|org\\.springframework\\.http\\.client\\..+ClientHttpRequestFactory";

  @Test
  void everyOutboundCallOfTheServerPassesTheEgressModule() {
    allCallsPass("dev.bothy.platform.egress..", "dev.bothy.embedded..", "dev.bothy.drill..")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.bothy"));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        JdkClient.class,
        JettyWebSocket.class,
        TomcatWebSocket.class,
        PlainSocket.class,
        OpenedUrl.class,
        OwnFactory.class,
        OwnRestClient.class,
        OwnRestTemplate.class,
      })
  void aClassThatGoesAroundItIsFound(Class<?> offender) {
    assertThatThrownBy(
            () -> allCallsPass("none").check(new ClassFileImporter().importClasses(offender)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("every outbound call passes Egress");
  }

  private static ArchRule allCallsPass(String... exceptIn) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(exceptIn)
        .should()
        .dependOnClassesThat()
        .haveNameMatching(CLIENTS)
        .orShould()
        .callMethod(RestClient.class, "create")
        .orShould()
        .callMethod(RestClient.class, "create", String.class)
        .orShould()
        .callMethod(RestClient.class, "builder")
        .orShould()
        .callConstructor(RestTemplate.class)
        .orShould()
        .callMethod(URL.class, "openStream")
        .orShould()
        .callMethod(URL.class, "openConnection")
        .because("every outbound call passes Egress.restClient, requestFactory or webSockets");
  }

  static class JdkClient {
    HttpClient client() {
      return HttpClient.newHttpClient();
    }
  }

  static class JettyWebSocket {
    WebSocketClient client() {
      return new WebSocketClient();
    }
  }

  static class TomcatWebSocket {
    WebSocketContainer client() {
      return ContainerProvider.getWebSocketContainer();
    }
  }

  static class PlainSocket {
    Socket socket() {
      return new Socket();
    }
  }

  static class OpenedUrl {
    InputStream stream(URI address) throws IOException {
      return address.toURL().openStream();
    }
  }

  static class OwnFactory {
    RestClient client() {
      return RestClient.create(new RestTemplate(new SimpleClientHttpRequestFactory()));
    }
  }

  static class OwnRestClient {
    RestClient client() {
      return RestClient.create();
    }
  }

  static class OwnRestTemplate {
    RestTemplate template() {
      return new RestTemplate();
    }
  }
}
