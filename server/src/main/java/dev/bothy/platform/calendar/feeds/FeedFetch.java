package dev.bothy.platform.calendar.feeds;

import dev.bothy.platform.calendar.ical.ICalendarLimits;
import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.egress.EgressRefused;
import dev.bothy.platform.egress.ResponseTooLarge;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/// Fetches a calendar from an address that somebody typed in, through the address filter. Called
/// outside of any transaction.
///
/// Whoever answers drop by drop keeps every single wait short; so each call has a thread of its
/// own, which is interrupted when the patience for the whole is over.
@Component
class FeedFetch implements DisposableBean {
  /// In the log of refusals and their metric.
  static final String OWNER = "Calendar feeds";

  private static final Answer.Failed LATE =
      new Answer.Failed("It did not answer in time. It is read again by itself.", Duration.ZERO);

  private final ClientHttpRequestFactory requests;
  private final FeedSettings settings;
  private final Clock clock;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

  FeedFetch(Egress egress, FeedSettings settings, Clock clock) {
    this.requests =
        egress.typedAddresses(
            OWNER, settings.patience(), DataSize.ofBytes(ICalendarLimits.USUAL.bytes()));
    this.settings = settings;
    this.clock = clock;
  }

  /// What an answer says of itself, for the next question (RFC 9110 §8.8).
  record Version(@Nullable String etag, @Nullable String lastModified) {
    static final Version NONE = new Version(null, null);

    private static final int LONGEST_ETAG = 300;
    private static final int LONGEST_DATE = 100;

    Version {
      etag = etag == null || etag.length() > LONGEST_ETAG ? null : etag;
      lastModified =
          lastModified == null || lastModified.length() > LONGEST_DATE ? null : lastModified;
    }
  }

  /// What came back.
  sealed interface Answer {
    /// A whole answer.
    record Fetched(byte[] file, Version version) implements Answer {}

    /// It is as it was.
    record NotModified() implements Answer {}

    /// Nothing that can be used.
    ///
    /// @param problem a sentence for people, without the address
    /// @param retryAfter for how long the other side asks to be left alone; zero if it does not
    record Failed(String problem, Duration retryAfter) implements Answer {}
  }

  /// @param known what is known already; [Version#NONE] to get all of it
  Answer fetch(URI address, Version known) {
    Future<Answer> answer = calls.submit(() -> call(address, known));
    try {
      return answer.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return LATE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("The server was stopped while it waited for the answer.");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private Answer call(URI address, Version known) {
    try {
      ClientHttpRequest request = requests.createRequest(address, HttpMethod.GET);
      HttpHeaders headers = request.getHeaders();
      headers.set(HttpHeaders.ACCEPT, "text/calendar, */*;q=0.5");
      if (known.etag() != null) {
        headers.set(HttpHeaders.IF_NONE_MATCH, known.etag());
      }
      if (known.lastModified() != null) {
        headers.set(HttpHeaders.IF_MODIFIED_SINCE, known.lastModified());
      }
      try (ClientHttpResponse response = request.execute()) {
        return answer(response);
      }
    } catch (IOException e) {
      return failed(inWords(e));
    }
  }

  private Answer answer(ClientHttpResponse response) throws IOException {
    int status = response.getStatusCode().value();
    HttpHeaders headers = response.getHeaders();
    if (status == 304) {
      return new Answer.NotModified();
    }
    if (status == 200) {
      byte[] file = response.getBody().readAllBytes();
      long told = headers.getContentLength();
      if (told > file.length) {
        return failed("Only a part of it was delivered. It is read again by itself.");
      }
      return new Answer.Fetched(
          file,
          new Version(
              headers.getFirst(HttpHeaders.ETAG), headers.getFirst(HttpHeaders.LAST_MODIFIED)));
    }
    return new Answer.Failed(
        switch (status) {
          case 401, 403 ->
              "It answered "
                  + status
                  + ": the address lets nobody in any more. Publish the"
                  + " calendar anew, and add the new address.";
          case 404, 410 ->
              "It answered "
                  + status
                  + ": there is no calendar any more. Publish it anew, and"
                  + " add the new address.";
          case 301, 302, 303, 307, 308 ->
              "It answered " + status + ": it leads elsewhere. Add the address that it leads to.";
          case 429 ->
              "It answered 429: it was asked too often, and is left alone for as long as it asks.";
          case 500, 502, 503, 504 ->
              "It answered "
                  + status
                  + ": its server is in trouble. It is read again by itself; if that goes on, ask"
                  + " whoever runs it.";
          default ->
              "It answered " + status + ". See whether the address opens in a browser, signed out.";
        },
        retryAfter(headers));
  }

  /// RFC 9110 §10.2.3: seconds, or a date.
  private Duration retryAfter(HttpHeaders headers) {
    String asked = headers.getFirst(HttpHeaders.RETRY_AFTER);
    if (asked == null) {
      return Duration.ZERO;
    }
    if (asked.strip().matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(asked.strip()));
    }
    try {
      Instant date =
          ZonedDateTime.parse(asked.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), date);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException unreadable) {
      return Duration.ZERO;
    }
  }

  private static Answer failed(String problem) {
    return new Answer.Failed(problem, Duration.ZERO);
  }

  /// Without the exception's own words, which may quote the address.
  private static String inWords(IOException e) {
    return switch (e) {
      case EgressRefused refused ->
          "Not called: " + refused.refusal().explanation(refused.origin()) + ".";
      case ResponseTooLarge _ ->
          "It is larger than "
              + ICalendarLimits.USUAL.bytes() / 1_000_000
              + " MB. Publish less of the past, or a"
              + " calendar of absences alone.";
      case UnknownHostException _ ->
          "Its host's name is not known. See whether the address is spelt right.";
      case SocketTimeoutException _ -> LATE.problem();
      case InterruptedIOException _ -> LATE.problem();
      case ConnectException _ ->
          "Nothing listens at its address. See whether it opens in a browser.";
      case SSLException _ ->
          "Its certificate or its TLS is not believed. IT can tell Bothy of a certificate authority of"
              + " your own.";
      case IOException other ->
          "The connection broke ("
              + other.getClass().getSimpleName()
              + "). It is read again by itself.";
    };
  }

  @Override
  public void destroy() {
    calls.shutdownNow();
  }
}
