package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bothy.testkit.RealParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Bolt for JavaScript, installed from the lock file into the work folder.
final class BoltPackages {
  static final Path WORK = Path.of("target/bolt");

  private static final Path SCRIPT = Path.of("src/test/node/bolt");

  private BoltPackages() {}

  /// The program that runs the scripts in [#WORK]; where there is none, the calling test is skipped
  /// loudly (or fails in CI).
  static Path node(String untested) throws IOException, InterruptedException {
    Optional<Path> node = RealParts.program("node");
    Optional<Path> npm = RealParts.program("npm");
    String wanted = "Node.js 20 or newer with npm";
    RealParts.require(node.isPresent() && npm.isPresent(), untested, wanted);
    RealParts.require(nodeMajor(node.orElseThrow()) >= 20, untested, wanted);
    RealParts.require(
        installed(npm.orElseThrow()),
        untested,
        "the packages of server/src/test/node/bolt (npm ci failed, see server/target/bolt/npm.log)");
    return node.orElseThrow();
  }

  private static int nodeMajor(Path node) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(node.toString(), "--version").start();
    String version = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    process.waitFor();
    return version.matches("v\\d+\\..*")
        ? Integer.parseInt(version.substring(1).split("\\.")[0])
        : 0;
  }

  /// Copies the package files into the work folder and installs exactly the locked versions there,
  /// unless that was done for this very lock file.
  private static boolean installed(Path npm) throws IOException, InterruptedException {
    Files.createDirectories(WORK);
    Path lockInstalled = WORK.resolve("node_modules/.installed-lock.json");
    for (String name : List.of("package.json", "package-lock.json", "app.mjs", "socket.mjs")) {
      Files.copy(SCRIPT.resolve(name), WORK.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    Path lock = WORK.resolve("package-lock.json");
    if (Files.exists(lockInstalled) && Files.mismatch(lock, lockInstalled) == -1) {
      return true;
    }
    Process process =
        new ProcessBuilder(npm.toString(), "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            .directory(WORK.toFile())
            .redirectErrorStream(true)
            .redirectOutput(WORK.resolve("npm.log").toFile())
            .start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      return false;
    }
    if (process.exitValue() != 0) {
      return false;
    }
    Files.copy(lock, lockInstalled, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }
}
