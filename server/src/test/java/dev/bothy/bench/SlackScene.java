package dev.bothy.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bothy.BothyServer;
import dev.bothy.platform.chat.slack.FakeSlack;
import dev.bothy.platform.chat.slack.SlackConnections;
import dev.bothy.platform.chat.slack.SlackConnections.Outcome;
import dev.bothy.platform.chat.slack.SlackRequests;
import dev.bothy.platform.chat.slack.SlackTeam;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.node.ObjectNode;

/// A workspace of Bothy's that is connected to a Slack of ours, and the requests of that Slack.
final class SlackScene {
  static final String SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  static final String ADA = "U0BENCH01";

  private static final String SLUG = "bench";

  private final Clock clock;
  private final FakeSlack slack;
  private final List<String> channels;
  private final List<String> settings;
  private final WorkspaceId workspace;
  private final ObjectNode recording = SlackRequests.recording("message-channels");
  private long made;

  private SlackScene(
      Clock clock,
      FakeSlack slack,
      List<String> channels,
      List<String> settings,
      WorkspaceId workspace) {
    this.clock = clock;
    this.slack = slack;
    this.channels = channels;
    this.settings = settings;
    this.workspace = workspace;
  }

  /// Migrates the database and connects a workspace in it.
  ///
  /// @param database the settings that point a server at the database
  /// @param conversations how many channels the messages are in
  static SlackScene set(
      Clock clock, FakeSlack slack, List<String> database, Path keyFile, int conversations) {
    List<String> services = new ArrayList<>(database);
    services.add("bothy.keys.local-file=" + keyFile);
    return set(clock, slack, services, conversations);
  }

  /// Migrates the database, unless the settings say otherwise, and connects a workspace in it.
  ///
  /// @param services the settings that point a server at the database and at what wraps its keys
  /// @param conversations how many channels the messages are in
  static SlackScene set(Clock clock, FakeSlack slack, List<String> services, int conversations) {
    slack.team().person(ADA, "ada", "Ada Lovelace");
    List<String> channels = new ArrayList<>();
    for (int number = 0; number < conversations; number++) {
      String id = "C0BENCH%04d".formatted(number);
      slack.team().channel(id, "bench-" + number, SlackTeam.BOT_USER, ADA);
      channels.add(id);
    }
    List<String> settings = new ArrayList<>(services);
    settings.addAll(List.of(slack.properties()));
    settings.addAll(
        List.of(
            "bothy.installation.mode=embedded",
            "bothy.sign-on.issuer=http://127.0.0.1:1/realms/bothy",
            "bothy.egress.region=test",
            "bothy.egress.allowed-regions=us",
            "bothy.egress.on-premises-hosts=http://" + slack.host() + ":*"));
    return new SlackScene(
        clock, slack, List.copyOf(channels), List.copyOf(settings), connect(slack, settings));
  }

  /// Through a server that leaves all work, which may be there already, to others.
  private static WorkspaceId connect(FakeSlack slack, List<String> settings) {
    String[] arguments = settings.stream().map(setting -> "--" + setting).toArray(String[]::new);
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(BothyServer.class)
            .properties(
                "server.port=0",
                "logging.level.root=warn",
                "bothy.installation.workspace-slug=" + SLUG,
                "bothy.installation.workspace-name=Bench")
            .initializers(SlackScene::withoutWorkers)
            .run(arguments)) {
      WorkspaceId workspace = context.getBean(Workspaces.class).bySlug(SLUG).orElseThrow().id();
      SlackConnections connections = context.getBean(SlackConnections.class);
      String[] scopes =
          connections.manifest(URI.create("https://bothy.test"), workspace).scopes().stream()
              .map(scope -> scope.name())
              .toArray(String[]::new);
      Outcome outcome =
          connections.connect(
              workspace, new PersonId(UUID.randomUUID()), slack.install(scopes), SIGNING_SECRET);
      if (!(outcome instanceof Outcome.Done)) {
        throw new IllegalStateException("Not connected: " + outcome);
      }
      return workspace;
    }
  }

  private static void withoutWorkers(ConfigurableApplicationContext context) {
    context.addBeanFactoryPostProcessor(
        beans -> ((BeanDefinitionRegistry) beans).removeBeanDefinition("workLifecycle"));
  }

  List<String> settings() {
    return settings;
  }

  WorkspaceId workspace() {
    return workspace;
  }

  List<String> channels() {
    return channels;
  }

  /// Where the workspace takes its requests in: `events`, `commands` or `interactions`.
  String path(String kind) {
    return "/chat/slack/" + workspace + "/" + kind;
  }

  SlackRequests requests() {
    return SlackRequests.signedWith(SIGNING_SECRET, clock);
  }

  /// A message that Ada wrote.
  ///
  /// @param number makes it another one than those with other numbers
  SlackRequests.Request message(long number, String channel, String text) {
    ObjectNode payload = recording.deepCopy();
    payload.put("event_id", "Ev%012d".formatted(number));
    ((ObjectNode) payload.path("event"))
        .put("user", ADA)
        .put("channel", channel)
        .put("text", text)
        .put("ts", "1795%06d.%06d".formatted(number / 1_000_000, number % 1_000_000));
    return requests().json(payload);
  }

  /// What Ada typed after `/rotation`.
  SlackRequests.Request command(String channel, String text) {
    return requests()
        .command(
            Map.of(
                "text", text,
                "user_id", ADA,
                "channel_id", channel,
                "trigger_id", slack.trigger(ADA),
                "response_url", slack.responseUrl(channel, ADA).toString()));
  }

  /// Ada makes a rotation of herself.
  SlackRequests.Request newRotation(String channel, String name) {
    return command(channel, "new \"%s\" daily 09:00 Europe/Berlin <@%s>".formatted(name, ADA));
  }

  /// Messages, each another one, over all channels in turn; signed now, so they are good for five
  /// minutes.
  ///
  /// @param word how each begins
  /// @param path of the receiver
  List<byte[]> messages(int count, String word, int port, String path) {
    List<byte[]> all = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      made++;
      String text = word + " the printer on the third floor says 3 &lt; 2 again " + made;
      all.add(whole(message(made, nextChannel(), text), port, path));
    }
    return all;
  }

  /// `/rotation help`, each another time: answered by the server itself, to the person who asked.
  List<byte[]> commands(int count, int port, String path) {
    List<byte[]> all = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      made++;
      all.add(whole(command(nextChannel(), "help"), port, path));
    }
    return all;
  }

  /// Messages that nobody wants, and commands that are answered, each for this long.
  void serve(int port, int seconds) throws IOException {
    Duration length = Duration.ofSeconds(seconds);
    LoadClient.run(port, 32, messages(5_000 * seconds, "hello", port, path("events")), length);
    LoadClient.run(port, 4, commands(100 * seconds, port, path("commands")), length);
  }

  private String nextChannel() {
    return channels.get((int) (made % channels.size()));
  }

  private static byte[] whole(SlackRequests.Request request, int port, String path) {
    StringBuilder head =
        new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n");
    request.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Length: " + request.body().length + "\r\n\r\n");
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head.toString().getBytes(ISO_8859_1));
    whole.writeBytes(request.body());
    return whole.toByteArray();
  }
}
