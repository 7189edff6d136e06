package dev.bothy.platform.erasure.web;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a receipt states, for its page.
public record ReceiptWords(List<Rows> rows, List<Stays> stays, List<String> remarks, int keys) {
  /// How many rows of a table went or were changed.
  public record Rows(String table, long count) {}

  /// What the customer keeps.
  public record Stays(String table, String reason, String until) {}

  static ReceiptWords of(String document) {
    JsonNode stated =
        JsonMapper.shared()
            .readTree(JsonMapper.shared().readTree(document).path("statement").asString());
    List<Rows> rows = new ArrayList<>();
    stated
        .path("rows")
        .properties()
        .forEach(each -> rows.add(new Rows(each.getKey(), each.getValue().asLong())));
    List<Stays> stays = new ArrayList<>();
    for (JsonNode each : stated.path("stays")) {
      stays.add(
          new Stays(
              each.path("table").asString(),
              each.path("reason").asString(),
              each.path("until").asString()));
    }
    List<String> remarks = new ArrayList<>();
    stated.path("remarks").forEach(each -> remarks.add(each.asString()));
    return new ReceiptWords(rows, stays, remarks, stated.path("keys").size());
  }
}
