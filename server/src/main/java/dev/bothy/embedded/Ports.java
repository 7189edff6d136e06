package dev.bothy.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Consumer;

/// Which ports a data folder's programs use. What was once used is used again while it is free, so
/// that addresses stay valid from one run to the next.
final class Ports {
  private static final int TRIES = 200;
  private static final int HIGHEST = 65_535;

  private final Path file;
  private final Properties remembered = new Properties();

  private Ports(Path file) {
    this.file = file;
  }

  static Ports in(Path file) throws IOException {
    Ports ports = new Ports(file);
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        ports.remembered.load(reader);
      }
    }
    return ports;
  }

  /// From now on that program's port is this one, if it is free.
  void prefer(String program, int port) {
    remembered.setProperty(program, String.valueOf(port));
  }

  /// What that program took last, whether it is free or not.
  ///
  /// @param usual if it never took any
  int last(String program, int usual) {
    return Integer.parseInt(remembered.getProperty(program, String.valueOf(usual)));
  }

  /// The remembered port of that program, or this one, or the next free one above.
  ///
  /// @param say hears one sentence if the port is another program's
  int take(String program, int usual, Consumer<String> say) throws IOException {
    int wanted = last(program, usual);
    int port = nextFree(wanted);
    if (port != wanted) {
      say.accept("Port " + wanted + " is in use; " + program + " takes " + port + ".");
    }
    remembered.setProperty(program, String.valueOf(port));
    try (Writer writer = Files.newBufferedWriter(file)) {
      remembered.store(writer, null);
    }
    return port;
  }

  /// The first free port from this one upwards.
  static int nextFree(int first) throws IOException {
    for (int port = first; port < first + TRIES && port <= HIGHEST; port++) {
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("No free port between " + first + " and " + (first + TRIES));
  }

  /// Browsers may take `localhost` for `::1`, so a stranger there is in the way as well.
  private static boolean isFree(int port) throws IOException {
    return canBind("127.0.0.1", port) && (!canBind("::1", 0) || canBind("::1", port));
  }

  private static boolean canBind(String address, int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
      return true;
    } catch (BindException e) {
      return false;
    }
  }
}
