package org.vestibule.provider;

import com.ibm.websphere.ssl.JSSEHelper;
import java.io.UncheckedIOException;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The key and trust stores that the server was told to use. Most servers hand them to the virtual
 * machine; Open Liberty keeps them to itself and tells those who ask.
 */
final class ServerTrust {

  private ServerTrust() {}

  /**
   * A context that may be kept: it makes each connection by what the server says at that moment.
   * Open Liberty starts applications before it has read its stores, makes new contexts when a store
   * changes, and may have others for certain hosts. Thread-safe.
   *
   * @throws NoSuchAlgorithmException the virtual machine's own trust store cannot be used
   */
  static SSLContext sslContext() throws NoSuchAlgorithmException {
    return new AskingContext(SSLContext.getDefault());
  }

  private static final class AskingContext extends SSLContext {
    AskingContext(SSLContext virtualMachine) {
      super(new Asking(virtualMachine), virtualMachine.getProvider(), virtualMachine.getProtocol());
    }
  }

  private static final class Asking extends SSLContextSpi {

    private final SSLContext virtualMachine;

    Asking(SSLContext virtualMachine) {
      this.virtualMachine = virtualMachine;
    }

    /**
     * @param host null if it is not known yet
     */
    private SSLContext current(@Nullable String host, int port) {
      try {
        SSLContext server = OpenLiberty.outbound(host, port);
        return server == null ? virtualMachine : server;
      } catch (NoClassDefFoundError e) {
        // Another server, or one without the feature.
        return virtualMachine;
      }
    }

    private SSLContext current() {
      return current(null, 0);
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return current(host, port).createSSLEngine(host, port);
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return current().createSSLEngine();
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return current().getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return current().getServerSocketFactory();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return current().getClientSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return current().getServerSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      return current().getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      return current().getSupportedSSLParameters();
    }

    @Override
    protected void engineInit(
        KeyManager @Nullable [] keys,
        TrustManager @Nullable [] trust,
        @Nullable SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("It is the server that is configured.");
    }
  }

  /** A class of its own, because it cannot be linked where this API is missing. */
  private static final class OpenLiberty {

    /** Null if the server has no configuration of TLS, or none yet. */
    static @Nullable SSLContext outbound(@Nullable String host, int port) {
      Map<String, Object> connection = new HashMap<>();
      connection.put(JSSEHelper.CONNECTION_INFO_DIRECTION, JSSEHelper.DIRECTION_OUTBOUND);
      if (host != null) {
        connection.put(JSSEHelper.CONNECTION_INFO_REMOTE_HOST, host);
        connection.put(JSSEHelper.CONNECTION_INFO_REMOTE_PORT, String.valueOf(port));
      }
      try {
        JSSEHelper helper = JSSEHelper.getInstance();
        Properties configuration = helper.getProperties(null, connection, null);
        return configuration == null ? null : helper.getSSLContext(connection, configuration);
      } catch (com.ibm.websphere.ssl.SSLException e) {
        throw new UncheckedIOException(new SSLException("The server's TLS is misconfigured.", e));
      }
    }
  }
}
