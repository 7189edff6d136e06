package dev.bothy.platform.keycloak;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import org.jboss.resteasy.client.jaxrs.ClientHttpEngine;
import org.jboss.resteasy.client.jaxrs.internal.ClientInvocation;
import org.jboss.resteasy.client.jaxrs.internal.ClientResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/// Lets RESTEasy, on which Keycloak's admin client stands, call through a request factory of ours
/// instead of an HTTP client of its own. Answers are read whole: the factory bounds their size.
final class RequestFactoryEngine implements ClientHttpEngine {
  private final ClientHttpRequestFactory requests;

  RequestFactoryEngine(ClientHttpRequestFactory requests) {
    this.requests = requests;
  }

  @Override
  public Response invoke(Invocation invocation) {
    ClientInvocation call = (ClientInvocation) invocation;
    try {
      ClientHttpRequest request =
          requests.createRequest(call.getUri(), HttpMethod.valueOf(call.getMethod()));
      // The body comes first: writing it says which headers it has.
      byte[] body = body(call);
      call.getHeaders().asMap().forEach((name, values) -> request.getHeaders().put(name, values));
      if (body.length > 0) {
        request.getBody().write(body);
      }
      try (ClientHttpResponse response = request.execute()) {
        return new Answer(call, response);
      }
    } catch (IOException e) {
      throw new ProcessingException(e);
    }
  }

  private static byte[] body(ClientInvocation call) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (call.getEntity() != null) {
      call.getDelegatingOutputStream().setDelegate(body);
      call.writeRequestBody(call.getEntityStream());
    }
    return body.toByteArray();
  }

  /// What came, in memory: there is no connection left to give back.
  private static final class Answer extends ClientResponse {
    private @Nullable InputStream stream;

    Answer(ClientInvocation call, ClientHttpResponse response) throws IOException {
      super(call.getClientConfiguration(), call.getTracingLogger());
      setStatus(response.getStatusCode().value());
      setReasonPhrase(response.getStatusText());
      MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
      response.getHeaders().forEach((name, values) -> headers.put(name, values));
      setHeaders(headers);
      setProperties(call.getMutableProperties());
      stream = new ByteArrayInputStream(response.getBody().readAllBytes());
    }

    @Override
    protected @Nullable InputStream getInputStream() {
      return stream;
    }

    @Override
    protected void setInputStream(InputStream replacement) {
      stream = replacement;
      resetEntity();
    }

    @Override
    public void releaseConnection() {}

    @Override
    public void releaseConnection(boolean consumeInputStream) {}
  }

  /// The factory has its own.
  @Override
  public @Nullable SSLContext getSslContext() {
    return null;
  }

  @Override
  public @Nullable HostnameVerifier getHostnameVerifier() {
    return null;
  }

  @Override
  public void close() {}
}
