package dev.bothy.platform.keycloak;

import dev.bothy.platform.keycloak.WantedRealm.SignOnClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;

/// What is to be done about the client that people sign in through. Other mappers, scopes and
/// attributes of it stay.
final class SignOnClientPlan {
  private static final String CLAIM = "claim.name";

  private SignOnClientPlan() {}

  static void plan(SignOnClient wanted, FoundRealm found, RealmPlan.Draft draft) {
    String part = "client " + wanted.clientId();
    ClientRepresentation client = found.client();
    if (client == null) {
      draft.say(PlanLine.create(part));
      draft.say(PlanLine.create(part + ": mapper groups"));
      draft.add(new Deed.MakeClient(SignOnClientShape.made(wanted, found.clientScopes().keySet())));
      return;
    }
    List<ProtocolMapperRepresentation> mappers =
        Objects.requireNonNullElse(client.getProtocolMappers(), List.of());
    List<String> scopes = scopes(client);
    boolean fine = !repair(part, wanted, client, draft);
    fine &= planMapper(part, wanted.groupsClaim(), client.getId(), mappers, draft);
    fine &=
        planScopes(
            part, SignOnClientShape.SCOPES, client.getId(), scopes, found.clientScopes(), draft);
    if (fine) {
      draft.say(PlanLine.fine(part));
    }
  }

  private static boolean repair(
      String part, SignOnClient wanted, ClientRepresentation client, RealmPlan.Draft draft) {
    List<Trait> traits = SignOnClientShape.traits(wanted);
    if (Boolean.TRUE.equals(client.isPublicClient()) && wanted.secret() == null) {
      // A server that knows no secret could sign nobody in through a confidential client.
      draft.say(
          PlanLine.advice(
              part + ": public client",
              "on",
              "give bothy.sign-on.client-secret, and this step makes it confidential"));
      traits =
          traits.stream()
              .filter(trait ->
                  !trait.name().equals("public client")
                      && !trait.name().equals("client authentication"))
              .toList();
    }
    boolean changed = Trait.repair(part, traits, client, draft);
    if (changed) {
      Trait.leaveItsParts(client);
      draft.add(new Deed.PutClient(client));
    }
    return changed;
  }

  static List<String> scopes(ClientRepresentation client) {
    List<String> scopes = new ArrayList<>();
    Optional.ofNullable(client.getDefaultClientScopes()).ifPresent(scopes::addAll);
    return scopes;
  }

  private static boolean planMapper(
      String part,
      String claim,
      String client,
      List<ProtocolMapperRepresentation> mappers,
      RealmPlan.Draft draft) {
    ProtocolMapperRepresentation mapper = ours(claim, mappers);
    if (mapper == null) {
      boolean taken = mappers.stream().anyMatch(each -> "groups".equals(each.getName()));
      String name = taken ? "bothy-groups" : "groups";
      draft.say(PlanLine.create(part + ": mapper " + name));
      draft.add(new Deed.MakeMapper(client, SignOnClientShape.mapper(name, claim)));
      return false;
    }
    Map<String, String> config = new HashMap<>(config(mapper));
    boolean fine = true;
    for (Map.Entry<String, String> wanted : SignOnClientShape.groupMapper(claim).entrySet()) {
      String now = config.put(wanted.getKey(), wanted.getValue());
      if (!wanted.getValue().equals(now)) {
        fine = false;
        draft.say(
            PlanLine.change(
                part + ": mapper " + mapper.getName() + ": " + wanted.getKey(),
                now,
                wanted.getValue()));
      }
    }
    if (!fine) {
      mapper.setConfig(config);
      draft.add(new Deed.PutMapper(client, mapper));
    }
    return fine;
  }

  /// The mapper that fills the claim, or else the one of that name that once did.
  private static @Nullable ProtocolMapperRepresentation ours(
      String claim, List<ProtocolMapperRepresentation> mappers) {
    List<ProtocolMapperRepresentation> ofGroups =
        mappers.stream()
            .filter(each -> SignOnClientShape.GROUP_MAPPER.equals(each.getProtocolMapper()))
            .toList();
    return ofGroups.stream()
        .filter(each -> claim.equals(config(each).get(CLAIM)))
        .findFirst()
        .or(() ->
            ofGroups.stream()
                .filter(each ->
                    "groups".equals(each.getName()) || "bothy-groups".equals(each.getName()))
                .findFirst())
        .orElse(null);
  }

  private static Map<String, String> config(ProtocolMapperRepresentation mapper) {
    return Objects.requireNonNullElse(mapper.getConfig(), Map.of());
  }

  static boolean planScopes(
      String part,
      List<String> wanted,
      String client,
      List<String> present,
      Map<String, String> ofTheRealm,
      RealmPlan.Draft draft) {
    boolean fine = true;
    for (String scope : wanted) {
      if (present.contains(scope)) {
        continue;
      }
      String id = ofTheRealm.get(scope);
      if (id == null) {
        draft.say(
            PlanLine.advice(
                part + ": scope " + scope,
                "the realm has none",
                "make the client scope " + scope + " again, as Keycloak brings it"));
      } else {
        fine = false;
        draft.say(PlanLine.create(part + ": scope " + scope));
        draft.add(new Deed.AddScope(client, id));
      }
    }
    return fine;
  }
}
