package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A browser without a screen and without manners: it sends exactly what it is told to, keeps
 * cookies as real browsers do, and follows redirects only when asked.
 *
 * <p>It never leaves the loopback interface: {@code localhost}, every {@code *.localhost} and
 * {@code 127.0.0.1} are connected to at 127.0.0.1, other hosts are refused. One browser may be used
 * by several threads at once. Connections are not reused.
 *
 * <p>All methods that send throw {@link UncheckedIOException} when there is no complete answer, and
 * {@link AssertionError} when a URL leads off the loopback interface.
 */
public final class RawBrowser {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int REDIRECTS = 20;

  private final Supplier<SSLContext> tls;
  private final CookieJar cookies;

  private RawBrowser(Supplier<SSLContext> tls, CookieJar cookies) {
    this.tls = tls;
    this.cookies = cookies;
  }

  /** A browser without cookies that trusts {@link TestCertificates} only. */
  public RawBrowser() {
    this(TestCertificates::clientContext, new CookieJar());
  }

  /** A browser without cookies that trusts what the context does. */
  public RawBrowser(SSLContext tls) {
    this(() -> tls, new CookieJar());
  }

  /** Another browser, with the same cookies to begin with. */
  public RawBrowser copy() {
    return new RawBrowser(tls, cookies.copy());
  }

  /** The cookies. */
  public CookieJar cookies() {
    return cookies;
  }

  /** A request to be shaped further and then {@linkplain RawRequest#send sent}. */
  public RawRequest request(String method, String url) {
    return RawRequest.navigation(this, method, url);
  }

  /** Goes to the URL as if it was typed in. */
  public RawResponse get(String url) {
    return request("GET", url).send();
  }

  /** Posts a form as if the page it is on had the same origin. */
  public RawResponse post(String url, FormData form) {
    return request("POST", url).from(url).form(form).send();
  }

  /** Goes to where the link on this page leads; the reference is resolved as browsers do. */
  public RawResponse click(RawResponse page, String reference) {
    return request("GET", Urls.resolve(page.url(), reference)).from(page.url()).send();
  }

  /**
   * Submits the first form of the page.
   *
   * @param namesAndValues fields to fill in or to add, in turn; also the button that is pressed
   */
  public RawResponse submit(RawResponse page, String... namesAndValues) {
    HtmlForm form = page.form();
    FormData fields = form.filledWith(FormData.of(namesAndValues));
    if (form.method().equals("POST")) {
      return request("POST", form.action()).from(page.url()).form(fields).send();
    }
    String action = form.action().replaceFirst("(?s)[?#].*", "");
    return request("GET", action + "?" + fields.encoded()).from(page.url()).send();
  }

  /**
   * Goes one redirect further.
   *
   * @throws AssertionError if the response is not a redirect
   */
  public RawResponse follow(RawResponse response) {
    if (!response.isRedirect()) {
      throw new AssertionError("not a redirect: " + response);
    }
    return response.request().redirected(response.status(), response.location()).send();
  }

  /**
   * Follows redirects until there is a page.
   *
   * @throws AssertionError after twenty redirects
   */
  public RawResponse followAll(RawResponse response) {
    List<RawResponse> chain = new ArrayList<>();
    RawResponse last = response;
    while (last.isRedirect()) {
      chain.add(last);
      if (chain.size() > REDIRECTS) {
        throw new AssertionError("redirected without end: " + chain);
      }
      last = follow(last);
    }
    return last;
  }

  RawResponse send(RawRequest request) {
    String host = Urls.host(request.url());
    String path = Urls.path(Urls.target(request.url()));
    String cookieHeader = cookies.header(host, path, request.isCrossSite(), request.isSafe());
    try (Socket socket = connect(request.url())) {
      socket.getOutputStream().write(request.wire(cookieHeader).getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      RawResponse response = new ResponseReader(socket.getInputStream(), request).read();
      cookies.receive(request.url(), response.headers("Set-Cookie"));
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(request + ": " + e.getMessage(), e);
    }
  }

  private Socket connect(String url) throws IOException {
    String host = Urls.host(url);
    if (!Loopback.is(host)) {
      throw new AssertionError("the URL leads off the loopback interface: " + Urls.origin(url));
    }
    Socket plain = new Socket();
    plain.setSoTimeout((int) PATIENCE.toMillis());
    plain.connect(Loopback.at(Urls.port(url)), (int) PATIENCE.toMillis());
    return Urls.scheme(url).equals("https") ? secured(plain, host, Urls.port(url)) : plain;
  }

  private Socket secured(Socket plain, String host, int port) throws IOException {
    SSLSocket secured =
        (SSLSocket) tls.get().getSocketFactory().createSocket(plain, host, port, true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }
}
