package dev.bothy.platform.calendar;

import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.workspace.Workspaces;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Who added which source of absences. Called within a transaction of the workspace.
@Component
public class SourceMakers {
  private final JdbcClient jdbc;
  private final Workspaces workspaces;

  SourceMakers(JdbcClient jdbc, Workspaces workspaces) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
  }

  /// Notes who added a source, which exists already. A calendar may have gone with its person: who
  /// added that one is forgotten here.
  public void put(UUID source, PersonId maker) {
    jdbc.sql(
            "delete from absence_source_maker where source_id not in (select id from absence_feed"
                + " union all select id from hibob_connection)")
        .update();
    jdbc.sql(
            "insert into absence_source_maker (workspace_id, source_id, person_id)"
                + " values (?, ?, ?)")
        .params(workspaces.current().value(), source, maker.value())
        .update();
  }

  /// Empty where nobody knows any more.
  Optional<PersonId> of(UUID source) {
    return jdbc.sql("select person_id from absence_source_maker where source_id = ?")
        .param(source)
        .query((row, _) -> new PersonId(row.getObject("person_id", UUID.class)))
        .optional();
  }

  /// Forgets it, with the source.
  public void forget(UUID source) {
    jdbc.sql("delete from absence_source_maker where source_id = ?").param(source).update();
  }
}
