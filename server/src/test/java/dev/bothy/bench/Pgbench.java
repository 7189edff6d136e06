package dev.bothy.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bothy.testkit.RealParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// PostgreSQL's own load generator, doing the bare insert.
///
/// @param program the one that `PGBENCH` names, or the one on `PATH`
/// @param folder for its scripts and its logs
record Pgbench(Path program, Path folder) {
  /// How many rows go into one statement of [#batched].
  static final int BATCH = 64;

  /// Its clock runs while it connects, which takes PostgreSQL's password check so much of.
  private static final int CONNECTED_PER_SECOND = 30;

  static final String TABLE =
      """
      create table if not exists public.bare_delivery (
        delivery_id text primary key,
        payload bytea not null,
        received_at timestamptz not null default now()
      )\
      """;

  /// @param rows inserted per second
  /// @param latencies of the transactions
  record Result(double rows, Latencies latencies) {}

  static Optional<Pgbench> find(Path folder) {
    String named = System.getenv("PGBENCH");
    return (named == null ? RealParts.program("pgbench") : Optional.of(Path.of(named)))
        .map(program -> new Pgbench(program, folder));
  }

  String version() throws IOException, InterruptedException {
    Process process = new ProcessBuilder(program.toString(), "--version").start();
    String version = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    process.waitFor();
    return version;
  }

  /// One row, one commit.
  Result single(String address, int clients, int seconds, int payloadBytes)
      throws IOException, InterruptedException {
    String script =
        """
        \\set id random(1, 1000000000000000)
        insert into public.bare_delivery (delivery_id, payload) values ('Ev' || :id, :payload::bytea)
          on conflict do nothing;
        """;
    return run(
        "single",
        script,
        List.of("payload=" + "x".repeat(payloadBytes)),
        address,
        clients,
        seconds,
        1);
  }

  /// [#BATCH] rows from arrays, one commit.
  Result batched(String address, int clients, int seconds, int payloadBytes)
      throws IOException, InterruptedException {
    String script =
        """
        \\set id random(1, 1000000000000000)
        insert into public.bare_delivery (delivery_id, payload)
          select 'Ev' || :id || '-' || n, p::bytea from unnest(:numbers::int[], :payloads::text[]) as batch (n, p)
          on conflict do nothing;
        """;
    String numbers = String.join(",", IntStream.range(0, BATCH).mapToObj(String::valueOf).toList());
    String payloads =
        String.join(",", Stream.generate(() -> "x".repeat(payloadBytes)).limit(BATCH).toList());
    return run(
        "batched",
        script,
        List.of("numbers={" + numbers + "}", "payloads={" + payloads + "}"),
        address,
        clients,
        seconds,
        BATCH);
  }

  private Result run(
      String name,
      String script,
      List<String> variables,
      String address,
      int clients,
      int seconds,
      int rows)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path file = Files.writeString(folder.resolve(name + ".sql"), script);
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "-n",
                "-M",
                "prepared",
                "-f",
                file.toString(),
                "-c",
                String.valueOf(clients),
                "-j",
                String.valueOf(Math.min(clients, 2)),
                "-T",
                String.valueOf(seconds + clients / CONNECTED_PER_SECOND),
                "-l",
                "--log-prefix=" + folder.resolve("log")));
    variables.forEach(variable -> command.addAll(List.of("-D", variable)));
    command.add(address);
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("pgbench failed: " + Files.readString(output));
    }
    double transactions =
        Files.readAllLines(output).stream()
            .filter(line -> line.startsWith("tps = "))
            .mapToDouble(line -> Double.parseDouble(line.split(" ", 4)[2]))
            .findFirst()
            .orElse(0);
    return new Result(transactions * rows, new Latencies(logged()));
  }

  /// The third field of each line is the time in microseconds.
  private long[] logged() throws IOException {
    List<Path> logs;
    try (Stream<Path> files = Files.list(folder)) {
      logs = files.filter(file -> file.getFileName().toString().startsWith("log.")).toList();
    }
    long[] all =
        logs.stream()
            .flatMapToLong(log -> {
              try {
                return Files.readAllLines(log).stream()
                    .mapToLong(line -> Long.parseLong(line.split(" ", 4)[2]) * 1000);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
            .toArray();
    for (Path log : logs) {
      Files.delete(log);
    }
    return LongStream.of(all).toArray();
  }
}
