package dev.bothy.platform.chat.slack;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.chat.Abilities;
import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.ConnectionState;
import dev.bothy.platform.chat.Connections.Known;
import dev.bothy.platform.chat.Features;
import dev.bothy.platform.chat.Network;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;

/// What the workspace's Slack apps may do beyond what every connection must, each switched on by an
/// admin. Only then is its permission asked for, and it is used once Slack has granted it. Called
/// outside of any transaction.
@Service
public class SlackAbilities {
  private final Abilities abilities;
  private final Features features;
  private final SlackRoster roster;
  private final Workspaces workspaces;
  private final Audit audit;

  SlackAbilities(
      Abilities abilities,
      Features features,
      SlackRoster roster,
      Workspaces workspaces,
      Audit audit) {
    this.abilities = abilities;
    this.features = features;
    this.roster = roster;
    this.workspaces = workspaces;
    this.audit = audit;
  }

  /// An ability as an admin sees it.
  ///
  /// @param title a few words
  /// @param reasons of the features that could use it; at least one
  /// @param scopes what Slack asks for it
  /// @param lacking the names of connections that work and whose app was not granted all of them;
  ///   empty while it is off
  public record Ability(
      Capability capability,
      String title,
      List<String> reasons,
      List<String> scopes,
      boolean on,
      List<String> lacking) {}

  /// Those that an enabled feature could use.
  public List<Ability> list(WorkspaceId workspace) {
    Map<Capability, List<String>> wishes = features.wishes();
    return workspaces.inWorkspace(
        workspace,
        () -> {
          Set<Capability> on = abilities.switchedOn(Network.SLACK);
          return SlackScopes.OPTIONAL_ABILITIES.stream()
              .filter(wishes::containsKey)
              .map(each ->
                  new Ability(
                      each,
                      Abilities.title(each),
                      List.copyOf(wishes.getOrDefault(each, List.of())),
                      SlackScopes.ofCapability(each),
                      on.contains(each),
                      on.contains(each) ? lacking(each) : List.of()))
              .toList();
        });
  }

  /// Switches one on or off, for all of the workspace's Slack connections.
  ///
  /// @param capability its name; one that is none of the optional abilities changes nothing
  public void change(WorkspaceId workspace, PersonId admin, String capability, boolean on) {
    SlackScopes.OPTIONAL_ABILITIES.stream()
        .filter(each -> each.name().equals(capability))
        .findFirst()
        .ifPresent(each ->
            workspaces.inWorkspace(
                workspace,
                () -> {
                  if (abilities.change(Network.SLACK, each, on)) {
                    audit.record(
                        new Actor.Person(admin),
                        on ? "slack.ability-on" : "slack.ability-off",
                        Subject.of("slack.workspace", workspace.value()),
                        Map.of("ability", each.name()));
                  }
                }));
  }

  private List<String> lacking(Capability capability) {
    return roster.all().stream()
        .filter(each -> !(each.state() instanceof ConnectionState.Ended))
        .filter(each -> !granted(each).containsAll(SlackScopes.ofCapability(capability)))
        .map(each -> each.connection().name())
        .toList();
  }

  private Set<String> granted(Known known) {
    return SlackScopes.parse(roster.secrets(known).scopes());
  }
}
