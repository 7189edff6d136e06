package dev.bothy.platform.egress;

import dev.bothy.platform.operation.Metrics;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands in the client's chain where every hop passes: once for the call itself and once for each
/// redirect.
final class EgressGuard implements ExecChainHandler {
  private static final Logger LOG = LoggerFactory.getLogger(EgressGuard.class);

  /// Where the hop before this one went.
  private static final String PREVIOUS = "bothy.egress.previous";

  /// Whether this hop got as far as the place itself, rather than being answered by the proxy.
  private static final String ARRIVED = "bothy.egress.arrived";

  /// What another origin may see of a request that was written for the first. A list of what is
  /// harmless: a credential can be in a header of any name.
  private static final Set<String> HARMLESS_HEADERS =
      Set.of("accept", "accept-language", "user-agent");

  private final Metrics metrics;
  private final String owner;
  private final long maximumResponseBytes;
  private final Function<Origin, Optional<Refusal>> rule;

  /// For what the register has of this owner.
  EgressGuard(EgressRegister register, Metrics metrics, String owner, long maximumResponseBytes) {
    this(metrics, owner, maximumResponseBytes, origin -> register.refusal(origin, owner));
  }

  /// @param rule why a call is refused before its name is looked up; empty if it is not
  EgressGuard(
      Metrics metrics,
      String owner,
      long maximumResponseBytes,
      Function<Origin, Optional<Refusal>> rule) {
    this.metrics = metrics;
    this.owner = owner;
    this.maximumResponseBytes = maximumResponseBytes;
    this.rule = rule;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    // The route is what gets connected, whatever the request's own headers say.
    HttpHost target = scope.route.getTargetHost();
    Origin origin = Origin.of(target.getSchemeName(), target.getHostName(), target.getPort());
    Origin previous = previous(scope.clientContext);
    Optional<Refusal> refusal =
        rule.apply(origin).or(() -> redirectRefusal(previous, origin, request));
    if (refusal.isPresent()) {
      throw refused(origin, refusal.get());
    }
    if (previous != null && !previous.equals(origin)) {
      dropCredentials(request);
    }
    scope.clientContext.setAttribute(PREVIOUS, origin);
    scope.clientContext.removeAttribute(ARRIVED);
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      if (scope.clientContext.getAttribute(ARRIVED) == null) {
        scope.execRuntime.discardEndpoint();
        response.close();
        throw new IOException(
            "The proxy opened no way to " + origin + ": it answered " + response.getCode());
      }
      return bounded(response, scope, origin);
    } catch (FilteredNames.Filtered filtered) {
      throw refused(origin, filtered.refusal());
    }
  }

  /// Stands behind what opens the way: a proxy that refuses one answers before it.
  static ClassicHttpResponse arrived(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    scope.clientContext.setAttribute(ARRIVED, true);
    return chain.proceed(request, scope);
  }

  /// Null for the call itself: nothing redirected to it.
  private static @Nullable Origin previous(HttpClientContext context) {
    return context.getRedirectLocations().size() == 0
        ? null
        : context.getAttribute(PREVIOUS, Origin.class);
  }

  static Optional<Refusal> redirectRefusal(
      @Nullable Origin previous, Origin origin, ClassicHttpRequest request) {
    if (previous == null || previous.equals(origin)) {
      return Optional.empty();
    }
    if (origin.isPlainHttp() && !previous.isPlainHttp()) {
      return Optional.of(new Refusal.RedirectToPlainHttp());
    }
    return request.getEntity() == null
        ? Optional.empty()
        : Optional.of(new Refusal.RedirectOfBody());
  }

  private static void dropCredentials(ClassicHttpRequest request) {
    Header[] harmless =
        Arrays.stream(request.getHeaders())
            .filter(header -> HARMLESS_HEADERS.contains(header.getName().toLowerCase(Locale.ROOT)))
            .toArray(Header[]::new);
    request.setHeaders(harmless);
  }

  private ClassicHttpResponse bounded(
      ClassicHttpResponse response, ExecChain.Scope scope, Origin origin) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return response;
    }
    if (entity.getContentLength() > maximumResponseBytes) {
      scope.execRuntime.discardEndpoint();
      throw new ResponseTooLarge(origin, maximumResponseBytes);
    }
    response.setEntity(
        new BoundedEntity(
            entity, origin, maximumResponseBytes, scope.execRuntime::discardEndpoint));
    return response;
  }

  private EgressRefused refused(Origin origin, Refusal refusal) {
    return refused(metrics, owner, origin, refusal);
  }

  /// Logs and counts the refusal.
  static EgressRefused refused(Metrics metrics, String owner, Origin origin, Refusal refusal) {
    metrics.egressRefused(owner, refusal.reason());
    LOG.warn(
        "Refused an outbound call to {} on behalf of {}: {}.",
        origin.host(),
        owner,
        refusal.explanation(origin));
    return new EgressRefused(origin, refusal);
  }
}
