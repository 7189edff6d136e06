package dev.bothy.platform.storage;

import java.time.Clock;
import org.springframework.http.client.ClientHttpRequestFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/// Makes a client of AWS's SDK that does as the settings say, whatever the environment says, and
/// asks nothing of a server that only Amazon's own can do.
final class S3Clients {
  private S3Clients() {}

  static S3Client of(StorageSettings settings, ClientHttpRequestFactory requests, Clock clock) {
    return S3Client.builder()
        .httpClient(new EgressHttpClient(requests))
        .endpointOverride(settings.address())
        .region(Region.of(settings.s3Region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    String.valueOf(settings.accessKey()).strip(),
                    String.valueOf(settings.secretKey()).strip())))
        .putAuthScheme(ClockedSignatures.by(clock))
        .defaultsMode(DefaultsMode.LEGACY)
        // Newer checksums come as trailers of a chunked body, which many servers refuse.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        // Where a checksum is required, MD5 is the one that every server knows.
        .addPlugin(LegacyMd5Plugin.create())
        .disableS3ExpressSessionAuth(true)
        .serviceConfiguration(
            S3Configuration.builder()
                .pathStyleAccessEnabled(settings.pathStyle())
                .chunkedEncodingEnabled(false)
                .expectContinueEnabled(false)
                .multiRegionEnabled(false)
                .useArnRegionEnabled(false)
                .build())
        .overrideConfiguration(each ->
            each
                // Retries does it, and says why it gave up.
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .defaultProfileFile(ProfileFile.aggregator().build())
                .defaultProfileName("none"))
        .build();
  }
}
