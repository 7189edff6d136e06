package dev.bothy.platform.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A way to a server that is cut in the middle when a test says so.
final class CuttingWay implements AutoCloseable {
  private final ServerSocket entry;
  private final int port;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger cutsToCome = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile int after;

  /// @param port where it leads to, on loopback
  CuttingWay(int port) throws IOException {
    this.port = port;
    this.entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.submit(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + entry.getLocalPort());
  }

  /// Cuts so many connections once so many bytes have passed in one direction.
  void cutNextAfter(int bytes, int times) {
    after = bytes;
    cutsToCome.set(times);
  }

  int cuts() {
    return cuts.get();
  }

  private Void accept() throws IOException {
    while (true) {
      Socket here = entry.accept();
      Socket there = new Socket(InetAddress.getLoopbackAddress(), port);
      threads.submit(() -> pass(here, there));
      threads.submit(() -> pass(there, here));
    }
  }

  private Void pass(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16 * 1024];
      long passed = 0;
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        passed += count;
        if (passed > after && cutsToCome.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          cuts.incrementAndGet();
          return null;
        }
        out.write(buffer, 0, count);
      }
    } catch (SocketException e) {
      // The other direction was cut.
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    entry.close();
    threads.shutdownNow();
  }
}
