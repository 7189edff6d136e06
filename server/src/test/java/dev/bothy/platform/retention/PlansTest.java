package dev.bothy.platform.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.workspace.Workspace;
import dev.bothy.platform.workspace.Workspaces;
import dev.bothy.testkit.BothyTest;
import dev.bothy.testkit.TestDatabase;
import dev.bothy.testkit.TestWorkspaces;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// How the database finds few rows among many, in a transaction that is rolled back.
@BothyTest
class PlansTest {
  @Autowired Workspaces workspaces;
  @Autowired DueRows dueRows;

  private Workspace workspace;

  @BeforeEach
  void aWorkspace() {
    workspace = TestWorkspaces.fresh(workspaces);
  }

  @Test
  void bodiesThatAreDueAreFoundAmongDeliveriesThatHaveNone() throws SQLException {
    DueRows.Rule rule =
        dueRows.ofWorkspaces().stream()
            .filter(each -> each.table().table().equals("webhook_delivery"))
            .filter(each -> each.expiry().only() != null)
            .findFirst()
            .orElseThrow();
    UUID endpoint = UUID.randomUUID();
    String[] rows = {
      "insert into webhook_endpoint (workspace_id, id, details, secret, types, state, created_at,"
          + " changed_at) values ('%W', '%E', 'x', 'x', '{a.b}', 'ON', now(), now())",
      "insert into webhook_delivery (workspace_id, id, endpoint_id, event_id, type, state, body,"
          + " created_at, queued_at, settled_at) select '%W', gen_random_uuid(), '%E',"
          + " gen_random_uuid(), 'a.b', 'DELIVERED', case when n % 1000 = 0 then 'x'::bytea end,"
          + " now() - interval '40 days' - n * interval '1 second', now(), now()"
          + " from generate_series(1, 20000) n",
      "analyze webhook_delivery"
    };
    for (int number = 0; number < rows.length; number++) {
      rows[number] =
          rows[number].replace("%W", workspace.id().toString()).replace("%E", endpoint.toString());
    }
    String until = "now() - interval '30 days'";
    assertThat(
            plan(
                "select count(*), min(since) from (select created_at as since from "
                    + rule.rows(until)
                    + " order by created_at limit 10001) of_0",
                rows))
        .contains("webhook_delivery_with_body");
    assertThat(
            plan(
                Batch.statement(rule)
                    .replace(":until", until)
                    .replace(":from", "now() - interval '1 year'")
                    .replace(":most", "1000"),
                rows))
        .contains("webhook_delivery_with_body");
  }

  @Test
  void whatOnePersonDidIsFoundAmongWhatAllDid() throws SQLException {
    String[] rows = {
      "insert into audit_entry (workspace_id, id, occurred_at, actor_kind, actor, via, action,"
          + " subject_kind, subject_id, details) select '%W', gen_random_uuid(),"
              .replace("%W", workspace.id().toString())
          + " now() - n * interval '1 second', 'person', 'person-' || n % 1000, 'api', 'a.b-c',"
          + " 'x', 'x', '{}' from generate_series(1, 20000) n",
      "analyze audit_entry"
    };
    for (String wanted :
        new String[] {
          "select * from audit_entry where actor = 'person-7' order by occurred_at desc limit 50",
          "select count(*) from audit_entry where actor = 'person-7'",
          "update audit_entry set address = null where workspace_id = '%W' and actor_kind = 'person' and actor = 'person-7'"
              .replace("%W", workspace.id().toString())
        }) {
      assertThat(plan(wanted, rows)).contains("audit_entry_by_actor");
    }
  }

  private String plan(String statement, String... before) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection superuser = TestDatabase.shared().connect("postgres");
        Statement run = superuser.createStatement()) {
      superuser.setAutoCommit(false);
      run.execute("set local search_path = bothy");
      for (String each : before) {
        run.execute(each);
      }
      boolean changesEntries = statement.startsWith("update audit");
      run.execute("set local role " + (changesEntries ? "bothy_queue" : "bothy_app"));
      run.execute("set local bothy.workspace = '" + workspace.id() + "'");
      try (ResultSet row = run.executeQuery("explain " + statement)) {
        while (row.next()) {
          plan.append(row.getString(1)).append('\n');
        }
      }
      superuser.rollback();
    }
    return plan.toString();
  }
}
