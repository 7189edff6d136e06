package dev.bothy.platform.storage;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.spi.scheme.AuthScheme;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/// Signatures of version 4 by the injected clock. The SDK by itself would, once a server has found
/// the time wrong, silently follow the server's: a clock that is wrong must come to light.
record ClockedSignatures(AwsV4AuthScheme scheme, Clock clock)
    implements AuthScheme<AwsCredentialsIdentity> {
  static ClockedSignatures by(Clock clock) {
    return new ClockedSignatures(AwsV4AuthScheme.create(), clock);
  }

  @Override
  public String schemeId() {
    return scheme.schemeId();
  }

  @Override
  public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
    return scheme.identityProvider(providers);
  }

  @Override
  public HttpSigner<AwsCredentialsIdentity> signer() {
    return new Signer(scheme.signer(), clock);
  }

  private record Signer(HttpSigner<AwsCredentialsIdentity> signer, Clock clock)
      implements HttpSigner<AwsCredentialsIdentity> {
    @Override
    public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
      return signer.sign(request.copy(each -> each.putProperty(SIGNING_CLOCK, clock)));
    }

    @Override
    public CompletableFuture<AsyncSignedRequest> signAsync(
        AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
      return signer.signAsync(request.copy(each -> each.putProperty(SIGNING_CLOCK, clock)));
    }
  }
}
