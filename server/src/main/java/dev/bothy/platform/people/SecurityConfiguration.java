package dev.bothy.platform.people;

import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.savedrequest.NullRequestCache;

/// Who may call what. Everything needs a session unless it stands on one of the lists below.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  /// What pages are made of, and the pages of signing in and out. Probes and the metrics' scrape
  /// have a chain of their own.
  private static final String[] OPEN = {
    "/console/**",
    "/webjars/**",
    "/favicon.ico",
    "/error",
    "/sign-in/failed",
    // The boards of who is on duty: the address is the proof.
    "/boards/**",
    BreakGlass.PATH,
    SignOut.AFTERWARDS,
  };

  /// Callers that prove in other ways who they are: chat networks by signature over the raw bytes,
  /// the identity provider by its logout token, directories by their bearer token, calendar
  /// programs by the secret in their address. None of them has a cookie of ours to misuse.
  private static final String[] MACHINES = {
    "/chat/**", "/sign-on/back-channel-logout", "/scim/**", "/feeds/**"
  };

  @Bean
  ClientRegistrationRepository registrations(ClientRegistration registration) {
    return new InMemoryClientRegistrationRepository(registration);
  }

  /// Nothing of a session, a form or a sign-on concerns them, and there are many of them.
  @Bean
  @Order(1)
  SecurityFilterChain machines(HttpSecurity http, ResponseHeaders headers) {
    return http.securityMatcher(MACHINES)
        .sessionManagement(AbstractHttpConfigurer::disable)
        .securityContext(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .anonymous(AbstractHttpConfigurer::disable)
        .exceptionHandling(AbstractHttpConfigurer::disable)
        .servletApi(AbstractHttpConfigurer::disable)
        .headers(headers::configure)
        .build();
  }

  @Bean
  SecurityFilterChain everything(
      HttpSecurity http,
      SessionContext sessions,
      SessionCsrf csrf,
      SignInRequests signInRequests,
      OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokenEndpoint,
      SignInSuccess success,
      SignInFailure failure,
      SignOut signOut,
      SignInFirst signInFirst,
      SignInLimits signInLimits,
      ResponseHeaders headers) {
    return http.sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .securityContext(context -> context.securityContextRepository(sessions))
        .requestCache(cache -> cache.requestCache(new NullRequestCache()))
        .headers(headers::configure)
        .csrf(protection ->
            protection
                .csrfTokenRepository(csrf)
                // Nobody is signed in there, so nothing is to be misused; the code is the proof.
                .ignoringRequestMatchers(BreakGlass.PATH))
        .addFilterAfter(signInLimits.filter(), CsrfFilter.class)
        .authorizeHttpRequests(rules ->
            rules
                // These continue a request that was checked when it came in.
                .dispatcherTypeMatchers(
                    DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                .permitAll()
                .requestMatchers(OPEN)
                .permitAll()
                .anyRequest()
                .authenticated())
        .oauth2Login(login ->
            login
                .loginPage(SignInRequests.START)
                .loginProcessingUrl(SignInRequests.CALLBACK)
                .authorizedClientRepository(new NoTokens())
                .authorizationEndpoint(endpoint ->
                    endpoint
                        .authorizationRequestResolver(signInRequests)
                        .authorizationRequestRepository(signInRequests))
                .tokenEndpoint(endpoint -> endpoint.accessTokenResponseClient(tokenEndpoint))
                .securityContextRepository(sessions)
                .successHandler(signInLimits.beforeSuccess(success))
                .failureHandler(signInLimits.beforeFailure(failure)))
        .logout(logout ->
            logout.logoutUrl(SignOut.PATH).addLogoutHandler(signOut).logoutSuccessHandler(signOut))
        .exceptionHandling(exceptions -> exceptions.authenticationEntryPoint(signInFirst))
        .build();
  }
}
