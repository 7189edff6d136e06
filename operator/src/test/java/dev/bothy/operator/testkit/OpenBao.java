package dev.bothy.operator.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/// A real OpenBao, in memory and empty, as `scripts/vaults` brings it.
public final class OpenBao implements AutoCloseable {
  public static final String ROOT = "root-of-the-tests";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path CACHE =
      Path.of(System.getProperty("user.home"), ".cache", "bothy", "vaults");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final String address;

  private OpenBao(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  public static OpenBao start(String whatIsNotTested) throws IOException {
    RealParts.require(
        program() != null, whatIsNotTested, "what `scripts/vaults openbao` asks for, and run that");
    String listens;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listens = "127.0.0.1:" + free.getLocalPort();
    }
    Path log = Files.createTempFile("bothy-openbao", ".log");
    Process process =
        new ProcessBuilder(
                String.valueOf(program()),
                "server",
                "-dev",
                "-dev-no-store-token",
                "-dev-root-token-id=" + ROOT,
                "-dev-listen-address=" + listens)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    OpenBao started = new OpenBao(process, "http://" + listens);
    Eventually.holds(() -> {
      if (started.call(ROOT, "GET", "sys/health", Map.of()).statusCode() != 200) {
        throw new AssertionError("OpenBao does not answer; see " + log);
      }
    });
    return started;
  }

  /// A folder in which the program is called as people call it.
  public static Path path() throws IOException {
    Path folder = Files.createTempDirectory("bothy-bao");
    Files.createSymbolicLink(folder.resolve("bao"), Path.of(String.valueOf(program())));
    return folder;
  }

  public String address() {
    return address;
  }

  /// What lies there, by the root's right.
  public JsonNode read(String path) {
    return json(well(call(ROOT, "GET", path, Map.of()))).path("data");
  }

  /// What it answers to the root.
  public JsonNode write(String path, Map<String, ?> content) {
    return json(well(call(ROOT, "POST", path, content)));
  }

  public HttpResponse<String> call(String token, String method, String path, Map<String, ?> given) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(address + "/v1/" + path))
              .timeout(Duration.ofSeconds(30))
              .header("X-Vault-Token", token)
              .method(
                  method,
                  given.isEmpty()
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofString(JSON.writeValueAsString(given)))
              .build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    process.destroyForcibly().onExit().join();
  }

  private static String well(HttpResponse<String> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(answer.uri() + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.isEmpty() ? "{}" : text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path program() {
    try (Stream<Path> files = Files.list(CACHE)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("openbao-"))
          .filter(Files::isExecutable)
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      return null;
    }
  }
}
