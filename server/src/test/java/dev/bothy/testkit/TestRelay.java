package dev.bothy.testkit;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/// A real SMTP server on this machine, with a certificate of an authority of its own.
public final class TestRelay implements AutoCloseable {
  public static final String USER = "bothy";
  public static final String PASSWORD = "relay-password";

  private static @Nullable TestRelay shared;

  private final Path authority;
  private final SMTPServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
  private final Map<String, Integer> codes = new ConcurrentHashMap<>();

  /// How it speaks TLS.
  public enum Speaks {
    STARTTLS,
    TLS,
    PLAIN
  }

  /// A letter that it took.
  public record Received(String from, String to, byte[] content) {
    public MimeMessage message() {
      try {
        return new MimeMessage(
            Session.getInstance(new Properties()), new ByteArrayInputStream(content));
      } catch (MessagingException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// The one that the shared server sends through.
  public static synchronized TestRelay shared() {
    TestRelay relay = shared;
    if (relay == null) {
      Path folder = folder();
      Path authority = folder.resolve("authority.crt");
      relay = new TestRelay(Speaks.STARTTLS, TestCertificate.signed(folder, authority), authority);
      shared = relay;
    }
    return relay;
  }

  /// One whose certificate the shared server does not believe.
  public static TestRelay ofAnotherAuthority() {
    Path folder = folder();
    Path authority = folder.resolve("authority.crt");
    return new TestRelay(Speaks.STARTTLS, TestCertificate.signed(folder, authority), authority);
  }

  /// One that shows the shared one's certificate.
  public TestRelay another(Speaks how) {
    return new TestRelay(how, certificate, authority);
  }

  private final TestCertificate certificate;

  private TestRelay(Speaks how, TestCertificate certificate, Path authority) {
    this.certificate = certificate;
    this.authority = authority;
    SMTPServer.Builder builder =
        SMTPServer.port(0)
            .hostName("relay.test")
            .messageHandlerFactory(Handler::new)
            .authenticationHandlerFactory(
                new EasyAuthenticationHandlerFactory((user, password, _) -> {
                  if (!user.equals(USER) || !password.equals(PASSWORD)) {
                    throw new LoginFailedException();
                  }
                }));
    this.server =
        switch (how) {
          case STARTTLS ->
              builder.enableTLS().requireTLS().startTlsSocketFactory(certificate.server()).build();
          case TLS -> builder.serverSocketFactory(certificate.server()).build();
          case PLAIN -> builder.hideTLS().build();
        };
    server.start();
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("bothy-relay");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getPortAllocated();
  }

  /// Settings of a server that sends through it.
  public String[] properties() {
    return new String[] {
      "bothy.mail.host=localhost",
      "bothy.mail.port=" + port(),
      "bothy.mail.from=bothy@customer.test",
      "bothy.mail.username=" + USER,
      "bothy.mail.password=" + PASSWORD,
      "bothy.installation.ca-bundle=" + authority
    };
  }

  /// The next letters to this address are answered so, this many times.
  public void refuses(String to, int code, int times) {
    codes.put(to, code);
    refusals.put(to, new AtomicInteger(times));
  }

  /// What it took for this address.
  public List<Received> receivedBy(String to) {
    return received.stream().filter(each -> each.to().equals(to)).toList();
  }

  @Override
  public void close() {
    server.stop();
  }

  private final class Handler implements MessageHandler {
    private String from = "";
    private String to = "";

    Handler(MessageContext context) {}

    @Override
    public void from(String address) {
      from = address;
    }

    @Override
    public void recipient(String address) throws RejectException {
      AtomicInteger left = refusals.get(address);
      if (left != null && left.getAndDecrement() > 0) {
        throw new RejectException(codes.getOrDefault(address, 451), "not now, " + address);
      }
      to = address;
    }

    @Override
    public @Nullable String data(InputStream content) throws IOException {
      received.add(new Received(from, to, content.readAllBytes()));
      return null;
    }

    @Override
    public void done() {}
  }
}
