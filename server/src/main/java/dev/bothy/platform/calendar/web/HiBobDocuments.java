package dev.bothy.platform.calendar.web;

import dev.bothy.platform.calendar.hibob.HiBobConnection;
import dev.bothy.platform.calendar.hibob.HiBobMatch;
import dev.bothy.platform.calendar.hibob.Unmatched;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What programs send and read of HiBob. A token is sent, and never read.
final class HiBobDocuments {
  private HiBobDocuments() {}

  @Schema(name = "HiBob", description = "The connection to HiBob, without what it signs in with.")
  record HiBobDocument(
      UUID id,
      @Schema(description = "When there was last an answer; null if there never was.")
          @Nullable Instant readAt,
      @Schema(description = "When all was last compared; null if it never was.")
          @Nullable Instant comparedAt,
      @Schema(description = "Since when it fails; null if it does not.")
          @Nullable Instant failingSince,
      @Schema(description = "Why, and what to do, in words; null if it does not fail.")
          @Nullable String problem,
      @Schema(description = "Accounts that have an employee.") int matched,
      @Schema(description = "Accounts that show no address.") int noAddress,
      @Schema(description = "Accounts whose address no employee has.") int nobody,
      @Schema(description = "Requests of a few hours that do not say which.") int leftOut,
      Instant createdAt) {
    static HiBobDocument of(HiBobConnection connection) {
      HiBobConnection.State state = connection.state();
      return new HiBobDocument(
          connection.id(),
          state.readAt(),
          state.comparedAt(),
          state.failingSince(),
          state.problem(),
          state.counts().matched(),
          state.counts().noAddress(),
          state.counts().nobody(),
          state.counts().leftOut(),
          connection.createdAt());
    }
  }

  @Schema(name = "HiBobServiceUser", description = "What Bothy signs in to HiBob with.")
  record ServiceUserDocument(
      @Schema(description = "The service user's id.", example = "SERVICE-1234")
          @Nullable String user,
      @Schema(description = "Its token; told to nobody again.") @Nullable String token) {
    String userText() {
      return Objects.requireNonNullElse(user, "");
    }

    String tokenText() {
      return Objects.requireNonNullElse(token, "");
    }

    @Override
    public String toString() {
      return "ServiceUserDocument(…)";
    }
  }

  @Schema(name = "HiBobMatch", description = "Whose account belongs to which employee.")
  record MatchDocument(
      UUID connection,
      @Schema(description = "The chat network's own id.") String account,
      @Schema(description = "HiBob's id of the employee.") String employee,
      @Schema(description = "Whether an admin said so; else the two have one address.")
          boolean byHand) {
    static MatchDocument of(HiBobMatch match) {
      return new MatchDocument(
          match.connection().value(), match.account(), match.employee(), match.byHand());
    }
  }

  @Schema(name = "NewHiBobMatch", description = "An account, and the employee that it belongs to.")
  record NewMatchDocument(
      @Nullable UUID connection,
      @Schema(description = "The chat network's own id.") @Nullable String account,
      @Schema(description = "HiBob's id of the employee; null takes the account from theirs.")
          @Nullable String employee) {}

  @Schema(name = "HiBobUnmatched", description = "Who is known to one of the two alone.")
  record UnmatchedDocument(
      @Schema(description = "Ids of employees that no account belongs to, 500 at most.")
          List<String> employees,
      @Schema(description = "How many others there are.") int moreEmployees,
      @Schema(description = "Accounts that no employee belongs to.")
          List<StrangerDocument> accounts) {
    static UnmatchedDocument of(Unmatched.Found found) {
      return new UnmatchedDocument(
          found.employees(),
          found.moreEmployees(),
          found.accounts().stream()
              .map(each ->
                  new StrangerDocument(each.connection().value(), each.account(), each.name()))
              .toList());
    }
  }

  @Schema(name = "UnmatchedAccount", description = "An account that no employee belongs to.")
  record StrangerDocument(UUID connection, String account, String name) {}
}
