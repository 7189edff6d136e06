package dev.bothy.platform.operation;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

@Configuration(proxyBeanMethods = false)
class OperationConfiguration {
  /// The probes and the scrape need no sign-in, because a kubelet and a Prometheus have none; they
  /// tell up or down and numbers, nothing of people. All else below `/actuator` is closed.
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  SecurityFilterChain operationSecurity(HttpSecurity http) {
    return http.securityMatcher("/livez", "/readyz", "/actuator", "/actuator/**")
        .authorizeHttpRequests(requests ->
            requests
                .requestMatchers("/livez", "/readyz", "/actuator/prometheus")
                .permitAll()
                .anyRequest()
                .denyAll())
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(CsrfConfigurer::disable)
        .build();
  }
}
