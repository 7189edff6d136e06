package dev.bothy.platform.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Lets AWS's SDK call by the egress module.
final class EgressHttpClient implements SdkHttpClient {
  private final ClientHttpRequestFactory requests;

  EgressHttpClient(ClientHttpRequestFactory requests) {
    this.requests = requests;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Call(request);
  }

  @Override
  public String clientName() {
    return "Egress";
  }

  @Override
  public void close() {
    // Its connections are the egress module's.
  }

  private final class Call implements ExecutableHttpRequest {
    private final HttpExecuteRequest asked;
    private volatile @Nullable ClientHttpResponse answer;

    Call(HttpExecuteRequest asked) {
      this.asked = asked;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      ClientHttpRequest request =
          requests.createRequest(
              asked.httpRequest().getUri(),
              HttpMethod.valueOf(asked.httpRequest().method().name()));
      asked
          .httpRequest()
          .forEachHeader(
              (name, values) -> values.forEach(value -> request.getHeaders().add(name, value)));
      Optional<ContentStreamProvider> body = asked.contentStreamProvider();
      if (body.isPresent()) {
        if (!(request instanceof StreamingHttpOutputMessage streaming)) {
          throw new IllegalStateException("A body would be kept twice in memory");
        }
        streaming.setBody(new Body(body.get()));
      }
      ClientHttpResponse response = request.execute();
      answer = response;
      SdkHttpResponse.Builder head =
          SdkHttpFullResponse.builder()
              .statusCode(response.getStatusCode().value())
              .statusText(response.getStatusText());
      response.getHeaders().forEach(head::putHeader);
      return HttpExecuteResponse.builder()
          .response(head.build())
          .responseBody(AbortableInputStream.create(response.getBody(), this::abort))
          .build();
    }

    @Override
    public void abort() {
      ClientHttpResponse response = answer;
      if (response != null) {
        response.close();
      }
    }
  }

  /// What is sent; the SDK can give it more than once.
  private record Body(ContentStreamProvider content) implements StreamingHttpOutputMessage.Body {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      try (InputStream in = content.newStream()) {
        in.transferTo(out);
      }
    }

    @Override
    public boolean repeatable() {
      return true;
    }
  }
}
