package dev.bothy.platform.egress;

import java.io.IOException;

/// An answer larger than `bothy.egress.maximum-response-size`; its connection was closed.
public final class ResponseTooLarge extends IOException {
  private static final long serialVersionUID = 1;

  ResponseTooLarge(Origin origin, long maximumBytes) {
    super("The answer of " + origin + " is larger than " + maximumBytes + " bytes.");
  }
}
