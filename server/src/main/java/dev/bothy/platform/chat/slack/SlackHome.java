package dev.bothy.platform.chat.slack;

import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.OutboundMessage;
import dev.bothy.platform.work.OutboxSender.Result;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The Home tab, as each person sees it (docs.slack.dev/surfaces/app-home).
///
/// ## The hash
///
/// Slack gives each published view a hash, and tells it when the tab is opened. What is published
/// in answer to an opening carries the hash of the view that was opened, so that a request which
/// was given up and reaches Slack late does not cover what was published after it.
///
/// `hash_conflict` means that something was published since the tab was opened: an answer to an
/// earlier opening, or an earlier attempt of this one. What goes to one person's tab goes in order,
/// so this is newer than what stands there: it is published once more, without a hash. Whatever is
/// newer still waits behind it and covers it. A process that was stopped so long that another one
/// took over its work may yet cover something newer; that lasts until the tab is opened again.
///
/// Home tabs are the only views that are changed: a form is opened and sent, never updated.
final class SlackHome {
  /// Blocks of a view (docs.slack.dev/reference/views/home-tab-views).
  static final int BLOCKS = 100;

  /// Slack refuses views over 250 kB (docs.slack.dev/reference/methods/views.publish,
  /// `view_too_large`); what is around the blocks needs some room.
  static final int BYTES = 240_000;

  /// What Slack answers when the hash is not that of the view that stands.
  private static final String CONFLICT = "hash_conflict";

  /// Slack does not say whether it counts a character by its UTF-8 bytes or by the escape of six
  /// characters that it stores for it; the latter is the most that it can be.
  private static final int BYTES_OF_ESCAPE = 6;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final SlackCalls calls;

  SlackHome(SlackCalls calls) {
    this.calls = calls;
  }

  Result publish(SlackCalls.Caller caller, OutboundMessage.Home message) {
    SlackAnswer answer = publish(caller, message, message.over());
    if (answer instanceof SlackAnswer.Refused refused && refused.error().equals(CONFLICT)) {
      answer = publish(caller, message, null);
    }
    return answer instanceof SlackAnswer.Done done
        ? new Result.Sent(done.body().at("/view/id").asString(null))
        : SlackPoster.failure(answer);
  }

  private SlackAnswer publish(
      SlackCalls.Caller caller, OutboundMessage.Home message, @Nullable String hash) {
    ObjectNode arguments = JSON.objectNode().put("user_id", message.account());
    if (hash != null) {
      arguments.put("hash", hash);
    }
    arguments.set("view", view(message.content()));
    return calls.call(caller, "views.publish", null, arguments);
  }

  /// The view, shortened to what Slack takes: its last line then says how many lines are not shown.
  /// The actions are always there.
  static ObjectNode view(Content content) {
    List<ObjectNode> actions = SlackBlocks.actions(content);
    List<SlackBlocks.Piece> pieces = SlackBlocks.pieces(content, SlackBlocks.SECTION_TEXT);
    List<ObjectNode> shown = new ArrayList<>();
    // One block is kept for the line that says what is missing.
    int room = BLOCKS - actions.size() - 1;
    int bytes = BYTES - actions.stream().mapToInt(SlackHome::bytes).sum();
    for (SlackBlocks.Piece piece : pieces) {
      bytes -= bytes(piece.block());
      if (shown.size() == room || bytes < 0) {
        break;
      }
      shown.add(piece.block());
    }
    long missing =
        pieces.subList(shown.size(), pieces.size()).stream()
            .mapToLong(piece -> piece.text().strip().lines().count())
            .sum();
    if (missing > 0) {
      String words = missing == 1 ? "One more line is" : missing + " more lines are";
      shown.add(SlackBlocks.section("… " + words + " not shown: there is no more room here."));
    }
    ObjectNode view = JSON.objectNode().put("type", "home");
    ArrayNode blocks = view.putArray("blocks");
    shown.forEach(blocks::add);
    actions.forEach(blocks::add);
    return view;
  }

  private static int bytes(JsonNode block) {
    return block.toString().chars().map(each -> each < 128 ? 1 : BYTES_OF_ESCAPE).sum() + 1;
  }
}
