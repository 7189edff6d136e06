package dev.bothy.platform.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against real JVMs: one that trains a cache, and those that use it or cannot.
class AotCacheTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void train() throws Exception {
    try (OutputStream file = Files.newOutputStream(folder.resolve("probe.jar"));
        JarOutputStream jar = new JarOutputStream(file)) {
      for (Class<?> each : List.of(AotCache.class, AotCacheProbe.class)) {
        String name = each.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(name));
        try (InputStream content = each.getClassLoader().getResourceAsStream(name)) {
          content.transferTo(jar);
        }
      }
    }
    java("-XX:AOTCacheOutput=" + folder.resolve("cache"));
  }

  @Test
  void aCacheThatFitsIsInUse() throws Exception {
    assertThat(java("-XX:AOTCache=" + folder.resolve("cache"))).contains("in use: true");
  }

  @Test
  void withoutACacheNoneIs() throws Exception {
    assertThat(java()).contains("in use: false");
  }

  @Test
  void aCacheThatTheJvmLeavesAsideIsNot() throws Exception {
    assertThat(java("-XX:AOTCache=" + folder.resolve("cache"), "-XX:+UseCompactObjectHeaders"))
        .contains("in use: false");
    assertThat(java("-XX:AOTCache=" + folder.resolve("none"))).contains("in use: false");
  }

  private static String java(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", folder.resolve("probe.jar").toString(), AotCacheProbe.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
