package dev.bothy.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// Tells the person at the terminal what is going on, a line at a time.
final class Progress {
  private static final double MILLIS = 1000.0;

  private final PrintStream out;

  Progress(PrintStream out) {
    this.out = out;
  }

  /// One thing that takes its time.
  interface Step<R> {
    R run() throws IOException, InterruptedException;
  }

  void say(String line) {
    out.println(line);
    out.flush();
  }

  /// Says what starts, and how long it took when it is done.
  <R> R step(String name, String what, Step<R> step) throws IOException, InterruptedException {
    say(String.format(Locale.ROOT, "  %-11s %s", name, what));
    long begin = System.nanoTime();
    R result = step.run();
    double seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / MILLIS;
    say(String.format(Locale.ROOT, "  %-11s ready after %.1f s", name, seconds));
    return result;
  }
}
