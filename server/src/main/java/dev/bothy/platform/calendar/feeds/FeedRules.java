package dev.bothy.platform.calendar.feeds;

import dev.bothy.platform.chat.Account;
import dev.bothy.platform.chat.Chat;
import dev.bothy.platform.kernel.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What a feed may be. Where its address leads is checked each time that it is called.
@Component
class FeedRules {
  static final int MOST_OF_ACCOUNT = 5;
  static final int MOST = 1_000;

  private static final int LONGEST_ADDRESS = 2_000;
  private static final int MOST_HOURS = 168;

  private final Chat chat;

  FeedRules(Chat chat) {
    this.chat = chat;
  }

  /// What was found.
  ///
  /// @param address null for a file, and where it is wrong
  record Checked(List<Problem> problems, @Nullable URI address, ZoneId zone) {}

  /// @param others all feeds that there are
  Checked check(FeedInput input, boolean file, List<AbsenceFeed> others) {
    List<Problem> problems = new ArrayList<>();
    Optional<Account> account =
        chat.account(input.connection(), input.account())
            .filter(each -> each.active() && !each.bot());
    if (account.isEmpty()) {
      problems.add(
          Problem.ofField(
              "calendar.feed-account", "account", "account: somebody whom the chat network knows"));
    }
    URI address = file ? null : address(input.address(), problems);
    if (input.shortestHours() < 0 || input.shortestHours() > MOST_HOURS) {
      problems.add(
          Problem.ofField(
              "calendar.feed-shortest", "shortestHours", "shortestHours: 0 to " + MOST_HOURS));
    }
    ZoneId zone = account.map(Account::zone).orElse(ZoneOffset.UTC);
    try {
      zone = input.zone().isBlank() ? zone : ZoneId.of(input.zone().strip());
    } catch (DateTimeException unknown) {
      problems.add(
          Problem.ofField(
              "calendar.feed-zone", "zone", "zone: a time zone's name, such as Europe/Berlin"));
    }
    long ofAccount =
        others.stream()
            .filter(each ->
                each.connection().equals(input.connection())
                    && each.account().equals(input.account()))
            .count();
    if (ofAccount >= MOST_OF_ACCOUNT || others.size() >= MOST) {
      problems.add(
          Problem.ofUser(
              "calendar.too-many-feeds",
              "There are "
                  + (ofAccount >= MOST_OF_ACCOUNT
                      ? MOST_OF_ACCOUNT + " calendars of this person"
                      : MOST + " calendars")
                  + ", which is the most. Remove one first."));
    }
    return new Checked(problems, address, zone);
  }

  /// Calendar programs write `webcal` for a subscription; it means https.
  private static @Nullable URI address(String typed, List<Problem> problems) {
    String written = typed.strip().replaceFirst("^(?i)webcals?://", "https://");
    URI address = null;
    try {
      address = new URI(written);
    } catch (URISyntaxException unreadable) {
      // Told below; the message of the exception would quote it.
    }
    boolean good =
        address != null
            && written.length() <= LONGEST_ADDRESS
            && address.getHost() != null
            && ("https".equalsIgnoreCase(address.getScheme())
                || "http".equalsIgnoreCase(address.getScheme()))
            && address.getUserInfo() == null
            && address.getFragment() == null;
    if (!good) {
      problems.add(
          Problem.ofField(
              "calendar.feed-address",
              "address",
              "address: one that begins with https:// or webcal://, up to "
                  + LONGEST_ADDRESS
                  + " characters, without a user, a password or a #"));
      return null;
    }
    return address;
  }
}
