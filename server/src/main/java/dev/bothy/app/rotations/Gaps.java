package dev.bothy.app.rotations;

import dev.bothy.app.rotations.plan.Assignment;
import dev.bothy.app.rotations.plan.Span;
import dev.bothy.app.rotations.plan.Why;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.OutboundMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Tells the workspace's owners, once for each, of times to come in which nobody is going to be on
/// duty though somebody should, those that are kept free on purpose left out; the channel, where no
/// owner's account is known.
@Component
class Gaps {
  private final ToldTable told;
  private final Owners owners;
  private final Chat chat;

  Gaps(ToldTable told, Owners owners, Chat chat) {
    this.told = told;
    this.owners = owners;
    this.chat = chat;
  }

  void tell(RotationEntity rotation, List<Assignment> ahead, Instant now) {
    Map<String, List<Span>> empty = new LinkedHashMap<>();
    for (Assignment each : ahead) {
      if (each.person() == null && each.why() != Why.EMPTY) {
        empty
            .computeIfAbsent(each.role(), _ -> new ArrayList<>())
            .add(new Span(each.start(), each.end()));
      }
    }
    empty.forEach((role, spans) -> {
      List<Span> news =
          // One that has begun is on the card.
          Span.merged(spans).stream()
              .filter(gap -> gap.start().isAfter(now))
              .filter(gap ->
                  told.first(
                      rotation.id(), ToldTable.Kind.GAP, role, ToldTable.NOBODY, gap.start()))
              .toList();
      if (!news.isEmpty()) {
        tell(rotation, role, news);
      }
    });
  }

  private void tell(RotationEntity rotation, String role, List<Span> gaps) {
    Content content =
        TellingCards.gaps(
            rotation.id(),
            rotation.name(),
            role,
            gaps,
            rotation.layers().getFirst().times().zone());
    List<String> accounts = owners.accounts(rotation.connection());
    if (accounts.isEmpty()) {
      chat.send(
          rotation.connection(), new OutboundMessage.Post(rotation.conversation(), null, content));
    }
    accounts.forEach(
        account -> chat.send(rotation.connection(), new OutboundMessage.Direct(account, content)));
  }
}
