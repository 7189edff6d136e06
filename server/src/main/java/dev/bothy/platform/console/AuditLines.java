package dev.bothy.platform.console;

import dev.bothy.platform.audit.AuditEntry;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.People;
import dev.bothy.platform.people.Person;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Entries of the audit log as people read them: with names in place of ids.
@Component
public class AuditLines {
  private static final String PERSON = "person";
  private static final String ERASED = "Somebody who has been erased";
  private static final String ABOUT_PERSON = "people.person";

  /// One entry.
  ///
  /// @param who a name, an account of a chat network, or Bothy itself
  /// @param subject a name, or the kind and id of what it was done to
  /// @param from from where, in words; empty where that is not known
  /// @param address where the request came from; empty where there was none
  public record Line(
      Instant at,
      String who,
      String action,
      String subject,
      Map<String, String> details,
      String from,
      String address) {}

  private final People people;

  AuditLines(People people) {
    this.people = people;
  }

  /// These entries, in their order.
  public List<Line> of(List<AuditEntry> entries) {
    Set<PersonId> mentioned = new HashSet<>();
    for (AuditEntry entry : entries) {
      if (entry.actorKind().equals(PERSON)) {
        mentioned.add(new PersonId(UUID.fromString(entry.actor())));
      }
      if (entry.subject().kind().equals(ABOUT_PERSON)) {
        mentioned.add(new PersonId(UUID.fromString(entry.subject().id())));
      }
    }
    Map<String, String> names =
        people.byIds(mentioned).stream()
            .collect(Collectors.toMap(person -> person.id().toString(), Person::name));
    return entries.stream().map(entry -> line(entry, names)).toList();
  }

  private static Line line(AuditEntry entry, Map<String, String> names) {
    String who =
        switch (entry.actorKind()) {
          case PERSON -> names.getOrDefault(entry.actor(), ERASED);
          case "account" -> "Chat account " + entry.actor();
          default -> "Bothy";
        };
    String subject =
        entry.subject().kind().equals(ABOUT_PERSON)
            ? names.getOrDefault(entry.subject().id(), ERASED)
            : entry.subject().kind() + " " + entry.subject().id();
    return new Line(
        entry.at(),
        who,
        entry.action(),
        subject,
        entry.details(),
        from(entry.origin().via()),
        Objects.requireNonNullElse(entry.origin().address(), ""));
  }

  private static String from(@Nullable String via) {
    return switch (via) {
      case null -> "";
      case "console" -> "Console";
      case "api" -> "API";
      case "chat" -> "Chat";
      case "scim" -> "SCIM";
      case "command" -> "Command line";
      default -> "Bothy";
    };
  }
}
