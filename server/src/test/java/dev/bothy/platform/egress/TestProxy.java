package dev.bothy.platform.egress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A proxy, or a TLS end, on loopback: takes connections and pipes them on, to ports of loopback
/// alone.
final class TestProxy implements AutoCloseable {
  private final ServerSocket server;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private TestProxy(ServerSocketFactory sockets, Function<Socket, @Nullable Socket> onward)
      throws IOException {
    server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(onward));
  }

  /// Opens the tunnels that it is asked for, whatever host they name.
  static TestProxy open() throws IOException {
    TestProxy[] self = new TestProxy[1];
    self[0] =
        new TestProxy(ServerSocketFactory.getDefault(), client -> self[0].tunnel(client, 200));
    return self[0];
  }

  /// Answers every request for a tunnel with this status.
  static TestProxy refusing(int status) throws IOException {
    TestProxy[] self = new TestProxy[1];
    self[0] =
        new TestProxy(ServerSocketFactory.getDefault(), client -> self[0].tunnel(client, status));
    return self[0];
  }

  /// Takes TLS off and pipes on to this port.
  static TestProxy tlsBefore(int port, SSLContext tls) throws IOException {
    return new TestProxy(tls.getServerSocketFactory(), _ -> socket(port));
  }

  int port() {
    return server.getLocalPort();
  }

  /// The first lines of what it was asked.
  List<String> asked() {
    return asked;
  }

  private void accept(Function<Socket, @Nullable Socket> onward) {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client, onward));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void serve(Socket client, Function<Socket, @Nullable Socket> onward) {
    try (client;
        Socket target = onward.apply(client)) {
      if (target == null) {
        return;
      }
      Thread back = Thread.ofVirtual().start(() -> pipe(target, client));
      pipe(client, target);
      back.join();
    } catch (IOException | UncheckedIOException ended) {
      // Either side may go at any time.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Socket tunnel(Socket client, int status) {
    try {
      String request = head(client.getInputStream());
      String first = request.lines().findFirst().orElse("");
      asked.add(first);
      String[] words = first.split(" ");
      OutputStream output = client.getOutputStream();
      if (status != 200) {
        output.write(
            ("HTTP/1.1 " + status + " No\r\nContent-Length: 6\r\n\r\nplease")
                .getBytes(StandardCharsets.US_ASCII));
        return null;
      }
      if (words[0].equals("CONNECT")) {
        Socket target = socket(Integer.parseInt(words[1].substring(words[1].lastIndexOf(':') + 1)));
        output.write("HTTP/1.1 200 Open\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return target;
      }
      URI address = URI.create(words[1]);
      Socket target = socket(address.getPort());
      target
          .getOutputStream()
          .write(
              request
                  .replaceFirst(Pattern.quote(words[1]), address.getRawPath())
                  .getBytes(StandardCharsets.ISO_8859_1));
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String head(InputStream input) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = input.read();
      if (next < 0) {
        throw new IOException("closed");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static Socket socket(int port) {
    try {
      return new Socket(InetAddress.getLoopbackAddress(), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pipe(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException | UnsupportedOperationException ended) {
      // Its end ends the other way too.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
