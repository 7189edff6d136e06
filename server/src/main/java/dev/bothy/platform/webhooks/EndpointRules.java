package dev.bothy.platform.webhooks;

import dev.bothy.platform.kernel.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// What an endpoint may be. Where its address leads is checked when it is called, each time.
@Component
class EndpointRules {
  private static final int LONGEST_URL = 2_000;
  private static final int LONGEST_DESCRIPTION = 200;
  private static final int LONGEST_AUTHORIZATION = 1_000;

  /// RFC 9110 §5.5 without what is not ASCII.
  private static final Pattern HEADER_VALUE = Pattern.compile("[!-~]([ -~]*[!-~])?");

  private final WebhookTypes types;
  private final WebhookSettings settings;

  EndpointRules(WebhookTypes types, WebhookSettings settings) {
    this.types = types;
    this.settings = settings;
  }

  /// What is wrong with it; empty if nothing is.
  List<Problem> problems(EndpointInput input) {
    List<Problem> problems = new ArrayList<>();
    String wrongUrl = wrongUrl(input.url());
    if (!wrongUrl.isEmpty()) {
      problems.add(Problem.ofField("webhooks.url", "url", wrongUrl));
    }
    if (input.description().length() > LONGEST_DESCRIPTION
        || input.description().chars().anyMatch(Character::isISOControl)) {
      problems.add(
          Problem.ofField(
              "webhooks.description",
              "description",
              "description: up to " + LONGEST_DESCRIPTION + " characters on one line"));
    }
    if (input.types().isEmpty() || !input.types().stream().allMatch(types::knows)) {
      problems.add(
          Problem.ofField(
              "webhooks.types",
              "types",
              "types: one or more of "
                  + String.join(", ", types.all().stream().map(WebhookType::name).toList())));
    }
    String authorization = input.authorization();
    if (authorization != null
        && !authorization.isEmpty()
        && (authorization.length() > LONGEST_AUTHORIZATION
            || !HEADER_VALUE.matcher(authorization).matches())) {
      problems.add(
          Problem.ofField(
              "webhooks.authorization",
              "authorization",
              "authorization: a header's value of up to "
                  + LONGEST_AUTHORIZATION
                  + " visible ASCII characters, such as Bearer abc"));
    }
    return problems;
  }

  /// In words; empty if nothing is wrong.
  private String wrongUrl(String url) {
    URI address;
    try {
      address = new URI(url);
    } catch (URISyntaxException unreadable) {
      return "url: this is no address. Write one like https://hooks.example.com/bothy";
    }
    String scheme = address.getScheme() == null ? "" : address.getScheme();
    if (url.length() > LONGEST_URL || address.getHost() == null) {
      return "url: an address like https://hooks.example.com/bothy, up to "
          + LONGEST_URL
          + " characters";
    }
    if (!scheme.equalsIgnoreCase("https") && !scheme.equalsIgnoreCase("http")) {
      return "url: it begins with https://, or with http:// for a host that IT lists as on-premises";
    }
    if (address.getUserInfo() != null || address.getFragment() != null) {
      return "url: no user, password or # in it. What proves Bothy to the host goes into"
          + " authorization";
    }
    return settings.allows(address.getHost().toLowerCase(Locale.ROOT))
        ? ""
        : "url: whoever runs this server allows these hosts alone: "
            + String.join(", ", settings.hosts());
  }
}
