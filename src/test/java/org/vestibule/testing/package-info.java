/**
 * The test kit: a real, scriptable authorization server that runs inside the test's own virtual
 * machine, and a browser that sends exactly the bytes it is told to send.
 *
 * <pre>{@code
 * try (var server = AuthorizationServer.start(c -> c.client("s6BhdRkqt3", "gX1fBat3bV"))) {
 *   server.on(Endpoint.TOKEN).once(Answer.json(503, Map.of()));
 *   var browser = new RawBrowser();
 *   var page = browser.followAll(browser.get("http://localhost:9080/app/account"));
 *   assertThat(server.requests(Endpoint.TOKEN)).hasSize(1);
 * }
 * }</pre>
 *
 * <p>The server is correct and strict until a test asks it to misbehave: what a strict server
 * accepts is right, and a single scripted deviation is the only thing a test has to explain. The
 * package depends on the JDK and on the JOSE library and on nothing else of this project.
 */
@NullMarked
package org.vestibule.testing;

import org.jspecify.annotations.NullMarked;
