package dev.bothy.bench;

import dev.bothy.BothyServer;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import dev.bothy.platform.scim.Directories;
import dev.bothy.platform.scim.GroupRoleMapping;
import dev.bothy.platform.workspace.Workspaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// `scripts/bench scim`: a directory's first import and a full resync that changes nothing, for
/// several sizes of directory; and what single requests cost when it is there.
final class DirectorySync implements AutoCloseable {
  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("users", "1000,10000");
    DEFAULTS.put("members", "100");
    DEFAULTS.put("connections", "4");
    DEFAULTS.put("rounds", "5");
    DEFAULTS.put("warm-up", "500");
    DEFAULTS.put("folder", "target/bench/postgres");
    DEFAULTS.put("report", "-");
  }

  /// How many groups there are: 500 of 10,000 users, so that with 100 members each everybody is in
  /// five.
  private static final int USERS_FOR_A_GROUP = 20;

  private static final int SINGLE_REQUESTS = 50;

  private final Options options;
  private final BenchDatabase database;
  private final ConfigurableApplicationContext context;
  private final Map<String, Map<Integer, DirectoryClient.Measured>> results = new LinkedHashMap<>();

  private DirectorySync(Options options) throws Exception {
    this.options = options;
    database = BenchDatabase.start(options.path("folder"));
    context = start();
  }

  static void main(String[] arguments) {
    Program.run(() -> {
      try (DirectorySync sync = new DirectorySync(Options.read(arguments, DEFAULTS))) {
        sync.measure(sync.options.number("warm-up"), false);
        for (int users : sync.options.numbers("users")) {
          sync.measure(users, true);
        }
        sync.report();
      }
    });
  }

  private ConfigurableApplicationContext start() {
    List<String> settings = new ArrayList<>(database.settings(BenchDatabase.NAME));
    settings.addAll(
        List.of(
            "server.port=0",
            "server.address=127.0.0.1",
            "logging.level.root=warn",
            "bothy.installation.mode=embedded",
            "bothy.sign-on.issuer=http://127.0.0.1:1/realms/bothy",
            "bothy.egress.region=test",
            "bothy.egress.on-premises-hosts=http://127.0.0.1:*",
            "bothy.keys.local-file=" + Path.of("target/bench/scim-keys").toAbsolutePath()));
    return new SpringApplicationBuilder(BothyServer.class)
        .run(settings.stream().map(setting -> "--" + setting).toArray(String[]::new));
  }

  /// Each size has a workspace of its own.
  private void measure(int users, boolean counts) throws Exception {
    String name = "bench-" + users + (counts ? "" : "-warm");
    Workspaces workspaces = context.getBean(Workspaces.class);
    Directories directories = context.getBean(Directories.class);
    WorkspaceId workspace = workspaces.create(name, name).id();
    PersonId somebody = new PersonId(new UUID(0, 1));
    Directories.Connected connected =
        workspaces.inWorkspace(
            workspace, () -> directories.connect("Directory", somebody).orElseThrow());
    int port =
        Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort();
    try (DirectoryClient client =
        new DirectoryClient(
            port,
            connected.token(),
            options.number("connections"),
            options.number("rounds"),
            name)) {
      int groups = Math.max(1, users / USERS_FOR_A_GROUP);
      List<String> people = new ArrayList<>();
      List<String> teams = new ArrayList<>();
      note("first import, users", users, counts, client.importUsers(users, people));
      int members = Math.min(options.number("members"), users);
      note(
          "first import, groups",
          users,
          counts,
          client.importGroups(groups, members, people, teams));
      note("full resync, users", users, counts, client.resyncUsers(people));
      note("full resync, groups", users, counts, client.resyncGroups(members, people, teams));
      note("one user by userName", users, counts, client.repeat(SINGLE_REQUESTS, client::findUser));
      note("all users by a part of the title", users, counts, client.repeat(10, client::searchAll));
      note("a page of 100 users", users, counts, client.repeat(SINGLE_REQUESTS, client::page));
      note(
          "a leaver: active false",
          users,
          counts,
          client.repeat(SINGLE_REQUESTS, number -> client.deactivate(people.get(number))));
      Viewer owner = new Viewer(somebody, "Bench", workspace, name, Set.of(Role.OWNER));
      GroupRoleMapping mapping = context.getBean(GroupRoleMapping.class);
      UUID team = UUID.fromString(teams.getLast());
      note(
          "a role for all members of a group",
          users,
          counts,
          client.repeat(
              10,
              number ->
                  workspaces.inWorkspace(
                      workspace,
                      () -> {
                        mapping.map(
                            owner,
                            connected.directory(),
                            team,
                            number % 2 == 0 ? Set.of(Role.AGENT) : Set.of());
                      })));
    }
  }

  private void note(String phase, int users, boolean counts, DirectoryClient.Measured measured) {
    System.err.printf("%,d users, %s: %s/s%n", users, phase, measured.rates().text());
    if (counts) {
      results.computeIfAbsent(phase, _ -> new LinkedHashMap<>()).put(users, measured);
    }
  }

  private void report() throws Exception {
    Report report = new Report();
    report.text(
        "%s; %d connections, groups of %d members, one for each %d users"
            .formatted(
                Machine.describe(),
                options.number("connections"),
                options.number("members"),
                USERS_FOR_A_GROUP));
    List<String> head = new ArrayList<>(List.of(""));
    for (int users : options.numbers("users")) {
      head.add("%,d users: requests/s".formatted(users));
      head.add("ms, median");
      head.add("ms, 99 %");
    }
    List<List<String>> rows = new ArrayList<>();
    results.forEach((phase, bySize) -> {
      List<String> row = new ArrayList<>(List.of(phase));
      bySize
          .values()
          .forEach(measured -> {
            row.add(measured.rates().text());
            row.add(Series.number(measured.latencies().milliseconds(0.5)));
            row.add(Series.number(measured.latencies().milliseconds(0.99)));
          });
      rows.add(row);
    });
    report.table(head, rows);
    report.finish(options.text("report"));
  }

  @Override
  public void close() throws Exception {
    context.close();
    database.close();
  }
}
