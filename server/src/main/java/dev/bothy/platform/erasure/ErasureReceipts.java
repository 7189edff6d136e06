package dev.bothy.platform.erasure;

import dev.bothy.platform.audit.Actor;
import dev.bothy.platform.audit.Audit;
import dev.bothy.platform.audit.Subject;
import dev.bothy.platform.keymanagement.KeyDestructions;
import dev.bothy.platform.keymanagement.ReceiptSigner;
import dev.bothy.platform.privacy.Held;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.OnErasure;
import dev.bothy.platform.webhooks.WebhookType;
import dev.bothy.platform.webhooks.Webhooks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes and signs what is said of an erasure that is done. Called within a transaction of the
/// workspace.
@Component
class ErasureReceipts {
  static final String DONE = "done";

  private static final String DONE_EVENT = "erasure.done";
  private static final String IN_LEDGER =
      "The erasure ledger has the ids, so that a backup from before can be restored without"
          + " bringing back what was erased. Until it is deleted the backup itself still holds it.";
  private static final String NO_LEDGER =
      "No erasure ledger is set up (bothy.privacy.ledger or bothy.storage.kind): a backup from before still holds what"
          + " was erased, and restoring it brings all of it back. Erase again after a restore.";
  private static final String ELSEWHERE =
      "What a chat network, the directory or the identity provider holds is theirs to erase.";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Held held;
  private final RowEraser eraser;
  private final ErasureTable table;
  private final ErasureLedger ledger;
  private final KeyDestructions destructions;
  private final ReceiptSigner signer;
  private final Audit audit;
  private final Webhooks webhooks;

  ErasureReceipts(
      Held held,
      RowEraser eraser,
      ErasureTable table,
      ErasureLedger ledger,
      KeyDestructions destructions,
      ReceiptSigner signer,
      Audit audit,
      Webhooks webhooks) {
    this.held = held;
    this.eraser = eraser;
    this.table = table;
    this.ledger = ledger;
    this.destructions = destructions;
    this.signer = signer;
    this.audit = audit;
    this.webhooks = webhooks;
  }

  /// Notes that it is done, with the receipt.
  void finish(UUID id, Instant now) {
    ErasureRow row = table.find(id).orElseThrow();
    Signed signed = sign(row, now);
    table.finish(id, signed.statement(), signed.signature(), now);
    audit.record(
        new Actor.System(),
        "erasure.finished",
        new Subject("erasure." + row.target().kind(), row.target().id(row.workspace())),
        Map.of("erasure", id.toString()));
    webhooks.publish(
        DONE_EVENT, new Done(id, row.target().kind(), row.target().id(row.workspace())));
  }

  private record Done(UUID erasure, String kind, String target) {}

  @Configuration(proxyBeanMethods = false)
  static class Types {
    @Bean
    WebhookType erasureDone() {
      return new WebhookType(
          DONE_EVENT, "A person or an app is erased, and the receipt is signed.");
    }
  }

  Signed sign(ErasureRow row, Instant now) {
    String statement = JSON.writeValueAsString(statement(row, now));
    return new Signed(statement, signer.sign(statement.getBytes(StandardCharsets.UTF_8)));
  }

  /// As a document to download; empty if it is unknown here or not done yet.
  Optional<String> document(UUID id) {
    return table.signed(id).map(this::document);
  }

  String document(Signed signed) {
    return new SignedDocument(signed, signer.publicKey().orElseThrow()).text();
  }

  private Map<String, Object> statement(ErasureRow row, Instant now) {
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("kind", "bothy.erasure");
    statement.put("id", row.id().toString());
    statement.put("workspace", row.workspace().toString());
    statement.put("what", row.target().kind());
    statement.put("target", row.target().id(row.workspace()));
    if (row.requestedBy() != null) {
      statement.put("requestedBy", row.requestedBy().toString());
    }
    statement.put("requestedAt", row.requestedAt().toString());
    statement.put("erasedAt", (row.erasedAt() == null ? now : row.erasedAt()).toString());
    statement.put("finishedAt", now.toString());
    statement.put("rows", row.counts());
    statement.put("stays", stays(row));
    statement.put("keys", keys(row));
    List<String> remarks = new ArrayList<>(row.notes());
    remarks.add(ledger.isConfigured() ? IN_LEDGER : NO_LEDGER);
    remarks.add(ELSEWHERE);
    statement.put("remarks", remarks);
    return statement;
  }

  /// What the customer keeps of a person, with the reason and the end.
  private List<Map<String, Object>> stays(ErasureRow row) {
    return switch (row.target()) {
      case ErasureTarget.OfPerson _ ->
          held.tables()
              .filter(each -> !each.installation())
              .flatMap(each -> stays(each, row).stream())
              .toList();
      case ErasureTarget.OfApp _ ->
          List.of(
              stays(
                  "audit_entry",
                  "an audit log that could be changed would prove nothing; it has ids, and no name"
                      + " or content",
                  "the clock of the audit log"));
      case ErasureTarget.OfWorkspace _ ->
          List.of(
              stays(
                  "erased_workspace",
                  "it is this receipt; it has ids and no name",
                  "the installation ends"));
    };
  }

  private Optional<Map<String, Object>> stays(HeldTable each, ErasureRow row) {
    return each.onErasure() instanceof OnErasure.Kept(String reason, String until)
        ? Optional.of(
            each.rowsOf(PersonSteps.subject(row))
                .map(rows -> {
                  Map<String, Object> one = stays(each.table(), reason, until);
                  one.put("rows", eraser.count(each.table(), rows));
                  return one;
                })
                .orElseGet(() -> stays(each.table(), reason, until)))
        : Optional.empty();
  }

  private static Map<String, Object> stays(String table, String reason, String until) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("table", table);
    one.put("reason", reason);
    one.put("until", until);
    return one;
  }

  /// The signed receipts of the keys that were destroyed for it.
  private List<String> keys(ErasureRow row) {
    return switch (row.target()) {
      case ErasureTarget.OfPerson _ -> List.of();
      case ErasureTarget.OfApp(String app) -> keys(row, app);
      case ErasureTarget.OfWorkspace _ -> keys(row, null);
    };
  }

  private List<String> keys(ErasureRow row, @Nullable String owner) {
    return destructions.list().stream()
        .filter(each -> owner == null || each.owner().equals(owner))
        .filter(each -> !each.requestedAt().isBefore(row.requestedAt()))
        .flatMap(each -> destructions.receipt(each.id()).stream())
        .toList();
  }
}
