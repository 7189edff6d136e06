package dev.bothy.platform.egress;

import java.net.URI;
import org.apache.hc.client5.http.protocol.RedirectStrategy;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.protocol.HttpContext;

/// A redirect is an answer like any other.
enum NoRedirects implements RedirectStrategy {
  INSTANCE;

  @Override
  public boolean isRedirected(HttpRequest request, HttpResponse response, HttpContext context) {
    return false;
  }

  @Override
  public URI getLocationURI(HttpRequest request, HttpResponse response, HttpContext context)
      throws ProtocolException {
    throw new ProtocolException("No redirect is followed here.");
  }
}
