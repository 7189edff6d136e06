package dev.bothy.platform.egress;

import java.util.Set;

/// Why an outbound call was refused. Each case knows its short name for metrics, what is wrong, and
/// what IT does if the call is wanted.
public sealed interface Refusal {
  /// The short name, e.g. `not_registered`; stable.
  String reason();

  /// What is wrong, as the second half of a sentence about the call to this origin, and what IT
  /// does if the call is wanted.
  String explanation(Origin origin);

  /// Nobody registered the origin.
  record NotRegistered() implements Refusal {
    @Override
    public String reason() {
      return "not_registered";
    }

    @Override
    public String explanation(Origin origin) {
      return "it is not registered. To allow it, IT adds "
          + origin
          + " to bothy.egress.destinations, or to bothy.egress.on-premises-hosts if it is in the"
          + " organisation's own network";
    }
  }

  /// The origin is registered, but the caller is bound to another owner.
  record OtherOwner(String registeredOwner) implements Refusal {
    @Override
    public String reason() {
      return "other_owner";
    }

    @Override
    public String explanation(Origin origin) {
      return "it is registered as an address of "
          + registeredOwner
          + ", which this caller has no business with";
    }
  }

  /// The origin is in a region that the installation does not allow.
  record RegionNotAllowed(String region, Set<String> allowed) implements Refusal {
    @Override
    public String reason() {
      return "region_not_allowed";
    }

    @Override
    public String explanation(Origin origin) {
      return "it is in region "
          + region
          + ", and allowed are "
          + String.join(", ", allowed)
          + ". To allow it, IT adds "
          + region
          + " to bothy.egress.allowed-regions";
    }
  }

  /// Plain http goes to on-premises hosts alone.
  record PlainHttp() implements Refusal {
    @Override
    public String reason() {
      return "plain_http";
    }

    @Override
    public String explanation(Origin origin) {
      return "plain http is for on-premises hosts alone. To allow it, IT adds "
          + origin
          + " to bothy.egress.on-premises-hosts";
    }
  }

  /// The host's name leads to no address that may be called.
  ///
  /// @param range what kind of address it led to, e.g. `loopback`
  /// @param source the standard or vendor's page that reserves the range
  /// @param openOnPremises whether listing the host as on-premises would allow it
  record SpecialAddress(String range, String source, boolean openOnPremises) implements Refusal {
    @Override
    public String reason() {
      return "special_address";
    }

    @Override
    public String explanation(Origin origin) {
      String what = "its name leads to an address that is not public: " + range + " (" + source;
      return openOnPremises
          ? what
              + "). To allow it, IT adds "
              + origin
              + " to bothy.egress.on-premises-hosts, and its range to bothy.egress.on-premises-cidrs"
              + " if any are listed"
          : what + "); no setting allows that";
    }
  }

  /// An https address redirected to a plain http one.
  record RedirectToPlainHttp() implements Refusal {
    @Override
    public String reason() {
      return "redirect_to_plain_http";
    }

    @Override
    public String explanation(Origin origin) {
      return "an https address redirected there, and it is plain http";
    }
  }

  /// A redirect asks to send the request's body on to another origin than it was meant for.
  record RedirectOfBody() implements Refusal {
    @Override
    public String reason() {
      return "redirect_of_body";
    }

    @Override
    public String explanation(Origin origin) {
      return "another origin redirected a request with a body there, and what was written for one"
          + " is not sent to the other";
    }
  }
}
