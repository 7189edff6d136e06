package dev.bothy.preflight;

import dev.bothy.platform.kernel.StartRefused;
import dev.bothy.platform.people.SignOnSettings;
import dev.bothy.platform.workspace.DatabaseLink;
import dev.bothy.platform.workspace.Installation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/// `links`: in production every link to database and sign-on is encrypted. A plain one to Vault
/// makes the settings unusable.
record EncryptedLinks(Installation installation, List<Role> roles, SignOnSettings signOn)
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
