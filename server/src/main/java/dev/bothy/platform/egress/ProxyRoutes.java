package dev.bothy.platform.egress;

import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/// Sends calls through the proxy, but those to its exceptions.
final class ProxyRoutes extends DefaultProxyRoutePlanner {
  private final Proxy proxy;

  ProxyRoutes(Proxy proxy) {
    super(new HttpHost(proxy.host(), proxy.port()));
    this.proxy = proxy;
  }

  @Override
  protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context)
      throws HttpException {
    return proxy.leadsTo(target.getHostName()) ? super.determineProxy(target, context) : null;
  }
}
