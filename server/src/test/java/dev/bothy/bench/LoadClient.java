package dev.bothy.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Sends requests that were made beforehand over some connections that stay open, each sending its
/// next request when it has got its answer. One thread for all, so that the client takes little of
/// the machine that it shares with the server.
final class LoadClient {
  /// @param accepted how many were answered with 200
  /// @param refused how many with anything else
  /// @param took from the first request to the last answer
  record Result(int accepted, int refused, Duration took, Latencies latencies) {
    double perSecond() {
      return accepted / (took.toNanos() / 1e9);
    }
  }

  private static final class Conversation {
    final SocketChannel channel;
    final ByteBuffer answer = ByteBuffer.allocate(16 * 1024);
    ByteBuffer request = ByteBuffer.allocate(0);
    long begun;

    Conversation(SocketChannel channel) {
      this.channel = channel;
    }
  }

  private final List<byte[]> requests;
  private final long[] latencies;
  private int sent;
  private int answered;
  private int accepted;

  private LoadClient(List<byte[]> requests) {
    this.requests = requests;
    this.latencies = new long[requests.size()];
  }

  /// Ends when the time is over or every request was sent, with all answers received.
  ///
  /// @param requests whole HTTP/1.1 requests
  static Result run(int port, int connections, List<byte[]> requests, Duration limit)
      throws IOException {
    return new LoadClient(requests).run(port, connections, limit);
  }

  private Result run(int port, int connections, Duration limit) throws IOException {
    try (Selector selector = Selector.open()) {
      for (int number = 0; number < connections; number++) {
        connect(selector, port);
      }
      long begin = System.nanoTime();
      long end = begin + limit.toNanos();
      for (SelectionKey key : selector.keys()) {
        next((Conversation) key.attachment());
      }
      while (answered < sent) {
        selector.select(key -> receive(key, port, end));
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      return new Result(
          accepted, answered - accepted, took, new Latencies(Arrays.copyOf(latencies, answered)));
    }
  }

  private static Conversation connect(Selector selector, int port) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    Conversation conversation = new Conversation(channel);
    channel.register(selector, SelectionKey.OP_READ, conversation);
    return conversation;
  }

  private void next(Conversation conversation) throws IOException {
    if (sent == requests.size()) {
      return;
    }
    conversation.request = ByteBuffer.wrap(requests.get(sent++));
    conversation.answer.clear();
    conversation.begun = System.nanoTime();
    // A request is a few kilobytes: it fits into an empty send buffer.
    while (conversation.request.hasRemaining()) {
      conversation.channel.write(conversation.request);
    }
  }

  private void receive(SelectionKey key, int port, long end) {
    Conversation conversation = (Conversation) key.attachment();
    try {
      if (conversation.channel.read(conversation.answer) < 0) {
        throw new IOException("The server ended a connection with a request under way");
      }
      int status = statusIfWhole(conversation.answer);
      if (status == 0) {
        return;
      }
      long now = System.nanoTime();
      latencies[answered++] = now - conversation.begun;
      accepted += status == 200 ? 1 : 0;
      if (closes(conversation.answer)) {
        key.channel().close();
        conversation = now < end ? connect(key.selector(), port) : conversation;
      }
      if (now < end) {
        next(conversation);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// Some servers end a connection after so many requests, and say so.
  private static boolean closes(ByteBuffer answer) {
    return new String(answer.array(), 0, answer.position(), ISO_8859_1)
        .toLowerCase(Locale.ROOT)
        .contains("connection: close");
  }

  /// The status of an answer that has arrived to its end, else 0.
  static int statusIfWhole(ByteBuffer answer) {
    String text = new String(answer.array(), 0, answer.position(), ISO_8859_1);
    int head = text.indexOf("\r\n\r\n");
    if (head < 0) {
      return 0;
    }
    int status = Integer.parseInt(text.substring(9, 12));
    String headers = text.substring(0, head).toLowerCase(Locale.ROOT);
    int body = text.length() - head - 4;
    int length = headers.indexOf("content-length:");
    if (length >= 0) {
      int ends = headers.indexOf("\r\n", length);
      String value = headers.substring(length + 15, ends < 0 ? headers.length() : ends);
      return body >= Integer.parseInt(value.strip()) ? status : 0;
    }
    if (headers.contains("transfer-encoding: chunked")) {
      return text.endsWith("0\r\n\r\n") && body >= 5 ? status : 0;
    }
    return status;
  }
}
