package dev.bothy.platform.people;

import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.BodyBound;
import dev.bothy.platform.api.ProblemWriter;
import dev.bothy.platform.limits.LimitSettings;
import dev.bothy.platform.limits.Limits;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.savedrequest.NullRequestCache;

/// Who may call the API: whoever brings a token or a session. In this order: who it is, whether
/// they come too often, whether a session's request is from our own page, whether it is anybody at
/// all. Every refusal is a problem with a code.
@Configuration(proxyBeanMethods = false)
class ApiSecurity {
  private static final String PATHS = "/api/**";

  /// It says what the public documentation says.
  private static final String DOCUMENT = "/api/v1/openapi.json";

  private final ProblemWriter problems;

  ApiSecurity(ProblemWriter problems) {
    this.problems = problems;
  }

  @Bean
  @Order(2)
  SecurityFilterChain api(
      HttpSecurity http,
      BearerContext bearer,
      SessionCsrf csrf,
      Limits limits,
      LimitSettings rates,
      ResponseHeaders headers) {
    return http.securityMatcher(PATHS)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .securityContext(context -> context.securityContextRepository(bearer))
        .requestCache(cache -> cache.requestCache(new NullRequestCache()))
        .logout(AbstractHttpConfigurer::disable)
        .headers(headers::configure)
        .csrf(protection ->
            protection
                .csrfTokenRepository(csrf)
                .ignoringRequestMatchers(BearerContext::isMeant)
                // Whoever is nobody is told that rather than of forms.
                .ignoringRequestMatchers(request -> !bearer.containsContext(request)))
        .addFilterAfter(
            new RequestLimits(limits, rates, problems), SecurityContextHolderFilter.class)
        .addFilterAfter(new BodyBound(problems), CsrfFilter.class)
        .authorizeHttpRequests(rules ->
            rules
                .dispatcherTypeMatchers(
                    DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                .permitAll()
                .requestMatchers(DOCUMENT)
                .permitAll()
                .anyRequest()
                .authenticated())
        .exceptionHandling(exceptions ->
            exceptions
                .authenticationEntryPoint((request, response, _) -> challenge(request, response))
                .accessDeniedHandler((_, response, refusal) ->
                    problems.write(
                        response,
                        ApiProblem.of(
                            refusal instanceof CsrfException
                                ? PeopleProblems.FORM_TOKEN_MISSING
                                : PeopleProblems.ROLE_MISSING))))
        .build();
  }

  /// The same limits stand before SCIM, which has a security chain of its own behind them.
  @Bean
  FilterRegistrationBean<RequestLimits> scimLimits(Limits limits, LimitSettings rates) {
    FilterRegistrationBean<RequestLimits> registration =
        new FilterRegistrationBean<>(new RequestLimits(limits, rates, problems));
    registration.addUrlPatterns("/scim/*");
    // Before Spring Security's, which stands at -100.
    registration.setOrder(-101);
    return registration;
  }

  /// RFC 6750 §3: a request without a token is told the scheme alone.
  private void challenge(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean wrong = BearerContext.isMeant(request);
    problems.write(
        response,
        ApiProblem.of(wrong ? PeopleProblems.TOKEN_NOT_VALID : PeopleProblems.NOT_SIGNED_IN)
            .with(
                HttpHeaders.WWW_AUTHENTICATE,
                wrong
                    ? "Bearer realm=\"bothy\", error=\"invalid_token\""
                    : "Bearer realm=\"bothy\""));
  }
}
