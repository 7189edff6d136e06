package dev.bothy.platform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bothy.platform.keycloak.KeycloakUsers.Bringing;
import dev.bothy.platform.keycloak.KeycloakUsers.Making;
import dev.bothy.platform.keycloak.WantedUser.Profile;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/// One user of a real Keycloak at a time, with the one role that Bothy's client has.
class KeycloakUsersTest extends RealmStepCase {
  private static final Profile ADA = new Profile("ada", "Ada King Lovelace", "ada@corp.test");

  private KeycloakUsers users;

  @BeforeEach
  void allow() {
    apply();
    users = new KeycloakUsers(login("bothy-users", "secret-of-users"));
  }

  @Test
  void oneWhoIsMadeHasNamesAndAnAddressThatNobodyVerified() {
    String id = make(ADA);
    UserRepresentation made = user(id);
    assertThat(made.getUsername()).isEqualTo("ada");
    assertThat(made.getFirstName()).isEqualTo("Ada King");
    assertThat(made.getLastName()).isEqualTo("Lovelace");
    assertThat(made.getEmail()).isEqualTo("ada@corp.test");
    assertThat(made.isEmailVerified()).isFalse();
    assertThat(made.isEnabled()).isTrue();
    assertThat(realm.users().get(id).credentials()).isEmpty();
    assertThat(users.idOf("ADA")).contains(id);
    assertThat(users.idOf("ad")).isEmpty();
    assertThat(users.bring(id, new WantedUser(ADA, true))).isEqualTo(Bringing.UNCHANGED);
  }

  @Test
  void whoHasOneNameHasThatAsTheirFirst() {
    Profile plato = new Profile("plato", "Plato", null);
    String id = make(plato);
    assertThat(user(id).getFirstName()).isEqualTo("Plato");
    assertThat(users.bring(id, new WantedUser(plato, true))).isEqualTo(Bringing.UNCHANGED);
  }

  @Test
  void aNameOrAnAddressThatAnotherHasIsTaken() {
    make(ADA);
    assertThat(users.make(new Profile("ada", "A B", null), true))
        .isInstanceOfSatisfying(
            Making.Taken.class, taken -> assertThat(taken.why()).contains("same username"));
    assertThat(users.make(new Profile("other", "A B", "ADA@corp.test"), true))
        .isInstanceOfSatisfying(
            Making.Taken.class, taken -> assertThat(taken.why()).contains("same email"));
  }

  @Test
  void whatElseThereIsAboutOneStays() {
    String id = make(ADA);
    UserRepresentation theirs = user(id);
    theirs.setEmailVerified(true);
    theirs.setRequiredActions(List.of("CONFIGURE_TOTP"));
    realm.users().get(id).update(theirs);
    assertThat(
            users.bring(id, new WantedUser(new Profile("ada", "Ada Byron", "ada@corp.test"), true)))
        .isEqualTo(Bringing.CHANGED);
    UserRepresentation changed = user(id);
    assertThat(changed.getLastName()).isEqualTo("Byron");
    assertThat(changed.isEmailVerified()).isTrue();
    assertThat(changed.getRequiredActions()).containsExactly("CONFIGURE_TOTP");
  }

  @Test
  void anotherAddressIsNotVerified() {
    String id = make(ADA);
    UserRepresentation theirs = user(id);
    theirs.setEmailVerified(true);
    realm.users().get(id).update(theirs);
    users.bring(id, new WantedUser(new Profile("ada", "Ada King Lovelace", "a@b.test"), true));
    assertThat(user(id).getEmail()).isEqualTo("a@b.test");
    assertThat(user(id).isEmailVerified()).isFalse();
  }

  @Test
  void aUserNameFollowsWhereTheRealmLetsItChange() {
    String id = make(ADA);
    Profile renamed = new Profile("countess", "Ada Byron", null);
    assertThat(users.bring(id, new WantedUser(renamed, true))).isEqualTo(Bringing.CHANGED);
    assertThat(user(id).getUsername()).as("the realm lets nobody change theirs").isEqualTo("ada");
    assertThat(user(id).getLastName()).isEqualTo("Byron");
    assertThat(user(id).getEmail()).isEqualTo("ada@corp.test");
    assertThat(users.bring(id, new WantedUser(renamed, true))).isEqualTo(Bringing.UNCHANGED);

    RealmRepresentation itself = realm.toRepresentation();
    itself.setEditUsernameAllowed(true);
    realm.update(itself);
    assertThat(users.bring(id, new WantedUser(renamed, true))).isEqualTo(Bringing.CHANGED);
    assertThat(user(id).getUsername()).isEqualTo("countess");
    assertThat(users.bring(id, new WantedUser(renamed, true))).isEqualTo(Bringing.UNCHANGED);
  }

  @Test
  void aNameThatKeycloakDoesNotTakeKeepsNoLeaverIn() {
    String id = make(ADA);
    make(new Profile("erin", "Erin E", "erin@corp.test"));
    Profile taken = new Profile("ada", "Ada Lovelace", "erin@corp.test");
    assertThat(refused(() -> users.bring(id, new WantedUser(taken, false))).why())
        .isEqualTo(KeycloakRefused.Why.TAKEN);
    assertThat(user(id).isEnabled()).isFalse();
  }

  @Test
  void whoIsGoneIsToldAsThat() {
    String id = make(ADA);
    realm.users().get(id).remove();
    assertThat(users.bring(id, new WantedUser(ADA, true))).isEqualTo(Bringing.GONE);
  }

  @Test
  void withoutAProfileOnlyAccessIsBroughtAlong() {
    String id = make(ADA);
    assertThat(users.bring(id, new WantedUser(null, false))).isEqualTo(Bringing.CHANGED);
    assertThat(user(id).isEnabled()).isFalse();
    assertThat(user(id).getLastName()).isEqualTo("Lovelace");
    assertThat(users.bring(id, new WantedUser(null, false))).isEqualTo(Bringing.UNCHANGED);
  }

  @Test
  void aTokenThatKeycloakForgotIsReplaced() {
    String id = make(ADA);
    realm.logoutAll();
    realm.pushRevocation();
    assertThat(users.bring(id, new WantedUser(ADA, true))).isEqualTo(Bringing.UNCHANGED);
  }

  private String make(Profile profile) {
    return ((Making.Made) users.make(profile, true)).id();
  }

  private UserRepresentation user(String id) {
    return realm.users().get(id).toRepresentation();
  }
}
