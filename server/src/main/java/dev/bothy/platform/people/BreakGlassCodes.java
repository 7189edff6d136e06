package dev.bothy.platform.people;

import dev.bothy.platform.kernel.PersonId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Makes and takes break-glass codes. Needs the database and nothing else, so that a tool can make
/// one while everything else is away.
public final class BreakGlassCodes {
  /// How long a code holds.
  public static final Duration LIFETIME = Duration.ofMinutes(15);

  /// 32 characters, none of which is taken for another (Crockford's Base32).
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  /// 100 random bits: nobody guesses that in a quarter of an hour.
  private static final int LENGTH = 20;

  private static final int GROUP = 5;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final JdbcClient jdbc;
  private final Clock clock;

  public BreakGlassCodes(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// What became of asking for a code.
  public sealed interface Issued {
    /// Here it is; it is kept nowhere in this form.
    ///
    /// @param code in groups of five with dashes
    /// @param person as people know them
    record Code(String code, String person, OffsetDateTime expiresAt) implements Issued {
      @Override
      public String toString() {
        return "Code[" + person + "]";
      }
    }

    /// Nobody with this user name is an owner or admin of a workspace.
    ///
    /// @param may the user names that are, in order
    record Nobody(List<String> may) implements Issued {}
  }

  /// Makes a code for the owner or admin with this user name; forgets those that have expired.
  public Issued issue(String username) {
    record Candidate(UUID id, String name, String username) {}
    List<Candidate> candidates =
        jdbc.sql(
                "select p.id, p.name, p.username from person p where exists (select from"
                    + " memberships_of(p.id) m where m.roles && array['OWNER', 'ADMIN'])"
                    + " order by p.username, p.last_sign_in_at desc nulls last")
            .query((row, number) ->
                new Candidate(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getString("username")))
            .list();
    Optional<Candidate> meant =
        candidates.stream().filter(each -> each.username().equalsIgnoreCase(username)).findFirst();
    if (meant.isEmpty()) {
      return new Issued.Nobody(candidates.stream().map(Candidate::username).distinct().toList());
    }
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    OffsetDateTime expires = now.plus(LIFETIME);
    String code = random();
    jdbc.sql(
            "insert into break_glass_code (code_hash, person_id, created_at, expires_at)"
                + " values (?, ?, ?, ?)")
        .params(Tokens.sha256(code), meant.get().id(), now, expires)
        .update();
    return new Issued.Code(grouped(code), meant.get().name(), expires);
  }

  /// The person for whom this code is, who can use it no second time.
  Optional<PersonId> use(String typed) {
    String code = plain(typed);
    if (code.length() != LENGTH) {
      return Optional.empty();
    }
    return jdbc.sql(
            "delete from break_glass_code where code_hash = ? and expires_at > ?"
                + " returning person_id")
        .params(Tokens.sha256(code), clock.instant().atOffset(ZoneOffset.UTC))
        .query(UUID.class)
        .optional()
        .map(PersonId::new);
  }

  /// What is meant by what somebody typed, as Crockford lets letters stand for digits.
  private static String plain(String typed) {
    return typed
        .toUpperCase(Locale.ROOT)
        .replaceAll("[\\s-]", "")
        .replace('O', '0')
        .replace('I', '1')
        .replace('L', '1');
  }

  private static String random() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return code.toString();
  }

  private static String grouped(String code) {
    return String.join("-", code.split("(?<=\\G.{" + GROUP + "})"));
  }
}
