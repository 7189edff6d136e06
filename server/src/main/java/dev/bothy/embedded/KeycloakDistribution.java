package dev.bothy.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Keycloak's programs, unpacked once into the cache and built there for the way they are used
/// here.
///
/// Keycloak generates code for its chosen database and features before it starts. Done once in the
/// cache, that takes more time than a start but is never needed again: a start of the development
/// mode from a fresh archive spends more than twice the processor time of a start from here.
///
/// @param folder only read from then on; each server has a home of its own, see [#makeHome]
record KeycloakDistribution(Path folder) {
  /// Names the archive `keycloak-quarkus-dist-<version>.zip`, which the build fetches.
  static final String ARCHIVE = "bothy.keycloak.archive";

  private static final List<String> BUILD =
      List.of(
          "build",
          "--db=dev-file",
          "--features-disabled=ciba,device-flow,kerberos,kubernetes-service-accounts,organization,"
              + "par,step-up-authentication-saml");

  /// The compiler that starts fast, and the collector that needs least: a start costs a good half
  /// of the processor time that Keycloak's own choice takes.
  static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  static KeycloakDistribution unpacked() throws IOException {
    String named = System.getProperty(ARCHIVE, "");
    Path archive = Path.of(named);
    if (named.isEmpty() || !Files.isRegularFile(archive)) {
      throw new IOException(
          "The system property "
              + ARCHIVE
              + " must name Keycloak's archive, but is '"
              + named
              + "'");
    }
    String name =
        archive.getFileName().toString().replace("-quarkus-dist", "").replaceFirst("\\.zip$", "")
            + "-"
            + Integer.toHexString(BUILD.hashCode());
    return new KeycloakDistribution(
        Cache.once(
            name,
            empty -> {
              Archives.unpackZipWithoutTopFolder(archive, empty);
              build(empty);
            }));
  }

  private static void build(Path unpacked) throws IOException {
    Programs.run(
        Stream.concat(Stream.of(unpacked.resolve("bin/kc.sh").toString()), BUILD.stream()).toList(),
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "JAVA_OPTS_APPEND",
            "-XX:TieredStopAtLevel=1"));
  }

  /// A home for one server: the programs are links into the cache, `conf` and `data` are its own.
  void makeHome(Path home) throws IOException {
    Files.createDirectories(home.resolve("data"));
    Files.createDirectories(home.resolve("conf"));
    for (String part : List.of("lib", "providers", "themes")) {
      Path link = home.resolve(part);
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, folder.resolve(part));
    }
  }

  /// The command line that `kc.sh` would arrive at. The script itself stays out of it, so that the
  /// process that is started is the one to end.
  List<String> command(Path home, String... arguments) {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms64m",
            "-Xmx384m",
            "-XX:MetaspaceSize=96m",
            "-XX:MaxMetaspaceSize=256m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dfile.encoding=UTF-8",
            "-Duser.language=en",
            "-Duser.country=US",
            "-Dkc.home.dir=" + home,
            "-Djboss.server.config.dir=" + home.resolve("conf"),
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            "-Dpicocli.disable.closures=true",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED");
    List<String> entry =
        List.of(
            "-cp",
            home.resolve("lib/quarkus-run.jar").toString(),
            "io.quarkus.bootstrap.runner.QuarkusEntryPoint");
    return Stream.of(java, QUICK_START, entry, List.of(arguments)).flatMap(List::stream).toList();
  }
}
