package dev.bothy.platform.egress;

/// One entry of the register: a place that the server may call. A module contributes the
/// destinations that it is built for as beans of this type; IT lists its own in the configuration.
///
/// @param owner the company whose machine it is, as a sub-processor list names it, e.g. `Slack
///   Technologies`; callers are bound to an owner ([Egress#restClient])
/// @param purpose what the server does there, one short sentence for people
/// @param region where the data goes, in the words of `bothy.egress.allowed-regions`, e.g. `us`
public record Destination(
    Origin origin, String owner, String purpose, String region, Source source) {
  /// Who says that the server may call it.
  public enum Source {
    /// A module of the server is built for it.
    BUILT_IN,
    /// IT lists it in `bothy.egress.destinations`.
    LISTED,
    /// IT lists it in `bothy.egress.on-premises-hosts` and nowhere else.
    ON_PREMISES
  }

  /// For a built-in destination that the customer runs: it is in the installation's own region,
  /// unless IT lists it with another.
  public static final String OWN_REGION = "own";

  /// A destination that a module is built for.
  ///
  /// @param region where the data goes, or [#OWN_REGION]
  /// @param origin as [Origin#parse] reads it, with a port or the scheme's own
  public static Destination builtIn(String origin, String owner, String purpose, String region) {
    return new Destination(Origin.parse(origin), owner, purpose, region, Source.BUILT_IN);
  }

  Destination in(String actualRegion) {
    return new Destination(origin, owner, purpose, actualRegion, source);
  }
}
