package dev.bothy.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class EnvelopeTest {
  private static final byte[] ADDITIONAL = {1, 2, 3};
  private static final byte[] PLAINTEXT = "a note".getBytes(StandardCharsets.UTF_8);

  private final SecretKey key = Envelope.toKey(Envelope.newKey());

  /// McGrew and Viega, "The Galois/Counter Mode of Operation", test case 16.
  @Test
  void thePublishedVectorForAes256HasItsCiphertextAndTag() {
    HexFormat hex = HexFormat.of();
    byte[] half = hex.parseHex("feffe9928665731c6d6a8f9467308308");
    byte[] whole = ByteBuffer.allocate(32).put(half).put(half).array();
    assertThat(
            hex.formatHex(
                encrypt(
                    Envelope.toKey(whole),
                    hex.parseHex("cafebabefacedbaddecaf888"),
                    hex.parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
                    hex.parseHex(
                        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"))))
        .isEqualTo(
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                + "76fc6ece0f4e1768cddf8853bb2d551b");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvFileSource(resources = "wycheproof-aes-gcm-256.csv")
  void wycheproofsVectorsOpenIfTheyAreValidAndNotOtherwise(
      int number,
      String result,
      String keyHex,
      String iv,
      @Nullable String aad,
      @Nullable String plaintext,
      @Nullable String ciphertext,
      String tag) {
    SecretKey itsKey = Envelope.toKey(bytes(keyHex));
    byte[] sealed = bytes("0100000001" + iv + Objects.requireNonNullElse(ciphertext, "") + tag);
    if (result.equals("valid")) {
      assertThat(Envelope.open(itsKey, bytes(aad), sealed)).isEqualTo(bytes(plaintext));
      assertThat(encrypt(itsKey, bytes(iv), bytes(aad), bytes(plaintext)))
          .isEqualTo(Arrays.copyOfRange(sealed, 17, sealed.length));
    } else {
      assertThatThrownBy(() -> Envelope.open(itsKey, bytes(aad), sealed))
          .as("number %d", number)
          .isInstanceOf(CannotOpen.class);
    }
  }

  private static byte[] encrypt(SecretKey itsKey, byte[] iv, byte[] additional, byte[] plaintext) {
    byte[] target = Arrays.copyOf(iv, iv.length + plaintext.length + Ciphers.TAG_BYTES);
    Ciphers ciphers = Ciphers.take(itsKey);
    ciphers.seal(itsKey, additional, plaintext, target, 0);
    Ciphers.giveBack(itsKey, ciphers);
    return Arrays.copyOfRange(target, iv.length, target.length);
  }

  private static byte[] bytes(@Nullable String hex) {
    return HexFormat.of().parseHex(Objects.requireNonNullElse(hex, ""));
  }

  @Test
  void whatWasSealedOpens() {
    byte[] sealed = Envelope.seal(key, 7, ADDITIONAL, PLAINTEXT);
    assertThat(Envelope.version(sealed)).isEqualTo(7);
    assertThat(Envelope.open(key, ADDITIONAL, sealed)).isEqualTo(PLAINTEXT);
  }

  @Test
  void manyThreadsWithManyKeysDoNotDisturbEachOther() throws Exception {
    List<SecretKey> keys =
        Stream.generate(() -> Envelope.toKey(Envelope.newKey())).limit(150).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        done.add(
            threads.submit(() -> {
              for (int count = 0; count < 2_000; count++) {
                SecretKey each = keys.get(count % keys.size());
                byte[] sealed = Envelope.seal(each, 1, ADDITIONAL, PLAINTEXT);
                assertThat(Envelope.open(each, ADDITIONAL, sealed)).isEqualTo(PLAINTEXT);
              }
            }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
  }

  @Test
  void nothingSealedIsStillAuthentic() {
    byte[] sealed = Envelope.seal(key, 1, ADDITIONAL, new byte[0]);
    assertThat(Envelope.open(key, ADDITIONAL, sealed)).isEmpty();
  }

  @Test
  void aChangeOfAnyByteAfterTheVersionDoesNotOpen() {
    byte[] sealed = Envelope.seal(key, 1, ADDITIONAL, PLAINTEXT);
    for (int place = 5; place < sealed.length; place++) {
      byte[] changed = sealed.clone();
      changed[place] ^= 1;
      assertThatThrownBy(() -> Envelope.open(key, ADDITIONAL, changed))
          .as("byte %s", place)
          .isInstanceOf(CannotOpen.class);
    }
  }

  @Test
  void otherAdditionalDataDoesNotOpen() {
    byte[] sealed = Envelope.seal(key, 1, ADDITIONAL, PLAINTEXT);
    assertThatThrownBy(() -> Envelope.open(key, new byte[] {1, 2}, sealed))
        .isInstanceOf(CannotOpen.class);
  }

  @Test
  void anUnknownFormatIsRefused() {
    byte[] sealed = Envelope.seal(key, 1, ADDITIONAL, PLAINTEXT);
    sealed[0] = 2;
    assertThatThrownBy(() -> Envelope.version(sealed))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("format");
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] sealed = Envelope.seal(key, 1, ADDITIONAL, PLAINTEXT);
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatThrownBy(
              () -> {
                Envelope.version(cut);
                Envelope.open(key, ADDITIONAL, cut);
              })
          .as("%s bytes", length)
          .isInstanceOf(CannotOpen.class);
    }
  }

  @Test
  void theIvIsNeverTheSameTwice() {
    int sample = 50_000;
    Set<String> seen = new HashSet<>();
    for (int count = 0; count < sample; count++) {
      byte[] sealed = Envelope.seal(key, 1, ADDITIONAL, PLAINTEXT);
      seen.add(HexFormat.of().formatHex(sealed, 5, 17));
    }
    assertThat(seen).hasSize(sample);
  }

  @Test
  void partsThatJoinToTheSameTextStayApart() {
    byte[] one = Envelope.lengthPrefixed(new byte[] {1, 2}, new byte[] {3});
    byte[] other = Envelope.lengthPrefixed(new byte[] {1}, new byte[] {2, 3});
    assertThat(one).isNotEqualTo(other);
  }
}
