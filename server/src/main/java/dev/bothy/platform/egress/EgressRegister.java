package dev.bothy.platform.egress;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Every place that the server may call, and who owns it: the list of sub-processors. It is made
/// from the configuration and from what the modules contribute, and doesn't change while the server
/// runs.
@Component
public class EgressRegister {
  /// Owner of the hosts that IT lists as on-premises and nowhere else.
  public static final String ON_PREMISES_OWNER = "On-premises";

  private final List<Destination> entries;
  private final Set<String> allowedRegions;
  private final Set<String> onlyOwners;
  private final List<Origin> onPremises;
  private final List<AddressRange> onPremisesRanges;

  /// @throws IllegalArgumentException if IT listed something that can't be read or contradicts a
  ///   built-in destination; the message names the key
  EgressRegister(EgressProperties properties, ObjectProvider<Destination> builtIn) {
    onlyOwners = Set.copyOf(properties.onlyOwners());
    allowedRegions = new TreeSet<>(properties.allowedRegions());
    allowedRegions.add(properties.region());
    onPremises =
        read("bothy.egress.on-premises-hosts", properties.onPremisesHosts(), Origin::parse);
    onPremisesRanges =
        read("bothy.egress.on-premises-cidrs", properties.onPremisesCidrs(), AddressRange::parse);

    Map<Origin, Destination> byOrigin = new LinkedHashMap<>();
    builtIn
        .orderedStream()
        .map(destination ->
            destination.region().equals(Destination.OWN_REGION)
                ? destination.in(properties.region())
                : destination)
        .forEach(destination -> addBuiltIn(byOrigin, destination));
    properties.destinations().forEach(listed -> addListed(byOrigin, listed));
    for (Origin host : onPremises) {
      if (host.isFamily()) {
        throw new IllegalArgumentException(
            "bothy.egress.on-premises-hosts: " + host + " names several hosts; list each");
      }
      if (byOrigin.keySet().stream().noneMatch(host::equals)) {
        byOrigin.put(
            host,
            new Destination(
                host,
                ON_PREMISES_OWNER,
                "A host in the organisation's own network.",
                properties.region(),
                Destination.Source.ON_PREMISES));
      }
    }
    entries = List.copyOf(byOrigin.values());
  }

  /// Every entry: what the modules are built for, then what IT lists.
  public List<Destination> entries() {
    return entries;
  }

  /// Where data may go: the installation's own region and those that IT allows besides.
  public Set<String> allowedRegions() {
    return Set.copyOf(allowedRegions);
  }

  /// The entry that a call to this origin falls under; an exact one before one for every port or
  /// for several hosts. A WebSocket to a machine that is registered for http falls under that.
  public Optional<Destination> find(Origin origin) {
    return entries.stream()
        .filter(entry -> entry.origin().equals(origin))
        .findFirst()
        .or(() -> entries.stream().filter(entry -> entry.origin().covers(origin)).findFirst())
        .or(() -> origin.isWebSocket() ? find(origin.asHttp()) : Optional.empty());
  }

  /// Why a call to this origin on behalf of this owner is refused before its name is looked up;
  /// empty if it is allowed so far.
  Optional<Refusal> refusal(Origin origin, String owner) {
    Destination destination = find(origin).orElse(null);
    if (destination == null) {
      return Optional.of(new Refusal.NotRegistered());
    }
    if (!onlyOwners.isEmpty() && !onlyOwners.contains(owner)) {
      return Optional.of(new Refusal.NotRegistered());
    }
    if (!destination.owner().equals(owner)) {
      return Optional.of(new Refusal.OtherOwner(destination.owner()));
    }
    if (!allowedRegions.contains(destination.region())) {
      return Optional.of(new Refusal.RegionNotAllowed(destination.region(), allowedRegions));
    }
    if (origin.isPlainHttp() && !isOnPremises(origin)) {
      return Optional.of(new Refusal.PlainHttp());
    }
    return literalRefusal(origin);
  }

  /// Why a call to an origin that somebody in a workspace typed in is refused before its name is
  /// looked up; empty if it is allowed so far.
  Optional<Refusal> typedRefusal(Origin origin) {
    if (!onlyOwners.isEmpty()) {
      return Optional.of(new Refusal.NotRegistered());
    }
    Optional<Refusal> refusal =
        find(origin)
            .filter(entry -> !entry.owner().equals(ON_PREMISES_OWNER))
            .map(entry -> new Refusal.OtherOwner(entry.owner()));
    if (refusal.isPresent()) {
      return refusal;
    }
    return origin.isPlainHttp() && !isOnPremises(origin)
        ? Optional.of(new Refusal.PlainHttp())
        : literalRefusal(origin);
  }

  /// An address that stands in the place of a name is never looked up, by a proxy least of all.
  private Optional<Refusal> literalRefusal(Origin origin) {
    byte[] address;
    try {
      address = InetAddress.ofLiteral(origin.host()).getAddress();
    } catch (IllegalArgumentException aName) {
      return Optional.empty();
    }
    return refusal(address, isOnPremises(origin));
  }

  /// Why this address must not be connected to; empty if it may.
  ///
  /// @param address 4 or 16 bytes, as the name's look-up gave them
  /// @param onPremises whether the name is one of [#isOnPremises]
  Optional<Refusal> refusal(byte[] address, boolean onPremises) {
    SpecialRange special = SpecialRange.of(address).orElse(null);
    if (special == null
        || (special.openOnPremises() && onPremises && isInOnPremisesRanges(address))) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal.SpecialAddress(special.name(), special.source(), special.openOnPremises()));
  }

  /// Whether IT listed this host with this port, for whichever scheme: which of them a call may use
  /// was decided before its name is looked up.
  boolean isOnPremises(String host, int port) {
    return Stream.of("wss", "ws", "smtp")
        .anyMatch(scheme -> isOnPremises(Origin.of(scheme, host, port)));
  }

  boolean knowsOwner(String owner) {
    return entries.stream().anyMatch(entry -> entry.owner().equals(owner));
  }

  private boolean isInOnPremisesRanges(byte[] address) {
    return onPremisesRanges.isEmpty()
        || onPremisesRanges.stream().anyMatch(range -> range.contains(address));
  }

  private boolean isOnPremises(Origin origin) {
    return onPremises.stream()
        .anyMatch(host -> host.covers(origin) || host.covers(origin.asHttp()));
  }

  private static void addBuiltIn(Map<Origin, Destination> byOrigin, Destination destination) {
    if (destination.origin().port() == Origin.ANY_PORT) {
      throw new IllegalArgumentException(
          "A built-in destination names its port: " + destination.origin());
    }
    Destination other = byOrigin.putIfAbsent(destination.origin(), destination);
    if (other != null && !other.owner().equals(destination.owner())) {
      throw new IllegalArgumentException(
          destination.origin()
              + " is registered for two owners: "
              + other.owner()
              + " and "
              + destination.owner());
    }
  }

  private void addListed(Map<Origin, Destination> byOrigin, EgressProperties.Listed listed) {
    Origin origin = read("bothy.egress.destinations[].origin", listed.origin(), Origin::parse);
    if (origin.port() == Origin.ANY_PORT && !onPremises.contains(origin)) {
      throw new IllegalArgumentException(
          "bothy.egress.destinations[].origin: "
              + origin
              + " names every port, which only an entry of bothy.egress.on-premises-hosts may do");
    }
    Destination other = byOrigin.get(origin);
    if (origin.isFamily() && other == null) {
      throw new IllegalArgumentException(
          "bothy.egress.destinations[].origin: "
              + origin
              + " names several hosts; only an entry that the server is built for may do so");
    }
    if (other != null && !other.owner().equals(listed.owner())) {
      throw new IllegalArgumentException(
          "bothy.egress.destinations[].owner: "
              + origin
              + " belongs to "
              + other.owner()
              + "; write that owner, or leave the entry out");
    }
    byOrigin.put(
        origin,
        new Destination(
            origin, listed.owner(), listed.purpose(), listed.region(), Destination.Source.LISTED));
  }

  private static <T> List<T> read(String key, List<String> written, Function<String, T> reader) {
    List<T> values = new ArrayList<>();
    written.forEach(text -> values.add(read(key, text, reader)));
    return List.copyOf(values);
  }

  private static <T> T read(String key, String written, Function<String, T> reader) {
    try {
      return reader.apply(written);
    } catch (IllegalArgumentException unreadable) {
      throw new IllegalArgumentException(key + ": " + unreadable.getMessage(), unreadable);
    }
  }
}
