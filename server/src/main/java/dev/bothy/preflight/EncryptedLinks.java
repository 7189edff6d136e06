package dev.bothy.preflight;

import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.people.SignOnSettings;
import dev.bothy.platform.workspace.DatabaseLink;
import dev.bothy.platform.workspace.Installation;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// `links`: in production every link to database, sign-on and Vault is encrypted.
record EncryptedLinks(
    Installation installation, List<Role> roles, SignOnSettings signOn, @Nullable URI vault)
    implements Check {
  private static final String NAME = "links";

  @Override
  public List<Finding> look() {
    List<Finding> found = new ArrayList<>();
    for (Role role : roles) {
      refusal(
          found,
          () ->
              DatabaseLink.check(
                  installation, role.setting() + ".url", role.url(), new Properties()));
    }
    refusal(found, () -> signOn.checkLinks(installation));
    if (installation.production() && vault != null && !"https".equals(vault.getScheme())) {
      found.add(
          Finding.fail(
              NAME,
              "bothy.preflight.vault-address is a plain http address, which is refused in"
                  + " production",
              "Serve Vault by https and write its https address"));
    }
    if (found.isEmpty()) {
      found.add(
          installation.production()
              ? Finding.pass(NAME, "every link is encrypted, as production demands")
              : Finding.pass(
                  NAME,
                  "links may be plain, since bothy.installation.mode is "
                      + installation.mode().name().toLowerCase(Locale.ROOT)));
    }
    return found;
  }

  private static void refusal(List<Finding> found, Runnable check) {
    try {
      check.run();
    } catch (StartRefused refused) {
      found.add(Finding.fail(NAME, refused.why(), refused.fix()));
    }
  }
}
