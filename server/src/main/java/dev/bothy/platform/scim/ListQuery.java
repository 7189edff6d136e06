package dev.bothy.platform.scim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which part of a list is asked for (RFC 7644 §3.4.2).
///
/// @param filter null for all
/// @param start the first that is answered, counted from 1
/// @param count how many at most, 0 to [SchemaDocuments#LARGEST_PAGE]; 0 asks for their number
///   alone
record ListQuery(
    ResourceType type, @Nullable Filter filter, long start, int count, Projection projection) {
  static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

  /// @param start null for 1; less than 1 means 1 (RFC 7644 §3.4.2.4)
  /// @param count null for as many as there may be; less than 0 means 0
  static ListQuery of(
      ResourceType type,
      @Nullable String filter,
      @Nullable Long start,
      @Nullable Long count,
      Projection projection) {
    return new ListQuery(
        type,
        filter == null || filter.isBlank() ? null : Filter.parse(filter),
        start == null ? 1 : Math.max(1, start),
        (int) Math.clamp(count == null ? Long.MAX_VALUE : count, 0, SchemaDocuments.LARGEST_PAGE),
        projection);
  }

  /// One page, and how many there are in all.
  record Found(long total, List<ObjectNode> resources) {}

  /// Takes resources in their order and keeps what belongs to the page.
  final class Collector {
    private final Predicate<JsonNode> wanted;
    private final List<ObjectNode> page = new ArrayList<>();
    private long matched;

    Collector() {
      wanted = filter == null ? _ -> true : Matching.of(type, filter);
    }

    void offer(ObjectNode resource) {
      if (wanted.test(resource)) {
        matched++;
        if (matched >= start && page.size() < count) {
          page.add(resource);
        }
      }
    }

    Found found() {
      return new Found(matched, page);
    }
  }

  /// The answer's body.
  ObjectNode toDocument(Found found) {
    ObjectNode document = Canonical.NODES.objectNode();
    document.putArray("schemas").add(SCHEMA);
    document.put("totalResults", found.total());
    document.put("startIndex", start);
    document.put("itemsPerPage", found.resources().size());
    if (count > 0) {
      document
          .putArray("Resources")
          .addAll(found.resources().stream().map(each -> projection.apply(type, each)).toList());
    }
    return document;
  }
}
