package dev.bothy.platform.operation;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/// Who may look at how the service is doing. The probes and the scrape need no sign-in, because a
/// kubelet and a Prometheus have none; they tell up or down and numbers, nothing of people. All
/// else below `/actuator` is closed, and so is all else on the management port.
@Configuration(proxyBeanMethods = false)
class OperationConfiguration {
  private static final String SCRAPE = "/actuator/prometheus";

  @Bean
  ManagementPort managementPort(Environment environment) {
    return new ManagementPort(environment);
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  SecurityFilterChain managementSecurity(HttpSecurity http, ManagementPort port) {
    return only(
        http.securityMatcher(port::received),
        SCRAPE,
        "/actuator/health",
        "/actuator/health/liveness",
        "/actuator/health/readiness");
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE + 1)
  SecurityFilterChain operationSecurity(HttpSecurity http, ManagementPort port) {
    http.securityMatcher("/livez", "/readyz", "/actuator", "/actuator/**");
    return port.isApart()
        ? only(http, "/livez", "/readyz")
        : only(http, "/livez", "/readyz", SCRAPE);
  }

  private static SecurityFilterChain only(HttpSecurity http, String... open) {
    return http.authorizeHttpRequests(
            requests -> requests.requestMatchers(open).permitAll().anyRequest().denyAll())
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(CsrfConfigurer::disable)
        .build();
  }
}
