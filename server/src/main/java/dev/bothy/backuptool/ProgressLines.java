package dev.bothy.backuptool;

import dev.bothy.platform.backup.BackupProgress;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/// Says how far long work is: a line for programs, as often as once in a second. The operator reads
/// the last one from the pod's log.
public final class ProgressLines implements BackupProgress {
  /// What begins such a line.
  public static final String PREFIX = "BOTHY-PROGRESS ";

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final PrintStream out;
  private String phase = "";
  private long last;

  public ProgressLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized void at(String nowIn, int percent, String message) {
    long now = System.nanoTime();
    if (nowIn.equals(phase) && now - last < PAUSE_NANOS) {
      return;
    }
    phase = nowIn;
    last = now;
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("phase", nowIn);
    line.put("percent", percent);
    line.put("message", message);
    out.println(PREFIX + JSON.writeValueAsString(line));
    out.flush();
  }
}
