package dev.bothy.platform.storage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Answers as S3 servers in trouble do, one answer after the other, and keeps what it was asked.
/// Each connection is closed after one answer, be it whole or cut.
final class TroubledServer implements AutoCloseable {
  private final ServerSocket entry;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<Asked> asked = new ArrayList<>();

  /// What it was asked.
  ///
  /// @param headers by names in lower case
  record Asked(String method, URI address, Map<String, String> headers, int bytes) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /// @param length what it says of the body, which may be cut
  record Answer(int status, String body, int length) {
    static Answer whole(int status, String body) {
      return new Answer(status, body, body.length());
    }

    static Answer error(int status, String code, String message) {
      return whole(
          status,
          "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
              .formatted(code, message));
    }
  }

  TroubledServer() {
    try {
      entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.submit(() -> {
      while (true) {
        Socket socket = entry.accept();
        threads.submit(() -> answer(socket));
      }
    });
  }

  /// From now on it answers so; the last one again and again.
  void answers(Answer... all) {
    synchronized (answers) {
      answers.clear();
      answers.addAll(List.of(all));
      asked.clear();
    }
  }

  List<Asked> asked() {
    synchronized (answers) {
      return List.copyOf(asked);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + entry.getLocalPort());
  }

  private Void answer(Socket socket) throws IOException {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String[] first = line(in).split(" ");
      Map<String, String> headers = new TreeMap<>();
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
            line.substring(colon + 1).strip());
      }
      int bytes =
          in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))).length;
      Answer answer;
      synchronized (answers) {
        asked.add(new Asked(first[0], URI.create(first[1]), headers, bytes));
        answer = answers.size() > 1 ? answers.remove() : answers.element();
      }
      String head =
          "HTTP/1.1 %d Said\r\nConnection: close\r\nContent-Length: %d\r\nDate: %s\r\n\r\n"
              .formatted(
                  answer.status,
                  answer.length,
                  DateTimeFormatter.RFC_1123_DATE_TIME.format(
                      Clock.systemUTC().instant().atZone(ZoneOffset.UTC)));
      OutputStream out = socket.getOutputStream();
      out.write(
          (head + (first[0].equals("HEAD") ? "" : answer.body)).getBytes(StandardCharsets.UTF_8));
    }
    return null;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = in.read(); each >= 0 && each != '\n'; each = in.read()) {
      if (each != '\r') {
        line.append((char) each);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      entry.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
