package dev.bothy.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A way to a server that a test can make worse: as if the server, or the network before it, did
/// not work. The server itself notices nothing.
public final class TestLink implements AutoCloseable {
  private static final int CHUNK = 16_384;

  private final InetSocketAddress target;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile @Nullable ServerSocket listening;
  private State state = State.WORKS;
  private Duration delay = Duration.ZERO;

  private enum State {
    WORKS,
    CUT,
    RESETS,
    HANGS;

    /// Whether no connection lives.
    boolean isBroken() {
      return this == CUT || this == RESETS;
    }
  }

  private TestLink(InetSocketAddress target, ServerSocket listening) {
    this.target = target;
    this.port = listening.getLocalPort();
    listen(listening);
  }

  /// A way to this address on loopback.
  public static TestLink to(URI address) {
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      return new TestLink(
          new InetSocketAddress(loopback, address.getPort()), new ServerSocket(0, 50, loopback));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where it begins.
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// Nobody listens any more, and every connection ends.
  public void cut() {
    ServerSocket socket = listening;
    become(State.CUT, Duration.ZERO);
    listening = null;
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Connections are taken and broken off at once.
  public void reset() {
    become(State.RESETS, Duration.ZERO);
  }

  /// Connections are taken, and nothing comes back.
  public void hang() {
    become(State.HANGS, Duration.ZERO);
  }

  /// Each answer comes so much later.
  public void slow(Duration by) {
    become(State.WORKS, by);
  }

  /// All is well again.
  public void mend() {
    become(State.WORKS, Duration.ZERO);
    if (listening == null) {
      try {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        listen(socket);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    cut();
  }

  private void listen(ServerSocket socket) {
    listening = socket;
    Thread.ofVirtual().name("test-link").start(() -> accept(socket));
  }

  private void accept(ServerSocket socket) {
    try {
      while (true) {
        Socket client = socket.accept();
        Thread.startVirtualThread(() -> connect(client));
      }
    } catch (IOException closed) {
      // By cut() or close().
    }
  }

  private void connect(Socket client) {
    if (!opened(client)) {
      return;
    }
    try (client;
        Socket server = new Socket(target.getAddress(), target.getPort())) {
      if (!opened(server)) {
        return;
      }
      Thread back =
          Thread.startVirtualThread(() -> {
            pump(server, client, true);
            quietly(client);
          });
      pump(client, server, false);
      server.shutdownOutput();
      back.join();
    } catch (IOException ended) {
      // One end is gone, and with this the other one is too.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream input = from.getInputStream();
      OutputStream output = to.getOutputStream();
      for (int read = input.read(chunk); read >= 0; read = input.read(chunk)) {
        awaitTurn(answers);
        output.write(chunk, 0, read);
      }
    } catch (IOException ended) {
      // The same as an end of the stream.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(from);
    }
  }

  private void awaitTurn(boolean answers) throws InterruptedException {
    lock.lock();
    try {
      long left = answers ? delay.toNanos() : 0;
      while (left > 0 && !delay.isZero()) {
        left = changed.awaitNanos(left);
      }
      while (state == State.HANGS) {
        changed.await(1, TimeUnit.MINUTES);
      }
    } finally {
      lock.unlock();
    }
  }

  private void become(State next, Duration nextDelay) {
    lock.lock();
    try {
      state = next;
      delay = nextDelay;
      changed.signalAll();
      if (next.isBroken()) {
        open.forEach(TestLink::abort);
        open.clear();
      }
    } finally {
      lock.unlock();
    }
  }

  /// One that comes while all of them are broken off does not live either.
  private boolean opened(Socket socket) {
    lock.lock();
    try {
      if (state.isBroken()) {
        abort(socket);
        return false;
      }
      return open.add(socket);
    } finally {
      lock.unlock();
    }
  }

  /// With a reset instead of an orderly end.
  private static void abort(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException closed) {
      // It has ended already.
    }
    quietly(socket);
  }

  private static void quietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more in either case.
    }
  }
}
