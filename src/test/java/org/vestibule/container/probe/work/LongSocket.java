package org.vestibule.container.probe.work;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import org.vestibule.api.AccessTokenSource;
import org.vestibule.api.Caller;

/** A WebSocket that stays open for longer than a token is good, and answers with the token. */
@ServerEndpoint(value = "/long", configurator = LongSocket.Handshake.class)
public class LongSocket {

  /** The handshake is a request like any other, with a caller. */
  public static class Handshake extends ServerEndpointConfig.Configurator {

    @Override
    public void modifyHandshake(
        ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
      AccessTokenSource source = CDI.current().select(Caller.class).get().accessTokenSource();
      config.getUserProperties().put("source", source);
    }
  }

  /** Answers. */
  @OnMessage
  public String answer(String question, Session session) {
    return Jobs.ask((AccessTokenSource) session.getUserProperties().get("source"));
  }
}
