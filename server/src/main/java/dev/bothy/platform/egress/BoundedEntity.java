package dev.bothy.platform.egress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/// An answer's body that ends in an error once it is larger than allowed. Closing it early reads
/// the rest, so that the connection can be used again, and meets the same bound.
final class BoundedEntity extends HttpEntityWrapper {
  private final Origin origin;
  private final long maximumBytes;
  private final Runnable discardConnection;

  BoundedEntity(HttpEntity entity, Origin origin, long maximumBytes, Runnable discardConnection) {
    super(entity);
    this.origin = origin;
    this.maximumBytes = maximumBytes;
    this.discardConnection = discardConnection;
  }

  @Override
  public InputStream getContent() throws IOException {
    return new Bounded(super.getContent());
  }

  @Override
  public void writeTo(OutputStream target) throws IOException {
    try (InputStream content = getContent()) {
      content.transferTo(target);
    }
  }

  private final class Bounded extends FilterInputStream {
    private long bytes;
    private boolean over;

    Bounded(InputStream content) {
      super(content);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (over || length == 0) {
        return over ? -1 : 0;
      }
      int count;
      try {
        count = super.read(buffer, offset, length);
      } catch (IOException lost) {
        giveUp();
        throw lost;
      }
      over = count < 0;
      bytes += Math.max(count, 0);
      if (bytes > maximumBytes) {
        giveUp();
        throw new ResponseTooLarge(origin, maximumBytes);
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      byte[] rest = new byte[8192];
      while (!over) {
        read(rest, 0, rest.length);
      }
      super.close();
    }

    private void giveUp() {
      over = true;
      discardConnection.run();
    }
  }
}
