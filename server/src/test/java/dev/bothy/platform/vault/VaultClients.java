package dev.bothy.platform.vault;

import dev.bothy.testkit.TestVault;
import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.vault.authentication.AppRoleAuthentication;
import org.springframework.vault.authentication.AppRoleAuthenticationOptions;
import org.springframework.vault.authentication.AppRoleAuthenticationOptions.RoleId;
import org.springframework.vault.authentication.AppRoleAuthenticationOptions.SecretId;
import org.springframework.vault.authentication.LifecycleAwareSessionManager;
import org.springframework.vault.client.VaultEndpoint;
import org.springframework.vault.core.VaultTemplate;
import org.springframework.web.client.RestTemplate;

/// [Vault] as the server has it, for tests that need no server.
public final class VaultClients {
  public static final Duration TIMEOUT = Duration.ofSeconds(1);

  private VaultClients() {}

  public static Vault of(TestVault server, TestVault.AppRole role) {
    return of(server, role, System::nanoTime);
  }

  /// One that reaches its server by this address.
  public static Vault of(URI address, TestVault.AppRole role) {
    return of(address, role, System::nanoTime);
  }

  static Vault of(TestVault server, TestVault.AppRole role, LongSupplier nanoTime) {
    return of(server.address(), role, nanoTime);
  }

  private static Vault of(URI address, TestVault.AppRole role, LongSupplier nanoTime) {
    VaultEndpoint endpoint = VaultEndpoint.from(address);
    SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
    requests.setConnectTimeout(TIMEOUT);
    requests.setReadTimeout(TIMEOUT);
    RestTemplate rest = rest(endpoint, requests);
    ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    scheduler.setDaemon(true);
    scheduler.initialize();
    AppRoleAuthentication signIn =
        new AppRoleAuthentication(
            AppRoleAuthenticationOptions.builder()
                .roleId(RoleId.provided(role.roleId()))
                .secretId(SecretId.provided(role.secretId()))
                .build(),
            rest);
    LifecycleAwareSessionManager session =
        new LifecycleAwareSessionManager(signIn, scheduler, rest);
    return new Vault(new VaultTemplate(endpoint, requests, session), session, signIn, nanoTime);
  }

  private static RestTemplate rest(VaultEndpoint endpoint, ClientHttpRequestFactory requests) {
    RestTemplate rest = new RestTemplate(requests);
    rest.setUriTemplateHandler(
        new org.springframework.web.util.DefaultUriBuilderFactory(endpoint.createUriString("")));
    return rest;
  }
}
