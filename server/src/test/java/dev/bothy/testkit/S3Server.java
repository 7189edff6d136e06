package dev.bothy.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A real S3 server as a process of its own: s3proxy, which keeps its buckets as folders and each
/// object as a file at its key.
public final class S3Server implements AutoCloseable {
  /// What virtual style puts the bucket before: `bothy.s3.test`, which no DNS knows.
  public static final String VIRTUAL_HOST = "s3.test";

  private static final String BUCKET = "bothy";
  private static final String ACCESS_KEY = "access-key-of-the-tests";
  private static final String SECRET_KEY = "secret-key-of-the-tests";
  private static final List<String> SMALL = List.of("-XX:TieredStopAtLevel=1", "-Xmx256m");
  private static @Nullable S3Server shared;

  private final Process process;
  private final int port;
  private final Path folder;
  private final Path log;

  private S3Server(Process process, int port, Path folder, Path log) {
    this.process = process;
    this.port = port;
    this.folder = folder;
    this.log = log;
  }

  /// The one that all tests share: who uses it takes a prefix of its own, and stops it never.
  public static synchronized S3Server shared() {
    S3Server known = shared;
    if (known == null) {
      known = start();
      shared = known;
    }
    return known;
  }

  /// Another one, with its bucket in a new folder.
  public static S3Server start() {
    try {
      return start(Files.createTempDirectory("bothy-s3"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Another one with its buckets in this folder, made if it is not there.
  public static S3Server start(Path folder) {
    return start(folder, ServerProcess.freePort(), SMALL, false);
  }

  /// Another one, which takes the bucket from the host's name, before [#VIRTUAL_HOST].
  public static S3Server virtual(Path folder) {
    return start(folder, ServerProcess.freePort(), SMALL, true);
  }

  /// Another one at this port of loopback, with these options of its JVM.
  public static S3Server start(Path folder, int port, List<String> options) {
    return start(folder, port, options, false);
  }

  private static S3Server start(Path folder, int port, List<String> options, boolean virtual) {
    Path program = Path.of(System.getProperty("bothy.s3proxy.jar", "s3proxy.jar"));
    RealParts.require(
        Files.isRegularFile(program),
        "backups in S3-compatible storage",
        "s3proxy by Maven, and give its path as -Dbothy.s3proxy.jar");
    try {
      Files.createDirectories(folder.resolve(BUCKET));
      Path settings =
          Files.writeString(
              Files.createTempFile("bothy-s3", ".properties"),
              """
              s3proxy.authorization=aws-v2-or-v4
              s3proxy.endpoint=http://127.0.0.1:%d
              %s
              s3proxy.identity=%s
              s3proxy.credential=%s
              jclouds.provider=filesystem-nio2
              jclouds.filesystem.basedir=%s
              """
                  .formatted(
                      port,
                      virtual ? "s3proxy.virtual-host=" + VIRTUAL_HOST : "",
                      ACCESS_KEY,
                      SECRET_KEY,
                      folder));
      Path log = Files.createTempFile("bothy-s3", ".log");
      List<String> command =
          new ArrayList<>(
              List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
      command.addAll(options);
      command.addAll(
          List.of(
              "-XX:+UseSerialGC", "-jar", program.toString(), "--properties", settings.toString()));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      S3Server server = new S3Server(process, port, folder, log);
      await().atMost(Duration.ofMinutes(1)).until(server::answersOrEnded);
      if (!process.isAlive()) {
        throw new IllegalStateException("s3proxy did not start:\n" + Files.readString(log));
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public int port() {
    return port;
  }

  public String bucket() {
    return BUCKET;
  }

  public String accessKey() {
    return ACCESS_KEY;
  }

  public String secretKey() {
    return SECRET_KEY;
  }

  /// Has a folder for each bucket; below it each object is a file, at its key.
  public Path folder() {
    return folder;
  }

  /// What lets a server of Bothy's store there, each `name=value`; `127.0.0.1` must be on-premises.
  ///
  /// @param prefix empty for none
  /// @param region one that its egress allows
  public List<String> settings(String prefix, String region) {
    return List.of(
        "bothy.storage.kind=s3",
        "bothy.storage.endpoint=" + endpoint(),
        "bothy.storage.bucket=" + BUCKET,
        "bothy.storage.prefix=" + prefix,
        "bothy.storage.access-key=" + ACCESS_KEY,
        "bothy.storage.secret-key=" + SECRET_KEY,
        "bothy.storage.region=" + region);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private boolean answersOrEnded() {
    if (!process.isAlive()) {
      return true;
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      client.send(
          HttpRequest.newBuilder(endpoint()).build(), HttpResponse.BodyHandlers.discarding());
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What it has written so far.
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
