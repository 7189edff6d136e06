package dev.bothy.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.bothy.operator.api.BothySpec.KeyRef;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Where backups go, with what must be outside of the database: an S3-compatible store, or a
/// volume.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "self.kind != 'S3' || (has(self.endpoint) && has(self.bucket) && has(self.region) &&"
            + " has(self.accessKey) && has(self.secretKey))",
    message = "with kind S3, endpoint, bucket, region, accessKey and secretKey must be given")
@ValidationRule(
    value = "self.kind != 'S3' || (!has(self.volumeClaim) && !has(self.fsGroup))",
    message = "volumeClaim and fsGroup are for kind Folder alone")
@ValidationRule(
    value = "self.kind != 'Folder' || has(self.volumeClaim)",
    message = "with kind Folder, volumeClaim must be given")
@ValidationRule(
    value =
        "self.kind != 'Folder' || !(has(self.endpoint) || has(self.bucket) || has(self.prefix) ||"
            + " has(self.region) || has(self.accessKey) || has(self.secretKey) ||"
            + " has(self.objectLockDays) || has(self.objectLockMode))",
    message = "all but volumeClaim and fsGroup is for kind S3")
@ValidationRule(
    value = "!has(self.objectLockMode) || has(self.objectLockDays)",
    message = "objectLockMode needs objectLockDays")
public record StorageSpec(
    @JsonPropertyDescription("S3: a store that speaks S3's protocol. Folder: a volume.") @Required
        Kind kind,
    @JsonPropertyDescription("With S3: its address without a bucket, e.g. https://s3.example.com")
        @Pattern("^https?://[^/?#]+$")
        @Nullable String endpoint,
    @JsonPropertyDescription("With S3: the bucket, which must be there.")
        @Pattern("^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$")
        @Nullable String bucket,
    @JsonPropertyDescription("With S3: what all names in the bucket begin with, e.g. bothy/main")
        @Pattern("^[a-z0-9._-]+(/[a-z0-9._-]+)*$")
        @Nullable String prefix,
    @JsonPropertyDescription("With S3: the region that requests are signed for; us-east-1.")
        @Pattern("^[a-z0-9][a-z0-9-]{0,39}$")
        @Nullable String s3Region,
    @JsonPropertyDescription(
            "With S3: the bucket stands in the path, and not in the host's name; true.")
        @Nullable Boolean pathStyle,
    @JsonPropertyDescription(
            "With S3: where the bucket is, as spec.region and spec.allowedRegions name regions.")
        @Pattern("^[a-z0-9][a-z0-9-]{0,39}$")
        @Nullable String region,
    @JsonPropertyDescription("With S3: the Secret with the access key's id.")
        @Nullable KeyRef accessKey,
    @JsonPropertyDescription("With S3: the Secret with the secret access key.")
        @Nullable KeyRef secretKey,
    @JsonPropertyDescription(
            "With S3: for how many days nobody can change or delete an object, where the bucket has"
                + " object lock; none if left out.")
        @Min(1)
        @Max(3650)
        @Nullable Integer objectLockDays,
    @JsonPropertyDescription("With objectLockDays: whether a privileged user can lift it.")
        @Nullable LockMode objectLockMode,
    @JsonPropertyDescription(
            "With Folder: a PersistentVolumeClaim that several pods may write (ReadWriteMany), unless"
                + " all of them run on one node.")
        @Size(min = 1, max = 253)
        @Nullable String volumeClaim,
    @JsonPropertyDescription(
            "With Folder: the group that the volume's files belong to, where the storage gives them"
                + " to root and the cluster does not choose one.")
        @Min(1)
        @Nullable Long fsGroup) {
  public enum Kind {
    S3,
    Folder
  }

  public enum LockMode {
    Compliance,
    Governance
  }
}
