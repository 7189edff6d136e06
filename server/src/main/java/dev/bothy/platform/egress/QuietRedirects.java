package dev.bothy.platform.egress;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.apache.hc.client5.http.protocol.RedirectStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/// Finds out where a redirect leads (RFC 9110 §15.4). The library's own strategy quotes the address
/// in its errors, and an address can carry a secret. Whether the way may be gone is the guard's
/// decision.
final class QuietRedirects implements RedirectStrategy {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  @Override
  public boolean isRedirected(HttpRequest request, HttpResponse response, HttpContext context) {
    return REDIRECTS.contains(response.getCode()) && response.containsHeader(HttpHeaders.LOCATION);
  }

  @Override
  public URI getLocationURI(HttpRequest request, HttpResponse response, HttpContext context)
      throws ProtocolException {
    Header location = response.getFirstHeader(HttpHeaders.LOCATION);
    URI target = absolute(request, location == null ? "" : location.getValue());
    if (target == null || target.getScheme() == null || target.getHost() == null) {
      throw new ProtocolException("The redirect leads to no valid address.");
    }
    return target;
  }

  private static @Nullable URI absolute(HttpRequest request, String location) {
    try {
      return request.getUri().resolve(new URI(location));
    } catch (URISyntaxException unreadable) {
      return null;
    }
  }
}
