package dev.bothy.platform.chat.slack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The other end of Socket Mode: a WebSocket server on a port of this machine (RFC 6455), which
/// hands envelopes to any one of the open sockets and, as Slack does with events, sends again what
/// was not acknowledged (docs.slack.dev/apis/events-api/using-socket-mode). Slack's own client is
/// run against it in `BoltSocketTest`.
public final class FakeSlackSockets implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// RFC 6455 §1.3.
  private static final String ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final Pattern KEY = Pattern.compile("(?i)Sec-WebSocket-Key: *(\\S+)");
  private static final Pattern TICKET = Pattern.compile("GET /link/\\?ticket=([^& ]+)");
  private static final int MOST = 10;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final ServerSocket server;
  private final Set<String> tickets = ConcurrentHashMap.newKeySet();
  private final List<Open> open = new CopyOnWriteArrayList<>();
  private final List<JsonNode> answers = new CopyOnWriteArrayList<>();
  private final Map<String, Unanswered> unanswered = new ConcurrentHashMap<>();
  private final ScheduledExecutorService again = Executors.newSingleThreadScheduledExecutor();
  private volatile Duration patience = Duration.ofSeconds(3);
  private volatile int turn;
  private volatile int opened;

  private record Unanswered(ObjectNode envelope, int attempt) {}

  FakeSlackSockets(InetAddress host) throws IOException {
    server = new ServerSocket(0, 50, host);
    Thread.ofVirtual().name("fake-slack-sockets").start(this::accept);
  }

  /// Where it listens, as the egress register wants it.
  public String origin() {
    return "ws://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
  }

  /// An address for one socket, as `apps.connections.open` gives it.
  public String address() {
    String ticket = UUID.randomUUID().toString();
    tickets.add(ticket);
    return origin() + "/link/?ticket=" + ticket + "&app_id=" + SlackTeam.APP_ID;
  }

  /// How long an event may stay without an acknowledgement before it is sent again.
  public void patience(Duration length) {
    patience = length;
  }

  /// The sockets that are open now, oldest first.
  public List<Open> open() {
    return open.stream().filter(each -> each.greeted).toList();
  }

  /// How many sockets were ever opened.
  public int opened() {
    return opened;
  }

  /// The acknowledgement of this envelope, once it has come.
  public Optional<JsonNode> answer(String envelope) {
    return answers.stream()
        .filter(each -> each.path("envelope_id").asString("").equals(envelope))
        .findFirst();
  }

  /// How many acknowledgements came for this envelope.
  public long answers(String envelope) {
    return answers.stream()
        .filter(each -> each.path("envelope_id").asString("").equals(envelope))
        .count();
  }

  /// Delivers to one of the open sockets, each in its turn; an event waits if none is open.
  ///
  /// @param type `events_api`, `slash_commands`, `interactive`
  /// @return the envelope's id
  public String deliver(String type, JsonNode payload) {
    String id = UUID.randomUUID().toString();
    ObjectNode envelope = envelope(id, type, payload);
    if (type.equals("events_api")) {
      unanswered.put(id, new Unanswered(envelope, 0));
    }
    send(envelope, id, 0);
    return id;
  }

  private static ObjectNode envelope(String id, String type, JsonNode payload) {
    ObjectNode envelope =
        JSON.createObjectNode()
            .put("envelope_id", id)
            .put("type", type)
            .put("accepts_response_payload", !type.equals("events_api"));
    envelope.set("payload", payload);
    return envelope;
  }

  private void send(ObjectNode envelope, String id, int attempt) {
    List<Open> greeted = open();
    if (unanswered.containsKey(id)) {
      envelope.put("retry_attempt", attempt).put("retry_reason", attempt == 0 ? "" : "timeout");
      again.schedule(() -> retry(id), patience.toMillis(), TimeUnit.MILLISECONDS);
    }
    if (!greeted.isEmpty()) {
      turn++;
      greeted.get(turn % greeted.size()).write(TEXT, JSON.writeValueAsBytes(envelope));
    }
  }

  private void retry(String id) {
    Unanswered left = unanswered.get(id);
    if (left != null) {
      unanswered.put(id, new Unanswered(left.envelope(), left.attempt() + 1));
      send(left.envelope(), id, left.attempt() + 1);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().name("fake-slack-socket").start(() -> new Open(socket).serve());
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Override
  public void close() {
    again.shutdownNow();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(Open::drop);
  }

  /// One socket, from Slack's side.
  public final class Open {
    private final Socket socket;
    private volatile boolean greeted;
    private volatile boolean mute;

    private Open(Socket socket) {
      this.socket = socket;
    }

    /// Asks for another socket in place of this one; Slack closes it a while later.
    ///
    /// @param reason `warning` or `refresh_requested`
    public void askForRefresh(String reason) {
      ObjectNode message = JSON.createObjectNode().put("type", "disconnect").put("reason", reason);
      message.putObject("debug_info").put("host", "wss-test");
      write(TEXT, JSON.writeValueAsBytes(message));
    }

    /// Delivers over this socket and no other, once.
    ///
    /// @return the envelope's id
    public String deliver(String type, JsonNode payload) {
      String id = UUID.randomUUID().toString();
      write(TEXT, JSON.writeValueAsBytes(envelope(id, type, payload)));
      return id;
    }

    /// Says something that is no envelope of Slack's.
    public void say(String text) {
      write(TEXT, text.getBytes(UTF_8));
    }

    /// The connection is gone, without a word.
    public void drop() {
      open.remove(this);
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// From now on nothing is answered any more, as behind a firewall that forgot the connection.
    public void fallSilent() {
      mute = true;
    }

    /// Whether it is open still.
    public boolean isOpen() {
      return open.contains(this);
    }

    private void serve() {
      try (socket) {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        if (!greet(head(in))) {
          return;
        }
        boolean more = true;
        while (more) {
          more = read(in);
        }
      } catch (IOException gone) {
        // The client cut it, or a test dropped it.
      } finally {
        open.remove(this);
      }
    }

    private boolean greet(String head) throws IOException {
      Matcher ticket = TICKET.matcher(head);
      Matcher key = KEY.matcher(head);
      if (!ticket.find() || !key.find() || !tickets.remove(ticket.group(1))) {
        socket.getOutputStream().write("HTTP/1.1 403 Forbidden\r\n\r\n".getBytes(ISO_8859_1));
        return false;
      }
      socket
          .getOutputStream()
          .write(
              ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      + "Sec-WebSocket-Accept: "
                      + accepted(key.group(1))
                      + "\r\n\r\n")
                  .getBytes(ISO_8859_1));
      if (open.size() >= MOST) {
        askForRefresh("too_many_websockets");
        return false;
      }
      open.add(this);
      opened++;
      ObjectNode hello =
          JSON.createObjectNode().put("type", "hello").put("num_connections", open.size());
      hello
          .putObject("debug_info")
          .put("host", "wss-test")
          .put("approximate_connection_time", 18060);
      hello.putObject("connection_info").put("app_id", SlackTeam.APP_ID);
      write(TEXT, JSON.writeValueAsBytes(hello));
      greeted = true;
      return true;
    }

    private boolean read(InputStream in) throws IOException {
      int first = in.read();
      int second = in.read();
      if (first < 0 || second < 0) {
        return false;
      }
      int length = second & 0x7f;
      if (length == 126) {
        length = in.read() << 8 | in.read();
      } else if (length == 127) {
        throw new IOException("No acknowledgement is that long");
      }
      if ((second & 0x80) == 0) {
        throw new IOException("RFC 6455 §5.1: a client masks its frames");
      }
      byte[] mask = in.readNBytes(4);
      byte[] payload = in.readNBytes(length);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i % 4];
      }
      if (mute) {
        return true;
      }
      switch (first & 0x0f) {
        case TEXT -> acknowledged(JSON.readTree(payload));
        case PING -> write(PONG, payload);
        case CLOSE -> {
          open.remove(this);
          write(CLOSE, payload);
          return false;
        }
        default -> {}
      }
      return true;
    }

    private void acknowledged(JsonNode answer) {
      answers.add(answer);
      unanswered.remove(answer.path("envelope_id").asString(""));
    }

    private synchronized void write(int kind, byte[] payload) {
      if (mute) {
        return;
      }
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.write(0x80 | kind);
      if (payload.length < 126) {
        frame.write(payload.length);
      } else if (payload.length < 65_536) {
        frame.write(126);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
      } else {
        frame.write(127);
        for (int shift = 56; shift >= 0; shift -= 8) {
          frame.write((int) ((long) payload.length >> shift));
        }
      }
      frame.writeBytes(payload);
      try {
        socket.getOutputStream().write(frame.toByteArray());
      } catch (IOException gone) {
        open.remove(this);
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("The request ended early");
      }
      head.write(next);
    }
    return head.toString(ISO_8859_1);
  }

  private static String accepted(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest((key + ACCEPT).getBytes(ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
