package dev.bothy.platform.storage;

import java.net.InetAddress;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/// Calls to this machine, whatever the host's name.
final class Loopback {
  private Loopback() {}

  static ClientHttpRequestFactory requests() {
    return new HttpComponentsClientHttpRequestFactory(
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(
                        new SystemDefaultDnsResolver() {
                          @Override
                          public InetAddress[] resolve(String host) {
                            return new InetAddress[] {InetAddress.getLoopbackAddress()};
                          }
                        })
                    .build())
            .build());
  }
}
