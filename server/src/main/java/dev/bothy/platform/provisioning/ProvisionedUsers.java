package dev.bothy.platform.provisioning;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.kernel.WorkspaceId;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of the users whom Bothy made in Keycloak: who has none is somebody else's and is never
/// changed. Called within any transaction.
@Component
class ProvisionedUsers {
  private final JdbcClient jdbc;
  private final Clock clock;

  ProvisionedUsers(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  Optional<ProvisionedUser> find(PersonId person) {
    return jdbc.sql("select home_workspace, subject from provisioned_user where person_id = ?")
        .param(person.value())
        .query((row, number) ->
            new ProvisionedUser(
                new WorkspaceId(row.getObject("home_workspace", UUID.class)),
                row.getString("subject")))
        .optional();
  }

  /// Notes that a user is about to be made, so that one who is there after a crash is ours.
  ///
  /// @return whether it is the first of this workspace
  boolean begin(PersonId person, WorkspaceId home) {
    jdbc.sql(
            "insert into provisioned_user (person_id, home_workspace, checked_at)"
                + " values (?, ?, ?) on conflict do nothing")
        .params(person.value(), home.value(), at(clock.instant()))
        .update();
    return jdbc.sql("select count(*) = 1 from provisioned_user where home_workspace = ?")
        .param(home.value())
        .query(Boolean.class)
        .single();
  }

  void made(PersonId person, String subject) {
    jdbc.sql("update provisioned_user set subject = ? where person_id = ?")
        .params(subject, person.value())
        .update();
  }

  /// They are to be made again.
  void lost(PersonId person) {
    jdbc.sql("update provisioned_user set subject = null where person_id = ?")
        .param(person.value())
        .update();
  }

  /// They turned out to be somebody else's.
  void notOurs(PersonId person) {
    jdbc.sql("delete from provisioned_user where person_id = ?").param(person.value()).update();
  }

  /// Takes up to so many of this workspace that nobody looked at since, and for whom no look waits
  /// to be done, and notes that one does.
  List<PersonId> take(WorkspaceId home, Instant since, int most) {
    return jdbc.sql(
            "update provisioned_user set asked = true, checked_at = :now where person_id in"
                + " (select person_id from provisioned_user where home_workspace = :home"
                + " and not asked and checked_at <= :since"
                + " order by checked_at, person_id limit :most for update skip locked)"
                + " returning person_id")
        .param("now", at(clock.instant()))
        .param("home", home.value())
        .param("since", at(since))
        .param("most", most)
        .query((row, number) -> new PersonId(row.getObject("person_id", UUID.class)))
        .list();
  }

  /// The look is done, or was given up.
  void answered(PersonId person) {
    jdbc.sql("update provisioned_user set asked = false where person_id = ? and asked")
        .param(person.value())
        .update();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
