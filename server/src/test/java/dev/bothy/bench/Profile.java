package dev.bothy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/// Where a server's processor time goes, from its flight recorder.
final class Profile {
  /// Which part of the server a frame belongs to, by the first that fits; the stack is read from
  /// the bottom, so that what a part calls counts as that part's.
  private static final String[][] PARTS = {
    {"dev.bothy.platform.work.GroupCommit", "inbox: writing batches"},
    {"dev.bothy.platform.work.DurableInbox", "inbox: sealing and queueing"},
    {"dev.bothy.platform.chat.slack.SlackSignature", "Slack: signature"},
    {"dev.bothy.platform.chat.EventIntake", "chat: event to inbox row"},
    {"dev.bothy.platform.chat.Connections", "chat: connections"},
    {"dev.bothy.platform.workspace.Workspaces", "workspace transaction"},
    {"dev.bothy.platform.chat.slack.SlackSecrets", "Slack: secrets"},
    {"dev.bothy.platform.chat.slack", "Slack: reading the request"},
    {"dev.bothy.platform.work", "work: claim, handle, complete"},
    {"org.springframework.web.servlet", "Spring MVC"},
    {"org.springframework.security", "Spring Security"},
    {"org.springframework.web.filter", "servlet filters"},
    {"org.apache", "Tomcat"},
    {"org.springframework.scheduling", "scheduled tasks"},
    {"com.zaxxer", "connection pool"},
    {"jdk.internal.vm", "virtual threads"},
    {"java.util.concurrent", "thread pools"},
  };

  private final long process;
  private final Path file;

  private Profile(long process, Path file) {
    this.process = process;
    this.file = file;
  }

  static Profile start(long process, Path file) throws IOException, InterruptedException {
    Profile profile = new Profile(process, file.toAbsolutePath());
    Path settings =
        Files.writeString(
            profile.file.resolveSibling("bench.jfc"),
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <configuration version="2.0">
              <event name="jdk.CPUTimeSample">
                <setting name="enabled">true</setting>
                <setting name="throttle">5ms</setting>
              </event>
            </configuration>
            """);
    profile.command("JFR.start", "name=bench", "settings=" + settings);
    return profile;
  }

  /// Lines to show: the share of each part, then the methods that were on top.
  List<String> stop() throws IOException, InterruptedException {
    command("JFR.stop", "name=bench", "filename=" + file);
    Map<String, Integer> parts = new HashMap<>();
    Map<String, Integer> tops = new HashMap<>();
    int all = 0;
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        if (!event.getEventType().getName().equals("jdk.CPUTimeSample")) {
          continue;
        }
        all++;
        List<RecordedFrame> frames =
            event.getStackTrace() == null ? List.of() : event.getStackTrace().getFrames();
        parts.merge(part(frames), 1, Integer::sum);
        if (!frames.isEmpty()) {
          RecordedFrame top = frames.getFirst();
          tops.merge(
              top.getMethod().getType().getName() + "." + top.getMethod().getName(),
              1,
              Integer::sum);
        }
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(all + " samples of Java code");
    lines.addAll(highest(parts, all, 25));
    lines.add("on top:");
    lines.addAll(highest(tops, all, 25));
    return lines;
  }

  private static String part(List<RecordedFrame> frames) {
    // From the top down to the first frame that names a part by its package's own class.
    for (String[] part : PARTS) {
      for (RecordedFrame frame : frames) {
        if (frame.getMethod().getType().getName().startsWith(part[0])) {
          return part[1];
        }
      }
    }
    return frames.isEmpty()
        ? "no stack"
        : "other: " + frames.getLast().getMethod().getType().getName();
  }

  private static List<String> highest(Map<String, Integer> counts, int all, int most) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(most)
        .map(entry -> "%5.1f %%  %s".formatted(100.0 * entry.getValue() / all, entry.getKey()))
        .toList();
  }

  private void command(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(process)));
    command.addAll(List.of(words));
    Process running = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(
            running.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (running.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
  }
}
