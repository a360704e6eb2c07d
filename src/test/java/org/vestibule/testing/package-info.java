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
 * package depends on the JDK and on the JOSE library and on nothing else of this project, and is
 * released as the archive with the classifier {@code tests}.
 *
 * <p><b>Threads.</b> Servers, scripts, gates, logs and browsers may be used by several threads at
 * once; requests, responses, answers and tokens are immutable. Only {@link
 * org.vestibule.testing.ServerOptions} belongs to the thread that starts the server. A server
 * answers each request in a daemon thread of its own, so that what a test scripts for ever ends
 * with the server and does not keep the virtual machine alive.
 *
 * <p><b>Limits.</b> Everything is kept in memory, grants and recorded requests until the server is
 * closed or told to forget them: it is made for tests, not for load that lasts hours. HTTP/1.1
 * only. A browser waits for an answer for a minute, follows twenty redirects, and opens a
 * connection for each request; a gate waits for half a minute.
 *
 * <p><b>Loopback only.</b> Servers listen on 127.0.0.1, and browsers refuse to connect to anything
 * but {@code localhost}, names below it and 127.0.0.1. Keys, passwords and certificates are made
 * for the tests, some are the specifications' examples, and none protects anything.
 */
@NullMarked
package org.vestibule.testing;

import org.jspecify.annotations.NullMarked;
