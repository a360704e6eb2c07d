package org.vestibule.web;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.servlet.FilterChain;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Tokens;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.CredentialsSource;
import org.vestibule.provider.SettingsReader;
import org.vestibule.shared.SharedState;

/**
 * What the filter adds to a request: beside a servlet that only reads an attribute of its session,
 * the same through the filter, signed in and on a public path. With {@code -prof gc} the bytes too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LoginFilterBenchmark {

  private LoginFilter filter;
  private MockHttpServletRequest signedIn;
  private MockHttpServletRequest stranger;
  private MockHttpServletResponse response;
  private FilterChain application;
  private Object seen;

  @Setup
  public void setUp() {
    Configuration configuration =
        SettingsReader.read(
            new SmallRyeConfigBuilder()
                .withSources(
                    new PropertiesConfigSource(
                        Map.of(
                            "oauth.issuer", "https://login.example",
                            "oauth.client-id", "s6BhdRkqt3",
                            "oauth.client-secret", "7Fjfp0ZBr1KtDRbnfVdmIw",
                            "oauth.public-paths", "/assets/*,/about"),
                        "benchmark",
                        100))
                .build(),
            getClass().getClassLoader());
    Vestibule house =
        Vestibule.build(
            configuration,
            Lasting.of(
                "/app",
                Clock.systemUTC(),
                new SecureRandom(),
                CredentialsSource.NONE,
                SharedState.ALONE,
                Duration.ofDays(1)));
    filter = new LoginFilter(new CurrentVestibule(house));
    response = new MockHttpServletResponse();
    application =
        (request, answer) ->
            seen =
                ((jakarta.servlet.http.HttpServletRequest) request)
                    .getSession(false)
                    .getAttribute("cart");
    signedIn = request("/orders/17");
    signedIn.getSession().setAttribute("cart", "3 books");
    house.sessions().establish(signedIn, somebody());
    stranger = request("/assets/style.css");
    stranger.getSession().setAttribute("cart", "3 books");
  }

  @Benchmark
  public Object withoutFilter() throws Exception {
    application.doFilter(signedIn, response);
    return seen;
  }

  @Benchmark
  public Object signedIn() throws Exception {
    filter.doFilter(signedIn, response, application);
    return seen;
  }

  @Benchmark
  public Object publicPath() throws Exception {
    filter.doFilter(stranger, response, application);
    return seen;
  }

  private static MockHttpServletRequest request(String path) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/app" + path);
    request.setContextPath("/app");
    request.setServletPath(path);
    return request;
  }

  private static SignedIn somebody() {
    return new SignedIn(
        new Identity(
            "default", "https://login.example", "248289761001", "jane", Set.of("reader"), "{}"),
        null,
        new Tokens(
            Secret.of("SlAV32hkKG"),
            Instant.now().plusSeconds(3600),
            Secret.of("8xLOxBtZp8"),
            null,
            org.vestibule.protocol.Scope.parse("openid profile")),
        Instant.now(),
        Secret.of("csrf"));
  }
}
