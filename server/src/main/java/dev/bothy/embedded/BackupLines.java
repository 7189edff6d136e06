package dev.bothy.embedded;

import dev.bothy.backuptool.ProgressLines;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a command says, for a person: its lines as they are, and how far it is on one line that is
/// written over. Where that is not possible, as in a file, each phase gets one line.
final class BackupLines extends OutputStream {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// Back to the line's begin, and what stands there away.
  private static final String CLEAR = "\r\u001b[K";

  /// Longer than this it would break into two lines on a usual terminal.
  private static final int WIDTH = 76;

  private final PrintStream out;
  private final boolean terminal;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private String phase = "";
  private boolean shown;

  /// @param terminal whether a line can be written over
  BackupLines(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  PrintStream stream() {
    return new PrintStream(this, true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int b) {
    if (b == '\n') {
      String text = line.toString(StandardCharsets.UTF_8);
      line.reset();
      say(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    } else {
      line.write(b);
    }
  }

  private void say(String text) {
    if (text.startsWith(ProgressLines.PREFIX)) {
      progress(JSON.readTree(text.substring(ProgressLines.PREFIX.length())));
      return;
    }
    if (shown) {
      out.print(CLEAR);
      shown = false;
    }
    out.println(text);
    out.flush();
  }

  private void progress(JsonNode at) {
    String now = at.path("phase").asString("");
    String message = at.path("message").asString("");
    if (terminal) {
      String text =
          message.isEmpty()
              ? "  " + now
              : String.format(
                  Locale.ROOT, "  %-10s %3d %%  %s", now, at.path("percent").asInt(), message);
      out.print(CLEAR + (text.length() <= WIDTH ? text : text.substring(0, WIDTH)));
      shown = true;
    } else if (!now.equals(phase) && !message.isEmpty()) {
      out.println("  " + now);
    }
    phase = now;
    out.flush();
  }
}
