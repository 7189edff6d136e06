package dev.bothy.platform.people;

import dev.bothy.platform.egress.Destination;
import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.workspace.Installation;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestTemplate;

/// The identity provider as Spring Security knows it. Its addresses follow from the issuer's, so
/// nothing is fetched at start: the server starts while the identity provider is away.
@Configuration(proxyBeanMethods = false)
class SignOnConfiguration {
  /// Asymmetric ones only: with a symmetric one a token could be signed with the client's secret.
  private static final Set<SignatureAlgorithm> ALGORITHMS =
      Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256);

  @Bean
  ClientRegistration signOnRegistration(SignOnSettings settings, Installation installation) {
    settings.checkLinks(installation);
    String secret = settings.clientSecret();
    boolean confidential = secret != null && !secret.isBlank();
    return ClientRegistration.withRegistrationId("sign-on")
        .clientId(settings.clientId())
        .clientSecret(confidential ? secret : "")
        .clientAuthenticationMethod(
            confidential
                ? ClientAuthenticationMethod.CLIENT_SECRET_BASIC
                : ClientAuthenticationMethod.NONE)
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .redirectUri("{baseUrl}" + SignInRequests.CALLBACK)
        .scope("openid", "profile", "email")
        .issuerUri(settings.issuer().toString())
        .authorizationUri(settings.browserEndpoint("auth"))
        .tokenUri(settings.serverEndpoint("token"))
        .jwkSetUri(settings.serverEndpoint("certs"))
        .userNameAttributeName("sub")
        .build();
  }

  @Bean
  Destination identityProvider(SignOnSettings settings) {
    return settings.identityProvider();
  }

  @Bean
  ClientHttpRequestFactory signOnRequests(Egress egress) {
    return egress.requestFactory(SignOnSettings.IDENTITY_PROVIDER);
  }

  @Bean
  OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokenEndpoint(
      Egress egress) {
    RestClientAuthorizationCodeTokenResponseClient client =
        new RestClientAuthorizationCodeTokenResponseClient();
    client.setRestClient(
        egress
            .restClient(SignOnSettings.IDENTITY_PROVIDER)
            .mutate()
            .configureMessageConverters(converters ->
                converters
                    .addCustomConverter(new FormHttpMessageConverter())
                    .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    return client;
  }

  @Bean
  JwtDecoderFactory<ClientRegistration> idTokens(
      SignOnSettings settings, ClientHttpRequestFactory signOnRequests) {
    NimbusJwtDecoder[] made = new NimbusJwtDecoder[1];
    return registration -> {
      synchronized (made) {
        if (made[0] == null) {
          made[0] =
              decoder(
                  settings,
                  signOnRequests,
                  new JwtTimestampValidator(),
                  new OidcIdTokenValidator(registration));
        }
        return made[0];
      }
    };
  }

  /// Checks signature and algorithm by the realm's keys, which are fetched when first needed, again
  /// when a token names an unknown one, and kept for minutes.
  @SafeVarargs
  static NimbusJwtDecoder decoder(
      SignOnSettings settings,
      ClientHttpRequestFactory requests,
      OAuth2TokenValidator<Jwt>... validators) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri(settings.serverEndpoint("certs"))
            .jwsAlgorithms(allowed -> {
              allowed.clear();
              allowed.addAll(ALGORITHMS);
            })
            .validateType(false)
            .restOperations(new RestTemplate(requests))
            .build();
    decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(validators)));
    return decoder;
  }

  /// Scheme, host and port of an address.
  static String origin(URI address) {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return address.getScheme() + "://" + address.getHost() + port;
  }
}
