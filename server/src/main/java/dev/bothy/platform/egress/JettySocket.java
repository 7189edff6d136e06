package dev.bothy.platform.egress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

/// A socket of Jetty's as the rest of the server sees it. Public because Jetty calls it by
/// reflection; nobody else has a use for it.
public final class JettySocket implements EgressSocket, Session.Listener.AutoDemanding {
  /// A write that takes longer finds the other side stuck.
  private static final int WRITE_SECONDS = 10;

  private final EgressSocket.Listener listener;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable Session session;
  private volatile @Nullable String problem;

  JettySocket(EgressSocket.Listener listener) {
    this.listener = listener;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
  }

  @Override
  public void onWebSocketText(String message) {
    listener.heard();
    listener.message(message);
  }

  @Override
  public void onWebSocketPing(ByteBuffer payload) {
    listener.heard();
    Session open = session;
    if (open != null) {
      open.sendPong(payload, Callback.NOOP);
    }
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    listener.heard();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    problem = cause.getClass().getSimpleName();
  }

  @Override
  public void onWebSocketClose(int status, @Nullable String reason, Callback callback) {
    callback.succeed();
    if (closed.compareAndSet(false, true)) {
      String words = reason == null || reason.isBlank() ? "" : " " + reason;
      listener.closed(status + words + (problem == null ? "" : " (" + problem + ")"));
    }
  }

  @Override
  public void send(String text) throws IOException {
    write(callback -> open().sendText(text, callback));
  }

  @Override
  public void ping() throws IOException {
    write(callback -> open().sendPing(ByteBuffer.allocate(0), callback));
  }

  @Override
  public void close() {
    Session open = session;
    if (open != null) {
      open.close(StatusCode.NORMAL, null, Callback.NOOP);
    }
  }

  @Override
  public void cut() {
    Session open = session;
    if (open != null) {
      open.disconnect();
    }
  }

  @Override
  public boolean isOpen() {
    Session open = session;
    return open != null && open.isOpen() && !closed.get();
  }

  private Session open() {
    Session open = session;
    if (open == null) {
      throw new IllegalStateException("The WebSocket is not open yet");
    }
    return open;
  }

  private static void write(Consumer<Callback> writing) throws IOException {
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    writing.accept(Callback.from(() -> written.complete(true), written::completeExceptionally));
    try {
      written.get(WRITE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("The WebSocket could not be written to", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a WebSocket was written to", e);
    }
  }
}
