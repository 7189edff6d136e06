package dev.bothy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What of kubectl's answer to a dry run is a complaint.
class DryRunTest {
  private static final String CREATED = "service/bothy created (server dry run)\n";
  private static final String THERE =
      "Error from server (AlreadyExists): error when creating \"x\": services \"bothy\" already"
          + " exists\n";

  @Test
  void whatIsMadeOrThereAlreadyIsWell() {
    assertThat(Release.complaints(new Commands.Result(0, CREATED))).isEmpty();
    assertThat(Release.complaints(new Commands.Result(1, CREATED + THERE))).isEmpty();
  }

  @Test
  void aFailedValidationIsAComplaintThoughItDoesNotSayError() {
    String invalid = "The Bothy \"bothy\" is invalid: spec.replicas: Invalid value: 0\n";
    assertThat(Release.complaints(new Commands.Result(1, CREATED + THERE + invalid)))
        .isEqualTo(invalid.strip());
  }

  @Test
  void aFailureWithoutWordsIsAComplaint() {
    assertThat(Release.complaints(new Commands.Result(1, CREATED))).contains("ended with 1");
  }
}
