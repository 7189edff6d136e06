package dev.bothy.platform.keycloak;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.representations.idm.ClientRepresentation;

/// Something about a client that has to be so.
///
/// @param name as people know it
/// @param read how it is, to be shown and compared; null if not set
/// @param wanted how it should be
/// @param write makes it so
record Trait(
    String name,
    Function<ClientRepresentation, @Nullable String> read,
    String wanted,
    Consumer<ClientRepresentation> write) {
  private static final String ON = "on";
  private static final String OFF = "off";

  static Trait flag(
      String name,
      Function<ClientRepresentation, @Nullable Boolean> read,
      BiConsumer<ClientRepresentation, Boolean> write,
      boolean wanted) {
    return new Trait(
        name,
        client -> onOff(Boolean.TRUE.equals(read.apply(client))),
        onOff(wanted),
        client -> write.accept(client, wanted));
  }

  static Trait text(
      String name,
      Function<ClientRepresentation, @Nullable String> read,
      BiConsumer<ClientRepresentation, String> write,
      String wanted) {
    return new Trait(name, read, wanted, client -> write.accept(client, wanted));
  }

  /// Exactly these, in whatever order.
  static Trait list(
      String name,
      Function<ClientRepresentation, @Nullable List<String>> read,
      BiConsumer<ClientRepresentation, List<String>> write,
      List<String> wanted) {
    return new Trait(
        name,
        client -> listed(read.apply(client)),
        listed(wanted),
        client -> write.accept(client, new ArrayList<>(wanted)));
  }

  static Trait attribute(String name, String key, String wanted) {
    return new Trait(
        name, client -> attribute(client, key), wanted, client -> put(client, key, wanted));
  }

  /// A switch among the attributes, where none means off.
  static Trait attributeOff(String name, String key) {
    return new Trait(
        name,
        client -> onOff(Boolean.parseBoolean(attribute(client, key))),
        OFF,
        client -> put(client, key, "false"));
  }

  static @Nullable String attribute(ClientRepresentation client, String key) {
    return client.getAttributes() == null ? null : client.getAttributes().get(key);
  }

  static void put(ClientRepresentation client, String key, String value) {
    Map<String, String> attributes =
        client.getAttributes() == null ? new HashMap<>() : client.getAttributes();
    attributes.put(key, value);
    client.setAttributes(attributes);
  }

  static String listed(@Nullable Collection<String> values) {
    return values == null || values.isEmpty() ? "none" : String.join(", ", new TreeSet<>(values));
  }

  static String onOff(boolean value) {
    return value ? ON : OFF;
  }

  boolean holds(ClientRepresentation client) {
    return wanted.equals(read.apply(client));
  }

  /// Says of each trait of the client that does not hold what it is and should be, and makes it so.
  ///
  /// @return whether there was any
  static boolean repair(
      String part, List<Trait> traits, ClientRepresentation client, RealmPlan.Draft draft) {
    boolean any = false;
    for (Trait trait : traits) {
      if (!trait.holds(client)) {
        draft.say(
            PlanLine.change(
                part + ": " + trait.name(), trait.read().apply(client), trait.wanted()));
        trait.write().accept(client);
        any = true;
      }
    }
    return any;
  }

  /// What is left alone by an update of the client itself.
  static void leaveItsParts(ClientRepresentation client) {
    client.setProtocolMappers(null);
    client.setDefaultClientScopes(null);
    client.setOptionalClientScopes(null);
  }
}
