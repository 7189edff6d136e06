package dev.bothy.platform.storage;

import static dev.bothy.platform.storage.ObjectStoreContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.testkit.S3Server;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Against a real server, by the egress module.
@Tag("real")
class S3StoreTest implements ObjectStoreContract {
  private final String prefix = "test-" + UUID.randomUUID();
  private StoreProgram program;

  @BeforeEach
  void start() {
    program =
        new StoreProgram(Clock.systemUTC(), S3Server.shared().settings(prefix + "/x", "test"));
  }

  @AfterEach
  void stop() {
    program.close();
  }

  @Override
  public ObjectStore store() {
    return program.store();
  }

  @Test
  void anObjectIsAtItsKeyBelowThePrefix() {
    store().put("a/b", text("c"));
    S3Server server = S3Server.shared();
    assertThat(server.folder().resolve(server.bucket()).resolve(prefix).resolve("x/a/b"))
        .hasContent("c");
    assertThat(store().describe()).isEqualTo("s3://bothy/" + prefix + "/x at " + server.endpoint());
  }
}
