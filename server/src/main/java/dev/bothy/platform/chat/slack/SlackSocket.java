package dev.bothy.platform.chat.slack;

import dev.bothy.platform.egress.EgressSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One socket to Slack, from its hello to its end. Pings show whether Slack is still there: a
/// connection that a firewall forgot looks open for hours.
final class SlackSocket implements EgressSocket.Listener {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Times times;
  private final BiConsumer<SlackSocket, JsonNode> envelopes;
  private final CompletableFuture<Boolean> hello = new CompletableFuture<>();
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile long heardAt = System.nanoTime();
  private volatile @Nullable EgressSocket socket;
  private volatile String ending = "nothing came";

  /// @param ping how often Slack is asked whether it is there
  /// @param silence after which it is not
  /// @param hello how long it may take to greet
  /// @param grace how long a socket that was replaced still hears what is on its way
  record Times(Duration ping, Duration silence, Duration hello, Duration grace) {
    /// Slack's own clients ping every 5 s and give up after 30 s of silence.
    static final Times USUAL =
        new Times(
            Duration.ofSeconds(10),
            Duration.ofSeconds(25),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));
  }

  /// Why a socket is of no more use.
  enum End {
    /// Slack wants another one in its place, and still sends what is on its way.
    REFRESH,
    /// It is closed, or nothing came for too long.
    LOST
  }

  /// @param envelopes takes what Slack delivers, and answers through [#acknowledge]
  SlackSocket(Times times, BiConsumer<SlackSocket, JsonNode> envelopes) {
    this.times = times;
    this.envelopes = envelopes;
  }

  /// Waits for Slack's hello; false when none came, and then the socket is closed.
  boolean begin(EgressSocket opened) {
    socket = opened;
    try {
      if (hello.get(times.hello().toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
    } catch (TimeoutException | ExecutionException e) {
      ending = "no hello";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    opened.cut();
    return false;
  }

  /// Waits until the socket is of no more use.
  End awaitEnd() throws InterruptedException {
    while (true) {
      try {
        return end.get(times.ping().toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException stillOpen) {
        if (System.nanoTime() - heardAt > times.silence().toNanos() || !pinged()) {
          ending = "silence";
          end.complete(End.LOST);
          cut();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// Hears what is still on its way, then closes.
  void leave() {
    Thread.ofVirtual()
        .name("slack-socket-leaves")
        .start(() -> {
          try {
            if (!closed.await(times.grace().toMillis(), TimeUnit.MILLISECONDS)) {
              close();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  void close() {
    EgressSocket open = socket;
    if (open != null) {
      open.close();
    }
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  void cut() {
    EgressSocket open = socket;
    if (open != null) {
      open.cut();
    }
  }

  /// How it ended, for the log and for people.
  String ending() {
    return ending;
  }

  /// Tells Slack that a delivery is taken care of.
  void acknowledge(JsonNode answer) throws IOException {
    EgressSocket open = socket;
    if (open == null) {
      throw new IOException("The socket is not open");
    }
    open.send(answer.toString());
  }

  @Override
  public void message(String text) {
    JsonNode message;
    try {
      message = JSON.readTree(text);
    } catch (JacksonException notJson) {
      return;
    }
    switch (message.path("type").asString("")) {
      case "hello" -> hello.complete(true);
      case "disconnect" -> {
        ending = message.path("reason").asString("disconnect");
        hello.complete(false);
        end.complete(End.REFRESH);
      }
      default -> envelopes.accept(this, message);
    }
  }

  @Override
  public void heard() {
    heardAt = System.nanoTime();
  }

  @Override
  public void closed(String reason) {
    if (!end.isDone()) {
      ending = "closed, " + reason;
    }
    closed.countDown();
    hello.complete(false);
    end.complete(End.LOST);
  }

  private boolean pinged() {
    EgressSocket open = socket;
    try {
      if (open != null) {
        open.ping();
      }
      return true;
    } catch (IOException broken) {
      return false;
    }
  }
}
