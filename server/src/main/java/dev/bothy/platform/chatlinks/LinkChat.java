package dev.bothy.platform.chatlinks;

import dev.bothy.platform.chat.Capability;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.chat.ChatConnection;
import dev.bothy.platform.chat.ChatFeature;
import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.InboundEvent;
import dev.bothy.platform.chat.InboundEvent.CommandInvoked;
import dev.bothy.platform.chat.RichText;
import dev.bothy.platform.kernel.PersonId;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// The command `/bothy`: whose account this is, and how to change that. Every answer is for the
/// account's eyes only.
@Component
class LinkChat implements ChatFeature {
  private static final String COMMAND = "/bothy";

  private final ChatLinks links;
  private final LinkRequests requests;
  private final Members members;
  private final Chat chat;
  private final LinkMessages messages;
  private final ChatLinkSettings settings;

  LinkChat(
      ChatLinks links,
      LinkRequests requests,
      Members members,
      Chat chat,
      LinkMessages messages,
      ChatLinkSettings settings) {
    this.links = links;
    this.requests = requests;
    this.members = members;
    this.chat = chat;
    this.messages = messages;
    this.settings = settings;
  }

  @Override
  public String id() {
    return "chatlinks";
  }

  @Override
  public List<Command> commands() {
    return List.of(
        new Command(COMMAND, "Whose account this is in Bothy", "whoami | link | unlink | help"));
  }

  @Override
  public Map<Capability, String> needs() {
    Map<Capability, String> needs = new EnumMap<>(Capability.class);
    needs.put(Capability.COMMAND, "People say whose account it is with " + COMMAND + ".");
    needs.put(Capability.EPHEMERAL, "Answers are shown to the person who asked alone.");
    needs.put(Capability.DIRECT, "People are told when their account is linked or unlinked.");
    needs.put(Capability.LOOKUP, "The name of the account, to confirm.");
    if (settings.matchByEmail()) {
      needs.put(Capability.EMAIL, "Accounts are matched to members by address, which is not kept.");
    }
    return needs;
  }

  @Override
  public Answer handle(ChatConnection connection, InboundEvent event) {
    if (event instanceof CommandInvoked command) {
      switch (command.text().strip().toLowerCase(Locale.ROOT)) {
        case "link" -> sendLink(connection, command);
        case "unlink" -> unlink(connection, command);
        case "whoami" -> answer(connection, command, whoami(connection, command.author()));
        default -> answer(connection, command, help());
      }
    }
    return new Answer.Done();
  }

  private void sendLink(ChatConnection connection, CommandInvoked command) {
    Optional<PersonId> person = links.personOf(connection.id(), command.author());
    if (person.isPresent()) {
      answer(connection, command, whoami(connection, command.author()));
      return;
    }
    if (chat.account(connection.id(), command.author()).isEmpty()) {
      answer(
          connection,
          command,
          RichText.of(
              "%s does not say who you are here, so this account cannot be linked."
                  .formatted(connection.network().title())));
      return;
    }
    String token = requests.ask(connection.id(), command.author());
    messages.invite(connection, command, token);
  }

  private void unlink(ChatConnection connection, CommandInvoked command) {
    boolean was =
        links.unlink(
            connection.id(), command.author(), links.actor(connection.id(), command.author()));
    // That it was is told by the unlinking itself.
    if (!was) {
      answer(connection, command, nobody());
    }
  }

  private RichText whoami(ChatConnection connection, String account) {
    Optional<Member> member = links.personOf(connection.id(), account).flatMap(members::find);
    if (member.isEmpty()) {
      return nobody();
    }
    int others = links.accountsOf(member.get().person()).size() - 1;
    String more =
        others == 0
            ? ""
            : others == 1
                ? " They have 1 other account."
                : " They have %d others.".formatted(others);
    return RichText.of("This account is ")
        .bold(member.get().name())
        .plain("'s." + more + " To undo that: ")
        .code(COMMAND + " unlink");
  }

  private static RichText nobody() {
    return RichText.of(
            "Bothy does not know whose account this is. Nothing that needs a person works from here"
                + " until you link it: ")
        .code(COMMAND + " link");
  }

  private static RichText help() {
    return RichText.of("")
        .code(COMMAND + " whoami")
        .plain(" says whose account this is.\n")
        .code(COMMAND + " link")
        .plain(" sends you a link to make it yours.\n")
        .code(COMMAND + " unlink")
        .plain(" takes that back.");
  }

  private void answer(ChatConnection connection, CommandInvoked command, RichText text) {
    messages.answer(connection, command, Content.of(text));
  }
}
